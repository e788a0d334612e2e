import { describe, expect, test } from 'vitest';
import { blockName } from '../model/scenario.ts';
import { anomalyLinesOf, operationLinesOf, scenarioOf } from './testing.ts';

/** What a list comes to: its operations, anomalies and findings as lines. */
async function outcome(list: string) {
  const scenario = await scenarioOf(list);
  return {
    operations: operationLinesOf(scenario),
    anomalies: anomalyLinesOf(scenario),
    findings: scenario.findings.map(({ code, line, operation, block }) => `${code} ${line} ${operation} ${block}`),
    misuseAt: [...scenario.misuseAt],
  };
}
const clean = { anomalies: [], findings: [], misuseAt: [] };

describe('every letter', () => {
  test('alloc, zeroed alloc, realloc, free and write say what they mean', async () => {
    const list = 'a 0 100\nz 1 8 64\nr 0 200\nw 1 2 3\nw 0 0 4 255\nf 1\nf 0\n';
    expect(await outcome(list)).toEqual({
      ...clean,
      operations: [
        'a 0 100',
        'z 1 8 align 64',
        'r 0 200 < 1',
        'w 1 2 3 =1 align 64 < 2',
        'w 0 0 4 =255 < 3',
        'f 1 align 64 < 2',
        'f 0 < 3',
      ],
    });
  });

  test('marks and comments are no operations; a mark is the rest of its line after one blank', async () => {
    const scenario = await scenarioOf('# head\na 0 8\nm  two  words \nm\nm\ttab # and this\n#\nf 0\nm end');
    expect(scenario.operations.count).toBe(2);
    expect(scenario.marks).toEqual([
      { position: 1, text: ' two  words ', line: 3 },
      { position: 1, text: '', line: 4 },
      { position: 1, text: 'tab # and this', line: 5 },
      { position: 2, text: 'end', line: 8 },
    ]);
    expect(scenario.anomalies).toEqual([]);
  });

  test('without a value a write stores the low byte of the id', async () => {
    const scenario = await scenarioOf('a 770 8\nw 770 0 8\nw 770 0 8 2\nw 770 0 8 7\n');
    expect(operationLinesOf(scenario).slice(1)).toEqual(['w 0 0 8 =2 < 1', 'w 0 0 8 =2 < 1', 'w 0 0 8 =7 < 1']);
    expect(scenario.fills.bytes).toEqual(Uint8Array.of(2, 7));
  });

  test('blanks may stand before, between and after the fields', async () => {
    const tidy = await outcome('a 0 16 32\nf 0\ns\nx\n');
    expect(await outcome('  a\t0   16 32 \t\n\n \nf  0\n\ts\nx \n')).toEqual(tidy);
  });

  test('sizes, ids and alignments go to 4294967295, and 0 is one', async () => {
    const list = 'a 4294967295 4294967295 4294967295\na 0 0\nr 0 4294967295\nw 0 -9007199254740991 4294967295\n';
    const { operations, anomalies } = await outcome(list);
    expect(operations).toEqual([
      'a 0 4294967295 align 4294967295',
      'a 1 0',
      'r 1 4294967295 < 2',
      'w 1 -9007199254740991 4294967295 =0 misuse < 3',
    ]);
    expect(anomalies).toEqual([]);
  });
});

