import { describe, expect, test } from 'vitest';
import type { Operations } from '../model/operations.ts';
import { LIMITS } from '../model/units.ts';
import { readRecording } from './read.ts';
import { dice, operationLinesOf, readFile, scenarioOf } from './testing.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const quiet = () => ({ name: 'test', onProgress: () => {}, signal: new AbortController().signal });

/** About 500 bytes of each format. */
const SAMPLES: Readonly<Record<string, string>> = {
  operations: `# list\n${'a 0 100\nz 1 64 32\nw 0 -2 5 7\ns\na 2 8\nr 0 300\nf 2\nx\nm ä mark here\nf 1\nf 1\nf 9\nf 0\n'.repeat(5)}`,
  rep: `20000\n40\n66\n1\n${'a 0 512\na 1 128\nr 0 640\nf 1\nf 1\nf 0\n'.repeat(11)}`,
  mtrace: `= Start\n${'@ p:(ä)[0x1] + 0x1234a0 0x10\n@ p < 0x1234a0\n@ p > 0x9990 0x20\n@ p - 0x9990\n@ p - 0x5\n+ (nil) 0x9\n'.repeat(4)}= End\n`,
  valgrind: `==9== Command: ä\n${'--9-- malloc(8) = 0x10\n--9-- realloc(0x10,9) = 0x20\n--9-- calloc(2,3)malloc(1) = 0x30\n--9-- free(0x20)\n--9-- free(0x30)\n'.repeat(4)}`,
  'wee-trace': 'Alloc(552),\nAlloc(120),\nFree(1),\nFree(0),\nFree(0),\n'.repeat(9),
};

