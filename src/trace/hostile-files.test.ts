import { expect, test } from 'vitest';
import { LIMITS } from '../model/units.ts';
import { readRecording } from './read.ts';
import { anomalyLinesOf, dice, operationLinesOf, readFile, scenarioOf } from './testing.ts';

/**
 * Hostile and broken recordings, by the numbers of the fault list (T01 to T13), each with its outcome; read.test.ts and the
 * tests of each format know more of the details. T11 and T12, which are the page's, are end to end.
 */
const bytes = (...values: number[]) => Uint8Array.from(values);
const repeated = (text: string, times: number) => {
  const piece = new TextEncoder().encode(text.repeat(1000));
  return Array.from({ length: times / 1000 }, () => piece);
};

test.each([
  ['nothing', bytes(), /empty|nothing|0 bytes/i],
  ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), /PNG/],
  ['UTF-16', bytes(0xff, 0xfe, 0x61, 0, 0x20, 0, 0x30, 0), /UTF-16/],
  ['UTF-16, the other way round', bytes(0xfe, 0xff, 0, 0x61, 0, 0x20), /UTF-16/],
  ['a packed file', bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), /gzip/i],
])('T01: %s is refused by what it seems to be', async (_, file, what) => {
  const result = await readFile(file);
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringMatching(what) });
});

test('T01: a file of one letter is handed back as the text that it is', async () => {
  expect(await readFile('a')).toEqual({ kind: 'text', text: 'a' });
});

test('T02: every kind of line end, a byte-order mark and blank lines give the same operations', async () => {
  const list = 'a 0 100\na 1 20\nf 0\nm half\nr 1 300\nf 1\n';
  const wanted = operationLinesOf(await scenarioOf(list));
  const variants = [
    list.replaceAll('\n', '\r\n'),
    list.replaceAll('\n', '\r'),
    list.trimEnd(),
    `\ufeff${list}`,
    list.replace('\n', '\n'.repeat(1001)),
  ];
  for (const variant of variants) expect(operationLinesOf(await scenarioOf(variant))).toEqual(wanted);
});

test('T03: one line of 64 MiB is refused by its number, after its first bytes', async () => {
  let pulled = 0;
  async function* line() {
    const piece = new Uint8Array(1024 * 1024).fill(97);
    yield new TextEncoder().encode('a 0 8\n');
    for (let k = 0; k < 64; k++) {
      pulled++;
      yield piece;
    }
  }
  const quiet = { name: 'long.ops', onProgress: () => undefined, signal: new AbortController().signal };
  const result = await readRecording(line(), 64 * 1024 * 1024, quiet);
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('Line 2') });
  expect(pulled).toBeLessThan(4);
});

test('T04: too large a file and too many operations are named with both figures, not called invalid', async () => {
  const size = LIMITS.traceBytes + 1;
  const quiet = { name: 'x', onProgress: () => undefined, signal: new AbortController().signal };
  async function* none() {}
  expect(await readRecording(none(), size, quiet)).toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/268,435,457.*268,435,456/),
  });
  expect(await readFile(repeated('a 0 8\nf 0\n', 2_501_000))).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('the limit is 5,000,000'),
  });
});

test('T05: 2,000,000 operations are read, and a cancelled reading keeps what it has', async () => {
  const file = repeated('a 0 8\nf 0\n', 1_000_000);
  const whole = await readFile(file);
  expect(whole.kind === 'scenario' && whole.scenario.operations.count).toBe(2_000_000);
  const stop = new AbortController();
  const blob = new Blob(file);
  const result = await readRecording(blob, blob.size, {
    name: 'x',
    onProgress: () => stop.abort(),
    signal: stop.signal,
  });
  expect(result).toMatchObject({ kind: 'scenario', cancelled: true });
  expect(result.kind === 'scenario' && result.scenario.operations.count).toBeLessThan(2_000_000);
});

test('T06: frees and resizes of what is not there are counted and listed, and nothing of them is lost', async () => {
  const scenario = await scenarioOf('a 0 8\nf 99\nf 0\nf 0\nr 77 10\na 1 8\n');
  expect(anomalyLinesOf(scenario)).toEqual(['free-of-unknown-id 2 1', 'realloc-of-unknown-id 5 3']);
  // The second free of a block is what the program did, and every lane does it.
  expect(operationLinesOf(scenario)).toEqual(['a 0 8', 'f 0 < 1', 'f 0 misuse < 1', 'r 1 10', 'a 2 8']);
});

test('T07: a size of 2³²−1 is a size; a negative one, a fraction and a power are named by their line', async () => {
  const scenario = await scenarioOf('a 0 4294967295\na 1 -5\na 2 1.5\na 3 1e3\na 4 4294967296\na 5 8\n');
  expect(operationLinesOf(scenario)).toEqual(['a 0 4294967295', 'a 1 8']);
  expect(scenario.anomalies.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
});

test('T08: an id beyond 2³²−1, a member of an object and an id of 10 MB are no ids', async () => {
  const scenario = await scenarioOf('a 0 8\na 4294967296 8\na __proto__ 8\na constructor 8\na 4294967295 8\n');
  expect(operationLinesOf(scenario)).toEqual(['a 0 8', 'a 1 8']);
  expect(scenario.anomalies.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(await readFile(`a 0 8\na ${'9'.repeat(10_000_000)} 8\n`)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('Line 2'),
  });
});

test('T09: a byte 0 and bytes that are no UTF-8 are named by their place in the file', async () => {
  const begin = [...new TextEncoder().encode('a 0 8\n')];
  for (const wrong of [
    [0, 10],
    [0xc3, 0x28, 10],
  ]) {
    const result = await readFile(bytes(...begin, ...wrong));
    expect(result).toMatchObject({ kind: 'refused', message: expect.stringMatching(/\b6\b/) });
  }
});

test('T10: a recording cut off at every byte is read or refused', async () => {
  const text = 'a 0 100\na 1 20\nw 0 -2 5 7\nf 0\nm half\ns\na 2 8\nx\nr 1 300\n'.repeat(9).slice(0, 500);
  for (let length = 0; length <= text.length; length++) {
    const { kind } = await readFile(text.slice(0, length));
    expect(['scenario', 'text', 'refused'], `${length}`).toContain(kind);
  }
});

test('T13: 10,000 recordings with bytes changed are read or refused, and nothing is thrown', async () => {
  const sample = new TextEncoder().encode(
    'a 0 100\nz 1 64 32\nw 0 -2 5 7\ns\na 2 8\nr 0 300\nf 2\nx\nm here\nf 1\nf 9\n',
  );
  for (let seed = 1; seed <= 10_000; seed++) {
    const roll = dice(seed);
    const changed = Uint8Array.from(sample);
    for (let times = 1 + roll(6); times > 0; times--) changed[roll(changed.length)] = roll(256);
    const { kind } = await readFile(changed);
    expect(['scenario', 'text', 'refused'], `seed ${seed}`).toContain(kind);
  }
});
