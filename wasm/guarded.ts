// The allocator behind the guard. In a lane it is another module, reached by its ABI; in the lab about corruption it is
// dlmalloc in the same module (`--use GUARD_LAB=1`), whose chunks the guard can walk.
import * as dlmalloc from './allocators/dlmalloc';

declare function alloc(size: u32, align: u32): usize;
declare function dealloc(block: usize, size: u32, align: u32): void;
declare function usable(block: usize, size: u32, align: u32): u32;

export function take(size: u32, align: u32): usize {
  if (isDefined(GUARD_LAB)) return dlmalloc.alloc(size, align);
  return alloc(size, align);
}

export function give(block: usize, size: u32, align: u32): void {
  if (isDefined(GUARD_LAB)) dlmalloc.dealloc(block, size, align);
  else dealloc(block, size, align);
}

export function room(block: usize, size: u32, align: u32): u32 {
  if (isDefined(GUARD_LAB)) return dlmalloc.usable(block, size, align);
  return usable(block, size, align);
}
