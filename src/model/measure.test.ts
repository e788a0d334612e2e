import { expect, test } from 'vitest';
import {
  histogram,
  integerRoot,
  type LogMeasures,
  type Measures,
  measure,
  millionths,
  plainMetrics,
  StepTally,
  verdict,
} from './measure.ts';
import { PLAIN_METRIC_IDS } from './metrics.ts';

const LOG: LogMeasures = {
  position: 10,
  base: 65_536,
  pages: 5,
  grows: 4,
  failures: 1,
  blocks: 3,
  live: 1000,
  peakLive: 2000,
  usable: 1100,
  gross: 1124,
  emptyPages: 2,
  trailingPages: 1,
  pinnedWaste: 130_000,
  misuses: 0,
  lost: 0,
};
const withHoles = (...holes: number[]): Measures => ({
  log: LOG,
  heap: { static: 0, metadata: 0, free: 0, dead: 0, top: 0, holes: Uint32Array.from(holes) },
  steps: null,
});

test('a ratio is the exact quotient rounded half up to a millionth', () => {
  expect(millionths(1, 3)).toBe(333_333);
  expect(millionths(2, 3)).toBe(666_667);
  expect(millionths(1, 2_000_000)).toBe(1);
  expect(millionths(1, 2_000_001)).toBe(0);
  expect(millionths(3, 2_000_000)).toBe(2);
  expect(millionths(0, 7)).toBe(0);
  expect(millionths(7, 0)).toBeNull();
  // Beyond what doubles hold exactly: 2⁵²+1 over 2⁵³−1.
  expect(millionths(2 ** 52 + 1, 2 ** 53 - 1)).toBe(500_000);
  expect(millionths(4_294_901_760, 4_294_967_295)).toBe(999_985);
});

test('four equal holes score 75 % by the largest and 50 % by L2', () => {
  const four = withHoles(448, 448, 448, 448);
  expect(measure({ id: 'external_fragmentation' }, four)).toBe(750_000);
  expect(measure({ id: 'external_l2' }, four)).toBe(500_000);
  expect(measure({ id: 'largest_hole' }, four)).toBe(448);
});

test('L2 uses the floor of the integer root of the squares times 10¹²', () => {
  // √2·10⁶ = 1414213.56…, its floor leaves 585787 of 2·10⁶: exactly 0.2928935, half a millionth that goes up.
  expect(measure({ id: 'external_l2' }, withHoles(1, 1))).toBe(292_894);
  const sizes = [3, 5, 7, 100_003, 4_000_000_000];
  const squares = sizes.reduce((sum, size) => sum + BigInt(size) ** 2n, 0n);
  const root = integerRoot(squares * 10n ** 12n);
  expect(root * root <= squares * 10n ** 12n && (root + 1n) ** 2n > squares * 10n ** 12n).toBe(true);
  const total = sizes.reduce((sum, size) => sum + BigInt(size), 0n);
  const exact = Number((2n * (total * 1_000_000n - root) + total) / (2n * total));
  expect(measure({ id: 'external_l2' }, withHoles(...sizes))).toBe(exact);
});

test('the unusable index is what a request of a size cannot use of the free bytes', () => {
  expect(measure({ id: 'unusable', from: 100 }, withHoles(250, 99))).toBe(millionths(50 + 99, 349));
  expect(measure({ id: 'unusable', from: 1 }, withHoles(250, 99))).toBe(0);
  expect(measure({ id: 'unusable', from: 100 }, withHoles())).toBeNull();
});

test('holes of a range of sizes are counted and added up, both ends included', () => {
  const heap = withHoles(16, 32, 32, 64);
  expect(measure({ id: 'holes' }, heap)).toBe(4);
  expect(measure({ id: 'holes', from: 32, to: 64 }, heap)).toBe(3);
  expect(measure({ id: 'holes', from: 33, to: null }, heap)).toBe(1);
  expect(measure({ id: 'hole_bytes', from: 16, to: 32 }, heap)).toBe(80);
});

