import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { format } from './format.ts';
import { compile, startRun } from './index.ts';
import { OPEN_WORDS, RESERVED, UNITS } from './words.ts';

const folder = new URL('../../public/scenarios/', import.meta.url);
const scenarios = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));

/** Numbers from 0 to 1 that a seed gives: the mulberry of 32 bits, enough to make texts from. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PIECES = [
  ...RESERVED,
  ...OPEN_WORDS,
  ...UNITS,
  ...'a b p q n i 1 2 64 50% 2nd 1.5 4kb 08 "m" "x { } ( ) [ ] ; , .. = == != < + - * / && || ! % : # // “ １ ≤ += ++'.split(
    ' ',
  ),
  'live',
  'count',
  'size',
  'wee',
  '\u0000',
  '\n',
  '\n',
  '\r\n',
];
const SMALL = { operations: 500, steps: 3000, stations: 50, findingsPerLine: 5 };

describe.each([
  ['words in any order', (next: () => number) => pieces(next, 30)],
  ['a scenario with pieces cut out and put in', mutated],
  ['any characters', (next: () => number) => characters(next)],
] as const)('%s', (_, make) => {
  test.each([1, 2, 3, 4, 5, 6])('never throw, and have errors or a program that runs, seed %i', (seed) => {
    const next = generator(seed);
    for (let k = 0; k < 120; k++) {
      const text = make(next);
      const { program, diagnostics } = compile(text);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(program === null, text).toBe(errors.length > 0);
      for (const { from, to, message, fixes } of diagnostics) {
        expect(0 <= from && from <= to && to <= text.length, text).toBe(true);
        expect(message, text).not.toMatch(/undefined|NaN|\[object/);
        for (const { edits } of fixes)
          for (const edit of edits) expect(edit.from <= edit.to && edit.to <= text.length, text).toBe(true);
      }
      if (!program) continue;
      const run = startRun(program, SMALL);
      while (run.advance(1000) === 'more');
      const { operations, misuseAt } = run.finish();
      expect(operations.count, text).toBeLessThanOrEqual(SMALL.operations);
      expect(
        [...misuseAt].every((at, j) => j === 0 || misuseAt[j - 1]! <= at),
        text,
      ).toBe(true);
    }
  });
});

function pieces(next: () => number, most: number): string {
  let text = '';
  for (let k = Math.floor(next() * most); k >= 0; k--) {
    text += PIECES[Math.floor(next() * PIECES.length)] + (next() < 0.8 ? ' ' : '');
  }
  return text;
}

function mutated(next: () => number): string {
  let text = scenarios[Math.floor(next() * scenarios.length)]!;
  for (let k = Math.floor(next() * 4); k >= 0; k--) {
    const at = Math.floor(next() * text.length);
    text = text.slice(0, at) + (next() < 0.6 ? pieces(next, 1) : '') + text.slice(at + Math.floor(next() * 6));
  }
  return text;
}

function characters(next: () => number): string {
  let text = '';
  for (let k = Math.floor(next() * 40); k >= 0; k--)
    text += String.fromCharCode(next() < 0.8 ? 9 + next() * 118 : next() * 65_536);
  return text;
}

test.each([
  ['('.repeat(100_000), 'E120'],
  ['repeat 9 {'.repeat(17), 'E120'],
  [`alloc ${'not '.repeat(100_000)}`, 'E120'],
  [`alloc ${'-'.repeat(100_000)}1`, 'E120'],
  ['{ '.repeat(50_000), 'E120'],
  [')'.repeat(20_000), 'E100'],
  ['alloc '.repeat(20_000), 'E102'],
  ['= '.repeat(20_000), 'E109'],
  ['x'.repeat(1_048_577), 'E121'],
])('%.12s… is refused with a message', (text, code) => {
  const { program, diagnostics } = compile(text);
  expect(program).toBeNull();
  expect(diagnostics.map((d) => d.code)).toContain(code);
  expect(diagnostics.length).toBeLessThanOrEqual(1000);
});

test('long is not deep: a sum of 50,000 terms and a list of 20,000 names run', () => {
  const sum = `alloc ${'1 + '.repeat(49_999)}1`;
  const names = Array.from({ length: 20_000 }, (_, k) => `b${k}`);
  const list = `${names.map((name) => `${name} = alloc 8`).join('\n')}\nfree ${names.join(', ')}`;
  for (const [text, count] of [
    [sum, 1],
    [list, 40_000],
  ] as const) {
    const run = startRun(compile(text).program!);
    while (run.advance(1e6) === 'more');
    expect(run.operationsSoFar).toBe(count);
  }
});

test('nesting up to the limit runs', () => {
  const blocks = `${'repeat 1 {'.repeat(16)} alloc 8 ${'}'.repeat(16)}`;
  const brackets = `alloc ${'('.repeat(64)}8${')'.repeat(64)}`;
  const arms = `if 1 == 2 { }${' else if 1 == 2 { }'.repeat(64)} else { alloc 8 }`;
  for (const text of [blocks, brackets, arms]) expect(compile(text).diagnostics).toEqual([]);
});

test('formatting changes nothing that a program does, and formatted text stays as it is', () => {
  const messy = [
    'repeat   3 as i{a[i]=alloc 16..256;write a[i] 4 at -4}\n\n\n\n# done\nfree a;free every 2nd of a # both\n',
    'if 1==2{alloc 1}else{alloc 2}\nexpect live<=3*4 for wee - repaired at "x ; # y"\nmark "x ; # y"',
    'scope{\nalloc min( 3,4 )-1\n  scope {\nalloc -1+5\n}\n}\n',
  ];
  for (const text of [...scenarios, ...messy]) {
    const { program, diagnostics } = compile(text);
    expect(diagnostics).toEqual([]);
    const formatted = format(text);
    expect(format(formatted)).toBe(formatted);
    const again = compile(formatted);
    expect(again.diagnostics, formatted).toEqual([]);
    expect(operations(again.program!)).toEqual(operations(program!));
  }
  expect(format(messy[0]!)).toBe(
    'repeat 3 as i { a[i] = alloc 16..256; write a[i] 4 at -4 }\n\n# done\nfree a\nfree every 2nd of a # both\n',
  );
  expect(format(messy[1]!).split('\n').slice(0, 2)).toEqual([
    'if 1 == 2 { alloc 1 } else { alloc 2 }',
    'expect live <= 3 * 4 for wee-repaired at "x ; # y"',
  ]);
});

test('the scenarios of the gallery are in the usual form', () => {
  for (const text of scenarios) expect(format(text)).toBe(text);
});

function operations(program: Parameters<typeof startRun>[0]) {
  const run = startRun(program);
  while (run.advance(1e6) === 'more');
  const { line: _, ...columns } = run.finish().operations;
  return columns;
}
