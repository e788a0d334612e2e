// The program of the lab about corruption: static data, a shadow stack and a heap (dlmalloc behind the guard) in one memory,
// and a write that asks nobody. Places are fixed, so that addresses are the same each run.
//
//   3,072   the guard's quarantine
//   4,096   static data: a text of 16 bytes, then a limit, 4 bytes
//   4,352   shadow stack, down from 4,608: what a function keeps in memory because its address is taken
//   8,192   heap
import { alloc, dealloc, start as startGuard } from '../guard';

export { fault, faultAt, settle } from '../guard';

const STATIC: usize = 4096;
const STACK_END: usize = 4608;
const HEAP: usize = 8192;
const TEXT: u32 = 16;
const LIMIT: u32 = 100;
/** A frame: 16 bytes of buffer, then what the function saved, 4 bytes, and 12 to align. */
const FRAME: u32 = 32;
const SAVED: u32 = 42;
const LIVE: u32 = 16;

let stack: usize = STACK_END;

export function start(options: u32): void {
  stack = STACK_END;
  store<u32>(STATIC + TEXT, LIMIT);
  startGuard(HEAP, options);
}

export function malloc(size: u32): usize {
  return alloc(size, 0);
}

export function free(p: usize): void {
  dealloc(p, 0, 0);
}

export function text(): usize {
  return STATIC;
}

export function limit(): u32 {
  return load<u32>(STATIC + TEXT);
}

/** Where the buffer of `call` will lie. */
export function frame(): usize {
  return stack - FRAME;
}

/** Writes n bytes from p on; whose they are is not asked, here or anywhere. */
export function put(p: usize, n: u32, value: u32): void {
  for (let i: u32 = 0; i < n; i++) store<u8>(p + i, <u8>value);
}

export function get(p: usize): u32 {
  return load<u8>(p);
}

/** Reads n bytes into a buffer of 16 on the shadow stack, and returns what it had saved before. */
export function call(n: u32, value: u32): u32 {
  stack -= FRAME;
  const buffer = stack;
  store<u32>(buffer + TEXT, SAVED);
  put(buffer, n, value);
  const saved = load<u32>(buffer + TEXT);
  stack += FRAME;
  return saved;
}

/** Gives out and frees n blocks of 28 bytes, 16 of them live at a time. */
export function churn(n: u32): void {
  for (let i: u32 = 0; i < n; i++) {
    const place = STATIC + 64 + 4 * (i % LIVE);
    const old = load<usize>(place);
    if (old != 0) free(old);
    store<usize>(place, malloc(28));
  }
}
