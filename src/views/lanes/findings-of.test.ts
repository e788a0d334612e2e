import { expect, test } from 'vitest';
import type { Lane } from '../../state/store.ts';
import { failedChecks, findingsOf } from './findings-of.ts';

type Result = NonNullable<Lane['result']>;

const lane = (key: string, result: Partial<Result>) => ({
  key,
  result: { findings: [], checks: [], ...result } as unknown as Result,
});
const finding = (kind: string, operation: number) => ({ kind, operation, line: 1, message: kind, address: 0 });
const check = (held: boolean | null) => ({ held, position: 1, value: 0 });

test('what all lanes share is listed once, what a lane found by itself with its letter, by operation', () => {
  const shared = { findings: [finding('F501', 7)] };
  const lanes = [
    lane('x', { findings: [finding('F501', 7), finding('loop', 9)] }),
    lane('y', { findings: [finding('F501', 7), finding('trap', 3)] }),
  ];
  const entries = findingsOf(shared as never, lanes);
  expect(entries.map(({ letters, operation, broken }) => [letters, operation, broken])).toEqual([
    ['B', 3, true],
    ['', 7, false],
    ['A', 9, true],
  ]);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(3);
  expect(findingsOf(null, lanes)).toEqual([]);
});

test('a check that several lanes fail counts once, one that is not known yet does not', () => {
  const lanes = [
    lane('x', { checks: [check(true), check(false), check(null)] as never }),
    lane('y', { checks: [check(false), check(false), check(null)] as never }),
    { key: 'z', result: null },
  ];
  expect(failedChecks(lanes)).toBe(2);
  expect(failedChecks([])).toBe(0);
});