describe('what does not fit is counted, named by line and kept out', () => {
  const wrong = [
    'a 1 -5',
    'a 1 1.5',
    'a 1 1e3',
    'a 1 4294967296',
    'a 4294967296 8',
    'a 1 0x10',
    'a 1 1_000',
    'a __proto__ 8',
    `a ${'9'.repeat(3_000)} 8`,
    'a 1',
    'a',
    'a1 8',
    'a 1 8 16 4',
    'z 1 8 -1',
    'f',
    'f -1',
    'f 0 0',
    'r 0',
    'w 0 0',
    'w 0 0 4 256',
    'w 0 0 4 -1',
    'w 0 -- 4',
    'w 0 9007199254740992 4',
    's 1',
    'x 1',
    'q 1 2',
    'A 1 8',
    'mark here',
    'alloc 1 8',
    '１ 1 8',
    '= Start',
  ];
  test.each(wrong)('%.40s', async (line) => {
    const { operations, anomalies, findings } = await outcome(`a 0 8\n${line}\nf 0\n`);
    expect(operations).toEqual(['a 0 8', 'f 0 < 1']);
    expect(anomalies).toEqual(['unknown-line 2 1']);
    expect(findings).toEqual([]);
  });

  test('an alloc of a live id: the old block stays live, the id names the new one', async () => {
    expect(await outcome('a 5 8\na 5 16\nf 5\n')).toEqual({
      ...clean,
      operations: ['a 0 8', 'a 1 16', 'f 1 < 2'],
      anomalies: ['alloc-of-live-id 2 1'],
    });
  });

  test('free and write of an unknown id reach nothing; realloc of one allocates', async () => {
    expect(await outcome('f 1\nw 2 0 4\nr 3 24\nr 3 48\nf 3\n')).toEqual({
      ...clean,
      operations: ['r 0 24', 'r 0 48 < 1', 'f 0 < 2'],
      anomalies: ['free-of-unknown-id 1 0', 'write-of-unknown-id 2 0', 'realloc-of-unknown-id 3 0'],
    });
  });

  test('the first thousand are kept whole, all are counted', async () => {
    const scenario = await scenarioOf(`a 0 8\n${'f 9\n'.repeat(2_345)}`);
    expect(scenario.anomalies.length).toBe(1_000);
    expect(scenario.anomaliesLeftOut).toBe(1_345);
  });

  test('marks beyond the limit are anomalies', async () => {
    const scenario = await scenarioOf(`a 0 8\n${'m x\n'.repeat(100_002)}`);
    expect(scenario.marks.length).toBe(100_000);
    expect(anomalyLinesOf(scenario)).toEqual(['unknown-line 100002 1', 'unknown-line 100003 1']);
  });
});

describe('ids', () => {
  test('an id may be used again once freed, and people see the ids of the list', async () => {
    const scenario = await scenarioOf('a 7 8\nf 7\na 7 16\na 3 4\nf 3\n');
    expect(operationLinesOf(scenario)).toEqual(['a 0 8', 'f 0 < 1', 'a 1 16', 'a 2 4', 'f 2 < 4']);
    expect(scenario.blocks.count).toBe(3);
    expect([0, 1, 2].map((block) => blockName(scenario.blocks, block))).toEqual(['block 7', 'block 7', 'block 3']);
  });

  test('ids 0, 1, 2 … in order of birth need no list of their own', async () => {
    const { blocks } = await scenarioOf('a 0 8\na 1 8\nf 0\n');
    expect(blocks.listed).toBeUndefined();
    expect(blockName(blocks, 1)).toBe('block 1');
  });
});

describe('misuse is a finding and is passed on', () => {
  test('double free, write and resize of a dead block carry its last place, size and alignment', async () => {
    const list = 'a 4 32 64\nr 4 48\nf 4\nf 4\nw 4 0 4\nr 4 8\nw 4 0 8\nf 4\n';
    expect(await outcome(list)).toEqual({
      operations: [
        'a 0 32 align 64',
        'r 0 48 align 64 < 1',
        'f 0 align 64 < 2',
        'f 0 align 64 misuse < 2',
        'w 0 0 4 =4 align 64 misuse < 2',
        'r 0 8 align 64 misuse < 2',
        'w 0 0 8 =4 align 64 < 6',
        'f 0 align 64 < 6',
      ],
      anomalies: [],
      findings: ['F501 4 4 0', 'F503 5 5 0', 'F508 6 6 0'],
      misuseAt: [4, 5, 6],
    });
  });

  test('a write past the end or before the start counts once, one of no bytes not at all', async () => {
    const { operations, findings, misuseAt } = await outcome(
      'a 0 16\nw 0 0 16\nw 0 12 8\nw 0 16 1\nw 0 -4 4\nw 0 -4 100\nw 0 16 0\nw 0 -1 0\n',
    );
    expect(operations.filter((line) => line.includes('misuse')).length).toBe(4);
    expect(findings).toEqual(['F504 3 3 0', 'F504 4 4 0', 'F505 5 5 0', 'F505 6 6 0']);
    expect(misuseAt).toEqual([3, 4, 5, 6]);
  });

  test('messages name line, block and what went wrong, by the ids of the list', async () => {
    const { findings } = await scenarioOf('a 9 96\nf 9\nf 9\nw 9 0 1\nr 9 96\nw 9 90 26\nw 9 -1 1\n');
    expect(findings.map(({ message }) => message)).toEqual([
      'Line 3 frees block 9, already freed by operation 2.',
      'Line 4 writes block 9, freed at operation 2.',
      'Line 5 resizes block 9, freed at operation 2.',
      'Line 6 writes 20 bytes past the end of block 9, which has 96.',
      'Line 7 writes 1 byte before the start of block 9.',
    ]);
  });

  test('the first thousand findings of a kind are kept whole, each misuse is counted', async () => {
    const scenario = await scenarioOf(`a 0 8\nf 0\n${'f 0\nw 0 0 1\n'.repeat(1_500)}`);
    expect(scenario.findings.length).toBe(2_000);
    expect(scenario.findingsLeftOut).toBe(1_000);
    expect(scenario.misuseAt.length).toBe(3_000);
    expect(scenario.misuseAt.at(-1)).toBe(3_002);
  });
});

