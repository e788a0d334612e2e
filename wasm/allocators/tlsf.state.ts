// The words that AssemblyScript's TLSF keeps outside its root, where all state of a lane lies: below the heap base.
//
//   16  pages   the break
//   20  base    first byte of the heap
//   24  root    the root's address, 0 until the first call
//
// The library asks the engine for the first, the compiler for the second, and has a global for the third.
import { grow, Heap, STATE } from './pages';

@unmanaged
export class Tlsf extends Heap {
  root: usize;
}

/** Where the state of every run ends. */
export const TLSF_END: usize = STATE + offsetof<Tlsf>();

export function committedPages(): i32 {
  return changetype<Tlsf>(STATE).pages;
}

/** As `memory.grow` answers: pages before, or −1. */
export function growPages(count: i32): i32 {
  const address = grow(count);
  return address ? <i32>(address >>> 16) : -1;
}

export function heapBase(): usize {
  return changetype<Tlsf>(STATE).base;
}

export function rootAddress(): usize {
  return changetype<Tlsf>(STATE).root;
}

export function setRoot(address: usize): void {
  changetype<Tlsf>(STATE).root = address;
}
