import { expect, test } from 'vitest';
import type { HeapFrame } from '../model/heap-frame.ts';
import { type Operations, OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import { changedSpan, RecentChanges } from './heatmap-changes.ts';

/** A lane that put block n of the list where `places` says. */
function frameOf(places: Record<number, [address: number, usable: number]>, position: number): HeapFrame {
  const blockOf = (operation: number) => {
    const place = places[operation];
    return place === undefined ? null : { address: place[0], usable: place[1], requested: place[1] };
  };
  return { position, blockOf } as unknown as HeapFrame;
}

function list(): Operations {
  const builder = new OperationsBuilder();
  builder.push(OpKind.Alloc, 0, 100, 1);
  builder.push(OpKind.Write, 0, 10, 2, 1, 0, 0, 90);
  builder.push(OpKind.Read, 0, 10, 2, 1);
  builder.push(OpKind.Realloc, 0, 200, 3, 1);
  builder.push(OpKind.Free, 0, 0, 4, 4);
  builder.push(OpKind.Free, 0, 0, 5, 4, OpFlag.Misuse);
  builder.push(OpKind.Enter, 0, 0, 6);
  builder.push(OpKind.Leave, 0, 0, 6, 7);
  builder.push(OpKind.Alloc, 1, 0, 7);
  builder.push(OpKind.Alloc, 2, 300_000, 8);
  return builder.finish();
}
const PLACES: Record<number, [number, number]> = {
  1: [70_000, 104],
  4: [140_000, 200],
  9: [4, 0],
  10: [200_000, 300_000],
};

test('an operation changes the block it gives, else the one it takes back, else what it writes', () => {
  const frame = frameOf(PLACES, 10);
  const span = { from: 0, to: 0 };
  const spans = Array.from({ length: 10 }, (_, k) =>
    changedSpan(frame, list(), k + 1, 8, span) ? [span.from, span.to] : null,
  );
  expect(spans).toEqual([
    [69_992, 70_104],
    [70_090, 70_100],
    null,
    [139_992, 140_200],
    [139_992, 140_200],
    [139_992, 140_200],
    null,
    null,
    null,
    [199_992, 500_000],
  ]);
});

test('the pages of the last fourteen operations are bracketed once each, a long block at both ends', () => {
  const changes = new RecentChanges();
  changes.update(frameOf(PLACES, 10), list(), 8, 1, 200);
  expect([...changes.brackets.subarray(0, changes.bracketCount)]).toEqual([3, 7, 2, 1]);
  expect(changes.now).toEqual({ from: 199_992, to: 500_000 });
  changes.update(frameOf(PLACES, 3), list(), 8, 1, 200);
  expect([...changes.brackets.subarray(0, changes.bracketCount)]).toEqual([1]);
  expect(changes.now).toEqual({ from: 0, to: 0 });
  changes.update(frameOf(PLACES, 0), list(), 8, 1, 200);
  expect(changes.bracketCount).toBe(0);
});

test('an operation is bracketed for fourteen positions', () => {
  const builder = new OperationsBuilder();
  builder.push(OpKind.Alloc, 0, 100, 1);
  while (builder.count < 40) builder.push(OpKind.Read, 0, 1, 1, 1);
  const operations = builder.finish();
  const changes = new RecentChanges();
  const bracketed = Array.from({ length: 41 }, (_, position) => {
    changes.update(frameOf({ 1: [70_000, 104] }, position), operations, 8, 1, 200);
    return changes.bracketCount;
  });
  expect(bracketed.indexOf(1)).toBe(1);
  expect(bracketed.lastIndexOf(1)).toBe(14);
});

test('when many operations pass in a frame changes are counted by page and nothing flashes', () => {
  const changes = new RecentChanges();
  changes.update(frameOf(PLACES, 10), list(), 8, 100, 8);
  expect(changes.bracketCount).toBe(0);
  expect(changes.now).toEqual({ from: 0, to: 0 });
  const counted = [...changes.dense.subarray(0, changes.denseCount)].map((page) => [page, changes.density[page]]);
  expect(counted).toEqual([
    [3, 1],
    [2, 3],
  ]);
  expect(changes.densest).toBe(3);
  changes.update(frameOf(PLACES, 1), list(), 8, 1, 8);
  expect(changes.denseCount).toBe(0);
  expect(changes.density.every((count) => count === 0)).toBe(true);
});