describe('scopes', () => {
  test('the unbroken run of frees before `x`, of blocks of the scope, is the scope’s end', async () => {
    const { operations, anomalies } = await outcome(
      'a 9 8\ns\na 0 8\na 1 8\na 2 8\nf 0\na 3 8\nf 3\n\nf 2\nf 1\nx\nf 9\n',
    );
    expect(operations).toEqual([
      'a 0 8',
      's 0',
      'a 1 8',
      'a 2 8',
      'a 3 8',
      'f 1 < 3',
      'a 4 8',
      'f 4 by scope < 7',
      'f 3 by scope < 5',
      'f 2 by scope < 4',
      'x 0 < 2',
      'f 0 < 1',
    ]);
    expect(anomalies).toEqual([]);
  });

  test.each([
    ['a free of a block from outside', 'f 9'],
    ['a double free', 'f 0'],
    ['a mark', 'm here'],
    ['a comment', '# here'],
    ['a write', 'w 2 0 1'],
    ['a free of an unknown id', 'f 77'],
    ['an unknown line', 'q'],
  ])('%s breaks the run', async (_, breaker) => {
    const { operations } = await outcome(`a 9 8\ns\na 0 8\na 1 8\na 2 8\nf 0\n${breaker}\nf 2\nf 1\nx\n`);
    expect(operations.filter((line) => line.includes('by scope'))).toEqual(['f 3 by scope < 5', 'f 2 by scope < 4']);
  });

  test('survivors are freed just before `x`, newest first, and are one anomaly', async () => {
    const { operations, anomalies } = await outcome('a 9 8\ns\na 0 8\na 1 8\na 2 8\nr 0 9\nf 1\nx\n');
    expect(operations.slice(6)).toEqual(['f 2 by scope < 4', 'f 3 by scope < 5', 'f 1 by scope < 6', 'x 0 < 2']);
    expect(anomalies).toEqual(['scope-survivor 8 7']);
  });

  test('a block whose id went to another one is a survivor too', async () => {
    const { operations, anomalies } = await outcome('s\na 0 8\na 0 16\nf 0\nx\n');
    expect(operations).toEqual(['s 0', 'a 0 8', 'a 1 16', 'f 1 by scope < 3', 'f 0 by scope < 2', 'x 0 < 1']);
    expect(anomalies).toEqual(['alloc-of-live-id 3 2', 'scope-survivor 5 4']);
  });

  test('scopes nest; a block resized in an inner one ends with it, and that is a finding', async () => {
    const { operations, anomalies, findings, misuseAt } = await outcome('s\na 0 8\ns\nr 0 16\na 1 8\nx\nf 0\nx\n');
    expect(operations).toEqual([
      's 0',
      'a 0 8',
      's 1',
      'r 0 16 < 2',
      'a 1 8',
      'f 1 by scope < 5',
      'f 0 by scope < 4',
      'x 1 < 3',
      'f 0 misuse < 4',
      'x 0 < 1',
    ]);
    expect(anomalies).toEqual(['scope-survivor 6 5']);
    expect(findings).toEqual(['F509 4 4 0', 'F501 7 9 0']);
    expect(misuseAt).toEqual([9]);
  });

  test('a block that lives again belongs to the scope of its resize', async () => {
    const { operations, findings } = await outcome('s\na 0 8\ns\nr 0 9\nx\nr 0 10\nx\nr 0 11\ns\nx\n');
    expect(operations).toEqual([
      's 0',
      'a 0 8',
      's 1',
      'r 0 9 < 2',
      'f 0 by scope < 4',
      'x 1 < 3',
      'r 0 10 misuse < 4',
      'f 0 by scope < 7',
      'x 0 < 1',
      'r 0 11 misuse < 7',
      's 2',
      'x 2 < 11',
    ]);
    expect(findings).toEqual(['F509 4 4 0', 'F508 6 7 0', 'F508 8 10 0']);
  });

  test('`x` without `s` does nothing, and a scope that is never left is named by its line', async () => {
    expect(await outcome('a 0 8\nx\ns\na 1 8\ns\n')).toEqual({
      ...clean,
      operations: ['a 0 8', 's 0', 'a 1 8', 's 1'],
      anomalies: ['leave-without-enter 2 1', 'scope-left-open 3 4', 'scope-left-open 5 4'],
    });
  });
});
