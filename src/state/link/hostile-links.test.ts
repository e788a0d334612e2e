import { readFileSync } from 'node:fs';
import { Inflate, zlibSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { crcOfText } from './checksums.ts';
import { defaultState } from './defaults-1.ts';
import { DICTIONARY_1 } from './dictionary-1.ts';
import { MAX_HASH, readLink, writeLink } from './hash.ts';
import { refusalText } from './messages.ts';
import { seeded } from './random-state.ts';
import type { Refusal } from './share-state.ts';

/**
 * Hostile and broken links, by the numbers of the fault list (H01 to H18). H18, round trips, is in hash.test.ts; H16 has
 * its other half, the page that keeps its document, end to end. Cases that were thought of for JSON in a link are tried
 * as settings and as the script here, and on the state file, which is JSON.
 */
const fixture = new URL('../../../e2e/fixtures/links/version-1.json', import.meta.url);
const GOLDEN: readonly { readonly hash: string }[] = JSON.parse(readFileSync(fixture, 'utf8'));
const knowsAll = () => true;
const read = (hash: string) => readLink(hash, knowsAll);

/** A hash with a right checksum, so that what comes after the checksum is put to the test. */
const sealed = (body: string) => `#${body}&c=${crcOfText(body)}`;

function packed(bytes: Uint8Array): string {
  return toBase64Url(zlibSync(bytes, { level: 9, dictionary: new TextEncoder().encode(DICTIONARY_1) }));
}

function linkOf(text: string): string {
  const written = writeLink(defaultState({ kind: 'script', text }));
  if (written.kind !== 'link') throw new Error(written.kind);
  return written.hash;
}
const DATA = /^#1\.([\w-]+)/.exec(linkOf('a = alloc 64\n'))![1]!;

/** Refused, with a message that a visitor can act on. */
function expectRefused(hash: string, refusal: Partial<Refusal> = {}): void {
  const result = read(hash);
  expect(result.kind, hash.slice(0, 120)).toMatch(/^(?:newer|damaged)$/);
  expect(result).toMatchObject(refusal);
  expect(refusalText(result as Refusal, 'link')).toMatch(/\. Your own work is as it was\.$/);
}

test('H01: an empty hash is no link; beginnings and broken percent signs are refused', () => {
  expect(read('')).toEqual({ kind: 'none' });
  expect(read('#')).toEqual({ kind: 'none' });
  for (const hash of ['#v1.', '#%', '#%E0%A4%A', '#1.', '#1', '#.', '# ', '#&', '#=']) expectRefused(hash);
});

test('H02: 1,000 random strings are refused', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let seed = 1; seed <= 1000; seed++) {
    const random = seeded(seed);
    const text = Array.from({ length: 1 + random(300) }, () => letters[random(64)]).join('');
    for (const hash of [`#${text}`, `#1.${text}`, sealed(`1.${text}`)]) {
      expect(read(hash).kind, `seed ${seed}`).not.toBe('state');
    }
  }
});

test.each(GOLDEN)('H03: every bit of the golden link flipped gives a refusal or the same state: $name', ({ hash }) => {
  const whole = read(hash);
  for (let at = 0; at < hash.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = hash.slice(0, at) + String.fromCharCode(hash.charCodeAt(at) ^ (1 << bit)) + hash.slice(at + 1);
      const result = read(flipped);
      if (result.kind === 'state') expect(result, flipped).toEqual(whole);
    }
  }
});

test('H03: every bit of a packed script flipped is refused even where the checksum was made to fit', () => {
  const body = GOLDEN.at(-1)!.hash.slice(1, -11);
  const [, data, rest] = /^1\.([\w-]+)(.*)$/.exec(body)!;
  const bytes = fromBase64Url(data!)!;
  const whole = read(GOLDEN.at(-1)!.hash);
  const tried = bytes.length * 8;
  let refused = 0;
  for (let bit = 0; bit < tried; bit++) {
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    const result = read(sealed(`1.${toBase64Url(bytes)}${rest}`));
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    if (result.kind === 'state') expect(result, `bit ${bit}`).toEqual(whole);
    else refused++;
  }
  expect(refused).toBeGreaterThan(tried - 64);
});

test.each(GOLDEN)('H04: the golden link cut off anywhere is refused: $name', ({ hash }) => {
  for (let length = 2; length < hash.length; length++) {
    expect(read(hash.slice(0, length)).kind, `${length}`).not.toBe('state');
  }
  expectRefused(hash.slice(0, -1), { kind: 'damaged', why: 'cut' });
});

