// arena: one pointer that only moves up. A block costs an addition; single blocks are never given back, all of them, or
// all since a mark, in one step. The whole policy is in wasm/README.md, and it is ours.
//
//   16 .. 32     state: Arena
//   base ..      blocks side by side, each a multiple of 16 long, gaps only before stricter alignments
//   bump ..      untouched since the last reset, to the break
//
//   alloc    constant.
//   dealloc  nothing happens; it is counted.
//   realloc  always a new block and a copy; the old place is lost like any freed one.
//   mark, release, reset: constant, however much they end.
//
// What it is bad at: anything that lives longer than what was made after it. One survivor holds everything below it.
import { begin, grow, Heap, PAGE, STATE } from './pages';
import { step } from './steps';

/** Every block begins at a multiple of this and is one long. */
export const GRAIN: u32 = 16;
/** Larger requests are refused before any sum with them could wrap. */
const LARGEST: u32 = 0xffff0000;

//  16 pages  20 base  24 bump  28 frees
@unmanaged
export class Arena extends Heap {
  /** Where the next block goes. One past the last byte of 4 GiB is 0, an address that it has at no other time. */
  bump: usize;
  /** Calls of `dealloc` that had a block. */
  frees: u32;
}

export function init(base: usize, pages: u32, _options: u32): void {
  begin(base, pages);
  reset();
}

function rounded(size: u32): u32 {
  return (max(size, 1) + (GRAIN - 1)) & ~(GRAIN - 1);
}

export function alloc(size: u32, align: u32): usize {
  if (align & (align - 1) || size > LARGEST) return 0;
  const arena = changetype<Arena>(STATE);
  const bump = arena.bump;
  const gap = (0 - bump) & (max(align, GRAIN) - 1);
  const bytes = rounded(size);
  // The break has no 32-bit address at 65,536 pages; its distance from the bump has, since both wrap alike.
  const room = arena.pages * PAGE - bump;
  const missing = <i64>gap + bytes - room;
  if (missing > 0 && !grow(<u32>((missing + (PAGE - 1)) / PAGE))) return 0;
  step();
  arena.bump = bump + gap + bytes;
  return bump + gap;
}

export function dealloc(block: usize, _size: u32, _align: u32): void {
  if (block) changetype<Arena>(STATE).frees += 1;
}

export function realloc(block: usize, size: u32, align: u32, newSize: u32): usize {
  const moved = alloc(newSize, align);
  if (moved && block) {
    memory.copy(moved, block, min(size, newSize));
    dealloc(block, size, align);
  }
  return moved;
}

export function usable(_block: usize, size: u32, _align: u32): u32 {
  return rounded(size);
}

/** The position now: what is allocated from here on ends with `release` of it. */
export function mark(): usize {
  return changetype<Arena>(STATE).bump;
}

/** Back to a mark of this arena that has not been released. The pages stay. */
export function release(position: usize): void {
  changetype<Arena>(STATE).bump = position;
}

/** Back to the base. */
export function reset(): void {
  release(changetype<Arena>(STATE).base);
}
