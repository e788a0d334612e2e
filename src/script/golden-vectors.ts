import { OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';

/**
 * The first eight values of every kind of draw, as version 1 of the language fixes them. They are data, so that every
 * machine that runs scripts can be held to the same values.
 */
export interface GoldenVector {
  /** The draw as the language writes it. */
  readonly draw: string;
  /** The lines below `seed`; the draw stands at place `place` of the text. */
  readonly lines: string;
  readonly place: number;
  /** Where the values show: sizes of the blocks in order of birth, or the freed blocks in order of their death. */
  readonly shows: 'sizes' | 'freed';
  readonly rows: readonly GoldenRow[];
}
export interface GoldenRow {
  readonly seed: number;
  readonly values: readonly number[];
}

/** The script that draws a row. */
export function goldenScript({ lines }: GoldenVector, { seed }: GoldenRow): string {
  return `seed ${seed}\n${lines}\n`;
}

/** What a run of that script drew. */
export function goldenValues({ shows }: GoldenVector, { operations }: Pick<Scenario, 'operations'>): number[] {
  const [kind, column] = shows === 'sizes' ? [OpKind.Alloc, operations.size] : [OpKind.Free, operations.id];
  const values: number[] = [];
  for (let k = 0; k < operations.count; k++) if (operations.kind[k] === kind) values.push(column[k]!);
  return values;
}

export const GOLDEN_VECTORS: readonly GoldenVector[] = [
  {
    draw: 'raw',
    // 2³² values: the draw is the output itself.
    lines: 'repeat 8 { alloc 0..0xffffffff }',
    place: 0,
    shows: 'sizes',
    rows: rows(
      [0xf539d5bc, 0x6766a3d1, 0x09b21428, 0x22dea0d5, 0x76cd3715, 0x9e956bf7, 0x8f30418f, 0x3d12ce87],
      [0xabdd9c51, 0xe16ca401, 0x0abea518, 0x6102f2d8, 0xc0e85310, 0x7b332af3, 0xe54d0d32, 0x5c5d732e],
      [0x995d15b9, 0x20d95971, 0x232b9c00, 0xec40b357, 0xa5a2912c, 0x6319923e, 0x0b708194, 0xef7dd01b],
    ),
  },
  {
    draw: 'raw, place 1',
    lines: 'let first = 1..2\nrepeat 8 { alloc 0..0xffffffff }',
    place: 1,
    shows: 'sizes',
    rows: rows(
      [0xfec051ce, 0xa821eb09, 0x60c4eb85, 0x62d5f973, 0xecc0ddb5, 0xc164ca7e, 0x0b631025, 0x6c74aa1d],
      [0x06e06637, 0xa9cbe2b0, 0xe4a0a48e, 0xbc89360f, 0x46542015, 0xfcc08242, 0x2b3685af, 0x4a18ccff],
      [0xbdcd16ee, 0x2facb4d1, 0x6f789a2b, 0x75e48ea7, 0xc0b7a52c, 0x448700a3, 0xd27d56e9, 0xf6ffdcac],
    ),
  },
  sizes('16..256', [
    [246, 113, 25, 48, 127, 165, 150, 73],
    [177, 228, 26, 107, 197, 131, 231, 102],
    [160, 46, 49, 238, 171, 109, 26, 241],
  ]),
  sizes('1..60', [
    [58, 25, 3, 9, 28, 38, 34, 15],
    [41, 53, 3, 23, 46, 29, 54, 22],
    [36, 8, 9, 56, 39, 24, 3, 57],
  ]),
  sizes('16..4k mostly small', [
    [3406, 157, 20, 34, 219, 500, 377, 61],
    [701, 2139, 21, 132, 1053, 236, 2387, 120],
    [458, 32, 35, 2832, 602, 140, 21, 3039],
  ]),
  sizes('1..0xffffffff mostly small', [
    [1775152608, 7885, 2, 21, 30313, 955755, 248848, 209],
    [3110513, 316229634, 2, 4613, 18680418, 45874, 446306916, 3165],
    [613653, 17, 22, 822267228, 1787170, 5683, 2, 1039614060],
  ]),
  sizes('one of 70% 1, 25% 2, 5% 3', [
    [3, 1, 1, 1, 1, 1, 1, 1],
    [1, 2, 1, 1, 2, 1, 2, 1],
    [1, 1, 1, 2, 1, 1, 1, 2],
  ]),
  sizes('one of 50% 1, 2, 3', [
    [3, 1, 1, 1, 1, 2, 2, 1],
    [2, 3, 1, 1, 3, 1, 3, 1],
    [2, 1, 1, 3, 2, 1, 1, 3],
  ]),
  yesOrNo('chance 1 in 7', [
    [0, 0, 1, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0, 0, 0],
    [0, 1, 1, 0, 0, 0, 1, 0],
  ]),
  yesOrNo('chance 30%', [
    [0, 0, 1, 1, 0, 0, 0, 1],
    [0, 0, 1, 0, 0, 0, 0, 0],
    [0, 1, 1, 0, 0, 0, 1, 0],
  ]),
  {
    draw: 'random 8 of (0 to 9)',
    lines: 'repeat 10 as i { p[i] = alloc 8 }\nfree random 8 of p',
    place: 0,
    shows: 'freed',
    rows: rows([9, 4, 2, 3, 6, 8, 5, 7], [6, 8, 2, 5, 1, 7, 9, 4], [5, 2, 3, 9, 7, 6, 0, 1]),
  },
];

type Three = readonly [readonly number[], readonly number[], readonly number[]];

function rows(...[one, seven, fortyTwo]: Three): GoldenRow[] {
  return [
    { seed: 1, values: one },
    { seed: 7, values: seven },
    { seed: 42, values: fortyTwo },
  ];
}

function sizes(draw: string, values: Three): GoldenVector {
  return { draw, lines: `repeat 8 { alloc ${draw} }`, place: 0, shows: 'sizes', rows: rows(...values) };
}

function yesOrNo(draw: string, values: Three): GoldenVector {
  const lines = `repeat 8 { if ${draw} { alloc 1 } else { alloc 0 } }`;
  return { draw, lines, place: 0, shows: 'sizes', rows: rows(...values) };
}
