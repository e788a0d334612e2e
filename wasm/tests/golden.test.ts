import { describe, expect, test } from 'vitest';
import { PAGE_BYTES } from '../../src/model/units.ts';
import {
  GOLDEN_BASE,
  GOLDEN_INITIAL,
  goldenLines,
  goldenMaximum,
  goldenOperations,
  goldenRuns,
  replay,
} from './support/golden.ts';
import { Heap } from './support/heap.ts';

const settings = (trace: string) => ({ base: GOLDEN_BASE, initial: GOLDEN_INITIAL, max: goldenMaximum(trace) });
/** State and heap; below lie the words of the instrumented build. */
const allBytes = (heap: Heap) => new Uint8Array(heap.memory.buffer, 16, heap.pages * PAGE_BYTES - 16);
let compared = 0;

describe('every address and page count is that of the real allocator', () => {
  test.each(goldenRuns())('%s on %s', async (trace, lane) => {
    const expected = goldenLines(trace, lane);
    const operations = goldenOperations(trace);
    const heap = await Heap.open(lane, settings(trace));
    const differences: string[] = [];
    let index = 0;
    for (const got of replay(heap, operations)) {
      const real = expected[index++]!;
      // A request of nothing gives wee's caller its alignment back: an address that is never read.
      const comparable = !(lane.startsWith('wee') && got.size === 0);
      const same =
        got.kind === real.kind &&
        got.id === real.id &&
        got.pages === real.pages &&
        got.status === real.status &&
        (got.address === real.address || !comparable);
      if (!same) differences.push(`${index}: real ${JSON.stringify(real)}, ours ${JSON.stringify(got)}`);
    }
    expect(differences.slice(0, 3)).toEqual([]);
    expect(index).toBe(expected.length);
    compared += index;

    // The other two builds leave the same bytes behind, and bytes hold every address.
    for (const build of ['counted', 'debug'] as const) {
      const other = await Heap.open(lane, { ...settings(trace), build });
      for (const _ of replay(other, operations)) {
      }
      expect(Buffer.compare(allBytes(other), allBytes(heap)), `${build} build`).toBe(0);
    }
  });

  test('over all 85 files and 706,500 lines', () => {
    expect(goldenRuns()).toHaveLength(85);
    expect(compared).toBe(706_500);
  });
});
