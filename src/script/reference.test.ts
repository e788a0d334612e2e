import { expect, test } from 'vitest';
import { METRIC_IDS } from '../model/metrics.ts';
import type { Scenario } from '../model/scenario.ts';
import { compile, parser, startRun } from './index.ts';
import { REFERENCE, REFERENCE_MESSAGES } from './reference.ts';

const ENTRIES = REFERENCE.flatMap(({ entries }) => entries);
const WITH_EXAMPLE = ENTRIES.flatMap(({ id, example }) => (example === undefined ? [] : [[id, example] as const]));

function scenarioOf(text: string): Scenario {
  const { program, diagnostics } = compile(text);
  expect(diagnostics).toEqual([]);
  const run = startRun(program!);
  while (run.advance(10_000) === 'more');
  return run.finish();
}

test.each(WITH_EXAMPLE)('the example of %s runs to its end, without a message', (_, example) => {
  const scenario = scenarioOf(example);
  expect(scenario.stopped).toBeNull();
  expect(scenario.operations.count).toBeGreaterThan(0);
});

test.each([
  ['findings', ['F503']],
  ['double-free', ['F501']],
  ['use-after-free', ['F503']],
  ['out-of-bounds', ['F504', 'F505']],
  ['inner-free', ['F506']],
  ['lost', ['F507']],
  ['moved-into-scope', ['F509']],
  ['decision-resize-dead', ['F508']],
  ['decision-one-finding', ['F505']],
])('the example of %s makes the finding that it tells of', (id, codes) => {
  const { example } = ENTRIES.find((entry) => entry.id === id)!;
  expect(scenarioOf(example!).findings.map(({ code }) => code)).toEqual(codes);
});

test('examples outside of misuse and decisions misuse nothing and lose nothing', () => {
  for (const { id, entries } of REFERENCE) {
    if (id === 'misuse' || id === 'decisions') continue;
    for (const { id: entry, example } of entries) {
      if (example !== undefined) expect(scenarioOf(example).findings, entry).toEqual([]);
    }
  }
});

test('ids are unique, so that a link leads to one entry', () => {
  const ids = [
    ...REFERENCE.map(({ id }) => id),
    ...ENTRIES.map(({ id }) => id),
    ...REFERENCE_MESSAGES.map(({ code }) => code),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('every statement and clause of the grammar has an example', () => {
  const used = new Set<string>();
  for (const [, example] of WITH_EXAMPLE) {
    parser.parse(example).iterate({
      enter: ({ name }) => {
        used.add(name);
      },
    });
  }
  // Mistakes have nodes of their own, and a numeral is always one of its kinds.
  const mistakes = /^(Bad.*|Tokens|SlashComment|Stray|PercentSign|Colon|Update|Numeral|(?!KiB|MiB|GiB)[KMG][Ii]?[Bb])$/;
  const forms = parser.nodeSet.types
    .map(({ name }) => name)
    .filter((name) => /^[A-Z]/.test(name) && !mistakes.test(name));
  expect(forms.filter((name) => !used.has(name))).toEqual([]);
});

test('every metric is named', () => {
  const texts = REFERENCE.find(({ id }) => id === 'checks')!
    .entries.map(({ title, text }) => `${title} ${text}`)
    .join(' ');
  expect(METRIC_IDS.filter((id) => !new RegExp(`\`${id}[\`(]`).test(texts))).toEqual([]);
});

test('every code has its message, in order', () => {
  const codes = REFERENCE_MESSAGES.map(({ code }) => code);
  const run = (letter: string, first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, k) => `${letter}${first + k}`);
  expect(codes).toEqual([
    ...run('E', 100, 122),
    ...run('E', 201, 217),
    ...run('W', 301, 304),
    ...run('S', 401, 409),
    ...run('F', 501, 509),
  ]);
});

test('code in a text stands between two backticks', () => {
  const texts = [
    ...ENTRIES.flatMap(({ title, text }) => [title, text]),
    ...REFERENCE_MESSAGES.flatMap(({ mistake, message, fix }) => [mistake, message, fix]),
  ];
  expect(texts.filter((text) => text.split('`').length % 2 === 0)).toEqual([]);
});
