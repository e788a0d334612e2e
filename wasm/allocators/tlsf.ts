// TLSF as AssemblyScript's runtime has it, with the compiler's own library file behind our calls (wasm/library.mjs).
//
// The idea: 368 lists of free blocks, by size, in two levels: 23 powers of two, each cut in 16. Two levels of bitmaps say
// which lists hold anything, so that a list whose every block is large enough is found with two bit scans, never a walk.
//
//   base            first                                                        break
//    │ root: bitmaps, │ header │ block │ header │ free: prev, next … back │ … │ tail │
//    │ heads, tail    │ 4 B    │       │ 4 B    │                         │   │ 4 B  │
//
//   header   size of the payload │ LEFTFREE 2 │ FREE 1          payload at a multiple of 16, 12 bytes and 16 · n more
//   back     the last word of a free payload: the address of its header, for the right neighbour
//
// Each call is constant, but for a copy. What it costs: a request is rounded up to the next list before it is looked for,
// so a hole that would do may be passed over, and memory doubles when no list serves.
// Source of the policy: rt/tlsf.ts and rt/common.ts of the assemblyscript package.

import { BLOCK_MAXSIZE, BLOCK_OVERHEAD } from 'rt/common';
import { __alloc, __free, __realloc, Block, freeBlock, initialize, Root, reallocateBlock } from '../build/library/tlsf';
import { begin } from './pages';
import { rootAddress } from './tlsf.state';

const OWN_ALIGN: usize = 16;
const LEFTFREE: usize = 2;
const TAGS: usize = 3;

export function init(base: usize, pages: u32, _options: u32): void {
  begin(base, pages);
}

/**
 * The library knows no alignment above 16. A stricter one takes the alignment more, cuts the block where the address is
 * right and frees the lead, which is 16 bytes at least, as the shortest block is; then the tail goes as in any `realloc`.
 */
export function alloc(size: usize, align: usize): usize {
  if (align & (align - 1)) return 0;
  const strict = align > OWN_ALIGN;
  const room = strict ? align : 0;
  if (room > BLOCK_MAXSIZE || size > BLOCK_MAXSIZE - room) return 0;
  if (!isBegun()) return 0;
  // The library adds its header to the 0 of a refused request.
  const payload = __alloc(size + room);
  if (payload == BLOCK_OVERHEAD) return 0;
  return strict ? cutAt((payload + align - 1) & ~(align - 1), payload, size) : payload;
}

function isBegun(): bool {
  if (!rootAddress()) initialize();
  return rootAddress() != 0;
}

function cutAt(aligned: usize, payload: usize, size: usize): usize {
  const root = changetype<Root>(rootAddress());
  const lead = aligned - payload;
  if (lead) {
    const block = changetype<Block>(payload - BLOCK_OVERHEAD);
    const info = block.mmInfo;
    changetype<Block>(aligned - BLOCK_OVERHEAD).mmInfo = (info & ~TAGS) - lead;
    block.mmInfo = (lead - BLOCK_OVERHEAD) | (info & LEFTFREE);
    freeBlock(root, block);
  }
  return changetype<usize>(reallocateBlock(root, changetype<Block>(aligned - BLOCK_OVERHEAD), size)) + BLOCK_OVERHEAD;
}

export function dealloc(block: usize, _size: usize, _align: usize): void {
  if (block) __free(block);
}

/** Keeps no alignment above 16. */
export function realloc(block: usize, _size: usize, align: usize, newSize: usize): usize {
  if (!block) return alloc(newSize, align);
  if (newSize > BLOCK_MAXSIZE) return 0;
  const moved = __realloc(block, newSize);
  return moved == BLOCK_OVERHEAD ? 0 : moved;
}

export function usable(block: usize, _size: usize, _align: usize): usize {
  return load<usize>(block - BLOCK_OVERHEAD) & ~TAGS;
}
