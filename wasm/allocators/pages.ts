// What every allocator here shares: where its state begins, and how it gets more pages.
//
//   0        null: no block is ever here
//   4 .. 15  steps, bound and loop address of the instrumented build (steps.ts); the plain build leaves them alone
//   16       pages   the break: pages that are committed in this run
//   20       base    first byte of the heap
//   24 ..    what the allocator itself needs, always below the heap base
//
// An allocator keeps nothing anywhere else, no mutable global either: who copies the bytes below the break back has the
// heap back, at any point of its life. That is also why the break is a word of memory. `memory.size` only ever rises;
// a memory that was used before, or set back to an earlier point, is larger than the run at hand knows of.

export const PAGE: u32 = 65536;
/** 4 GiB. */
export const MOST_PAGES: u32 = 65536;
export const STATE: usize = 16;
/** No heap may begin below this address, so state may use all bytes from `STATE` up to it. */
export const STATE_END: usize = 2048;

@unmanaged
export class Heap {
  pages: u32;
  base: usize;
}

/** Begins a run: state all zero, the break at `pages`, or where memory ends when that is 0. */
export function begin(base: usize, pages: u32): void {
  memory.fill(STATE, 0, STATE_END - STATE);
  const heap = changetype<Heap>(STATE);
  heap.base = base;
  heap.pages = pages ? pages : <u32>memory.size();
}

/**
 * Moves the break up by `count` pages and returns the address of the first, or 0 when memory ends before that; then
 * nothing has changed. The pages are zero. Pages that are there already are taken first and wiped: only what is missing
 * is asked of the engine, which hands out zeros by itself (to wipe those too would touch, and so really commit, them).
 * `most` is the highest break that the allocator can bear.
 */
export function grow(count: u32, most: u32 = MOST_PAGES): usize {
  const heap = changetype<Heap>(STATE);
  const old = heap.pages;
  const there = <u32>memory.size();
  const wanted = old + count;
  // Beyond 65,536 the engine refuses by itself; for an allocator that can bear all of them nothing is compared.
  if (most < MOST_PAGES && wanted > most) return 0;
  if (wanted > there && memory.grow(wanted - there) < 0) return 0;
  memory.fill(old << 16, 0, (min(wanted, there) - old) << 16);
  heap.pages = wanted;
  return old << 16;
}
