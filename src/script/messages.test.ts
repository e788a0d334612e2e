import { describe, expect, test } from 'vitest';
import type { Diagnostic, Fix } from '../model/diagnostics.ts';
import { compile } from './index.ts';

/** A text with one mistake, where it is said, and the text after the first fix (null: none is offered). */
type Row = readonly [source: string, code: string, place: string, fixed: string | null];

const LONG = 'n'.repeat(65);
const nested = (depth: number) => `${'repeat 1 {\n'.repeat(depth)}${'}\n'.repeat(depth)}`;

const WRITING: readonly Row[] = [
  ['a = alloc 8\nread a )', 'E100', '2:8', null],
  ['alloc true', 'E100', '1:7', null],
  ['alloc 8 @', 'E100', '1:9', null],
  ['a = alloc 8\nfree(a)', 'E100', '2:5', 'a = alloc 8\nfree a'],
  ['seed 2 / 3', 'E100', '1:8', null],
  ['if 1 == 2 { alloc 8 }\nalloc 3\nelse { alloc 4 }', 'E100', '3:1', null],
  ['free', 'E100', '1:5', null],
  ['a = alloc 8\nfreee a', 'E101', '2:1', 'a = alloc 8\nfree a'],
  ['malloc(64)', 'E101', '1:1', 'alloc(64)'],
  ['a = malloc 64', 'E101', '1:5', 'a = alloc 64'],
  ['repeat 5 times { alloc 8 }', 'E101', '1:10', 'repeat 5  { alloc 8 }'],
  ['while 5 { alloc 8 }', 'E101', '1:1', 'repeat 5 { alloc 8 }'],
  ['alloc 8 zeored', 'E101', '1:9', 'alloc 8 zeroed'],
  ['a = alloc', 'E102', '1:5', 'a = alloc 64'],
  ['alloc\nalloc 8', 'E102', '1:1', 'alloc 64\nalloc 8'],
  ['alloc free after 3', 'E102', '1:1', 'alloc 64 free after 3'],
  ['repeat 3 { alloc }', 'E102', '1:12', 'repeat 3 { alloc 64 }'],
  ['n = 5', 'E103', '1:1', 'let n = 5'],
  ['let n = 5\nn += 1', 'E103', '2:1', 'let n = 5\nlet n = n + 1'],
  ['let n = 5\nn++', 'E103', '2:1', 'let n = 5\nlet n = n + 1'],
  ['let n = 5\nlet n -= 2', 'E103', '2:1', 'let n = 5\nlet n = n - 2'],
  ['repeat 3 {\n  alloc 8\n', 'E104', '1:10', 'repeat 3 {\n  alloc 8\n}'],
  ['alloc 8\n}', 'E105', '2:1', 'alloc 8\n'],
  ['alloc 4kb', 'E106', '1:7', 'alloc 4 KiB'],
  ['alloc 4KiB', 'E106', '1:7', 'alloc 4 KiB'],
  ['alloc 3pages', 'E106', '1:7', 'alloc 3 pages'],
  ['alloc 08', 'E106', '1:7', 'alloc 8'],
  ['alloc 1.5k', 'E106', '1:7', 'alloc 1536'],
  ['alloc 1.5', 'E106', '1:7', 'alloc 2'],
  ['alloc 1.5 MiB', 'E106', '1:7', 'alloc 1572864'],
  ['alloc 1e9', 'E106', '1:7', 'alloc 1000000000'],
  ['alloc 85,196', 'E106', '1:7', 'alloc 85_196'],
  ['alloc 1,085,096', 'E106', '1:7', 'alloc 1_085_096'],
  ['alloc 1_', 'E106', '1:7', 'alloc 1'],
  ['let n = 9007199254740992', 'E106', '1:9', null],
  ['expect ratchet < 1.1234567', 'E106', '1:18', null],
  ['alloc 4 KB', 'E107', '1:9', 'alloc 4 KiB'],
  ['alloc 4 mb', 'E107', '1:9', 'alloc 4 MiB'],
  ['let i = 9\nalloc i % 7', 'E108', '2:9', 'let i = 9\nalloc i mod 7'],
  ['let i = 9\nalloc i%7', 'E108', '2:8', 'let i = 9\nalloc i mod 7'],
  ['alloc 100%7', 'E108', '1:7', 'alloc 100 mod 7'],
  ['let i = 3\nif i = 3 { alloc 8 }', 'E109', '2:6', 'let i = 3\nif i == 3 { alloc 8 }'],
  ['expect live = 0', 'E109', '1:13', 'expect live == 0'],
  ['mark “full”', 'E110', '1:6', 'mark "full"'],
  ["mark 'full'", 'E110', '1:6', 'mark "full"'],
  ['mark "full', 'E110', '1:6', 'mark "full"'],
  ['mark "a\\n"', 'E110', '1:6', 'mark "a\\\\n"'],
  ['mark "a\u0007b"', 'E110', '1:6', 'mark "ab"'],
  ['mark "a\u202eb"', 'E110', '1:6', 'mark "ab"'],
  ['// note\nalloc 8', 'E111', '1:1', '# note\nalloc 8'],
  ['a = alloc 8\nFree a', 'E112', '2:1', 'a = alloc 8\nfree a'],
  ['ALLOC 8', 'E112', '1:1', 'alloc 8'],
  ['p[] = alloc 8\nfree Oldest of p', 'E112', '2:6', 'p[] = alloc 8\nfree oldest of p'],
  ['p[] = alloc 8\nfree p[::2]', 'E113', '2:6', 'p[] = alloc 8\nfree every 2nd of p'],
  ['p[] = alloc 8\nfree p[0:9]', 'E113', '2:6', 'p[] = alloc 8\nfree p[0..8]'],
  ['p[] = alloc 8\nfree p[:]', 'E113', '2:6', 'p[] = alloc 8\nfree p'],
  ['p[] = alloc 8\nfree p[3:]', 'E113', '2:6', null],
  ['m = alloc 8\nfree m after 1..60', 'E114', '2:8', null],
  ['p[] = alloc 8\nfree random 50% p', 'E115', '2:17', 'p[] = alloc 8\nfree random 50% of p'],
  ['p[] = alloc 8\nfree oldest p', 'E115', '2:13', 'p[] = alloc 8\nfree oldest of p'],
  ['p[] = alloc 8\nfree every 2 of p', 'E115', '2:12', 'p[] = alloc 8\nfree every 2nd of p'],
  ['a = alloc 8\nrealloc a 9', 'E115', '2:11', 'a = alloc 8\nrealloc a to 9'],
  ['a = alloc 8 free a', 'E116', '1:13', 'a = alloc 8; free a'],
  ['a = alloc 8 b = alloc 8', 'E116', '1:13', 'a = alloc 8; b = alloc 8'],
  ['repeat 3 { alloc 8 } alloc 9', 'E116', '1:22', 'repeat 3 { alloc 8 }; alloc 9'],
  ['if 1 == 1 && 2 == 2 { alloc 8 }', 'E116', '1:11', 'if 1 == 1 and 2 == 2 { alloc 8 }'],
  ['if 1 == 1||2 == 2 { alloc 8 }', 'E116', '1:10', 'if 1 == 1 or 2 == 2 { alloc 8 }'],
  ['if !(1 == 1) { alloc 8 }', 'E116', '1:4', 'if not (1 == 1) { alloc 8 }'],
  ['alloc １２', 'E117', '1:7', 'alloc 12'],
  ['if 3 ≤ 4 { alloc 8 }', 'E117', '1:6', 'if 3 <= 4 { alloc 8 }'],
  ['alloc 8 😀', 'E117', '1:9', 'alloc 8 '],
  ['alloc\u200b 8', 'E117', '1:6', 'alloc 8'],
  ['größe = alloc 8', 'E117', '1:3', null],
  ['free = alloc 8', 'E118', '1:1', 'free1 = alloc 8'],
  ['let end = 8', 'E118', '1:5', 'let end1 = 8'],
  ['repeat 3 as all { alloc 8 }', 'E118', '1:13', 'repeat 3 as all1 { alloc 8 }'],
  [`${LONG} = alloc 8`, 'E119', '1:1', null],
  [`note "${'x'.repeat(201)}"`, 'E119', '1:6', null],
  [`a = alloc 99\nwrite a with "${'x'.repeat(65)}"`, 'E119', '2:14', null],
  ['a = alloc 9\nwrite a with ""', 'E119', '2:14', null],
  [nested(17), 'E120', '17:10', null],
  [`alloc ${'('.repeat(65)}1${')'.repeat(65)}`, 'E120', '1:71', null],
  [`alloc ${'-'.repeat(65)}1`, 'E120', '1:71', null],
  [`if 1 == 2 { }${' else if 1 == 2 { }'.repeat(65)}`, 'E120', '1:1231', null],
  [`#${'x'.repeat(1_048_576)}`, 'E121', '1:1', null],
  ['version 2\nwhatever comes', 'E122', '1:1', null],
];

