import { expect, it } from 'vitest';
import { holeBins, placeOnAxis } from './hole-bins.ts';
import type { Survey } from './metrics.ts';
import { OperationsBuilder, OpKind } from './operations.ts';
import { nextRequest } from './request-outcome.ts';

function survey(holes: readonly number[]): Survey {
  const histogramCount = new Uint32Array(32);
  const histogramBytes = new Float64Array(32);
  for (const bytes of holes) {
    histogramCount[Math.floor(Math.log2(bytes))]!++;
    histogramBytes[Math.floor(Math.log2(bytes))]! += bytes;
  }
  return { histogramCount, histogramBytes } as unknown as Survey;
}

it('shows every hole once, the smallest and the largest in the bins at the ends', () => {
  const holes = [4, 8, 16, 31, 32, 5000, 2 ** 18, 2 ** 20];
  const shown = holeBins(survey(holes));
  expect(shown.reduce((sum, bin) => sum + bin.holes, 0)).toBe(holes.length);
  expect(shown.reduce((sum, bin) => sum + bin.bytes, 0)).toBe(holes.reduce((a, b) => a + b));
  expect(shown[0]).toEqual({ bin: 0, holes: 4, bytes: 4 + 8 + 16 + 31 });
  expect(shown.at(-1)).toEqual({ bin: 14, holes: 2, bytes: 2 ** 18 + 2 ** 20 });
});

it('finds the next request after a position, passing over frees, and none at the end', () => {
  const builder = new OperationsBuilder();
  const first = builder.push(OpKind.Alloc, 0, 100, 1);
  builder.push(OpKind.Free, 0, 0, 1, first);
  const second = builder.push(OpKind.Alloc, 1, 7, 1);
  builder.push(OpKind.Realloc, 1, 9, 1, second);
  const operations = builder.finish();
  expect([0, 1, 2, 3, 4].map((t) => nextRequest(operations, t))).toEqual([1, 3, 3, 4, 0]);
});

it('puts the needle where its size stands among the bins, and never off the axis', () => {
  expect(placeOnAxis(16)).toBe(0);
  expect(placeOnAxis(32)).toBeCloseTo(1 / 15);
  expect([placeOnAxis(0), placeOnAxis(2 ** 32)]).toEqual([0, 0.995]);
});
