import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crc32 } from './checksums.ts';
import { defaultState, plainLane } from './defaults-1.ts';
import { DICTIONARY_1 } from './dictionary-1.ts';
import { MAX_HASH, readLink, repairedAddress, writeLink } from './hash.ts';
import { randomState, seeded } from './random-state.ts';
import type { Arrival, ShareState } from './share-state.ts';

interface Golden {
  readonly name: string;
  readonly hash: string;
  readonly state: ShareState;
}

const fixture = new URL('../../../e2e/fixtures/links/version-1.json', import.meta.url);
const GOLDEN: readonly Golden[] = JSON.parse(readFileSync(fixture, 'utf8'));
const knowsAll = () => true;

function hashOf(state: ShareState): string {
  const written = writeLink(state);
  if (written.kind !== 'link') throw new Error(`No link: ${written.kind}`);
  return written.hash;
}

const script = (text: string) => defaultState({ kind: 'script', text });

test('dictionary 1 is the one that every link of version 1 was made with', () => {
  const bytes = new TextEncoder().encode(DICTIONARY_1);
  expect([bytes.length, crc32(bytes).toString(16)]).toEqual([7458, '61c1d504']);
});

test.each(GOLDEN)('the golden link of version 1 opens: $name', ({ hash, state }) => {
  const read = readLink(hash, knowsAll);
  expect(read.kind === 'state' ? read.state : read).toEqual(state);
});

test.each(GOLDEN)('the golden link of version 1 is still written so: $name', ({ hash, state }) => {
  expect(hashOf(state)).toBe(hash);
});

test('10,000 random states come back whole, and are written the same way twice', () => {
  for (let seed = 1; seed <= 10_000; seed++) {
    const state = randomState(seed);
    const hash = hashOf(state);
    const read = readLink(hash, knowsAll);
    expect(read, `seed ${seed}`).toMatchObject({ kind: 'state' });
    const again = (read as Arrival & { kind: 'state' }).state;
    expect(again, `seed ${seed}`).toEqual(state);
    expect(hashOf(again), `seed ${seed}`).toBe(hash);
    expect(hash, `seed ${seed}`).toMatch(/^#[A-Za-z0-9\-_.=&]*[A-Za-z0-9]$/);
  }
});

test('a lone surrogate becomes U+FFFD, as the language reads it; a byte-order mark stays', () => {
  const read = readLink(hashOf(script('\ufeff# \ud800 \udc00\r\n')), knowsAll);
  expect(read).toMatchObject({ state: { source: { text: '\ufeff# \ufffd \ufffd\r\n' } } });
});

test('what each part costs adds up to the hash', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const written = writeLink(randomState(seed));
    if (written.kind !== 'link') throw new Error(written.kind);
    const sum = Object.values(written.costs).reduce((total, cost) => total + cost);
    expect(sum, `seed ${seed}`).toBe(written.hash.length);
  }
});

test('settings equal to their defaults are left out, those of a gallery id too', () => {
  expect(hashOf(script('a = alloc 64\n'))).toMatch(/^#1\.[\w-]+&c=[0-9a-f]{8}$/);
  expect(hashOf(defaultState({ kind: 'gallery', id: 'stranded-pages' }))).toMatch(/^#1\.&g=stranded-pages&c=\w{8}$/);
  const lanes = { ...defaultState({ kind: 'gallery', id: 'stranded-pages' }), lanes: script('').lanes };
  expect(hashOf(lanes)).toContain('&a=wee.dlmalloc.arena&');
});

test('options of a lane may come in any order', () => {
  const text = hashOf({ ...script(''), lanes: [plainLane('wee-noclasses-repaired')] });
  const body = text.slice(1, -11).replace('noclasses-repaired', 'repaired-noclasses');
  const check = crc32(new TextEncoder().encode(body)).toString(16).padStart(8, '0');
  expect(readLink(`#${body}&c=${check}`, knowsAll)).toMatchObject({
    state: { lanes: [{ name: 'wee-noclasses-repaired' }] },
  });
});

test('another policy number than the page’s is told, lane by lane', () => {
  const state = { ...script('alloc 1\n'), lanes: [plainLane('wee'), { ...plainLane('dlmalloc'), policy: 2 }] };
  expect(hashOf(state)).toContain('&p=1.2&');
  const read = readLink(hashOf(state), knowsAll);
  expect(read).toMatchObject({ kind: 'state', policies: [{ lane: 1, name: 'dlmalloc', made: 2, here: 1 }] });
  expect(readLink(hashOf(script('alloc 1\n')), knowsAll)).toMatchObject({ policies: [] });
});

test('a recording of the visitor’s own and a script beyond the limits are in no link', () => {
  const recording = { kind: 'recording', name: 'x', operations: new Blob(['a 0 1\n']) } as const;
  expect(writeLink(defaultState(recording))).toEqual({ kind: 'recording' });
  const million = 'a'.repeat(1_048_576);
  expect(readLink(hashOf(script(million)), knowsAll)).toMatchObject({ state: { source: { text: million } } });
  expect(writeLink(script(`${million}a`))).toEqual({ kind: 'script-too-long', limit: 1_048_576 });
  const random = seeded(5);
  const noise = Array.from({ length: 600_000 }, () => String.fromCharCode(32 + random(95))).join('');
  expect(writeLink(script(noise))).toMatchObject({ kind: 'too-long', limit: MAX_HASH });
});

test('an id that is not in this page’s gallery is a newer page’s', () => {
  const hash = hashOf(defaultState({ kind: 'gallery', id: 'tomorrow' }));
  expect(readLink(hash, (id) => id === 'sawtooth')).toEqual({ kind: 'newer', what: 'id', name: 'tomorrow' });
});

test('the reserved forms are a newer page’s', () => {
  expect(readLink('#l=holes', knowsAll)).toEqual({ kind: 'newer', what: 'form', name: '#l=' });
  expect(readLink('#deck=a.b', knowsAll)).toEqual({ kind: 'newer', what: 'form', name: '#deck=' });
});

test('an address whose # a scanner wrote as %23 is mended, with its query and under any folder', () => {
  const home = 'https://example.org/sub/';
  expect(repairedAddress(`${home}%231.&g=sawtooth&c=00000000`, home)).toBe(`${home}#1.&g=sawtooth&c=00000000`);
  expect(repairedAddress(`${home}%25231.x`, home)).toBe(`${home}#1.x`);
  expect(repairedAddress(`${home}?embed%231.x`, home)).toBe(`${home}?embed#1.x`);
  expect(repairedAddress(`${home}?embed#1.x`, home)).toBeNull();
});
