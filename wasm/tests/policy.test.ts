import { describe, expect, test } from 'vitest';
import { PAGE_BYTES } from '../../src/model/units.ts';
import { Heap } from './support/heap.ts';
import { Random } from './support/random.ts';

/** Arena and pool once more, from the policies in `wasm/README.md` alone: slow, and without a byte of memory. */
interface Model {
  pages: number;
  alloc(size: number, align: number): number;
  free(address: number, size: number, align: number): void;
}
const upTo = (value: number, grain: number) => Math.ceil(value / grain) * grain;

function arenaModel(base: number, initial: number, max: number): Model & { bump: number } {
  return {
    pages: initial,
    bump: base,
    alloc(size, align) {
      const start = upTo(this.bump, Math.max(align, 16));
      const end = start + upTo(Math.max(size, 1), 16);
      const pages = Math.max(this.pages, Math.ceil(end / PAGE_BYTES));
      if (pages > max) return 0;
      this.pages = pages;
      this.bump = end;
      return start;
    },
    free() {},
  };
}

/** 16 to 128 by 16, then four classes a doubling. */
const CLASSES: number[] = [];
for (let size = 16; size < 128; size += 16) CLASSES.push(size);
for (let size = 128; size < 32_768; size *= 2) CLASSES.push(size, (size * 5) / 4, (size * 6) / 4, (size * 7) / 4);
CLASSES.push(32_768);

function poolModel(base: number, initial: number, max: number): Model {
  /** Per class: slots freed, last one last; slots never used, in address order. */
  const freed = new Map<number, number[]>(CLASSES.map((slot) => [slot, []]));
  const unused = new Map<number, number[]>(CLASSES.map((slot) => [slot, []]));
  const freePages = new Set<number>();
  let fresh = Math.floor(base / PAGE_BYTES);
  const bytesOf = (size: number, align: number) => upTo(Math.max(size, 1), Math.max(align, 16));
  return {
    pages: initial,
    alloc(size, align) {
      const bytes = bytesOf(size, align);
      const slot = CLASSES.find((one) => one >= bytes);
      if (slot === undefined) {
        const count = Math.ceil(bytes / PAGE_BYTES);
        if (fresh * PAGE_BYTES < base) {
          this.pages = Math.max(this.pages, ++fresh);
        }
        const grain = Math.max(align / PAGE_BYTES, 1);
        for (let page = 0; ; page++) {
          const all = Array.from({ length: count }, (_, k) => page + k);
          if (page % grain !== 0 || !all.every((one) => one >= fresh || freePages.has(one))) continue;
          if (Math.max(page + count, this.pages) > max) return 0;
          for (let gap = fresh; gap < page; gap++) freePages.add(gap);
          for (const one of all) freePages.delete(one);
          fresh = Math.max(fresh, page + count);
          this.pages = Math.max(this.pages, fresh);
          return page * PAGE_BYTES;
        }
      }
      const last = freed.get(slot)!.pop();
      if (last !== undefined) return last;
      while (unused.get(slot)!.length === 0) {
        if (fresh === max) return 0;
        const end = (fresh + 1) * PAGE_BYTES;
        const grain = slot & -slot;
        for (let at = upTo(Math.max(fresh * PAGE_BYTES, base), grain); at + slot <= end; at += slot)
          unused.get(slot)!.push(at);
        this.pages = Math.max(this.pages, ++fresh);
      }
      return unused.get(slot)!.shift()!;
    },
    free(address, size, align) {
      const bytes = bytesOf(size, align);
      const slot = CLASSES.find((one) => one >= bytes);
      if (slot !== undefined) freed.get(slot)!.push(address);
      else for (let k = 0; k < Math.ceil(bytes / PAGE_BYTES); k++) freePages.add(address / PAGE_BYTES + k);
    },
  };
}

