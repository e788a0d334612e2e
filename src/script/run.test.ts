import { describe, expect, test } from 'vitest';
import { OpFlag, OpKind, operationAt } from '../model/operations.ts';
import { blockName, type Scenario } from '../model/scenario.ts';
import { compile, startRun } from './index.ts';
import { RUN_LIMITS, type RunLimits } from './limits.ts';

function run(text: string, limits: RunLimits = RUN_LIMITS, slice = 1e9): Scenario {
  const { program, diagnostics } = compile(text);
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const going = startRun(program!, limits);
  while (going.advance(slice) === 'more');
  return going.finish();
}

const KINDS = Object.fromEntries(Object.entries(OpKind).map(([name, kind]) => [kind, name]));
const FLAGS = Object.entries(OpFlag);

/** Every operation in a line: `t kind id size @offset <prev >host flags`. */
function list({ operations }: Scenario): string[] {
  return Array.from({ length: operations.count }, (_, k) => {
    const o = operationAt(operations, k + 1);
    const flags = FLAGS.filter(([, bit]) => (o.flags & bit) !== 0).map(([name]) => name);
    const parts = [
      KINDS[o.kind],
      String(o.id),
      o.size || '',
      o.align && `align ${o.align}`,
      o.offset && `@${o.offset}`,
    ];
    return [...parts, o.prev && `<${o.prev}`, o.host && `>${o.host}`, ...flags].filter((part) => part).join(' ');
  });
}

const findings = (scenario: Scenario) =>
  scenario.findings.map(({ code, line, operation }) => `${code} ${line} @${operation}`);
const messages = (scenario: Scenario) => scenario.findings.map(({ message }) => message);
const sizes = (scenario: Scenario) => [...scenario.operations.size];

describe('numbers', () => {
  test.each([
    ['7 / 2', 3],
    ['0 - (-7 / 2)', 4],
    ['-7 mod 3', 2],
    ['7 mod -3 + 2', 0],
    ['9007199254740991 / 9007199254740990', 1],
    ['2 + 3 * 4 - 1', 13],
    ['(2 + 3) * 4', 20],
    ['--5', 5],
    ['min(3, 8) + max(3, 8)', 11],
    ['0x1F + 1_000', 1031],
    ['4k + 1 KiB + 1 page', 70_656],
    ['-0 + 5', 5],
  ])('%s is %i', (text, value) => {
    expect(sizes(run(`alloc ${text}`))).toEqual([value]);
  });

  test.each([
    ['1 == 1 and not 2 > 3', true],
    ['1 > 2 or 2 >= 2', true],
    ['not 1 == 1 or 1 == 2', false],
    ['1 < 2 and 1 <= 1 and 3 != 4 and not (2 < 1)', true],
  ])('%s is %s', (text, holds) => {
    expect(run(`if ${text} { alloc 8 }`).operations.count).toBe(holds ? 1 : 0);
  });

  test('and, or stop early: what is not looked at draws nothing and divides nothing', () => {
    expect(run('let z = 0\nif 1 == 2 and 1 / z == 1 { alloc 8 }').stopped).toBeNull();
    const draws = (first: string) =>
      sizes(run(`repeat 9 as i { if ${first} and chance 50% { alloc 1 } else { alloc 2 } }`));
    const skipped = sizes(run('repeat 9 as i { if i > 3 and chance 50% { alloc 1 } else { alloc 2 } }'));
    expect(skipped.slice(4)).toEqual(draws('i >= 0').slice(0, 5));
  });
});

describe('loops', () => {
  test('for goes by its step and includes the end', () => {
    expect(sizes(run('for i in 2..8 step 3 { alloc i }'))).toEqual([2, 5, 8]);
    expect(sizes(run('for i in 3..1 step -1 { alloc i }'))).toEqual([3, 2, 1]);
    expect(sizes(run('let n = 0\nfor i in 0..n - 1 { alloc 8 }'))).toEqual([]);
  });

  test('counts and bounds are taken once', () => {
    expect(sizes(run('let n = 2\nrepeat n { let n = n + 5; alloc n }'))).toEqual([7, 12]);
  });

  test('a counter hides the number of its name, in its body only', () => {
    expect(sizes(run('let i = 9\nrepeat 2 as i { alloc i }\nalloc i'))).toEqual([0, 1, 9]);
  });

  test('blocks of if and else are chosen in order', () => {
    const text = 'repeat 4 as i { if i == 0 { alloc 1 } else if i == 1 { alloc 2 }\n# between\nelse { alloc 3 } }';
    expect(sizes(run(text))).toEqual([1, 2, 3, 3]);
  });
});

