import * as d3 from 'd3';
import { expect, test } from 'vitest';
import { bandPath, decades, linearScale, linePath, logScale, stepPath, stretches } from './scales.ts';

test('values lie where d3 has them', () => {
  const ours = [linearScale([0, 12], [52, 400]), logScale([10, 1e6], [300, 18])] as const;
  const theirs = [d3.scaleLinear([0, 12], [52, 400]), d3.scaleLog([10, 1e6], [300, 18])] as const;
  for (const value of [0.5, 1, 7, 12, 300, 99_999]) {
    expect(ours[0](value)).toBeCloseTo(theirs[0](value), 9);
    expect(ours[1](value)).toBeCloseTo(theirs[1](value), 9);
  }
});

test('the powers of ten of an axis are exact numbers, its ends among them', () => {
  expect(decades(0.01, 1000)).toEqual([0.01, 0.1, 1, 10, 100, 1000]);
  expect(decades(2, 99)).toEqual([10]);
  expect(decades(2, 9)).toEqual([]);
});

test('a line breaks where there is no point, and a point alone is still seen', () => {
  const points = [[0, 1], [2, 3], null, [4, 5.126], null] as const;
  expect(linePath(points)).toBe('M0,1L2,3M4,5.13Z');
  expect(linePath(points)).toBe(
    d3
      .line<readonly [number, number] | null>()
      .digits(2)
      .defined((point) => point !== null)
      .x((point) => point![0])
      .y((point) => point![1])([...points]),
  );
  expect(linePath([])).toBe('');
  expect(stretches([null, 1, 2, null, null, 3])).toEqual([[1, 2], [3]]);
});

test('a band lies between its two lines, steps hold until the next', () => {
  const places = [
    { x: 0, low: 9, high: 1 },
    { x: 5, low: 8, high: 2 },
  ];
  expect(bandPath(places)).toBe('M0,1L5,2L5,8L0,9Z');
  expect(bandPath([])).toBe('');
  expect(stepPath([])).toBe('');
  expect(
    stepPath([
      [0, 9],
      [4, 7],
      [6, 7],
    ]),
  ).toBe('M0,9H4V7H6V7');
});
