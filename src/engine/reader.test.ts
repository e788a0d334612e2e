import { describe, expect, test } from 'vitest';
import { goldenOperations } from '../../wasm/tests/support/golden.ts';
import { Heap } from '../../wasm/tests/support/heap.ts';
import { loadModule } from '../../wasm/tests/support/modules.ts';
import { ALL_LANE_NAMES } from '../model/lanes.ts';
import { SpanKind } from '../model/spans.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { createReader, type HeapReading, type Reader, tellsBlocks } from './reader.ts';

async function openReader(heap: Heap): Promise<Reader> {
  return createReader(await loadModule(`${heap.lane.id}.reader`), heap.memory, heap.lane.id, await loadModule('spans'));
}

/** Spans lie one behind the other from 0 to the break. */
function expectTiled(reading: HeapReading, pages: number): void {
  let at = 0;
  for (let k = 0; k < reading.spanKind.length; k++) {
    if (reading.spanStart[k] !== at) throw new Error(`span ${k} begins at ${reading.spanStart[k]}, not at ${at}`);
    at += reading.spanBytes[k]!;
  }
  expect(at).toBe(pages * PAGE_BYTES);
  expect(reading.pages).toBe(pages);
}

const usedSpans = (reading: HeapReading): Map<number, number> => {
  const used = new Map<number, number>();
  reading.spanKind.forEach((kind, k) => {
    if (kind === SpanKind.Used) used.set(reading.spanStart[k]!, reading.spanBytes[k]!);
  });
  return used;
};

describe.each(ALL_LANE_NAMES)('the reader of %s', (lane) => {
  test.each([
    ['tcl', 1],
    ['threshold', 97],
    ['tiny-zero', 43],
    ['fuzz-202', 97],
    ['align', 61],
    ['exhaust', 37],
  ])('finds exactly the live blocks of %s, every %i operations', async (trace, every) => {
    const heap = await Heap.open(lane, { base: 5632, max: trace === 'exhaust' ? 25 : 65_536 });
    const reader = await openReader(heap);
    const live = new Map<number, { address: number; size: number; align: number }>();
    let index = 0;
    for (const { kind, id, size, align } of goldenOperations(trace)) {
      const block = live.get(id);
      if (kind === 'a' || (kind === 'r' && !block)) {
        const address = heap.alloc(size, align);
        if (address !== 0) live.set(id, { address, size, align });
      } else if (kind === 'f' && block) {
        heap.dealloc(block.address, block.size, block.align);
        live.delete(id);
      } else if (block) {
        const address = heap.realloc(block.address, block.size, block.align, size);
        if (address !== 0) live.set(id, { ...block, address, size });
      }
      if (index++ % every !== 0) continue;
      const reading = reader.read();
      expect(reading.broken, `after operation ${index}`).toBe(null);
      expectTiled(reading, heap.pages);
      const used = usedSpans(reading);
      const blocks = [...live.values()].filter((one) => one.size > 0 || heap.lane.id !== 'wee');
      if (!tellsBlocks(heap.lane.id)) continue;
      expect(used.size, `after operation ${index}`).toBe(blocks.length);
      for (const one of blocks) {
        expect(used.get(one.address), `block of ${one.size} B after operation ${index}`).toBe(
          heap.usable(one.address, one.size, one.align),
        );
      }
    }
  });
});
