import { expect, test } from 'vitest';
import { compile, startRun } from './index.ts';

/** The tour of the language: what version 1 accepts lowers to the same operations for ever. */
const TOUR: readonly [title: string, text: string, operations: number, findings: readonly string[], misuses: number][] =
  [
    [
      'one block',
      `alloc 64
`,
      1,
      [],
      0,
    ],
    [
      'names and sizes',
      `a = alloc 48
b = alloc 4 KiB align 64
c = alloc 64k zeroed
free a, b
`,
      5,
      [],
      0,
    ],
    [
      'a loop, a group, the ways to choose',
      `repeat 100 as i {
  user[i] = alloc 16..256
}
free user[0..9]
free every 3rd of user
free oldest 5 of user
free random 50% of user
free user
`,
      200,
      [],
      0,
    ],
    [
      'chance',
      `seed 42
repeat 500 {
  alloc 16..64k mostly small free after 1..300 keep 2%
  alloc one of 70% 32, 25% 100..200, 4 KiB free after 10 ops
  if chance 1 in 20 { alloc 8 KiB free after 1000 }
}
`,
      1988,
      [],
      0,
    ],
    [
      'numbers',
      `let n = 6
for bytes in 16..16 * n step 16 { b[] = alloc bytes }
if count(b) == n and size(b[0]) mod 8 == 0 { mark "as planned" } else { mark "odd" }
`,
      6,
      [],
      0,
    ],
    [
      'resizing',
      `memory initial 4 pages max 64 pages
v = alloc 16
repeat 10 { realloc v to 150%; alloc 32 }
realloc v to size(v) + 100
expect grows == 0 for dlmalloc
`,
      22,
      [],
      0,
    ],
    [
      'a queue',
      `repeat 1000 {
  q[] = alloc 100..900
  if count(q) > 50 { free oldest of q }
}
`,
      1950,
      [],
      0,
    ],
    [
      'scopes',
      `repeat 3 {
  scope {
    repeat 100 { alloc 64..512 }
    scope { alloc 10k }
    mark "inner scope gone"
  }
}
expect live == 0
`,
      618,
      [],
      0,
    ],
    [
      'an arena of the program',
      `arena frame
repeat 60 {
  repeat 20 as k { tmp[k] = alloc 300..14k in frame }
  reset frame
  mark "frame end"
}
`,
      1264,
      [],
      0,
    ],
    [
      'every way to go wrong',
      `note "Two blocks, side by side"
a = alloc 16; b = alloc 16
write a with "a"; write b with "b"
pause "The next line writes 4 bytes too far"
write a 20 with "X"
write b 4 at -4
free a; free a
read a
free b at 8
a = alloc 8
a = alloc 8
expect misuses == 5
expect lost == 1
`,
      12,
      ['F504 5', 'F505 6', 'F501 7', 'F503 8', 'F506 9', 'F507 11'],
      5,
    ],
  ];

test.each(TOUR)('the tour: %s', (_, text, operations, findings, misuses) => {
  const { program, diagnostics } = compile(text);
  expect(diagnostics).toEqual([]);
  const run = startRun(program!);
  while (run.advance(100) === 'more');
  const scenario = run.finish();
  expect(scenario.stopped).toBeNull();
  expect(scenario.operations.count).toBe(operations);
  expect(scenario.findings.map(({ code, line }) => `${code} ${line}`)).toEqual(findings);
  expect(scenario.misuseAt).toHaveLength(misuses);
});
