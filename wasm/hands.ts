// The hands of the driver: the few things done to the bytes of a heap from outside its allocator. A module of its own,
// because the driver's memory is another one: this one is instantiated on the memory that it reaches into.
// Nothing here knows an allocator but for where all of them keep the break. Whatever lies beyond the memory traps, as in
// any program.
import { Heap, STATE } from './allocators/pages';

/** Pages that memory has, committed in this run or not. */
export function capacity(): u32 {
  return <u32>memory.size();
}

/** The break. */
export function pages(): u32 {
  return changetype<Heap>(STATE).pages;
}

/** Bytes `at` to `at + bytes − 1` become `value`. */
export function fill(at: u32, value: u32, bytes: u32): void {
  memory.fill(at, <u8>value, bytes);
}

/** Copies, also where both stretches overlap. */
export function copy(to: u32, from: u32, bytes: u32): void {
  memory.copy(to, from, bytes);
}

export function loadWord(at: u32): u32 {
  return load<u32>(at);
}

export function storeWord(at: u32, value: u32): void {
  store<u32>(at, value);
}

export function storeByte(at: u32, value: u32): void {
  store<u8>(at, <u8>value);
}

/** Repeats the first `period` bytes at `at` over `bytes` bytes, doubling what is there: few copies, however long. */
export function repeat(at: u32, period: u32, bytes: u32): void {
  let done = period;
  while (done < bytes) {
    const part = min(done, bytes - done);
    memory.copy(at + done, at, part);
    done += part;
  }
}

/**
 * What fill mode writes into a new block: byte `offset` of block `id` is one byte of a product of both, so that a byte
 * that moved within its block, or came from another, cannot pass for the right one.
 */
function patternWord(id: u32, offset: u32): u32 {
  const mixed = (id + 1) * 0x9e3779b1 + (offset >> 2) * 0x85ebca6b;
  return mixed ^ (mixed >> 15);
}

function patternByte(id: u32, offset: u32): u32 {
  return (patternWord(id, offset) >> ((offset & 3) << 3)) & 255;
}

/** Writes the pattern of block `id` from offset `from` to `to − 1` of the block at `block`. */
export function pattern(block: u32, id: u32, from: u32, to: u32): void {
  let offset = from;
  while (offset < to && (offset & 3) != 0) {
    store<u8>(block + offset, <u8>patternByte(id, offset));
    offset++;
  }
  while (to - offset >= 4 && offset < to) {
    store<u32>(block + offset, patternWord(id, offset));
    offset += 4;
  }
  while (offset < to) {
    store<u8>(block + offset, <u8>patternByte(id, offset));
    offset++;
  }
}
