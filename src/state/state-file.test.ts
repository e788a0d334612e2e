import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultState } from './link/defaults-1.ts';
import { readLink } from './link/hash.ts';
import { refusalText } from './link/messages.ts';
import { randomState, seeded } from './link/random-state.ts';
import type { Arrival, Refusal, ShareState } from './link/share-state.ts';
import { isStateFile, STATE_FILE, writeStateFile } from './state-file.ts';
import { readStateFile } from './state-file-read.ts';

const knowsAll = () => true;
const fixture = (name: string) => readFileSync(new URL(`../../e2e/fixtures/links/${name}`, import.meta.url), 'utf8');
const read = (text: BlobPart) => readStateFile(new Blob([text]), knowsAll);

async function fileOf(state: ShareState): Promise<Blob> {
  const written = await writeStateFile(state);
  if (written.kind !== 'file') throw new Error(written.kind);
  return written.file;
}

/** The state with a recording's text in the place of its Blob, to compare. */
async function plain(arrival: Arrival): Promise<unknown> {
  if (arrival.kind !== 'state') return arrival;
  const { source } = arrival.state;
  return source.kind === 'recording'
    ? { ...arrival.state, source: { ...source, operations: await source.operations.text() } }
    : arrival.state;
}

async function expectRefused(text: BlobPart, refusal: Partial<Refusal>): Promise<void> {
  const result = await read(text);
  expect(result, String(text).slice(0, 200)).toMatchObject(refusal);
  expect(refusalText(result as Refusal, 'file')).toMatch(/Your own work is as it was\.$/);
}

const recording = (text: string, name = 'x.ops'): ShareState =>
  defaultState({ kind: 'recording', name, operations: new Blob([text]) });

test('1,000 random states come back whole from a file', async () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const state = randomState(seed);
    expect(await plain(await readStateFile(await fileOf(state), knowsAll)), `seed ${seed}`).toEqual(state);
  }
});

test('the golden file of version 1 is the golden link of version 1', async () => {
  const links: readonly { readonly name: string; readonly hash: string }[] = JSON.parse(fixture('version-1.json'));
  const link = readLink(links.find(({ name }) => name === 'every setting')!.hash, knowsAll);
  expect(link.kind).toBe('state');
  expect(await read(fixture('version-1-script.heapscape.json'))).toEqual(link);
});

test('the golden file of version 1 with a recording opens and is still written so', async () => {
  const text = fixture('version-1-recording.heapscape.json');
  const arrival = await read(text);
  expect(await plain(arrival)).toMatchObject({
    source: { name: 'tiny.ops', operations: expect.stringContaining('m größe 🧀\na 0 64\n') },
    lanes: [{ name: 'wee-repaired' }, { name: 'dlmalloc' }, { name: 'pool' }],
    position: 14_631,
    selection: { kind: 'page', lane: 0, page: 45 },
  });
  expect(await (await fileOf((arrival as Arrival & { kind: 'state' }).state)).text()).toBe(text);
});

test('a recording comes back to the byte wherever the slices cut it', async () => {
  const random = seeded(11);
  for (const shift of [0, 1, 2, 3, 4, 5]) {
    // Each line holds what takes one, two, three, four and six bytes in the file.
    let text = 'x'.repeat(shift);
    while (text.length < 2_600_000) text += `a ${random(1000)} ${random(99_999)}\nm "\\ ö大🧀\u0001\u2028\t"\n`;
    const arrival = await readStateFile(await fileOf(recording(text, 'größe 🧀')), knowsAll);
    const back = (await plain(arrival)) as { readonly source: { readonly name: string; readonly operations: string } };
    expect(back.source.name).toBe('größe 🧀');
    expect(back.source.operations === text, `shift ${shift}`).toBe(true);
  }
});