describe('choosing', () => {
  const group = 'for i in 0..9 { p[9 - i] = alloc 100 + i }\n';
  const freed = (text: string) => {
    const { operations } = run(group + text);
    return [...operations.id].filter((_, k) => operations.kind[k] === OpKind.Free);
  };

  test.each([
    ['free p', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['free p[2..4]', [7, 6, 5]],
    ['free p[8..100]', [1, 0]],
    ['free every 4th of p', [6, 2]],
    ['free oldest of p', [0]],
    ['free oldest 3 of p', [0, 1, 2]],
    ['free newest 25% of p', [9, 8, 7]],
    ['free oldest 2 of p[0..4]', [5, 6]],
    ['free newest 2 of all', [9, 8]],
    ['free every 5th of all', [4, 9]],
    ['free all', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['free p[3]; free every 3rd of p', [6, 7, 3, 0]],
    ['free p[0], p[1], oldest of p', [9, 8, 0]],
    ['let n = 0\nfree p[3..n]', []],
  ])('%s', (text, ids) => {
    expect(freed(text)).toEqual(ids);
  });

  test('random takes each once, and all where more are asked for', () => {
    expect(freed('free random 99 of p').toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(freed('free random 25% of p')).toHaveLength(3);
  });

  test('a block that dies before its turn is passed over', () => {
    const text = 'a = alloc 1 free after 3\nb = alloc 2\nc = alloc 3\nfree newest 100% of all';
    expect(list(run(text)).slice(3)).toEqual(['Free 2 <3', 'Free 0 <1 ByLifetime', 'Free 1 <2']);
    expect(findings(run(text))).toEqual([]);
  });

  test('count and size look without changing', () => {
    const text = `${group}free p[0..3]\nalloc count(p) * 100 + count(p[3..5]) * 10 + count(all)\nalloc size(p[0])\nalloc size(p[77])`;
    expect(sizes(run(text)).slice(-3)).toEqual([626, 109, 0]);
  });

  test('an index far away costs no memory and keeps its order', () => {
    const text = 'p[9_000_000_000] = alloc 1\np[5] = alloc 2\np[] = alloc 3\nfree p';
    expect(list(run(text)).slice(3)).toEqual(['Free 1 <2', 'Free 0 <1', 'Free 2 <3']);
    expect(blockName(run(text).blocks, 2)).toBe('p[9000000001]');
  });
});

describe('lifetimes', () => {
  test('fire when so many further operations are done, the earliest due first, then the oldest', () => {
    const text = 'alloc 1 free after 2\nalloc 2 free after 1\nalloc 3 free after 0\nalloc 4';
    expect(list(run(text))).toEqual([
      'Alloc 0 1',
      'Alloc 1 2',
      'Alloc 2 3',
      'Free 0 <1 ByLifetime',
      'Free 1 <2 ByLifetime',
      'Free 2 <3 ByLifetime',
      'Alloc 3 4',
    ]);
  });

  test('an earlier death cancels, the end of the script frees nothing', () => {
    expect(list(run('a = alloc 8 free after 2\nfree a\nalloc 9\nalloc 9 free after 5'))).toHaveLength(4);
  });
});

describe('scopes', () => {
  test('free what is left, the newest first, then leave; they nest', () => {
    const text = 'a = alloc 1\nscope {\n  alloc 2\n  scope { alloc 3 }\n  b = alloc 4\n  alloc 5\n  free b\n}\n';
    expect(list(run(text))).toEqual([
      'Alloc 0 1',
      'Enter 0',
      'Alloc 1 2',
      'Enter 1',
      'Alloc 2 3',
      'Free 2 <5 ByScope',
      'Leave 1 <4',
      'Alloc 3 4',
      'Alloc 4 5',
      'Free 3 <8',
      'Free 4 <9 ByScope',
      'Free 1 <3 ByScope',
      'Leave 0 <2',
    ]);
    expect([...run(text).operations.line].slice(-3)).toEqual([8, 8, 8]);
  });

  test('a block from outside that is resized inside ends with the scope', () => {
    const scenario = run('v = alloc 8\nscope {\n  realloc v to 16\n  realloc v to 32\n}\nread v');
    expect(findings(scenario)).toEqual(['F509 3 @3', 'F503 6 @7']);
    expect(messages(scenario)[0]).toBe('`v` was resized in a scope and ends with it.');
    expect(list(scenario).slice(4)).toEqual(['Free 0 <4 ByScope', 'Leave 0 <2', 'Read 0 32 <4 Misuse']);
  });

  test('a block whose scope will free it is not lost', () => {
    expect(findings(run('scope { a = alloc 8; a = alloc 8 }\na = alloc 8\na = alloc 8'))).toEqual(['F507 3 @8']);
  });
});

describe('arenas of the program', () => {
  test('place at multiples of 16, go on to the next chunk and never back, start over after reset', () => {
    const text = 'arena f of 64\nrepeat 2 { alloc 20 in f; alloc 20 in f; alloc 8 in f; alloc 8 in f zeroed; reset f }';
    expect(list(run(text))).toEqual([
      'Alloc 0 64 ByArena Chunk',
      'Place 1 20 >1',
      'Place 2 20 @32 >1',
      'Alloc 3 64 ByArena Chunk',
      'Place 4 8 >4',
      'Place 5 8 @16 >4 Zeroed',
      'Rewind 0',
      'Place 6 20 >1',
      'Place 7 20 @32 >1',
      'Place 8 8 >4',
      'Place 9 8 @16 >4 Zeroed',
      'Rewind 0',
    ]);
  });

  test('a large block gets a chunk of its own size, free gives all chunks back', () => {
    expect(list(run('arena f of 64\na = alloc 100 in f\nfree f\nb = alloc 8 in f'))).toEqual([
      'Alloc 0 112 ByArena Chunk',
      'Place 1 100 >1',
      'Rewind 0',
      'Free 0 <1 ByArena Chunk',
      'Alloc 2 64 ByArena Chunk',
      'Place 3 8 >5',
    ]);
  });

  test('resizing stays where it is unless it grows; freeing marks dead', () => {
    const text =
      'arena f of 256\na = alloc 64 in f\nrealloc a to 32\nrealloc a to 48\nfree a\nread a 8\nalloc count(all)';
    const scenario = run(text);
    expect(list(scenario)).toEqual([
      'Alloc 0 256 ByArena Chunk',
      'Place 1 64 >1',
      'Move 1 32 <2 >1',
      'Move 1 48 @64 <3 >1',
      'Drop 1 <4',
      'Read 1 8 <4 Misuse',
      'Alloc 2',
    ]);
  });

  test('chunks are no blocks of the program', () => {
    expect(sizes(run('arena f\nalloc 8 in f\nalloc count(all)')).at(-1)).toBe(1);
    expect(list(run('arena f\nalloc 8 in f\nfree all'))).toEqual([
      'Alloc 0 65472 ByArena Chunk',
      'Place 1 8 >1',
      'Drop 1 <2',
    ]);
  });
});

describe('misuse', () => {
  test('is reported, flagged and passed on', () => {
    const text = [
      'a = alloc 16; b = alloc 16 align 64',
      'write a 20',
      'write b 4 at -4',
      'read b at 16',
      'free a; free a',
      'read a',
      'write a 4',
      'free b at 8',
      'realloc a to 32',
      'read a 32',
      'free nothing',
      'm[0] = alloc 8; m[2] = alloc 8',
      'free m[3], m[1]',
    ].join('\n');
    const scenario = run(text);
    expect(messages(scenario)).toEqual([
      'Line 2 writes 4 bytes past the end of `a`, which has 16.',
      'Line 3 writes from 4 bytes before the start of `b`.',
      'Line 5 frees `a`, already freed by operation 6.',
      'Line 6 reads `a`, freed at operation 6.',
      'Line 7 writes `a`, freed at operation 6.',
      'Line 8 frees an address 8 bytes into `b`.',
      'Line 9 resizes `a`, freed at operation 6.',
      'Line 11 frees `nothing`, which has no block. Nothing was freed; the run went on.',
      'Line 13 frees `m[3]`, but m has 0 to 2. Nothing was freed; the run went on.',
      'Line 13 frees `m[1]`, but m has no 1. Nothing was freed; the run went on.',
    ]);
    expect(findings(scenario).map((text) => text.slice(0, 4))).toEqual([
      'F504',
      'F505',
      'F501',
      'F503',
      'F503',
      'F506',
      'F508',
      'F502',
      'F502',
      'F502',
    ]);
    expect([...scenario.misuseAt]).toEqual([3, 4, 7, 8, 9, 10, 11, 12, 14, 14]);
    expect(list(scenario).slice(2, 12)).toEqual([
      'Write 0 20 <1 Misuse',
      'Write 1 4 align 64 @-4 <2 >1 Misuse',
      'Read 1 align 64 @16 <2',
      'Free 0 <1',
      'Free 0 <1 Misuse',
      'Read 0 16 <1 Misuse',
      'Write 0 4 <1 Misuse',
      'Free 1 align 64 @8 <2 Misuse',
      'Realloc 0 32 <1 Misuse',
      'Read 0 32 <11',
    ]);
  });

  test('a lost block is counted where its name goes to another', () => {
    const scenario = run(
      'repeat 3 { a = alloc 8 }\np[1] = alloc 4\np[1] = alloc 4\nb = alloc 8 free after 9\nb = alloc 8',
    );
    expect(findings(scenario)).toEqual(['F507 1 @2', 'F507 1 @3', 'F507 3 @5']);
    expect([...scenario.lostAt]).toEqual([2, 3, 5]);
    expect(messages(scenario)[2]).toBe('`p[1]` got a new block; its 4 bytes from line 2 have no name now.');
  });

  test('the first of a kind on a line are kept whole, the rest are counted', () => {
    const scenario = run('a = alloc 8; free a\nrepeat 30 { free a; read a }', { ...RUN_LIMITS, findingsPerLine: 10 });
    expect(scenario.findings).toHaveLength(20);
    expect(scenario.findingsLeftOut).toBe(40);
    expect(scenario.misuseAt).toHaveLength(60);
  });

  test('a check knows what was misused before it, with or without an operation', () => {
    const { checks } = run('expect misuses == 0\nfree x\nexpect misuses == 1\nfree x\nexpect misuses == 2');
    expect(checks.map(({ positions, counted }) => [positions, counted])).toEqual([
      [[0], [0]],
      [[0], [1]],
      [[0], [2]],
    ]);
  });
});

describe('bytes', () => {
  const fill = ({ fills, operations }: Scenario, number: number) => {
    const entry = operations.host[number - 1]!;
    return new TextDecoder().decode(fills.bytes.subarray(fills.start[entry]!, fills.start[entry + 1]!));
  };

  test('a write stores its text, a byte, or the name and a blank; each text is kept once', () => {
    const scenario = run(
      'row[2] = alloc 9\nalloc 8\nwrite row[2]\nwrite all 4\nwrite row with "Grün"\nwrite row 3 at 2 with 0x41',
    );
    expect(fill(scenario, 3)).toBe('row[2] ');
    expect(fill(scenario, 4)).toBe('row[2] ');
    expect(fill(scenario, 5)).toBe('block 1 ');
    expect(fill(scenario, 6)).toBe('Grün');
    expect(fill(scenario, 7)).toBe('A');
    expect(scenario.fills.start).toHaveLength(5);
    expect(list(scenario)[6]).toBe('Write 0 3 @2 <1 >3');
  });

  test('without a length a write goes from its offset to the end', () => {
    const lengths = sizes(run('a = alloc 16\nwrite a\nwrite a at 10\nwrite a at 30\nread a at -4')).slice(1);
    expect(lengths).toEqual([16, 6, 0, 20]);
  });
});

describe('resizing', () => {
  test('to a percentage of itself, rounded down, or to a size taken anew for each block', () => {
    expect(sizes(run('a = alloc 15\nrealloc a to 150%\nrealloc a to 12.5%')).slice(1)).toEqual([22, 2]);
    const two = sizes(run('p[] = alloc 8; p[] = alloc 8\nrealloc p to 1..1000000')).slice(2);
    expect(two[0]).not.toBe(two[1]);
  });

  test('of a name without a block allocates', () => {
    const scenario = run('realloc v to 40\nrealloc v to 200%\nrealloc p[3] to 7');
    expect(list(scenario)).toEqual(['Alloc 0 40', 'Realloc 0 80 <1', 'Alloc 1 7']);
    expect(findings(scenario)).toEqual([]);
    expect(blockName(scenario.blocks, 1)).toBe('p[3]');
  });
});

describe('stations', () => {
  test('marks, notes, pauses stand at positions', () => {
    const scenario = run('note "start"\nalloc 8\npause\nmark "a \\"b\\""\nalloc 8\npause "end"');
    expect(scenario.notes).toEqual([{ position: 0, text: 'start', line: 1 }]);
    expect(scenario.marks).toEqual([{ position: 1, text: 'a "b"', line: 4 }]);
    expect(scenario.pauses).toEqual([
      { position: 1, text: '', line: 3 },
      { position: 2, text: 'end', line: 6 },
    ]);
  });

  test('a check stands at its line, or at every time its mark is reached; since is the last time before', () => {
    const { checks } = run(
      'repeat 3 as i {\n  alloc 8\n  mark "a"\n  alloc 8\n  mark "b"\n  expect live == i\n}\n' +
        'expect pages grew since "a" at "b"\nexpect pages fell since "b" for wee-repaired-noclasses at "a"\n' +
        'expect unusable(4k) < 12.5% at "never"\nexpect holes(2..) == 3\nexpect ratchet >= 2',
    );
    expect(checks.slice(0, 3).map(({ positions, test }) => [positions, test])).toEqual(
      [0, 1, 2].map((i) => [[2 * i + 2], { kind: 'compare', comparison: '==', value: { kind: 'count', value: i } }]),
    );
    expect(checks[3]).toMatchObject({ positions: [2, 4, 6], since: [1, 3, 5], lane: null });
    expect(checks[4]).toMatchObject({ positions: [1, 3, 5], since: [-1, 2, 4], lane: 'wee-noclasses-repaired' });
    expect(checks[5]).toMatchObject({ positions: [], metric: { id: 'unusable', from: 4096 } });
    expect(checks[5]!.test).toMatchObject({ value: { kind: 'ratio', millionths: 125_000 } });
    expect(checks[6]).toMatchObject({ metric: { id: 'holes', from: 2, to: null } });
    expect(checks[7]!.test).toMatchObject({ value: { kind: 'ratio', millionths: 2_000_000 } });
  });

  test('pages are pages, with and without the word', () => {
    const values = run('expect pages == 210\nexpect pages == 210 pages\nexpect committed == 2 pages').checks;
    expect(values.map(({ test }) => test.kind === 'compare' && test.value)).toEqual([
      { kind: 'count', value: 210 },
      { kind: 'count', value: 210 },
      { kind: 'count', value: 131_072 },
    ]);
  });
});

describe('a run stops', () => {
  const small = { operations: 1000, steps: 5000, stations: 50, findingsPerLine: 10 };

  test.each([
    [
      'repeat 1000000000 {\n a = alloc 1; free a }',
      'S401',
      2,
      'Stopped at operation 1,000, the limit (line 2). What ran is kept.',
    ],
    ['repeat 1000000000 { }', 'S402', 1, 'Stopped after 5,000 steps, the limit (line 1). What ran is kept.'],
    ['let z = 0\nalloc 8\nalloc 1 / z', 'S403', 3, 'Line 3: division by zero. Stopped there; what ran is kept.'],
    ['let z = 9007199254740991\nlet z = z * 2', 'S403', 2, null],
    ['let n = 0 - 1\nalloc n', 'S404', 2, null],
    ['let n = 48\nalloc 8 align n', 'S404', 2, null],
    ['let n = 0 - 1\nrepeat n { }', 'S404', 2, null],
    ['let n = 0\nfor i in 1..2 step n { }', 'S404', 2, null],
    ['let n = 0\nif chance 1 in n { alloc 8 }', 'S404', 2, null],
    ['if 1 == 2 { let n = 4 }\nalloc n', 'S405', 2, 'Line 2: `n` has no value yet. Stopped there; what ran is kept.'],
    ['let n = 3\nalloc n..2', 'S406', 2, null],
    ['let n = 0x100000000\nlet m = 0..n', 'S406', 2, null],
    ['let n = 0 - 1\np[n] = alloc 8', 'S407', 2, null],
    ['arena f\na = alloc 8 in f\nscope { realloc a to 9 }', 'S408', 3, null],
    ['repeat 51 { mark "m" }', 'S409', 1, 'Stopped after 50 marks, the limit (line 1). What ran is kept.'],
    ['repeat 51 { expect live == 0 }', 'S409', 1, null],
  ])('%j: %s', (text, code, line, message) => {
    const scenario = run(text, small);
    expect(scenario.stopped).toMatchObject({ code, line, severity: 'stop' });
    expect(scenario.diagnostics.at(-1)).toBe(scenario.stopped);
    if (message !== null) expect(scenario.stopped!.message).toBe(message);
  });

  test('keeps what ran, and exactly the limit still runs', () => {
    expect(run('repeat 1000 { alloc 8 }', small)).toMatchObject({ stopped: null, operations: { count: 1000 } });
    expect(run('repeat 1001 { alloc 8 }', small).operations.count).toBe(1000);
  });

  test('checks that it never came to stand nowhere', () => {
    const { checks } = run(
      'expect live == 0\nlet z = 0\nalloc 1 / z\nexpect live == 1\nmark "m"\nexpect live == 2 at "m"',
    );
    expect(checks.map(({ line, positions }) => [line, positions])).toEqual([
      [1, [0]],
      [4, []],
      [6, []],
    ]);
  });

  test('when it is ended by hand, and says where', () => {
    const going = startRun(compile('repeat 1000000 { alloc 8 }').program!);
    expect(going.advance(500)).toBe('more');
    const scenario = going.finish();
    expect(scenario.operations.count).toBe(going.operationsSoFar);
    expect(scenario.stopped).toMatchObject({ code: 'S400', line: 1 });
  });
});

const LIVELY = `seed 5
arena f of 1k
repeat 60 as i {
  p[i * 7 mod 23] = alloc 1..500 mostly small
  q[] = alloc one of 50% 8, 20..90, 300 free after 1..40 keep 1 in 9
  if chance 1 in 3 { free random 2 of p, oldest of q; write q 1..9 at 3 }
  t[] = alloc 1..400 in f
  if i mod 20 == 19 { reset f; mark "reset" }
  scope { alloc 5 free after 2; realloc p[i mod 23] to 150% }
  expect blocks >= i
}
`;

test('however a run is cut into slices, it is the same run', () => {
  const whole = run(LIVELY);
  expect(whole.operations.count).toBeGreaterThan(400);
  for (const slice of [1, 2, 7, 1000]) expect(run(LIVELY, RUN_LIMITS, slice)).toEqual(whole);
});

test('to edit numbers, names and passes re-rolls no other line', () => {
  const text = (first: string, passes: number, name: string) =>
    `repeat 20 { alloc ${first} }\nrepeat ${passes} { ${name}[] = alloc 1..1000000 }\nrepeat 20 { alloc 1..1000000 }`;
  const parts = (scenario: Scenario) => [
    sizes(scenario).slice(0, 20),
    sizes(scenario).slice(20, -20),
    sizes(scenario).slice(-20),
  ];
  const [, middle, last] = parts(run(text('1..50', 10, 'a')));
  const [, otherMiddle, otherLast] = parts(run(text('1..5000', 15, 'b')));
  expect(otherMiddle!.slice(0, 10)).toEqual(middle);
  expect(otherLast).toEqual(last);
  const wider = (high: number) => sizes(run(`repeat 50 { alloc 0..${high} }`)).map((size) => size / (high + 1));
  const stretched = wider(999_999_999);
  wider(99_999_999).forEach((share, k) => {
    expect(Math.abs(share - stretched[k]!)).toBeLessThan(1e-7);
  });
});

test('line ends, odd blanks and a byte-order mark change nothing', () => {
  const plain = run('a = alloc 8\nfree a\n\nmark "x y"\n');
  for (const text of [
    'a = alloc 8\r\nfree a\r\n\r\nmark "x y"\r\n',
    'a = alloc 8\rfree a\r\rmark "x y"',
    '\ufeffa\u00a0=\u3000alloc 8\nfree a\n\nmark "x\u00a0y"',
  ]) {
    expect(run(text)).toEqual(plain);
  }
});

test('an empty script is a scenario without operations', () => {
  for (const text of ['', '\n'.repeat(100_000), '# nothing\n'.repeat(1000), ' ; ; ']) {
    expect(run(text)).toMatchObject({ stopped: null, operations: { count: 0 } });
  }
});

test('what the script says about memory is handed on', () => {
  expect(run('memory base 128 KiB initial 4 pages max 64 pages').memory).toEqual({
    base: 131_072,
    initial: 4,
    max: 64,
  });
  expect(run('memory max 1 MiB').memory).toEqual({ max: 16 });
});
