// pool: equal slots. A page is given to one size class, for good, and cut into slots of that size; a free slot waits in
// its class's list for the next block of the class. What is larger than the largest slot takes whole pages. The whole
// policy is in wasm/README.md, and it is ours.
//
//   16 .. 368    state: Pool, with a list head and a position for each class
//   368 .. 2048  page table: what each page of memory is, one byte a page, for the first 1,680 pages
//   base ..      slots from the first byte; then pages of slots and runs of pages, in the order they were needed
//   fresh ..     pages never given out, to the break
//
//   alloc    slots: constant. Runs: along the page table, from the lowest page of a freed run.
//   dealloc  slots: constant. Runs: a mark in the page table for each page.
//   realloc  in place while the new size needs the same slot or the same pages; else alloc, copy, dealloc.
//
// What it is bad at: a change of sizes. A page of 64-byte slots with one block in it is lost to every other class, and
// a first block of any class costs a page. Up to a fifth of a slot is slack; of a run, up to a page.
import { begin, grow, Heap, PAGE, STATE, STATE_END } from './pages';
import { step } from './steps';

/** The largest slot: half a page. */
export const SLOT_MAX: u32 = 32768;
/** Steps of 16 B up to 128 B, then four classes a doubling: 16, 32 … 128, 160, 192, 224, 256, 320 … 28672, 32768. */
export const CLASSES: u32 = 40;
/** Larger requests are refused: a sum with them could wrap. */
const LARGEST: u32 = 0xffff0000;

/** What a page is, in the page table: 0 not given out, 1 to 40 slots of class n − 1, or one of these. */
export const RUN: u8 = 64;
/** A page of a run, not its first. */
export const RUN_REST: u8 = 65;
/** Page of a run that was freed; never again anything but a page of a run. */
export const RUN_FREE: u8 = 66;
/** The page that holds the page table. */
export const TABLE: u8 = 67;
/** Cut short by the base, and passed over by a run. */
export const PASSED: u8 = 68;

//  +0  free   last freed slot      a free slot:  +0  the one freed before it, 0 for none
//  +4  next   next unused slot
@unmanaged
export class SizeClass {
  /** Last freed slot, 0 for none; each holds the address of the one freed before it in its first word. */
  free: usize;
  /** Next slot of its newest page that was never used; 0 when there is none left. */
  next: usize;
}

//  16 pages  20 base  24 fresh  28 lowest  32 table
//  48 .. 368  SizeClass of each class    368 .. 2048  page table of a small memory
@unmanaged
export class Pool extends Heap {
  /** Pages from this one on were never given out. */
  fresh: u32;
  /** No page below this one is a free page of a run: who looks for a run begins here, and moves it up when one is found. */
  lowest: u32;
  /** Where the page table lies. */
  table: usize;
}
export const SIZE_CLASSES: usize = STATE + 32;
/** The page table of a small memory. A larger one gives a page to it. */
export const SMALL_TABLE: usize = SIZE_CLASSES + CLASSES * 8;
export const SMALL_TABLE_PAGES: u32 = STATE_END - SMALL_TABLE;

export function init(base: usize, pages: u32, _options: u32): void {
  begin(base, pages);
  const pool = changetype<Pool>(STATE);
  pool.fresh = base >> 16;
  pool.lowest = pool.fresh;
  pool.table = SMALL_TABLE;
}

/**
 * Bytes that a block of `size` takes at least: a multiple of its alignment, so that slot and alignment agree. 0: no such.
 * What would wrap in here comes out as 0.
 */
function padded(size: u32, align: u32): u32 {
  if (align & (align - 1)) return 0;
  const grain = max(align, 16);
  const bytes = (max(size, 1) + grain - 1) & (0 - grain);
  return bytes > LARGEST ? 0 : bytes;
}

/**
 * Four classes a doubling: a slot is a multiple of an eighth of the doubling above it, and of 16. A power of two, which ends
 * one doubling and begins the next, is the same slot of the same class in both.
 */
function slotShift(bytes: u32): u32 {
  return 29 - clz(bytes | 64);
}
function slotFor(bytes: u32): u32 {
  const grain: u32 = 1 << slotShift(bytes);
  return (bytes + grain - 1) & (0 - grain);
}
function classFor(bytes: u32): u32 {
  const shift = slotShift(bytes);
  return (shift - 4) * 4 + ((bytes - 1) >> shift);
}
export function slotOf(sizeClass: u32): u32 {
  if (sizeClass < 4) return (sizeClass + 1) << 4;
  return ((sizeClass & 3) + 5) << ((sizeClass >> 2) + 3);
}
/** First slot of a page: at the base in a page that the base cuts short, else where the page begins. */
export function firstSlot(page: u32, slot: u32): usize {
  const pool = changetype<Pool>(STATE);
  const start = max(page << 16, pool.base);
  // Slots of a size that can serve an alignment lie at multiples of it.
  const grain = slot & (0 - slot);
  return (start + grain - 1) & (0 - grain);
}