const MEANING: readonly Row[] = [
  ['let size = 8\nalloc sise', 'E201', '2:7', 'let size = 8\nalloc size'],
  ['alloc n\nlet n = 8', 'E201', '1:7', null],
  ['repeat 3 as i { alloc 8 }\nalloc i', 'E201', '2:7', null],
  ['a = alloc 8\nalloc a', 'E202', '2:7', 'a = alloc 8\nalloc size(a)'],
  ['a[] = alloc 8\nalloc a', 'E202', '2:7', 'a[] = alloc 8\nalloc count(a)'],
  ['let n = 3\nfree n', 'E202', '2:6', null],
  ['let n = 3\nn = alloc 8', 'E202', '2:1', null],
  ['arena f\nread f', 'E202', '2:6', null],
  ['alloc all', 'E202', '1:7', 'alloc count(all)'],
  ['a = alloc 8\na[1] = alloc 8', 'E203', '2:1', null],
  ['a[1] = alloc 8\na = alloc 8', 'E203', '2:1', null],
  ['a = alloc 8\nfree a[1]', 'E203', '2:6', null],
  ['alloc one of 50% 8, 30% 9', 'E204', '1:7', 'alloc one of 50% 8, 50% 9'],
  ['alloc one of 60% 8, 40% 9, 7', 'E204', '1:7', null],
  ['if chance 120% { alloc 8 }', 'E204', '1:11', 'if chance 100% { alloc 8 }'],
  ['if chance 3 in 2 { alloc 8 }', 'E204', '1:11', null],
  ['p[] = alloc 8\nfree random 101% of p', 'E204', '2:13', 'p[] = alloc 8\nfree random 100% of p'],
  ['alloc 8 align 48', 'E205', '1:15', 'alloc 8 align 64'],
  ['alloc 8 align 0', 'E205', '1:15', 'alloc 8 align 1'],
  ['alloc 256..16', 'E206', '1:7', 'alloc 16..256'],
  ['alloc 0..9 mostly small', 'E206', '1:7', 'alloc 1..9 mostly small'],
  ['let n = 0..0x100000000', 'E206', '1:9', null],
  ['p[] = alloc 8\nfree p[9..0]', 'E206', '2:8', 'p[] = alloc 8\nfree p[0..9]'],
  ['alloc -1', 'E207', '1:7', null],
  ['alloc 0x100000000', 'E207', '1:7', null],
  ['alloc 8 free after -1', 'E207', '1:20', null],
  ['a = alloc 8\nwrite a with 256', 'E207', '2:14', null],
  ['seed 0x100000000', 'E207', '1:6', null],
  ['arena f of 32', 'E207', '1:12', null],
  ['p[] = alloc 8\nfree every 0th of p', 'E207', '2:12', 'p[] = alloc 8\nfree every 1st of p'],
  ['memory max 16', 'E208', '1:12', 'memory max 16 pages'],
  ['memory base 100', 'E208', '1:13', 'memory base 2048'],
  ['memory max 65537 pages', 'E208', '1:12', 'memory max 65536 pages'],
  ['memory base 128 KiB initial 1 page', 'E209', '1:1', 'memory base 128 KiB initial 2 pages'],
  ['memory initial 5 pages max 2 pages', 'E209', '1:1', 'memory initial 5 pages max 5 pages'],
  ['alloc 8\nseed 5', 'E210', '2:1', 'seed 5\nalloc 8\n'],
  ['seed 1\nseed 2', 'E210', '2:1', 'seed 1\n'],
  ['seed 1\nversion 1', 'E210', '2:1', 'version 1\nseed 1\n'],
  ['repeat 2 { seed 3 }', 'E210', '1:12', 'seed 3\nrepeat 2 {  }'],
  ['expect footprint < 3', 'E211', '1:8', 'expect pages < 3'],
  ['expect lvie == 0', 'E211', '1:8', 'expect live == 0'],
  ['expect pages <= 3 KiB', 'E212', '1:17', 'expect pages <= 3'],
  ['expect grows <= 3 pages', 'E212', '1:17', 'expect grows <= 3'],
  ['expect live < 3%', 'E212', '1:15', null],
  ['expect verdict == "leaky"', 'E212', '1:19', 'expect verdict == "leak"'],
  ['expect verdict < "leak"', 'E212', '1:16', 'expect verdict == "leak"'],
  ['expect unusable < 3%', 'E212', '1:8', 'expect unusable(4096) < 3%'],
  ['expect pages(3) < 3', 'E212', '1:13', 'expect pages < 3'],
  ['version 1\nalloc 8 in f', 'E213', '2:12', 'version 1\narena f\nalloc 8 in f'],
  ['arena f\nscope { alloc 8 in f }', 'E213', '2:17', null],
  ['arena f\nalloc 8 in f align 8', 'E213', '2:14', 'arena f\nalloc 8 in f '],
  ['repeat 3 as i { let i = 4 }', 'E214', '1:21', null],
  ['alloc 8 zeroed zeroed', 'E215', '1:16', 'alloc 8 zeroed '],
  ['alloc 8 keep 3%', 'E215', '1:9', 'alloc 8 '],
  ['let n = 1\nif n { alloc 8 }', 'E216', '2:4', 'let n = 1\nif n > 0 { alloc 8 }'],
  ['alloc 1 == 1', 'E216', '1:7', null],
  ['user[] = alloc 8\nalloc size(user)', 'E217', '2:7', 'user[] = alloc 8\nalloc count(user)'],
  ['alloc abs(3)', 'E217', '1:7', null],
  ['alloc mni(3, 4)', 'E217', '1:7', 'alloc min(3, 4)'],
];

