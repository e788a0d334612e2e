// Runs the operations of a benchmark against an allocator, at the speed of one Wasm module calling another. One source
// for every allocator, compiled once for each way of calling: what differs is the call alone, and the arguments it takes.
//
//   64         slots: the address of each block, by number
//   operations behind them, 12 bytes each: slot · 4 + kind, size now, size before
//
// The memory is the driver's own, so that it competes with no heap for bytes, and no block is written to.

// As Heapscape's allocators are called: `--use SIZED=2`.
declare function alloc(size: u32, align: u32): u32;
declare function dealloc(block: u32, size: u32, align: u32): void;
declare function realloc(block: u32, size: u32, align: u32, newSize: u32): u32;
// As Rust's bindings call theirs: `--use SIZED=1`.
declare function rustAlloc(size: u32): u32;
declare function rustFree(block: u32, size: u32): void;
declare function rustRealloc(block: u32, size: u32, newSize: u32): u32;
// As C calls its own: `--use SIZED=0`.
declare function cMalloc(size: u32): u32;
declare function cFree(block: u32): void;
declare function cRealloc(block: u32, newSize: u32): u32;

const ALLOC: u32 = 0;
const FREE: u32 = 1;
const SLOTS: usize = 64;

/** Runs the operations from `at` to `end` and says how many requests were refused. */
export function run(at: usize, end: usize): u32 {
  let refused: u32 = 0;
  while (at < end) {
    const word = load<u32>(at);
    const slot = SLOTS + (word & ~3);
    const kind = word & 3;
    if (kind == FREE) {
      const block = load<u32>(slot);
      const before = load<u32>(at, 8);
      if (SIZED == 2) dealloc(block, before, 0);
      else if (SIZED == 1) rustFree(block, before);
      else cFree(block);
    } else {
      const size = load<u32>(at, 4);
      let block: u32;
      if (kind == ALLOC) {
        if (SIZED == 2) block = alloc(size, 0);
        else if (SIZED == 1) block = rustAlloc(size);
        else block = cMalloc(size);
      } else {
        const old = load<u32>(slot);
        const before = load<u32>(at, 8);
        if (SIZED == 2) block = realloc(old, before, 0, size);
        else if (SIZED == 1) block = rustRealloc(old, before, size);
        else block = cRealloc(old, size);
      }
      store<u32>(slot, block);
      refused += u32(!block);
    }
    at += 12;
  }
  return refused;
}
