// What every reader begins with: how far the heap reaches, and the bytes below it.
import { Heap, MOST_PAGES, STATE } from './pages';
import { broken, chunk, DEAD, OWN_STATE, RULE_STATE, STATIC } from './sink';

/** Pages that may be read: the break, or what there is of memory where the break says more. */
export function pagesToRead(): u32 {
  return min(changetype<Heap>(STATE).pages, min(<u32>memory.size(), MOST_PAGES));
}

/** The address after the heap, modulo 4 GiB. Differences to it are right, comparisons with it are not. */
export function heapEnd(): usize {
  return pagesToRead() << 16;
}

/** Does a word, or `bytes`, at `address` lie between the base and the break? */
export function inside(address: usize, bytes: u32): bool {
  const base = changetype<Heap>(STATE).base;
  const length = heapEnd() - base;
  return address >= base && address - base <= length && length - (address - base) >= bytes;
}

/** Reports that a rule is broken, and gives false. */
export function fault(rule: u32, address: usize): bool {
  broken(rule, address);
  return false;
}

/** Bytes of one kind without a header, if there are any. */
export function stretch(kind: u32, start: usize, bytes: u32): void {
  if (bytes) chunk(kind, start, 0, bytes);
}

/** Does the break lie in memory, and the base between state and break? Without that nothing else is read. */
export function isReadable(stateEnd: usize): bool {
  const heap = changetype<Heap>(STATE);
  const base = heap.base;
  if (heap.pages == 0 || heap.pages != pagesToRead() || base & 15) return false;
  return base >= stateEnd && base - stateEnd <= heapEnd() - stateEnd;
}

/** Everything below the base; state ends at `stateEnd`. False where not even that makes sense: all is reported dead then. */
export function beginReading(stateEnd: usize): bool {
  const heap = changetype<Heap>(STATE);
  // No pages, no bytes to tell of. (An end of 0 is meant as 4 GiB everywhere else.)
  if (heap.pages == 0) return fault(RULE_STATE, STATE);
  stretch(STATIC, 0, STATE);
  stretch(OWN_STATE, STATE, stateEnd - STATE);
  const rest: u32 = heapEnd() - stateEnd;
  if (!isReadable(stateEnd)) {
    broken(RULE_STATE, STATE);
    stretch(DEAD, stateEnd, rest);
    return false;
  }
  stretch(STATIC, stateEnd, heap.base - stateEnd);
  return true;
}