const WARNINGS: readonly Row[] = [
  ['a = alloc 8\nfree b', 'W301', '2:6', 'a = alloc 8\nfree a'],
  ['for i in 9..0 { alloc 8 }', 'W302', '1:10', 'for i in 9..0 step -1 { alloc 8 }'],
  ['mark "full"\nexpect live == 0 at "ful"', 'W303', '2:21', 'mark "full"\nexpect live == 0 at "full"'],
  ['mark "full"\nexpect live grew since "ful"', 'W303', '2:24', 'mark "full"\nexpect live grew since "full"'],
  ['expect live == 0 for we', 'W304', '1:22', 'expect live == 0 for wee'],
];

function apply(text: string, fix: Fix): string {
  let out = text;
  for (const { from, to, insert } of [...fix.edits].sort((a, b) => b.from - a.from)) {
    out = out.slice(0, from) + insert + out.slice(to);
  }
  return out;
}

const short = ({ code, line, column }: Diagnostic) => `${code} ${line}:${column}`;

describe.each([
  ['of writing', WRITING, true],
  ['of meaning', MEANING, true],
  ['that only warns', WARNINGS, false],
] as const)('a mistake %s', (_, rows, isError) => {
  test.each(rows.map(([source, ...row]) => [row[0], source.slice(0, 60), source, row] as const))(
    '%s: %j is said in its place, and its fix leaves nothing to say',
    (_code, _shown, source, [code, place, fixed]) => {
      const { program, diagnostics } = compile(source);
      expect(diagnostics.map(short)).toEqual([`${code} ${place}`]);
      expect(program === null).toBe(isError);
      const [said] = diagnostics;
      expect(said!.message).not.toMatch(/undefined|null|NaN/);
      const [first] = said!.fixes;
      if (fixed !== null) expect(first && apply(source, first)).toBe(fixed);
      if (fixed === null && code !== 'E117') expect(said!.fixes).toEqual([]);
      for (const fix of said!.fixes) {
        expect(fix.label).not.toBe('');
        expect(compile(apply(source, fix)).diagnostics.map(short)).toEqual([]);
      }
    },
  );
});