describe('what a file is, its content decides', () => {
  test.each(Object.keys(SAMPLES))('%s', async (format) => {
    expect((await scenarioOf(SAMPLES[format]!)).format).toBe(format);
  });

  test.each([
    ['a script', '# Two blocks\na = alloc 16\nfree a\n'],
    ['a script that begins like a mark', 'm = alloc 8\nfree m\n'],
    ['a script with ranges', 'repeat 400 as i {\n  a[i] = alloc 200..9k\n}\nmark "full"\n'],
    ['a script whose names are file types', 'GIF = alloc 8\nPK = alloc 9\nSQLite = alloc 10\nBZh = alloc 4\n'],
    ['a comment alone', '# nothing yet\n'],
    ['blanks alone', ' \n\n'],
    ['any other text', 'Dear reader,\nthis is a letter.\n'],
    ['a text with a byte-order mark', '\uFEFFa = alloc 8\n'],
    ['one letter', 'a'],
  ])('%s is handed back as text', async (_, text) => {
    expect(await readFile(text)).toEqual({ kind: 'text', text: text.replace('\uFEFF', '') });
  });

  test('some damaged lines at the start do not make a recording something else', async () => {
    const scenario = await scenarioOf('q 1\na __proto__ 5\nb\na 0 8\na 1 8\nf 1\nf 0\n');
    expect(scenario.format).toBe('operations');
    expect(scenario.anomalies.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  test.each(['a 0 -5', 'a 0 1.5', 'a 0 1e3', 'a 4294967296 8', 's', 'x', 'f 0'])(
    'a file of the one line `%s` is an operation list',
    async (line) => {
      expect((await scenarioOf(line)).format).toBe('operations');
    },
  );
});

describe('line ends, marks of byte order and pieces change nothing', () => {
  test.each(Object.entries(SAMPLES))('%s', async (_, text) => {
    const expected = await scenarioOf(text);
    const variants: readonly [string, string][] = [
      ['CR LF', text.replaceAll('\n', '\r\n')],
      ['CR', text.replaceAll('\n', '\r')],
      ['a byte-order mark', `\uFEFF${text}`],
      ['no final line end', text.replace(/\n$/, '')],
    ];
    for (const [name, variant] of variants) expect(await scenarioOf(variant), name).toEqual(expected);
    const blank = await scenarioOf(text.replace('\n', `\n${'\n'.repeat(1_000)}`));
    expect(operationLinesOf(blank)).toEqual(operationLinesOf(expected));
    expect(blank.anomalies.length).toBe(expected.anomalies.length);
    const bytes = bytesOf(text);
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
        bytes.subarray(k * size, (k + 1) * size),
      );
      expect(await readFile(pieces), `pieces of ${size}`).toEqual({
        kind: 'scenario',
        scenario: expected,
        cancelled: false,
      });
    }
    const blob = new Blob([bytes]);
    expect(await readRecording(blob, blob.size, quiet())).toMatchObject({ kind: 'scenario', cancelled: false });
  });
});

describe('limits', () => {
  test('more than 256 MiB are refused with both figures, before a byte is read', async () => {
    async function* never(): AsyncGenerator<Uint8Array> {
      yield Promise.reject(new Error('was read'));
    }
    expect(await readRecording(never(), LIMITS.traceBytes + 1, quiet())).toEqual({
      kind: 'refused',
      message: 'The file has 268,435,457 bytes; the limit is 268,435,456.',
    });
  });

  test('a stream that brings more than it said is stopped at the limit', async () => {
    const piece = bytesOf('# comment\n'.repeat(100_000));
    async function* endless() {
      yield bytesOf('a 0 8\n');
      for (;;) yield piece;
    }
    const result = await readRecording(endless(), 100, quiet());
    expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('the limit is 268,435,456') });
  });

  test('5,000,000 operations are read, one more is refused with both figures', async () => {
    const pair = bytesOf('a 0 8\nf 0\n'.repeat(50_000));
    const pieces = Array.from({ length: 50 }, () => pair);
    const full = await readFile(pieces);
    expect(full.kind === 'scenario' && full.scenario.operations.count).toBe(5_000_000);
    expect(await readFile([...pieces, bytesOf('a 0 8\n'), pair])).toEqual({
      kind: 'refused',
      message:
        'The recording has about 5,100,001 operations; the limit is 5,000,000. Record a shorter stretch of the program.',
    });
  });

  test('frees that the reader itself adds count too', async () => {
    const many = 'a 0 8\n'.repeat(2_499_999);
    const result = await readFile(`s\n${many}x\n`);
    expect(result.kind === 'scenario' && result.scenario.operations.count).toBe(5_000_000);
    expect(await readFile(`s\n${many}a 0 8\nx\n`)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('about 5,000,002 operations'),
    });
  });

  test('a line that is too long is refused by its number', async () => {
    expect(await readFile(`a 0 8\nm ${'x'.repeat(4_094)}\nf 0\n`)).toMatchObject({ kind: 'scenario' });
    expect(await readFile(`a 0 8\nm ${'x'.repeat(4_095)}\nf 0\n`)).toEqual({
      kind: 'refused',
      message: 'Line 2 is longer than 4,096 bytes, more than any line of a recording has.',
    });
    const long = `@ ${'n'.repeat(60_000)} + 0x10 0x8\n`;
    expect((await scenarioOf(`= Start\n${long}`)).operations.count).toBe(1);
  });

  test('64 MiB without a line end are refused, alone or after a recording’s first lines', async () => {
    const mebibyte = new Uint8Array(1024 * 1024).fill(97);
    const pieces = Array.from({ length: 64 }, () => mebibyte);
    expect(await readFile(pieces)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('more than 1,048,576 bytes'),
    });
    expect(await readFile([bytesOf('a 0 8\nf 0\n'), ...pieces])).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Line 3 is longer than 4,096 bytes'),
    });
  });

  test('a text of 1 MiB is a scenario, one byte more is none', async () => {
    const text = `#${' '.repeat(LIMITS.scriptBytes - 1)}`;
    expect(await readFile(text)).toEqual({ kind: 'text', text });
    expect(await readFile(`${text} `)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('1,048,576'),
    });
  });

  test('what is no UTF-8 late in a file is named by its offset', async () => {
    const head = bytesOf('a 0 8\nf 0\n'.repeat(30_000));
    expect(await readFile([head, Uint8Array.of(0x6d, 0x20, 0xc3, 0x28, 0x0a)])).toEqual({
      kind: 'refused',
      message: 'This is no text in UTF-8: byte 300,002 fits in no letter.',
    });
    expect(await readFile([bytesOf('a = alloc 8 # '), Uint8Array.of(0xff)])).toMatchObject({
      message: 'This is no text in UTF-8: byte 14 fits in no letter.',
    });
  });
});

