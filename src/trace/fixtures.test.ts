import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FIXTURES, recordingFile } from '../engine/testing/recordings.ts';
import { OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { saveOperations } from './save.ts';
import { anomalyLinesOf, operationLinesOf, readFile, scenarioOf } from './testing.ts';

const GOLDEN = new URL('../../wasm/tests/golden/', import.meta.url);
const fixture = (name: string) => readFileSync(recordingFile(name));

/** What lanes are asked for, without what a format may know beyond it: flags of zeroing, lines. */
function requestsOf({ operations }: Scenario) {
  const { kind, id, size, align, offset, prev } = operations;
  return { kind, id, size, align, offset, prev };
}

describe('recordings of real programs', () => {
  test.each(['cc1.mtrace', 'git-log.mtrace', 'tcl.mtrace', 'sqlite-wasm.ops'])(
    '%s comes to the operations that the golden addresses were made from',
    async (name) => {
      const golden = gunzipSync(readFileSync(new URL(`${name.split('.')[0]}.ops.gz`, GOLDEN)));
      const imported = await scenarioOf(fixture(name));
      const expected = await scenarioOf(golden);
      expect(imported.operations.count).toBeGreaterThan(100);
      expect(requestsOf(imported)).toEqual(requestsOf(expected));
      expect(imported.anomalies).toEqual([]);
      expect(imported.findings).toEqual([]);
    },
  );

  test('ls.valgrind is read whole: as many blocks and bytes as valgrind’s own summary says', async () => {
    const text = fixture('ls.valgrind').toString();
    const summary = /total heap usage: ([\d,]+) allocs, ([\d,]+) frees, ([\d,]+) bytes/.exec(text)!;
    const [allocs, frees, bytes] = summary.slice(1).map((figure) => Number(figure.replaceAll(',', '')));
    const scenario = await scenarioOf(text);
    const { kind, size, count } = scenario.operations;
    const amounts = new Map<number, number>();
    let requested = 0;
    for (let k = 0; k < count; k++) {
      amounts.set(kind[k]!, (amounts.get(kind[k]!) ?? 0) + 1);
      requested += size[k]!;
    }
    // valgrind counts a realloc as a free and an alloc.
    const resized = amounts.get(OpKind.Realloc)!;
    expect(amounts.get(OpKind.Alloc)! + resized).toBe(allocs);
    expect(amounts.get(OpKind.Free)! + resized).toBe(frees);
    expect(requested).toBe(bytes);
    expect(scenario.anomalies).toEqual([]);
  });
});

describe('a small file of each format', () => {
  test.each([
    ['small.ops', 'operations', 15, 5],
    ['small.rep', 'rep', 8, 3],
    ['small.mtrace', 'mtrace', 7, 3],
    ['small.valgrind', 'valgrind', 12, 6],
    ['small.trace', 'wee-trace', 7, 4],
  ])('%s is known by its content and read without anomaly', async (name, format, operations, blocks) => {
    const scenario = await scenarioOf(fixture(name));
    expect(scenario.format).toBe(format);
    expect(scenario.operations.count).toBe(operations);
    expect(scenario.blocks.count).toBe(blocks);
    expect(scenario.anomalies).toEqual([]);
    expect(scenario.findings).toEqual([]);
  });

  test('small.valgrind operation for operation', async () => {
    expect(operationLinesOf(await scenarioOf(fixture('small.valgrind')))).toEqual([
      'a 0 472',
      'z 1 15',
      'a 2 1600',
      'r 0 944 < 1',
      'a 3 100 align 64',
      'a 4 16',
      'a 5 64 align 64',
      'f 4 < 6',
      'f 5 align 64 < 7',
      'f 3 align 64 < 5',
      'f 1 < 2',
      'f 2 < 3',
    ]);
  });
});

describe('a file of each format with each anomaly', () => {
  test.each([
    [
      'anomalies.ops',
      18,
      [
        'unknown-line 3 1',
        'alloc-of-live-id 4 1',
        'free-of-unknown-id 5 2',
        'write-of-unknown-id 6 2',
        'realloc-of-unknown-id 7 2',
        'leave-without-enter 8 3',
        'scope-survivor 13 7',
        'unknown-line 14 9',
        'truncated 24 18',
        'scope-left-open 22 18',
      ],
    ],
    [
      'anomalies.rep',
      5,
      [
        'free-of-unknown-id 8 3',
        'free-of-unknown-id 9 3',
        'realloc-of-unknown-id 10 3',
        'alloc-of-live-id 11 4',
        'unknown-line 12 5',
        'truncated 13 5',
      ],
    ],
    [
      'anomalies.mtrace',
      4,
      [
        'failed-request 3 1',
        'free-of-unknown-address 4 1',
        'realloc-of-unknown-address 6 1',
        'alloc-at-live-address 7 2',
        'failed-request 8 3',
        'realloc-of-unknown-address 9 3',
        'unknown-line 10 4',
        'unknown-line 11 4',
        'unknown-line 12 4',
        'truncated 13 4',
      ],
    ],
    [
      'anomalies.valgrind',
      5,
      [
        'failed-request 2 0',
        'failed-request 3 0',
        'failed-request 4 1',
        'free-of-unknown-address 6 2',
        'failed-request 8 2',
        'realloc-of-unknown-address 11 2',
        'alloc-at-live-address 12 3',
        'unknown-line 13 4',
        'unknown-line 14 4',
        'unknown-line 15 4',
        'unknown-line 16 4',
        'unknown-line 17 4',
        'truncated 19 5',
      ],
    ],
    [
      'anomalies.trace',
      4,
      [
        'free-of-unknown-id 3 2',
        'free-of-unknown-id 4 2',
        'unknown-line 5 2',
        'unknown-line 6 2',
        'free-of-unknown-id 7 2',
        'truncated 10 4',
      ],
    ],
  ])('%s', async (name, operations, anomalies) => {
    const scenario = await scenarioOf(fixture(name));
    expect(scenario.operations.count).toBe(operations);
    expect(anomalyLinesOf(scenario)).toEqual(anomalies);
    expect(scenario.anomaliesLeftOut).toBe(0);
  });

  test('the operation list’s misuses are findings, the others have none', async () => {
    const { findings, misuseAt } = await scenarioOf(fixture('anomalies.ops'));
    expect(findings.map(({ code, line }) => `${code} ${line}`)).toEqual([
      'F501 17',
      'F503 18',
      'F508 19',
      'F504 20',
      'F505 21',
    ]);
    expect([...misuseAt]).toEqual([12, 13, 14, 15, 16]);
    for (const name of ['anomalies.rep', 'anomalies.mtrace', 'anomalies.valgrind', 'anomalies.trace']) {
      expect((await scenarioOf(fixture(name))).findings).toEqual([]);
    }
  });
});

test.each(
  [...readdirSync(FIXTURES), 'cc1.mtrace', 'git-log.mtrace', 'sqlite-wasm.ops'].filter((name) => name.includes('.')),
)('%s saved as operation list and read again asks for the same', async (name) => {
  const scenario = await scenarioOf(fixture(name));
  const again = await scenarioOf([...saveOperations(scenario).chunks].join(''));
  expect(requestsOf(again)).toEqual(requestsOf(scenario));
  expect(again.operations.flags).toEqual(scenario.operations.flags);
  expect(again.marks.map(({ position, text }) => [position, text])).toEqual(
    scenario.marks.map(({ position, text }) => [position, text]),
  );
});

test.each([
  ['picture.png', 'This is a PNG picture. Open a recording or a scenario; the help lists what can be read.'],
  ['packed.ops.gz', 'This is a gzip archive. Unpack it and open the recording inside.'],
  ['utf16.ops', 'This is text in UTF-16. Save it as UTF-8 and open it again.'],
  ['utf16-bare.ops', 'This is text in UTF-16. Save it as UTF-8 and open it again.'],
  ['zero-byte.ops', 'This is no text: byte 9 is 0. Recordings and scenarios are text.'],
  ['invalid-utf8.ops', 'This is no text in UTF-8: byte 9 fits in no letter.'],
  ['binary.bin', 'This is no text in UTF-8: byte 0 fits in no letter.'],
  ['empty.ops', 'The file is empty. There is nothing to run in it.'],
  [
    'module.wasm',
    'This is a WebAssembly module. Heapscape shows the memory of its own allocators; record what a program asks of its allocator and open that.',
  ],
  ['list.json', 'This is JSON. Open a recording or a scenario; the help lists what can be read.'],
  ['page.html', 'This is HTML, XML or SVG. Open a recording or a scenario; the help lists what can be read.'],
])('the wrong file %s is refused, and the message says what it is', async (name, message) => {
  expect(await readFile(fixture(`wrong/${name}`))).toEqual({ kind: 'refused', message });
});
