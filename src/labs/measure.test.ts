import { expect, test } from 'vitest';
import { measure, measureOf, percentile, tickOf } from './measure.ts';

/** A clock that stands still between ticks of `tick` ms; work moves the hidden time on, a look at it costs a little. */
function coarse(tick: number) {
  let hidden = 0;
  return {
    work: (ms: number) => {
      hidden += ms;
    },
    clock: () => {
      hidden += 0.001;
      return Math.floor(hidden / tick) * tick;
    },
  };
}

const SAMPLING = { batchMs: 10, least: 7, most: 15, budgetMs: 1000 };

test('the tick is what the clock steps by', () => {
  expect(tickOf(coarse(0.1).clock)).toBeCloseTo(0.1);
  expect(tickOf(coarse(1).clock)).toBeCloseTo(1);
});

test('an operation far shorter than a tick is measured by repeating it', () => {
  const { work, clock } = coarse(0.1);
  const result = measure((times) => work(times * 50e-6), SAMPLING, clock, 0.1);
  expect(result.below).toBe(false);
  expect(result.median).toBeGreaterThan(49);
  expect(result.median).toBeLessThan(51);
  expect(result.times * 50e-6).toBeGreaterThanOrEqual(9.9);
  expect(result.runs).toBeGreaterThanOrEqual(7);
});

test('an operation longer than a batch is done once a batch, and less often when it is slow', () => {
  const { work, clock } = coarse(0.1);
  const result = measure((times) => work(times * 600), SAMPLING, clock, 0.1);
  expect(result.times).toBe(1);
  expect(result.runs).toBe(3);
  expect(result.median / 1e6).toBeCloseTo(600, 0);
});

test('a batch that was long only because something held it up is made longer', () => {
  const { work, clock } = coarse(0.1);
  let first = true;
  const result = measure(
    (times) => {
      work(times * 100e-6 + (first ? 15 : 0));
      first = false;
    },
    SAMPLING,
    clock,
    0.1,
  );
  expect(result.below).toBe(false);
  expect(result.median).toBeGreaterThan(95);
  expect(result.median).toBeLessThan(105);
});

test('batches that do not agree go on to the most', () => {
  const { work, clock } = coarse(0.1);
  let odd = false;
  const result = measure(
    (times) => {
      odd = !odd;
      work(times * (odd ? 20 : 60));
    },
    { ...SAMPLING, budgetMs: 1e6 },
    clock,
    0.1,
  );
  expect(result.runs).toBe(15);
  expect(result.high).toBeGreaterThan(result.low * 2);
});

test('what the clock cannot tell from nothing is a bound, never 0', () => {
  const result = measureOf([0, 0.1, 0], 1, 0.1);
  expect(result.below).toBe(true);
  expect(result.median).toBeCloseTo(300_000);
  expect(result.low).toBeGreaterThan(0);
});

test('a percentile lies between neighbours in proportion', () => {
  expect(percentile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(percentile([1, 2], 0.9)).toBeCloseTo(1.9);
  expect(percentile([], 0.5)).toBe(0);
});