function pagesFor(bytes: u32): u32 {
  return (bytes + (PAGE - 1)) >> 16;
}

function setPages(page: u32, end: u32, kind: u8): void {
  memory.fill(changetype<Pool>(STATE).table + page, kind, end - page);
}

/** Makes `end` the first page not given out, growing by what is missing. False: it cannot, and all is as it was. */
function extend(end: u32): bool {
  const pool = changetype<Pool>(STATE);
  let committed = end;
  const outgrown = pool.table == SMALL_TABLE && end > SMALL_TABLE_PAGES;
  if (outgrown) committed += 1;
  if (committed > pool.pages && !grow(committed - pool.pages)) return false;
  pool.fresh = committed;
  if (outgrown) {
    memory.copy(end << 16, SMALL_TABLE, SMALL_TABLE_PAGES);
    pool.table = end << 16;
    setPages(end, committed, TABLE);
  }
  return true;
}

export function alloc(size: u32, align: u32): usize {
  const bytes = padded(size, align);
  if (!bytes) return 0;
  if (bytes > SLOT_MAX) return allocRun(pagesFor(bytes), max(align >> 16, 1));
  const sizeClass = changetype<SizeClass>(SIZE_CLASSES + (classFor(bytes) << 3));
  const freed = sizeClass.free;
  if (freed) {
    step();
    sizeClass.free = load<usize>(freed);
    return freed;
  }
  const slot = slotFor(bytes);
  let block = sizeClass.next;
  while (!block) {
    const page = changetype<Pool>(STATE).fresh;
    if (!extend(page + 1)) return 0;
    setPages(page, page + 1, <u8>(classFor(bytes) + 1));
    block = firstSlot(page, slot);
    // A page that the base cuts short may have no room for a single slot.
    if (block >> 16 != page || (block & 0xffff) + slot > PAGE) block = 0;
  }
  step();
  sizeClass.next = (block & 0xffff) + 2 * slot > PAGE ? 0 : block + slot;
  return block;
}

/** First fit by address among freed runs, the last of them and the fresh pages behind it counting as one. */
function allocRun(count: u32, grain: u32): usize {
  const pool = changetype<Pool>(STATE);
  // A page that the base cuts short is no page for a run.
  const first = pool.fresh;
  if (first < (pool.base + (PAGE - 1)) >> 16) {
    const next = first + 1;
    if (!extend(next)) return 0;
    setPages(first, next, PASSED);
  }
  const fresh = pool.fresh;
  const table = pool.table;
  let page = pool.lowest;
  while (u32(page < fresh) & u32(load<u8>(table + page) != RUN_FREE)) page += 1;
  const lowest = page;
  let start = (page + grain - 1) & (0 - grain);
  while (page < fresh && <i32>(page - start) < <i32>count) {
    const free = load<u8>(table + page) == RUN_FREE;
    if (free && page == start) step();
    page += 1;
    if (!free) start = (page + grain - 1) & (0 - grain);
  }
  const end = start + count;
  if (end > fresh) {
    if (!extend(end)) return 0;
    step();
    // Fresh pages before an aligned start.
    if (start > fresh) setPages(fresh, start, RUN_FREE);
  }
  pool.lowest = lowest;
  setPages(start, end, RUN_REST);
  setPages(start, start + 1, RUN);
  return start << 16;
}

export function dealloc(block: usize, size: u32, align: u32): void {
  if (!block) return;
  const bytes = padded(size, align);
  if (bytes > SLOT_MAX) {
    const page = block >> 16;
    setPages(page, page + pagesFor(bytes), RUN_FREE);
    const pool = changetype<Pool>(STATE);
    pool.lowest = min(pool.lowest, page);
  } else {
    const sizeClass = changetype<SizeClass>(SIZE_CLASSES + (classFor(bytes) << 3));
    store<usize>(block, sizeClass.free);
    sizeClass.free = block;
  }
}

export function realloc(block: usize, size: u32, align: u32, newSize: u32): usize {
  if (block && newSize && usable(block, size, align) == usable(block, newSize, align)) return block;
  const moved = alloc(newSize, align);
  if (moved && block) {
    memory.copy(moved, block, min(size, newSize));
    dealloc(block, size, align);
  }
  return moved;
}

export function usable(_block: usize, size: u32, align: u32): u32 {
  const bytes = padded(size, align);
  return bytes > SLOT_MAX ? pagesFor(bytes) << 16 : slotFor(bytes);
}