test('with no free byte there is no index, with no holes at all no count', () => {
  expect(measure({ id: 'external_fragmentation' }, withHoles())).toBeNull();
  expect(measure({ id: 'holes' }, withHoles())).toBe(0);
  const arena: Measures = { log: LOG, heap: { ...withHoles().heap!, holes: null }, steps: null };
  for (const id of ['holes', 'largest_hole', 'external_fragmentation', 'external_l2']) {
    expect(measure({ id }, arena), id).toBeNull();
  }
});

test('what follows from the log follows the formulas', () => {
  const heap = withHoles();
  const room = 4 * 65_536;
  expect(measure({ id: 'internal_fragmentation' }, heap)).toBe(millionths(124, 1124));
  expect(measure({ id: 'internal_slack' }, heap)).toBe(millionths(100, 1124));
  expect(measure({ id: 'internal_metadata' }, heap)).toBe(millionths(24, 1124));
  expect(measure({ id: 'utilisation' }, heap)).toBe(millionths(1000, room));
  expect(measure({ id: 'peak_utilisation' }, heap)).toBe(millionths(2000, room));
  expect(measure({ id: 'peak_overhead' }, heap)).toBe(millionths(room, 2000));
  expect(measure({ id: 'floor' }, heap)).toBe(2);
  expect(measure({ id: 'ratchet' }, heap)).toBe(2_500_000);
});

test('the metrics of a report are all of those without arguments, ratios as plain numbers', () => {
  const values = plainMetrics({ ...withHoles(100, 300), steps: { total: 9, requests: 4, p99: 5, worst: 5 } });
  expect(Object.keys(values)).toEqual(PLAIN_METRIC_IDS);
  expect(values.external_fragmentation).toBe(0.25);
  expect(values.search_mean).toBe(2.25);
  expect(values.pages).toBe(5);
});

test('search steps are summed over requests alone, the percentile is the nearest rank', () => {
  const steps = Uint32Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? k / 2 + 1 : 9999));
  const isRequest = (k: number) => k % 2 === 0;
  expect(new StepTally(steps, isRequest).at(200)).toEqual({ total: 5050, requests: 100, p99: 99, worst: 100 });
  const long = steps.map((value) => 1000 * value);
  expect(new StepTally(long, isRequest).at(200)).toEqual({
    total: 5_050_000,
    requests: 100,
    p99: 99_000,
    worst: 100_000,
  });
  expect(new StepTally(steps, isRequest).at(1)).toEqual({ total: 1, requests: 1, p99: 1, worst: 1 });
  expect(new StepTally(steps, isRequest).at(0)).toEqual({ total: 0, requests: 0, p99: null, worst: null });
});

test('the histogram counts holes by power of two', () => {
  const { count, bytes } = histogram(Uint32Array.of(16, 31, 32, 0xffff_ffff));
  expect([count[4], count[5], count[31]]).toEqual([2, 1, 1]);
  expect([bytes[4], bytes[5], bytes[31]]).toEqual([47, 32, 0xffff_ffff]);
});

test('a verdict needs three points and tells a leak, fragmentation and past peak apart', () => {
  const points = (...list: [live: number, pages: number, floor: number][]) =>
    list.map(([live, pages, floor]) => ({ live, pages, floor }));
  expect(verdict(points([1, 1, 1], [2, 2, 1]))).toBeNull();
  expect(verdict(points([100, 1, 1], [100, 1, 1], [106, 1, 1]))).toBe('leak');
  expect(verdict(points([100, 1, 1], [100, 1, 1], [105, 1, 1]))).toBe('healthy');
  expect(verdict(points([100, 10, 5], [99, 11, 5], [101, 12, 5]))).toBe('fragmentation');
  expect(verdict(points([100, 20, 5], [99, 20, 5], [101, 20, 5]))).toBe('past peak');
  expect(verdict(points([100, 10, 5], [99, 10, 5], [101, 10, 5]))).toBe('healthy');
  expect(verdict(points([0, 7, 1], [0, 7, 1], [0, 7, 1]))).toBe('past peak');
});