test('a file written by others, with every escape spelled out, reads the same', async () => {
  const text = 'm 🧀 "ö"\n'.repeat(200_000);
  let escaped = '';
  for (const unit of text.split('')) escaped += `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  for (const shift of [0, 1, 2, 3, 4, 5]) {
    const file = `${' '.repeat(shift)}{"version":1,"recording":{"operations":"${escaped}","name":""}}`;
    const back = (await plain(await read(file))) as { readonly source: { readonly operations: string } };
    expect(back.source.operations === text, `shift ${shift}`).toBe(true);
  }
});

test('a recording beyond 64 MiB is neither written nor read', async () => {
  const mebibyte = new Blob([`${'a 1 1\n'.repeat(174_762)}\n\n\n\n`]);
  expect(mebibyte.size).toBe(1_048_576);
  const limit = new Blob(Array.from({ length: 64 }, () => mebibyte));
  const over = new Blob([limit, '\n']);
  const source = { kind: 'recording', name: 'x', operations: over } as const;
  expect(await writeStateFile(defaultState(source))).toEqual({
    kind: 'too-large',
    bytes: STATE_FILE.recording + 1,
    limit: STATE_FILE.recording,
  });
  const file = await fileOf(defaultState({ ...source, operations: limit }));
  const arrival = await readStateFile(file, knowsAll);
  expect(arrival).toMatchObject({ kind: 'state', state: { source: { operations: { size: STATE_FILE.recording } } } });

  const head = '{"version":1,"recording":{"name":"","operations":"';
  const letters = 'ä'.repeat(524_288);
  const bytes = new Blob([head, ...Array.from({ length: 65 }, () => letters), '"}}']);
  expect(await readStateFile(bytes, knowsAll)).toEqual({
    kind: 'damaged',
    why: 'setting',
    name: 'recording.operations',
  });
  const units = new Blob([head, ...Array.from({ length: 66 }, () => 'a'.repeat(1_048_576)), '"}}']);
  expect(await readStateFile(units, knowsAll)).toMatchObject({ kind: 'damaged', why: 'size' });
  const huge = new Blob(Array.from({ length: 137 }, () => ' '.repeat(1_048_576)));
  expect(await readStateFile(huge, knowsAll)).toMatchObject({ kind: 'damaged', why: 'size' });
});

test('what a file leaves out is what a link takes for it', async () => {
  const source = { kind: 'gallery', id: 'overflow' } as const;
  expect(await plain(await read('\ufeff{"version":1,"gallery":"overflow"}'))).toEqual(defaultState(source));
  expect(await plain(await read('{"version":1,"script":""}'))).toEqual(defaultState({ kind: 'script', text: '' }));
});

test('a golden file cut off anywhere is refused', async () => {
  const text = fixture('version-1-recording.heapscape.json').trimEnd();
  for (let length = 0; length < text.length; length++) {
    expect((await read(text.slice(0, length))).kind, `${length}`).toBe('damaged');
  }
});

test('10,000 files with one byte changed are read or refused, and nothing is thrown', async () => {
  const bytes = new TextEncoder().encode(fixture('version-1-script.heapscape.json'));
  for (let seed = 1; seed <= 10_000; seed++) {
    const random = seeded(seed);
    const changed = bytes.slice();
    changed[random(bytes.length)] = random(256);
    expect((await read(changed)).kind, `seed ${seed}`).toMatch(/^(?:state|newer|damaged)$/);
  }
});

test('H07: nesting without end is refused', async () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  await expectRefused(deep, { kind: 'damaged', why: 'size' });
  await expectRefused(`{"version":1,"script":"","x":${deep}}`, { kind: 'damaged', why: 'size' });
  await expectRefused(`{"version":1,"x":${'{"x":'.repeat(10_000)}`, { kind: 'damaged', why: 'size' });
  await expectRefused(`{"version":1,"x":[${'1,'.repeat(5000)}1]}`, { kind: 'damaged', why: 'size' });
});

test('H08: keys of the prototype are unknown settings and touch nothing', async () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    const what = { kind: 'newer', what: 'setting', name: key } as const;
    await expectRefused(`{"version":1,"script":"","${key}":{"polluted":1}}`, what);
    await expectRefused(`{"version":1,"script":"","${key}":{"prototype":{"polluted":1}}}`, what);
  }
  await expectRefused('{"v":1,"__proto__":{"polluted":1}}', { kind: 'damaged', why: 'json' });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

const WITH = (members: string) => `{"version":1,"script":"",${members}}`;

test.each([
  ['H09', '"lanes":[{"allocator":"<img src=x onerror=window.__x=1>"}]'],
  ['H09', '"allocator":"<img src=x onerror=window.__x=1>"'],
  ['H10', '"wasmUrl":"https://evil.test/x.wasm"'],
  ['H11', '"link":"javascript:window.__x=1"'],
  ['new allocator', '"lanes":[{"allocator":"mimalloc"}]'],
  ['new lane setting', '"lanes":[{"allocator":"wee","tagged":true}]'],
  ['new view', '"view":"space-time"'],
  ['new panel', '"panels":["advice"]'],
  ['new theme', '"theme":"projector"'],
  ['new kind of selection', '"selection":{"lane":0,"line":4}'],
])('%s: what this page does not know is a newer page’s: %s', async (_, members) => {
  await expectRefused(WITH(members), { kind: 'newer' });
});

test.each([
  '"position":"64"',
  '"position":1.5',
  '"position":-1',
  '"position":-0',
  '"position":4294967296',
  '"position":[]',
  '"position":true',
  '"focus":3',
  '"focus":null',
  '"firstPage":65536',
  '"firstPage":null',
  '"theme":3',
  '"colour":null',
  '"lanes":{"length":1000000000}',
  '"lanes":[1]',
  '"lanes":[{}]',
  '"lanes":[{"allocator":3}]',
  '"lanes":"wee"',
  '"lanes":[{"allocator":"wee","base":100}]',
  '"lanes":[{"allocator":"wee","initial":"1"}]',
  '"lanes":[{"allocator":"wee","fill":1}]',
  '"lanes":[{"allocator":"wee","policy":0}]',
  `"lanes":[${Array(5).fill('{"allocator":"wee"}').join(',')}]`,
  '"selection":{"lane":0}',
  '"selection":{"page":4}',
  '"selection":{"lane":3,"page":4}',
  '"selection":{"lane":0,"page":4,"operation":4}',
  '"selection":4',
  '"view":"difference"',
  '"view":"difference","difference":[0,0]',
  '"view":"difference","difference":[0,3]',
  '"view":"difference","difference":[0,1,2]',
  '"panels":["script","script"]',
  '"panels":"script"',
  '"panels":[1]',
  '"gallery":"sawtooth"',
  '"recording":{"name":"","operations":""}',
])('H15: a value that cannot be is refused: %s', async (members) => {
  await expectRefused(WITH(members), { kind: 'damaged', why: 'setting' });
}); // prettier-ignore

test.each([
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '1',
  '{}',
  '{"version":"1","script":""}',
  '{"format":"other","version":1,"script":""}',
  '{"version":1,"script":"a","script":"b"}',
  '{"version":1,"script":"","position":1e999}',
  '{"version":1,"script":"","position":01}',
  '{"version":1,"script":"","position":+1}',
  '{"version":1,"script":"","position":NaN}',
  '{"version":1,"script":"",}',
  '{"version":1 "script":""}',
  "{'version':1}",
  '{"version":1,"script":"\n"}',
  '{"version":1,"script":"\\x"}',
  '{"version":1,"script":"\\u00g0"}',
  '{"version":1,"script":"x}',
  '{"version":1,"script":""}x',
  '{"version":1,"script":tru}',
  '{"version":1,"script":""',
  'a = alloc 64\n',
])('H15: what is no state file in JSON is refused: %s', async (text) => {
  await expectRefused(text, { kind: 'damaged', why: 'json' });
}); // prettier-ignore

test('H15: a file without a source, with a script that is too long or an id that cannot be, is refused', async () => {
  await expectRefused('{"version":1}', { kind: 'damaged', why: 'setting', name: 'script' });
  await expectRefused(`{"version":1,"script":"${'ä'.repeat(524_289)}"}`, { kind: 'damaged', name: 'script' });
  await expectRefused(`{"version":1,"script":"${'a'.repeat(1_048_577)}"}`, { kind: 'damaged', name: 'script' });
  await expectRefused('{"version":1,"gallery":"../x"}', { kind: 'damaged', name: 'gallery' });
  await expectRefused('{"version":1,"recording":{"name":"x"}}', { kind: 'damaged', name: 'recording.operations' });
});

test('H13: another version is a newer page’s, whatever is in it', async () => {
  for (const version of [0, 2, 255, 1.5]) {
    await expectRefused(`{"version":${version},"future":{}}`, {
      kind: 'newer',
      what: 'version',
      name: String(version),
    });
  }
});

test('bytes that are no UTF-8, and a file that is gone, are refused', async () => {
  await expectRefused(Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d), { kind: 'damaged', why: 'json' });
  await expectRefused(Uint8Array.of(0x7b, 0xc3), { kind: 'damaged', why: 'json' });
  const gone = new Blob(['{}']);
  gone.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  expect(await readStateFile(gone, knowsAll)).toMatchObject({ kind: 'damaged', why: 'unreadable' });
});

test('an id that is not in this page’s gallery is a newer page’s', async () => {
  const file = new Blob(['{"version":1,"gallery":"tomorrow"}']);
  expect(await readStateFile(file, () => false)).toEqual({ kind: 'newer', what: 'id', name: 'tomorrow' });
});

test('a state file is known by its name or by how it begins', async () => {
  expect(isStateFile('x.heapscape.json', '')).toBe(true);
  expect(
    isStateFile('x.txt', (await (await fileOf(defaultState({ kind: 'script', text: '' }))).text()).slice(0, 64)),
  ).toBe(true);
  expect(isStateFile('x.json', '{"version":1,"operations":3}')).toBe(false);
  expect(isStateFile('x.heap', 'a = alloc 64\n')).toBe(false);
});
