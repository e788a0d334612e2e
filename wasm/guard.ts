// guard: stands between a program and its allocator and makes mistakes tell. Around a block it lays:
//
//   p − 16  bytes asked for       p − 12  live or freed, and log2 of the alignment       p − 8 .. p   red zone in front
//   p ..    payload               then    canary, 4 bytes     then         red zone behind, 16 bytes
//
// A block so is at least 36 bytes larger than what was asked for. One that asks for more alignment than 16 has that many
// bytes in front; the first two words of them say where p is. A freed block waits in quarantine, filled, until 256 more were
// freed or more than 1 MiB waits, or memory ends; then it goes back to the allocator.
//
// Two builds. In a lane (`guard.wasm`) it is a module of its own on the heap's memory, all at once, and keeps its
// quarantine in a block of its own, which word 0 leads to: time travel copies bytes and nothing else. In the lab's module
// each part is an option, so that each can be priced alone; with none every call goes straight through.
import { Chunk, CINUSE, Dlmalloc, HEAD_FLAGS, init as initDlmalloc, PINUSE } from './allocators/dlmalloc';
import { STATE } from './allocators/pages';
import { give, room, take } from './guarded';

/** A word behind the payload, looked at when the block is freed. */
export const CANARY: u32 = 1;
/** Bytes before and behind, looked at when the block is freed. */
export const RED_ZONE: u32 = 2;
/** The payload is filled when it is given out and when it is freed. */
export const POISON: u32 = 4;
/** Freed blocks wait; with poison, it is checked when they go. */
export const QUARANTINE: u32 = 8;
/** Every call first walks all chunks. Only in the lab: in a lane the reader does, and looks at every word. */
export const INTEGRITY: u32 = 16;

const FRONT: u32 = 16;
const BEHIND: u32 = 20;
const ZONE: u32 = 16;
const ZONE_BYTE: u8 = 0xfa;
const NEW_BYTE: u8 = 0xcd;
const FREED_BYTE: u8 = 0xdd;
/** The low 5 bits are log2 of the alignment asked for. */
const LIVE: u32 = 0x4c495640;
const FREED: u32 = 0x46524540;
/** Before a block with more than 16 bytes in front, in the second word of its chunk; p is in the first. */
const GAP: u32 = 0x47415000;
const SECRET: u32 = 0x5bd1e995;

/** The lab's quarantine has a place of its own. */
const LAB_AT: usize = 3072;
/** Blocks in quarantine at most; the lane's list is too long for any list by size, so no slab is cut for it. */
const WAITING: u32 = isDefined(GUARD_LAB) ? 64 : 256;
const WAITING_BYTES: u32 = 1 << 20;
const QUEUE_BYTES: u32 = 12 + 4 * WAITING;

export const FAULT_CANARY: u32 = 1;
export const FAULT_BEHIND: u32 = 2;
export const FAULT_BEFORE: u32 = 3;
export const FAULT_AFTER_FREE: u32 = 4;
export const FAULT_DOUBLE_FREE: u32 = 5;
export const FAULT_CHUNKS: u32 = 6;
export const FAULT_HEADER: u32 = 7;

/** Told of each fault in a lane: the byte that shows it. */
declare function found(kind: u32, at: usize): void;

let options: u32 = 0;
let fault_: u32 = 0;
let faultAt_: usize = 0;

/** Freed blocks that wait, in a ring. */
@unmanaged
class Queue {
  oldest: u32;
  count: u32;
  bytes: u32;
}

/** In a lane all but the walk are on. */
function has(option: u32): bool {
  if (isDefined(GUARD_LAB)) return (options & option) != 0;
  return option != INTEGRITY;
}

function queue(): Queue {
  return changetype<Queue>(isDefined(GUARD_LAB) ? LAB_AT : load<usize>(0));
}

function place(n: u32): usize {
  return changetype<usize>(queue()) + 12 + 4 * (n % WAITING);
}

