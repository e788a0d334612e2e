import { describe, expect, it } from 'vitest';
import type { HeapFrame } from '../../model/heap-frame.ts';
import type { Survey } from '../../model/metrics.ts';
import { OperationsBuilder, OpKind } from '../../model/operations.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import type { Target } from '../../state/pointing.ts';
import { Records } from '../../state/records.ts';
import { blankLane } from '../../state/runs.ts';
import { type AppState, createAppStore } from '../../state/store.ts';
import { allocations } from '../../state/testing.ts';
import { LinkedPages } from './linked-pages.ts';

// Three blocks of line 1, one of line 2; block n lies on page n, the last one over two pages. The second is freed by op 5.
const builder = new OperationsBuilder();
builder.push(OpKind.Alloc, 0, 100, 1);
const freed = builder.push(OpKind.Alloc, 1, 100, 1);
builder.push(OpKind.Alloc, 2, 100, 2);
builder.push(OpKind.Alloc, 3, PAGE_BYTES, 1);
builder.push(OpKind.Free, 1, 0, 3, freed);
const operations = builder.finish();
const records = new Records();
records.begin(operations);

function frameAt(position: number): HeapFrame {
  return {
    position,
    logged: 5,
    blockOf: (operation: number) =>
      operation > 4
        ? null
        : { address: operation * PAGE_BYTES + 16, usable: operation === 4 ? PAGE_BYTES : 104, requested: 100 },
  } as unknown as HeapFrame;
}

const lane = {
  ...blankLane('x', { name: 'wee', memory: {}, fill: false }),
  survey: {
    position: 5,
    metrics: { largest_hole: 900 },
    holeAddress: Uint32Array.of(7 * PAGE_BYTES, 9 * PAGE_BYTES, 11 * PAGE_BYTES),
    holeBytes: Uint32Array.of(40, 900, 50),
  } as unknown as Survey,
};

function linked(target: Target, position = 5): readonly number[] {
  const state: AppState = createAppStore({
    scenario: { ...allocations(1), operations },
    link: { hover: target, selected: null },
    position,
  }).getState();
  return new LinkedPages().of(records, state, lane, frameAt(position));
}

describe('the pages that light up', () => {
  it('with a line are those of the blocks that it holds live', () => {
    expect(linked({ kind: 'line', line: 1 })).toEqual([1, 4, 5]);
    expect(linked({ kind: 'line', line: 1 }, 2)).toEqual([1, 2]);
    expect(linked({ kind: 'line', line: 2 })).toEqual([3]);
    expect(linked({ kind: 'line', line: 9 })).toEqual([]);
  });

  it('with a block are those of the same allocation, from its birth on', () => {
    expect(linked({ kind: 'block', lane: 'other', operation: 4, page: 0 })).toEqual([4, 5]);
    expect(linked({ kind: 'block', lane: 'other', operation: 4, page: 0 }, 3)).toEqual([]);
  });

  it('with an operation that frees are those of what it frees', () => {
    expect(linked({ kind: 'operation', operation: 5 })).toEqual([2]);
  });

  it('with holes of a size are those where such holes begin, in their lane alone', () => {
    expect(linked({ kind: 'holes', lane: 'x', from: 32, to: 63 })).toEqual([7, 11]);
    expect(linked({ kind: 'holes', lane: 'y', from: 32, to: 63 })).toEqual([]);
  });

  it('with a metric are those that make it', () => {
    expect(linked({ kind: 'metric', metric: 'largest_hole' })).toEqual([9]);
    expect(linked({ kind: 'metric', metric: 'free' })).toEqual([7, 9, 11]);
  });
});