test('every code of the language has a row', () => {
  const codes = new Set([...WRITING, ...MEANING, ...WARNINGS].map(([, code]) => code));
  const all = [range(100, 122), range(201, 217)].flat().map((n) => `E${n}`);
  expect([...all, 'W301', 'W302', 'W303', 'W304'].filter((code) => !codes.has(code))).toEqual([]);
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

test('a line with a mistake of writing does not also say what it could mean', () => {
  const said = compile('alloc nothing align 48 free after 08\nalloc other').diagnostics.map(short);
  expect(said).toEqual(['E106 1:35', 'E201 2:7']);
});

test('a name on a line with a mistake is not called unknown elsewhere', () => {
  const said = compile('let n = 08\nalloc n\na = alloc 4kb\nfree a\nmark “x”\nexpect live == 0 at "x"').diagnostics.map(
    short,
  );
  expect(said).toEqual(['E106 1:9', 'E106 3:11', 'E110 5:6']);
});

test('mistakes on several lines are all said, in order', () => {
  const said = compile('freee\nalloc\nrepeat 2 {\n alloc 08\n let x == 3\n}\nalloc 256..16').diagnostics.map(short);
  expect(said).toEqual(['E101 1:1', 'E102 2:1', 'E106 4:8', 'E100 5:8', 'E206 7:7']);
});

test('the names of objects are names like others', () => {
  const { program, diagnostics } = compile(
    '__proto__ = alloc 8; constructor = alloc 8; toString[] = alloc 8; let valueOf = 3; free __proto__',
  );
  expect(diagnostics).toEqual([]);
  expect(program).not.toBeNull();
});

test('words that are not reserved may be names', () => {
  const names = 'page size max min step count align keep ops base initial mostly small since grew KiB bytes'.split(' ');
  const text = names.map((name) => `${name} = alloc 8; free ${name}`).join('\n');
  expect(compile(text).diagnostics).toEqual([]);
});