describe('stopping and failing', () => {
  test('a cancelled read keeps what was read', async () => {
    const controller = new AbortController();
    async function* stream() {
      yield bytesOf(`a 0 8\nf 0\n${'# more\n'.repeat(10_000)}`);
      controller.abort();
      yield bytesOf('a 0 16\nf 0\n');
      throw new Error('must not be asked for');
    }
    const result = await readRecording(stream(), 1_000, { ...quiet(), signal: controller.signal });
    expect(result).toMatchObject({ kind: 'scenario', cancelled: true });
    expect(result.kind === 'scenario' && result.scenario.operations.count).toBe(4);
  });

  test('messages get in while a single large piece is read', async () => {
    const controller = new AbortController();
    const data = new Blob(['a 0 8\nf 0\n'.repeat(400_000)]);
    const reports: [number, number][] = [];
    const reading = readRecording(data, data.size, {
      name: 'test',
      onProgress: (done, _, operations) => reports.push([done, operations]),
      signal: controller.signal,
    });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      if (reports.length >= 2) controller.abort();
      else port2.postMessage(null);
    };
    port2.postMessage(null);
    const result = await reading;
    port1.close();
    expect(result).toMatchObject({ kind: 'scenario', cancelled: true });
    const count = result.kind === 'scenario' ? result.scenario.operations.count : -1;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(800_000);
    expect(reports.at(-1)![1]).toBe(count);
    for (let k = 1; k < reports.length; k++) expect(reports[k]![0]).toBeGreaterThanOrEqual(reports[k - 1]![0]);
  });

  test('the last report says that all was read', async () => {
    const data = new Blob(['a 0 8\nf 0\n']);
    const reports: number[][] = [];
    await readRecording(data, data.size, { ...quiet(), onProgress: (...report) => reports.push(report) });
    expect(reports.at(-1)).toEqual([10, 10, 2]);
  });

  test('a file that goes away while it is read is refused, not thrown', async () => {
    async function* stream() {
      yield bytesOf('a 0 8\n'.repeat(20_000));
      throw new DOMException('The requested file could not be read', 'NotReadableError');
    }
    expect(await readRecording(stream(), 1_000, quiet())).toEqual({
      kind: 'refused',
      message: 'The file could not be read to its end (The requested file could not be read). Choose it once more.',
    });
  });
});

describe('damage never throws', () => {
  test.each(Object.entries(SAMPLES))('%s cut off at every byte', async (format, text) => {
    const bytes = bytesOf(text);
    expect(bytes.length).toBeGreaterThan(400);
    for (let length = 0; length <= bytes.length; length++) {
      const result = await readFile(bytes.slice(0, length));
      expect(['scenario', 'text', 'refused'], `${format} cut at ${length}`).toContain(result.kind);
      if (result.kind === 'scenario') expectSound(result.scenario.operations, `${format} cut at ${length}`);
    }
  });

  test('10,000 small recordings with bytes changed, lost or doubled', async () => {
    const samples = Object.values(SAMPLES).map(bytesOf);
    for (let seed = 1; seed <= 10_000; seed++) {
      const roll = dice(seed);
      const sample = samples[roll(samples.length)]!;
      const bytes = [...sample.subarray(0, 20 + roll(sample.length - 20))];
      for (let change = 1 + roll(8); change > 0; change--) {
        const at = roll(bytes.length);
        const kind = roll(4);
        if (kind === 0) bytes[at] = roll(256);
        else if (kind === 1) bytes[at] = 32 + roll(95);
        else if (kind === 2) bytes.splice(at, 1 + roll(5));
        else bytes.splice(at, 0, ...bytes.slice(roll(bytes.length), at + roll(9)));
      }
      try {
        const result = await readFile(Uint8Array.from(bytes));
        if (result.kind === 'scenario') expectSound(result.scenario.operations, `seed ${seed}`);
      } catch (error) {
        throw new Error(`seed ${seed}: ${error}`);
      }
    }
  });
});

/** Every link points backwards to an operation that gives a place, or to the scope's beginning. */
function expectSound(operations: Operations, what: string) {
  const { kind, prev, id, count } = operations;
  for (let k = 0; k < count; k++) {
    const link = prev[k]!;
    if (link === 0) continue;
    const good = link <= k && id[link - 1] === id[k];
    if (!good) throw new Error(`${what}: operation ${k + 1} (kind ${kind[k]}) links to ${link}`);
  }
}
