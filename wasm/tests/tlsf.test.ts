import { describe, expect, test } from 'vitest';
import { SpanKind } from '../../src/model/spans.ts';
import { PAGE_BYTES } from '../../src/model/units.ts';
import { Heap } from './support/heap.ts';
import { openShippedTlsf } from './support/oracles.ts';
import { Random } from './support/random.ts';
import { Shadow } from './support/shadow.ts';

const OPERATIONS = Number(process.env.HEAPSCAPE_ORACLE_OPERATIONS ?? 60_000);
const FIRST_SEED = Number(process.env.HEAPSCAPE_ORACLE_SEED ?? 1);

describe('AssemblyScript’s TLSF, compiled from the library as it is shipped', () => {
  // Static data of the runtime lies at the base: the heap begins where the first block tells.
  test.each([2048, 20_000, 65_536])(
    `gives the addresses and the pages of ours for ${OPERATIONS} random operations from base %i on`,
    { timeout: 1_800_000 },
    async (memoryBase) => {
      for (let seed = FIRST_SEED, left = OPERATIONS; left > 0; seed += 1, left -= 10_000) {
        const real = await openShippedTlsf(memoryBase);
        const first = real.malloc(100) >>> 0;
        const base = first - 1584;
        const heap = await Heap.open('tlsf', { base, initial: Math.max(1, Math.floor(base / PAGE_BYTES) + 1) });
        const random = new Random(seed);
        const live: number[] = [];
        const agree = (what: string, theirs: number, ours: number) => {
          const pages = real.memory.buffer.byteLength / PAGE_BYTES;
          if (theirs !== ours || pages !== heap.pages)
            throw new Error(
              `seed ${seed}: ${what} gives ${ours} of ${heap.pages}, the shipped one ${theirs} of ${pages}`,
            );
        };
        agree('the first block', first, heap.alloc(100));
        for (let k = 0; k < Math.min(left, 10_000); k += 1) {
          const size = random.chance(0.02) ? random.below(300_000) : random.size();
          const roll = random.below(100);
          const filling = (k >> 9) % 2 === 0;
          if (live.length > 0 && roll < (filling ? 35 : 60)) {
            const block = live.splice(random.below(live.length), 1)[0]!;
            real.free(block);
            heap.dealloc(block, 0);
            agree('a free', 0, 0);
          } else if (live.length > 0 && roll < (filling ? 50 : 75)) {
            const which = random.below(live.length);
            const moved = real.realloc(live[which]!, size) >>> 0;
            agree(`realloc to ${size} B`, moved, heap.realloc(live[which]!, 0, 0, size));
            live[which] = moved;
          } else {
            const block = real.malloc(size) >>> 0;
            agree(`${size} B`, block, heap.alloc(size));
            live.push(block);
          }
        }
        const theirs = new Uint8Array(real.memory.buffer, base);
        const ours = new Uint8Array(heap.memory.buffer, base, theirs.length);
        expect(Buffer.compare(ours, theirs), `seed ${seed}: every byte of the heap`).toBe(0);
      }
    },
  );

  test('traps where ours gives 0: when memory ends, and above 1 GiB less 4 bytes; both trap at a double free', async () => {
    const real = await openShippedTlsf(2048);
    const heap = await Heap.open('tlsf', { base: 4096 });
    for (const size of [2 ** 30 - 3, 2 ** 31, 2 ** 32 - 1]) {
      expect(() => real.malloc(size)).toThrow(WebAssembly.RuntimeError);
      expect(heap.alloc(size)).toBe(0);
    }
    const tight = await Heap.open('tlsf', { base: 4096, max: 1 });
    expect(tight.alloc(70_000)).toBe(0);
    for (const { alloc, free } of [
      { alloc: real.malloc, free: real.free },
      { alloc: (size: number) => heap.alloc(size), free: (block: number) => heap.dealloc(block, 40) },
    ]) {
      const block = alloc(40);
      alloc(40);
      free(block);
      expect(() => free(block)).toThrow(WebAssembly.RuntimeError);
    }
  });
});

test('TLSF doubles memory, and takes only what is needed where that is refused', async () => {
  const heap = await Heap.open('tlsf', { base: 4096, initial: 4, max: 15 });
  heap.alloc(4 * PAGE_BYTES);
  expect(heap.pages).toBe(9);
  heap.alloc(5 * PAGE_BYTES);
  expect(heap.pages).toBe(15);
});

test('TLSF loses the last 12 bytes of a page where the root ends right before them', async () => {
  for (const base of [PAGE_BYTES - 1584, PAGE_BYTES - 1600, PAGE_BYTES - 1568, PAGE_BYTES - 16]) {
    const heap = await Heap.open('tlsf', { base });
    const shadow = await Shadow.over(heap, `base ${base}`);
    shadow.expectReading();
    for (const size of [5, 300, 70_000, 12]) shadow.alloc(size, 0);
    const reading = shadow.expectReading();
    expect(reading.kindBytes[SpanKind.Free]).toBeGreaterThan(0);
    for (const id of [...shadow.blocks.keys()]) shadow.free(id);
    expect(shadow.expectReading().holeAddress.length).toBe(1);
  }
});

test('an instrumented request of TLSF counts the one block that the bitmaps lead to', async () => {
  const heap = await Heap.open('tlsf', { base: 4096, build: 'counted' });
  const steps = (call: () => void) => {
    const view = new DataView(heap.memory.buffer);
    view.setUint32(4, 0, true);
    call();
    return new DataView(heap.memory.buffer).getUint32(4, true);
  };
  const block = heap.alloc(40);
  expect(steps(() => heap.alloc(100))).toBe(1);
  expect(steps(() => heap.dealloc(block, 40))).toBe(0);
  // Nothing to the right of the last block but the rest: read, and taken.
  const last = heap.alloc(2000);
  expect(steps(() => heap.realloc(last, 2000, 0, 3000))).toBe(1);
});