/** The lab's start. */
export function start(base: usize, wanted: u32): void {
  options = wanted;
  fault_ = 0;
  faultAt_ = 0;
  memory.fill(LAB_AT, 0, QUEUE_BYTES);
  initDlmalloc(base, memory.size(), 0);
}

/** The first fault that was found, 0 for none. */
export function fault(): u32 {
  return fault_;
}

export function faultAt(): usize {
  return faultAt_;
}

function report(kind: u32, at: usize): void {
  if (!isDefined(GUARD_LAB)) found(kind, at);
  else if (fault_ == 0) {
    fault_ = kind;
    faultAt_ = at;
  }
}

/** Address of the first byte that is not `value`, 0 for none. */
function other(from: usize, bytes: u32, value: u8): usize {
  const end = from + bytes;
  const two = <u64>value | ((<u64>value) << 8);
  const four = two | (two << 16);
  const eight = four | (four << 32);
  let at = from;
  while (end - at >= 8 && load<u64>(at) == eight) at += 8;
  for (; at < end; at++) if (load<u8>(at) != value) return at;
  return 0;
}

/** Bytes in front of a block whose second word is `mark`. */
function frontOf(mark: u32): u32 {
  return max(FRONT, (<u32>1) << (mark & 31));
}

export function alloc(size: u32, align: u32): usize {
  if (isDefined(GUARD_LAB) && options == 0) return take(size, align);
  if (has(INTEGRITY)) walk();
  if (!isDefined(GUARD_LAB) && load<usize>(0) == 0 && !openQueue()) return 0;
  // No wish is a wish for 1; what is no power of two the allocator refuses, as it would without us.
  align = max(align, 1);
  const front = max(FRONT, align);
  if (size > 0xffffffff - BEHIND - front) return 0;
  const bytes = front + size + BEHIND;
  let chunk = take(bytes, align);
  if (chunk == 0) {
    if (!has(QUARANTINE) || queue().count == 0) return 0;
    while (queue().count > 0) releaseOldest();
    chunk = take(bytes, align);
    if (chunk == 0) return 0;
  }
  const p = chunk + front;
  if (front > FRONT) {
    store<usize>(chunk, p);
    store<u32>(chunk + 4, GAP);
  }
  store<u32>(p - 16, size);
  store<u32>(p - 12, LIVE | ctz(align));
  if (has(POISON)) memory.fill(p, NEW_BYTE, size);
  if (has(CANARY)) store<u32>(p + size, SECRET ^ <u32>p);
  if (has(RED_ZONE)) {
    memory.fill(p - 8, ZONE_BYTE, 8);
    memory.fill(p + size + 4, ZONE_BYTE, ZONE);
    if (!has(CANARY)) memory.fill(p + size, ZONE_BYTE, 4);
  }
  return p;
}

function openQueue(): bool {
  const at = take(QUEUE_BYTES, 0);
  if (at == 0) return false;
  memory.fill(at, 0, QUEUE_BYTES);
  store<usize>(0, at);
  return true;
}

/** Are there words of ours before p that can be believed? */
function known(p: usize): bool {
  const end = (<u64>memory.size()) << 16;
  if (p < FRONT || <u64>p > end) return false;
  const mark = load<u32>(p - 12) & ~31;
  if (mark != LIVE && mark != FREED) return false;
  return <u64>p + load<u32>(p - 16) + BEHIND <= end;
}

/** Looks at what lies around a live block; false where its own words are gone, and nothing else can be read. */
export function check(p: usize): bool {
  // The words in front are a part of the red zone.
  if (has(RED_ZONE) && !known(p)) {
    report(FAULT_HEADER, p - FRONT);
    return false;
  }
  const size = load<u32>(p - 16);
  if (has(RED_ZONE)) {
    const before = other(p - 8, 8, ZONE_BYTE);
    if (before != 0) report(FAULT_BEFORE, before);
  }
  const canary = has(CANARY) && load<u32>(p + size) != (SECRET ^ <u32>p);
  if (canary) report(FAULT_CANARY, p + size);
  if (has(RED_ZONE) && !canary) {
    const from: u32 = has(CANARY) ? 4 : 0;
    const behind = other(p + size + from, ZONE + 4 - from, ZONE_BYTE);
    if (behind != 0) report(FAULT_BEHIND, behind);
  }
  return true;
}

