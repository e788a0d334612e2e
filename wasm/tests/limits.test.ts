import { describe, expect, test } from 'vitest';
import { ALL_LANE_NAMES } from '../../src/model/lanes.ts';
import { MAX_PAGES, PAGE_BYTES } from '../../src/model/units.ts';
import { Heap } from './support/heap.ts';
import { Shadow } from './support/shadow.ts';

/** Requests of `sizes`, each until it is refused: few growths, since V8 collects garbage when gigabytes change hands. */
function fill(heap: Heap, sizes: readonly number[]): { address: number; size: number }[] {
  const blocks: { address: number; size: number }[] = [];
  for (const size of sizes) {
    for (let address = heap.alloc(size); address !== 0; address = heap.alloc(size)) blocks.push({ address, size });
  }
  return blocks;
}

const KIB = 1024;
const MIB = KIB * KIB;
const DOWN_TO_A_PAGE = [1024 * MIB - 64 * KIB, 127 * MIB, 15 * MIB, 2 * MIB - 100, 250_000, 60_000, 40_000];

describe.each(ALL_LANE_NAMES)('%s at the end of 4 GiB', (lane) => {
  test('gives all there is without a wrap, then 0, and reads true', async () => {
    const heap = await Heap.open(lane);
    const shadow = await Shadow.over(heap, '4 GiB');
    const blocks = fill(heap, DOWN_TO_A_PAGE).sort((a, b) => a.address - b.address);
    blocks.forEach(({ address, size }, k) => {
      const next = blocks[k + 1]?.address ?? heap.pages * PAGE_BYTES;
      if (address + size > next) throw new Error(`${size} B at ${address} run into ${next}`);
      shadow.blocks.set(k, { id: k, address, size, align: 0 });
    });
    // wee needs an address for every cell's end.
    expect(heap.pages).toBe(lane.startsWith('wee') ? MAX_PAGES - 1 : MAX_PAGES);
    shadow.expectReading();
    for (const [id, block] of [...shadow.blocks]) {
      if (block.size < MIB) continue;
      heap.dealloc(block.address, block.size);
      shadow.blocks.delete(id);
    }
    shadow.expectReading();
  });
});

test('arena fills the last byte of 4 GiB, and starts again', async () => {
  const heap = await Heap.open('arena');
  expect(heap.alloc(2 ** 32 - PAGE_BYTES)).toBe(PAGE_BYTES);
  expect(heap.pages).toBe(MAX_PAGES);
  expect(heap.alloc(1)).toBe(0);
  (await Shadow.over(heap, 'full')).expectReading();
  const mark = heap.exports.mark!();
  heap.exports.reset!();
  expect(heap.alloc(100)).toBe(PAGE_BYTES);
  heap.exports.release!(mark);
  expect(heap.alloc(1)).toBe(0);
});

test('pool fills the last page of 4 GiB, and serves freed runs when nothing fresh is left', async () => {
  const heap = await Heap.open('pool');
  const first = heap.alloc(60_000 * PAGE_BYTES);
  expect(first).toBe(PAGE_BYTES);
  // Page 60,001 is the table's.
  const rest = fill(heap, [1000 * PAGE_BYTES, 100 * PAGE_BYTES, 10 * PAGE_BYTES, 60_000]).map((block) => block.address);
  expect(rest[0]).toBe(60_002 * PAGE_BYTES);
  expect(heap.pages).toBe(MAX_PAGES);
  expect(rest.at(-1)).toBe((MAX_PAGES - 1) * PAGE_BYTES);
  heap.dealloc(rest.at(-1)!, 60_000);
  expect(heap.alloc(65_536)).toBe(rest.at(-1));
  expect(heap.alloc(65_536)).toBe(0);
  expect(heap.alloc(1)).toBe(0);
  (await Shadow.over(heap, 'full')).heap.dealloc(first, 60_000 * PAGE_BYTES);
  expect(heap.alloc(59_000 * PAGE_BYTES)).toBe(first);
});

test('dlmalloc uses an initial memory up to 2 GiB less a byte, and none that is longer', async () => {
  const within = await Heap.open('dlmalloc', { initial: 32_768 });
  expect(within.alloc(100)).toBe(PAGE_BYTES + 16);
  expect(within.pages).toBe(32_768);
  const beyond = await Heap.open('dlmalloc', { initial: 32_769 });
  expect(beyond.alloc(100)).toBe(32_769 * PAGE_BYTES + 16);
  expect(beyond.pages).toBe(32_770);
});

test('dlmalloc no longer counts top in when it asks for pages, once growth was refused', async () => {
  const heap = await Heap.open('dlmalloc');
  heap.alloc(100);
  expect(heap.pages).toBe(2);
  // One more page would do for 65,000 B beside what top has; a request that cannot be met in between makes it two.
  const twin = await Heap.open('dlmalloc');
  twin.alloc(100);
  expect(twin.alloc(0x9000_0000)).toBe(0);
  heap.alloc(100_000);
  twin.alloc(100_000);
  expect([heap.pages, twin.pages]).toEqual([3, 4]);
  // So large that rounding wraps: refused at once, nothing changes.
  const third = await Heap.open('dlmalloc');
  third.alloc(100);
  expect(third.alloc(0xfffe_ffad)).toBe(0);
  third.alloc(100_000);
  expect(third.pages).toBe(3);
});

test('a refused growth of wee as shipped has emptied its list; the repaired one keeps it', async () => {
  const pagesAfter = async (lane: string) => {
    const heap = await Heap.open(lane, { max: 3 });
    const block = heap.alloc(50_000);
    heap.alloc(3000);
    heap.dealloc(block, 50_000);
    expect(heap.alloc(200_000)).toBe(0);
    return heap.alloc(40_000) === 0 ? 'lost' : heap.pages;
  };
  // As shipped only a new run can serve: a page more.
  expect(await pagesAfter('wee-noclasses')).toBe(3);
  expect(await pagesAfter('wee-noclasses-repaired')).toBe(2);
});
