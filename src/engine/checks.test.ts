import { expect, test } from 'vitest';
import type { LogMeasures, Measures } from '../model/measure.ts';
import { OpKind } from '../model/operations.ts';
import type { Check, Scenario } from '../model/scenario.ts';
import { CheckRun } from './checks.ts';
import type { CheckResult } from './protocol.ts';
import { operationsOf, scenarioOf } from './testing/scenarios.ts';

const BLANK: LogMeasures = {
  position: 0,
  base: 65_536,
  pages: 1,
  grows: 0,
  failures: 0,
  blocks: 0,
  live: 0,
  peakLive: 0,
  usable: 0,
  gross: 0,
  emptyPages: 0,
  trailingPages: 0,
  pinnedWaste: 0,
  misuses: 0,
  lost: 0,
};

/** A lane in which live is ten times the position, and pages are one more than it. */
const measureAt = (position: number): Measures => ({
  log: { ...BLANK, position, live: 10 * position, pages: 1 + position },
  heap: null,
  steps: null,
});

function check(part: Partial<Check> & Pick<Check, 'metric' | 'test'>): Check {
  return { line: 7, text: '', lane: null, positions: [], since: [], ...part };
}
const equals = (value: number): Check['test'] => ({
  kind: 'compare',
  comparison: '==',
  value: { kind: 'count', value },
});

function run(checks: Check[], executed = 20, more: Partial<Scenario> = {}): readonly CheckResult[] {
  const operations = operationsOf(Array.from({ length: 20 }, (_, id) => ({ kind: OpKind.Alloc, id, size: 10 })));
  const asked: number[] = [];
  const checking = new CheckRun(scenarioOf(operations, { checks, ...more }), 'wee-repaired', executed, (position) => {
    asked.push(position);
    return measureAt(position);
  });
  // A deadline that has passed lets one step through at a time: a course must survive every interruption.
  while (!checking.advance(0));
  expect(asked, 'a lane is only ever asked forward').toEqual([...asked].sort((a, b) => a - b));
  return checking.results();
}

test('a check holds where every one of its positions does, and says its last value', () => {
  const every = { ...equals(0), comparison: '>=', value: { kind: 'count', value: 30 } } as Check['test'];
  const [result] = run([check({ metric: { id: 'live' }, test: every, positions: [3, 5, 9] })]);
  expect(result).toEqual({ line: 7, held: true, value: 90, position: 9 });
});

test('a check fails at the first position where it does not hold', () => {
  const [result] = run([check({ metric: { id: 'live' }, test: equals(30), positions: [3, 5, 9] })]);
  expect(result).toEqual({ line: 7, held: false, value: 50, position: 5 });
});

test('another lane’s check is not checked; options in its name are exact', () => {
  const of = (lane: string) => check({ metric: { id: 'live' }, test: equals(1), positions: [3], lane });
  expect(run([of('wee'), of('dlmalloc'), of('wee-repaired')]).map(({ held }) => held)).toEqual([null, null, false]);
});

test('a mark never reached fails, and so does a position that the lane never came to', () => {
  const none = check({ metric: { id: 'live' }, test: equals(0) });
  const late = check({ metric: { id: 'live' }, test: equals(150), positions: [5, 15] });
  expect(run([none, late], 10).map(({ held }) => held)).toEqual([false, false]);
  const reached = check({ metric: { id: 'live' }, test: equals(50), positions: [5] });
  expect(run([reached], 10)[0]!.held).toBe(true);
});

test('misuses and lost blocks come from the operations and are checked in a lane that stopped', () => {
  const misuseAt = Uint32Array.of(4, 8, 15);
  const at = (id: string, value: number) => check({ metric: { id }, test: equals(value), positions: [18] });
  expect(run([at('misuses', 3), at('lost', 0)], 10, { misuseAt }).map(({ held }) => held)).toEqual([true, true]);
});

test('a metric without value is not checked and not failed', () => {
  const metric = { id: 'external_fragmentation' };
  const [result] = run([check({ metric, test: equals(0), positions: [4] })]);
  expect(result).toEqual({ line: 7, held: null, value: null, position: 4 });
});

test('a trend compares with the last time its mark was reached before', () => {
  const trend = (kind: 'grew' | 'fell' | 'unchanged', positions: number[], since: number[]) =>
    check({ metric: { id: 'pages' }, test: { kind: 'trend', trend: kind, since: 'm' }, positions, since });
  const results = run([
    trend('grew', [6, 12, 18], [2, 6, 6]),
    trend('fell', [6], [2]),
    trend('unchanged', [6, 12], [6, 12]),
    trend('grew', [6, 12], [6, 12]),
    trend('grew', [6], [-1]),
  ]);
  expect(results.map(({ held }) => held)).toEqual([true, false, true, false, false]);
});

test('ratios compare in millionths with percents, decimals and whole numbers', () => {
  // At position 3 there are 4 pages and a floor of 2.
  const test4: Check['test'] = { kind: 'compare', comparison: '==', value: { kind: 'ratio', millionths: 2_000_000 } };
  const results = run([
    check({ metric: { id: 'ratchet' }, test: test4, positions: [3] }),
    check({ metric: { id: 'ratchet' }, test: equals(2), positions: [3] }),
  ]);
  expect(results).toMatchObject([
    { held: true, value: 2 },
    { held: true, value: 2 },
  ]);
});

test('a verdict is one word over all the times its mark was reached, and none for fewer than three', () => {
  const word = (name: string, positions: number[], comparison: '==' | '!=' = '==') =>
    check({
      metric: { id: 'verdict' },
      test: { kind: 'compare', comparison, value: { kind: 'word', word: name } },
      positions,
    });
  const results = run([
    word('leak', [5, 10, 15]),
    word('healthy', [5, 10, 15]),
    word('healthy', [5, 10, 15], '!='),
    word('leak', [5, 10]),
  ]);
  expect(results.map(({ held, value }) => [held, value])).toEqual([
    [true, 'leak'],
    [false, 'leak'],
    [true, 'leak'],
    [null, null],
  ]);
});
