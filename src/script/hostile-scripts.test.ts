import { expect, test } from 'vitest';
import { blockName, type Scenario } from '../model/scenario.ts';
import { compile, startRun } from './index.ts';

/** Hostile and broken scripts, by the numbers of the fault list (S01 to S13). S10 has its other half end to end, S13 all of it. */
function run(text: string): Scenario {
  const { program } = compile(text);
  if (program === null) throw new Error('Does not run');
  const going = startRun(program);
  while (going.advance(1e6) === 'more');
  return going.finish();
}

/** Codes and places of the errors that keep a text from running; none where it runs. */
function errors(text: string): string[] {
  const { program, diagnostics } = compile(text);
  const found = diagnostics.filter(({ severity }) => severity === 'error');
  expect(program === null).toBe(found.length > 0);
  for (const { message } of found) expect(message).not.toBe('');
  return found.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

const kinds = ({ operations }: Scenario) => [...operations.kind.subarray(0, operations.count)].join('');
const findings = (scenario: Scenario) => scenario.findings.map(({ code, line }) => `${code} line ${line}`);

test.each([
  ['', 'nothing'],
  ['\n'.repeat(100_000), 'line ends'],
  ['# a comment\n'.repeat(50_000), 'comments'],
  [' \t\u00a0', 'blanks'],
])('S01: a script of nothing to do runs and does nothing: %#', (text) => {
  expect(run(text).operations.count).toBe(0);
});

test('S02: a loop of a thousand million passes is stopped at the limit, what ran is kept', () => {
  const scenario = run('repeat 1000000000 { a = alloc 1; free a }');
  expect(scenario.operations.count).toBe(5_000_000);
  expect(scenario.stopped).toMatchObject({ severity: 'stop', line: 1 });
});

test('S03: blocks nested deeper than the limit are refused at the first that is', () => {
  const nested = (depth: number) => `${'repeat 9 {\n'.repeat(depth)}${'}\n'.repeat(depth)}`;
  expect(errors(nested(16))).toEqual([]);
  expect(errors(nested(17))).toEqual(['E120 17:10']);
  expect(errors(nested(50_000))).toHaveLength(1);
});

test.each(['(', '-', '[', '{', 'min(', 'if 1 == 1 {', 'not '])(
  'S04: 100,000 times `%s` is refused and overflows nothing',
  (piece) => {
    const many = piece.repeat(Math.min(100_000, Math.floor(1_000_000 / piece.length)));
    expect(errors(`alloc ${many}`).length).toBeGreaterThan(0);
    expect(errors(many).length).toBeGreaterThan(0);
  },
);

test('S05: names of an object’s own members are names like any other', () => {
  const scenario = run('__proto__ = alloc 8; constructor = alloc 8; toString = alloc 8; free __proto__');
  expect(kinds(scenario)).toBe('0001');
  const names = [0, 1, 2].map((block) => blockName(scenario.blocks, block));
  expect(names).toEqual(['__proto__', 'constructor', 'toString']);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(run('__proto__[] = alloc 8; hasOwnProperty[3] = alloc 8; free __proto__').operations.count).toBe(3);
});

test.each([
  ['a = alloc -1', '1:11'],
  ['a = alloc 1e309', '1:11'],
  ['a = alloc 0x100000000', '1:11'],
  ['a = alloc NaN', '1:11'],
  ['a = alloc Infinity', '1:11'],
  ['a = alloc 08', '1:11'],
  ['a = alloc １２', '1:11'],
  ['a = alloc 1.5', '1:11'],
])('S06: `%s` is no size, said where it stands', (text, place) => {
  const found = errors(`# first\n${text}`);
  expect(found.length).toBeGreaterThan(0);
  expect(found[0]).toMatch(new RegExp(` 2:${place.slice(2)}$`));
});

test('S07: a block of 0 bytes is requested and freed', () => {
  const scenario = run('a = alloc 0\nfree a');
  expect(kinds(scenario)).toBe('01');
  expect(scenario.operations.size[0]).toBe(0);
  expect(scenario.findings).toEqual([]);
});

test('S08: a block freed twice is a finding, and the run goes on', () => {
  const scenario = run('a=alloc 8; free a\nfree a\nb = alloc 8');
  expect(findings(scenario)).toEqual(['F501 line 2']);
  expect(kinds(scenario)).toBe('0110');
});

test('S09: to free a name that never held a block is a finding, a number is no block', () => {
  const scenario = run('alloc 8\nfree b');
  expect(findings(scenario)).toEqual(['F502 line 2']);
  expect(errors('free 0').length).toBeGreaterThan(0);
});

test('S10: markup is no name, and in a text it stays a text', () => {
  const markup = '<img src=x onerror=window.__x=1>';
  expect(errors(`${markup} = alloc 8`).length).toBeGreaterThan(0);
  const scenario = run(`mark "${markup}"\na = alloc 40\nwrite a with "${markup}"\nnote "${markup}"`);
  expect(scenario.marks[0]!.text).toBe(markup);
  expect(scenario.notes[0]!.text).toBe(markup);
});

test('S11: a name of 100,000 letters, a turn of the writing direction and half a character are refused', () => {
  expect(errors(`${'a'.repeat(100_000)} = alloc 8`)).toEqual(['E119 1:1']);
  expect(errors('a\u202eb = alloc 8').length).toBeGreaterThan(0);
  expect(errors('mark "a\u202eb"')).toEqual(['E110 1:6']);
  expect(errors('\ud800 = alloc 8').length).toBeGreaterThan(0);
  const { marks } = run('mark "\ud800"');
  expect(marks[0]!.text).toBe('\ufffd');
  expect(() => encodeURIComponent(marks[0]!.text)).not.toThrow();
});

test('S12: a text of exactly 1 MiB is read, one byte more is refused as too long and not read', () => {
  const text = `alloc 8\n#${'x'.repeat(1_048_576 - 9)}`;
  expect(new TextEncoder().encode(text).length).toBe(1_048_576);
  expect(run(text).operations.count).toBe(1);
  expect(errors(`${text}x`)).toEqual(['E121 1:1']);
  // Bytes count, not letters.
  expect(errors(`#${'ä'.repeat(524_288)}`)).toEqual(['E121 1:1']);
});