export function dealloc(p: usize, size: u32, align: u32): void {
  if (isDefined(GUARD_LAB) && options == 0) {
    give(p, size, align);
    return;
  }
  if (has(INTEGRITY)) walk();
  if (has(QUARANTINE) && known(p) && (load<u32>(p - 12) & ~31) == FREED) {
    report(FAULT_DOUBLE_FREE, p);
    return;
  }
  // Without its words nobody knows what this is: it is left alone, for ever.
  if (!check(p)) return;
  const bytes = load<u32>(p - 16);
  if (has(POISON)) memory.fill(p, FREED_BYTE, bytes);
  store<u32>(p - 12, FREED | (load<u32>(p - 12) & 31));
  if (!has(QUARANTINE)) {
    release(p);
    return;
  }
  const waiting = queue();
  while (waiting.count == WAITING || (waiting.count > 0 && waiting.bytes > WAITING_BYTES)) releaseOldest();
  store<usize>(place(waiting.oldest + waiting.count), p);
  waiting.count++;
  waiting.bytes += bytes;
}

function releaseOldest(): void {
  const waiting = queue();
  const p = load<usize>(place(waiting.oldest));
  waiting.oldest = (waiting.oldest + 1) % WAITING;
  waiting.count--;
  if (!lookAtFreed(p)) return;
  waiting.bytes -= load<u32>(p - 16);
  release(p);
}

/** A block in quarantine: was it written to since? False where its own words are gone: it stays for ever. */
function lookAtFreed(p: usize): bool {
  if (has(RED_ZONE) && !known(p)) {
    report(FAULT_HEADER, p - FRONT);
    return false;
  }
  if (!has(POISON)) return true;
  const written = other(p, load<u32>(p - 16), FREED_BYTE);
  if (written != 0) report(FAULT_AFTER_FREE, written);
  return true;
}

function release(p: usize): void {
  const mark = load<u32>(p - 12);
  const front = frontOf(mark);
  give(p - front, front + load<u32>(p - 16) + BEHIND, 1 << (mark & 31));
}

/** Always a new block, so that who still uses the old one is seen. */
export function realloc(p: usize, size: u32, align: u32, newSize: u32): usize {
  const moved = alloc(newSize, align);
  if (moved == 0) return 0;
  memory.copy(moved, p, min(size, newSize));
  dealloc(p, size, align);
  return moved;
}

/** From p to the end of its chunk: canary and red zone behind count with the slack, what lies in front with the header. */
export function usable(p: usize, size: u32, align: u32): u32 {
  align = max(align, 1);
  const front = max(FRONT, align);
  return room(p - front, front + size + BEHIND, align) - front;
}

/** Looks at all that waits, as at a program's end, and leaves it where it is. */
export function checkWaiting(): void {
  if (load<usize>(0) == 0) return;
  const waiting = queue();
  for (let i: u32 = 0; i < waiting.count; i++) lookAtFreed(load<usize>(place(waiting.oldest + i)));
}

/** The lab's end of the program: all of quarantine goes. */
export function settle(): void {
  while (queue().count > 0) releaseOldest();
  if (has(INTEGRITY)) walk();
}

/** Chunk by chunk from the first to the top: each ends where the next begins, and both say the same of each other. */
function walk(): void {
  const heap = changetype<Dlmalloc>(STATE);
  let at = heap.first;
  let used = true;
  while (at != heap.top) {
    const head = changetype<Chunk>(at).head;
    const size = head & ~HEAD_FLAGS;
    if (size < 16 || size > <u32>(heap.top - at) || ((head & PINUSE) != 0) != used) {
      report(FAULT_CHUNKS, at + 4);
      return;
    }
    used = (head & CINUSE) != 0;
    at += size;
  }
}