test('H05: a link with junk after it is refused', () => {
  for (const { hash } of GOLDEN) {
    for (const junk of ['AAAA', '0', '&x=1', '&c=00000000', '#1.', '/x'])
      expect(read(hash + junk).kind).not.toBe('state');
  }
});

test('H06: a bomb of 100 MB is refused before two megabytes of it are unpacked, one of 1 GB by its length', () => {
  const bomb = sealed(`1.${packed(new Uint8Array(100_000_000).fill(97))}`);
  expect(bomb.length).toBeLessThan(MAX_HASH);
  const push = vi.spyOn(Inflate.prototype, 'push');
  expectRefused(bomb, { kind: 'damaged', why: 'script' });
  const fed = push.mock.calls.reduce((sum, [slice]) => sum + slice.length, 0);
  push.mockRestore();
  // Deflate makes at most 1,032 bytes of one.
  expect(fed).toBeGreaterThan(0);
  expect(fed * 1032).toBeLessThan(2.2 * 1024 * 1024);
  expectRefused(`#1.${'A'.repeat(1_300_000)}&c=00000000`, { kind: 'damaged', why: 'size' });
});

test('H06: a script of exactly the limit opens, one byte more does not', () => {
  const limit = new Uint8Array(1_048_576).fill(97);
  expect(read(sealed(`1.${packed(limit)}`)).kind).toBe('state');
  expectRefused(sealed(`1.${packed(new Uint8Array(1_048_577).fill(97))}`), { kind: 'damaged', why: 'script' });
});

test('H07: brackets without end are no link, and as a script they are a text', () => {
  const brackets = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  expectRefused(`#${brackets}`);
  expectRefused(`#1.${brackets}&c=00000000`);
  expect(read(linkOf(brackets))).toMatchObject({ state: { source: { text: brackets } } });
});