describe.each([
  ['arena', arenaModel],
  ['pool', poolModel],
] as const)('%s', (lane, model) => {
  test.each([
    [1, PAGE_BYTES, 1, 65_536],
    [2, 5632, 1, 65_536],
    [3, 2048, 3, 40],
    [4, PAGE_BYTES, 12, 24],
    [5, 3 * PAGE_BYTES - 16, 3, 65_536],
    [6, 100_000, 2, 90],
  ])(
    'puts every block where its policy says (seed %i, base %i, %i pages, at most %i)',
    async (seed, base, initial, max) => {
      const heap = await Heap.open(lane, { base, initial, max });
      const reference = model(base, initial, max);
      const random = new Random(seed);
      const live: { address: number; size: number; align: number }[] = [];
      for (let k = 0; k < 3000; k++) {
        const where = `seed ${seed}, operation ${k}`;
        if (live.length > 0 && random.chance(0.45)) {
          const [block] = live.splice(random.below(live.length), 1);
          heap.dealloc(block!.address, block!.size, block!.align);
          reference.free(block!.address, block!.size, block!.align);
        } else {
          const size = random.size();
          const align = random.align();
          const address = heap.alloc(size, align);
          expect(address, `${where}: ${size} B by ${align}`).toBe(reference.alloc(size, align));
          if (address !== 0) live.push({ address, size, align });
        }
        expect(heap.pages, where).toBe(reference.pages);
      }
    },
  );
});

test('arena goes back to a mark and to its base, and counts the frees it ignores', async () => {
  const heap = await Heap.open('arena', { base: 4096 });
  const first = heap.alloc(10);
  const mark = heap.exports.mark!() >>> 0;
  expect(mark).toBe(4096 + 16);
  const second = heap.alloc(100_000);
  heap.dealloc(first, 10);
  heap.dealloc(second, 100_000);
  expect(new DataView(heap.memory.buffer).getUint32(28, true)).toBe(2);
  heap.exports.release!(mark);
  expect(heap.alloc(8)).toBe(second);
  heap.exports.reset!();
  expect(heap.alloc(8)).toBe(4096);
  expect(heap.pages).toBe(2);
});

test('pool leaves a block where it is while its slot or its pages stay the same', async () => {
  const heap = await Heap.open('pool');
  const block = heap.alloc(65);
  expect(heap.realloc(block, 65, 0, 80)).toBe(block);
  expect(heap.realloc(block, 80, 0, 81)).not.toBe(block);
  const run = heap.alloc(40_000);
  expect(heap.realloc(run, 40_000, 0, 65_536)).toBe(run);
  expect(heap.realloc(run, 65_536, 0, 65_537)).not.toBe(run);
});

test('pool gives its page table a page of its own beyond 1,680 pages, and forgets nothing', async () => {
  const heap = await Heap.open('pool');
  const small = heap.alloc(100);
  const runs = Array.from({ length: 20 }, () => heap.alloc(100 * PAGE_BYTES));
  for (let k = 1; k < 20; k++) {
    // The table came behind the run that outgrew the first one.
    const extra = k === 17 ? 1 : 0;
    expect(runs[k]! - runs[k - 1]!, `run ${k}`).toBe((100 + extra) * PAGE_BYTES);
  }
  heap.dealloc(runs[3]!, 100 * PAGE_BYTES);
  heap.dealloc(runs[4]!, 100 * PAGE_BYTES);
  expect(heap.alloc(150 * PAGE_BYTES)).toBe(runs[3]);
  heap.dealloc(small, 100);
  expect(heap.alloc(110)).toBe(small);
});

test('pool cannot give a page of 64-byte slots to 80 bytes, however empty it is', async () => {
  const heap = await Heap.open('pool');
  const nodes = Array.from({ length: 8000 }, () => heap.alloc(64));
  const pages = heap.pages;
  nodes.forEach((node, k) => {
    if (k % 20 !== 0) heap.dealloc(node, 64);
  });
  for (let k = 0; k < 7000; k++) heap.alloc(64);
  expect(heap.pages).toBe(pages);
  heap.alloc(80);
  expect(heap.pages).toBe(pages + 1);
});

test.each(['arena', 'pool'])(
  '20 bytes past the end of a block on %s spoil the neighbour’s bytes and nothing else',
  async (lane) => {
    const spoiled = await Heap.open(lane);
    const sound = await Heap.open(lane);
    const rows = (heap: Heap) => [0, 1, 2].map(() => heap.alloc(96));
    const blocks = rows(spoiled);
    expect(rows(sound)).toEqual(blocks);
    expect(blocks[2]).toBe(blocks[1]! + 96);
    new Uint8Array(spoiled.memory.buffer).fill(0x52, blocks[1]! + 96, blocks[1]! + 116);
    for (const heap of [spoiled, sound]) for (const block of blocks) heap.dealloc(block, 96);
    expect(rows(spoiled)).toEqual(rows(sound));
  },
);