test('H08: keys of the prototype are unknown settings and touch nothing', () => {
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    expectRefused(sealed(`1.${DATA}&${key}=polluted`), { kind: 'newer', what: 'setting', name: key });
    expectRefused(sealed(`1.${DATA}&a=${key}`), { kind: 'newer', what: 'value' });
    expectRefused(sealed(`1.${DATA}&a=wee-${key}`), { kind: 'newer', what: 'value' });
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('H09: markup in the place of an allocator is refused, written out and encoded', () => {
  const markup = '<img src=x onerror=window.__x=1>';
  expectRefused(sealed(`1.${DATA}&a=${markup}`));
  expectRefused(sealed(`1.${DATA}&a=${encodeURIComponent(markup)}`));
  expectRefused(sealed(`1.${DATA}&allocator=x`), { kind: 'newer', what: 'setting', name: 'allocator' });
});

test('H10, H11: an address to load from and a link to follow are settings that nobody knows', () => {
  for (const [key, value] of [
    ['wasmUrl', 'https://evil.test/x.wasm'],
    ['link', 'javascript:window.__x=1'],
  ] as const) {
    expectRefused(sealed(`1.${DATA}&${key}=${value}`));
    expectRefused(sealed(`1.${DATA}&${key}=x`), { kind: 'newer', what: 'setting', name: key });
  }
});

test('H12: a script that would never end is a text like any other', () => {
  const endless = 'repeat 1000000000 { a = alloc 1; free a }\n';
  expect(read(linkOf(endless))).toMatchObject({ state: { source: { kind: 'script', text: endless } } });
});

test('H13: another version is a newer page’s, whatever follows it', () => {
  for (const version of ['0', '2', '255', '01', '999999999']) {
    for (const rest of ['', DATA, `${DATA}&t=1&c=00000000`, 'anything-at_all=&']) {
      expectRefused(`#${version}.${rest}`, { kind: 'newer', what: 'version', name: version });
    }
  }
});

test('H14: more than 262,144 characters are not looked at', () => {
  expectRefused(`#1.${'A'.repeat(MAX_HASH - 2)}`, { kind: 'damaged', why: 'size' });
  expectRefused(`#1.${'A'.repeat(2_200_000)}`, { kind: 'damaged', why: 'size' });
  expectRefused(`#1.${'A'.repeat(MAX_HASH - 14)}&c=00000000`, { kind: 'damaged', why: 'checksum' });
});

test('H14: long runs of what is dropped or cut off are read in one pass', () => {
  for (const run of ['.', '%', '%25', ' ', '&amp;', '&', '=', ')']) {
    expectRefused(`#1.${run.repeat(Math.floor((MAX_HASH - 8) / run.length))}x`);
  }
});

const CONFUSED = [
  't=1e3',
  't=-0',
  't=-1',
  't=01',
  't=1.5',
  't=1e999',
  't=0x10',
  't=NaN',
  't=4294967296',
  't=99999999999999999999',
  's=A',
  's=A.45',
  's=A.p',
  's=A.p65536',
  's=A.o0',
  's=D.p1',
  's=a.p1',
  's=.p1',
  's=A.p1.p2',
  's=AB.p1',
  'f=D',
  'f=0',
  'f=A.B',
  'base=100',
  'base=2049',
  'base=0',
  'base=-.-.-.2048',
  'base=2048..',
  'initial=0',
  'initial=65537',
  'max=0',
  'max=1.1.1.1',
  'fill=0',
  'fill=true',
  'p=1',
  'p=1.1',
  'p=1.1.1.1',
  'p=0.1.1',
  'p=1..1',
  'top=65536',
  'top=x',
  'view=difference',
  'view=difference.A',
  'view=difference.A.A',
  'view=difference.A.D',
  'view=difference.A.B.C',
  'view=compare.A',
  'panels=script.script',
  'a=wee.wee.wee.wee.wee',
  'a=wee.',
  'a=.',
  't=1&t=1',
  'a=wee&a=wee',
  'g=Sawtooth',
  'g=saw--tooth',
  'g=sawtooth',
  `g=${'x'.repeat(65)}`,
  't',
  't==1',
  '=1',
  '1=1',
  '',
]; // prettier-ignore

test.each(CONFUSED)('H15: a value that cannot be is refused: &%s', (item) => {
  expectRefused(sealed(`1.${DATA}&${item}`), { kind: 'damaged' });
});

test('H15: a word that this page does not know is a newer page’s', () => {
  const words = [
    'a=mimalloc',
    'a=wee-tagged',
    'a=arena-guard',
    'colour=heat',
    'order=z',
    'zoom=bits',
    'view=space-time',
    'panels=advice',
  ];
  for (const item of [...words, 'theme=projector', 'x=1', 'c=1']) {
    expectRefused(sealed(`1.${DATA}&${item}`), { kind: 'newer' });
  }
});

test('H15: a script in the wrong wrapping is refused', () => {
  const text = new TextEncoder().encode('a = alloc 64\n');
  expectRefused(sealed('1.'), { why: 'script' });
  expectRefused(sealed('1.&t=4'), { why: 'script' });
  expectRefused(sealed(`1.${toBase64Url(zlibSync(text))}`), { why: 'script' });
  expectRefused(sealed(`1.${toBase64Url(zlibSync(text, { dictionary: text }))}`), { why: 'script' });
  expectRefused(sealed(`1.${packed(Uint8Array.of(0xc3, 0x28))}`), { why: 'script' });
  expectRefused(sealed(`1.${DATA}A`), { why: 'script' });
});

test('H16: a refusal holds nothing that could take the place of the visitor’s work', () => {
  for (const hash of ['#1.AAAA&c=00000000', '#2.AAAA', '#nonsense', GOLDEN[0]!.hash.slice(0, -2)]) {
    expect(Object.keys(read(hash))).not.toContain('state');
  }
});

test('H17: what mail and chat do to a link is undone', () => {
  for (const { hash } of GOLDEN) {
    const whole = read(hash);
    const bare = hash.slice(1);
    const encoded = encodeURIComponent(bare);
    const variants = [
      ...[')', '.', ',', ').', '*', '_', '~', '!', '?', ':', ';', '"', '>', ']', '”', '…'].map((end) => hash + end),
      bare,
      `#${encoded}`,
      `#${encodeURIComponent(encoded)}`,
      `#${encoded}%29`,
      `#${encoded}%20`,
      hash.replaceAll('&', '&amp;'),
      `${hash.slice(0, 9)} \r\n ${hash.slice(9)}\n`,
      `${hash.slice(0, 9)}%20${hash.slice(9)}`,
      `${hash.slice(0, 9)}\u200b${hash.slice(9)}\u00a0`,
    ];
    for (const variant of variants) expect(read(variant), variant.slice(-30)).toEqual(whole);
    for (const other of ['+', '%2B', '|', '<', 'ä']) expectRefused(hash.slice(0, 9) + other + hash.slice(9));
  }
});
