// guard: stands between a program and its allocator and makes mistakes tell. Each way to do so is an option of its own, so
// that each can be priced alone; with none every call goes straight through. Around a block it lays:
//
//   p − 16  bytes asked for       p − 12  live or freed       p − 8 .. p   red zone in front
//   p ..    payload               then    canary, 4 bytes     then         red zone behind, 16 bytes
//
// A block so is at least 36 bytes larger than what was asked for, whichever options are set.
import {
  Chunk,
  CINUSE,
  Dlmalloc,
  dealloc as give,
  HEAD_FLAGS,
  init,
  PINUSE,
  alloc as take,
} from './allocators/dlmalloc';
import { STATE } from './allocators/pages';

/** A word behind the payload, looked at when the block is freed. */
export const CANARY: u32 = 1;
/** Bytes before and behind, looked at when the block is freed. */
export const RED_ZONE: u32 = 2;
/** The payload is filled when it is given out and when it is freed. */
export const POISON: u32 = 4;
/** Freed blocks wait; with poison, it is checked when they go. */
export const QUARANTINE: u32 = 8;
/** Every call first walks all chunks. */
export const INTEGRITY: u32 = 16;

const FRONT: usize = 16;
const BEHIND: u32 = 20;
const ZONE: u32 = 16;
const ZONE_BYTE: u8 = 0xfa;
const NEW_BYTE: u8 = 0xcd;
const FREED_BYTE: u8 = 0xdd;
const LIVE: u32 = 0x4c495645;
const FREED: u32 = 0x46524545;
const SECRET: u32 = 0x5bd1e995;
const LARGEST: u32 = 0x7fff0000;

/** Blocks in quarantine, oldest first to go. */
const QUEUE: usize = 3072;
const WAITING: u32 = 64;

export const FAULT_CANARY: u32 = 1;
export const FAULT_BEHIND: u32 = 2;
export const FAULT_BEFORE: u32 = 3;
export const FAULT_AFTER_FREE: u32 = 4;
export const FAULT_DOUBLE_FREE: u32 = 5;
export const FAULT_CHUNKS: u32 = 6;

let options: u32 = 0;
let turn: u32 = 0;
let fault_: u32 = 0;
let faultAt_: usize = 0;

export function start(base: usize, wanted: u32): void {
  options = wanted;
  turn = 0;
  fault_ = 0;
  faultAt_ = 0;
  for (let i: u32 = 0; i < WAITING; i++) store<usize>(QUEUE + 4 * i, 0);
  init(base, memory.size(), 0);
}

/** The first fault that was found, 0 for none. */
export function fault(): u32 {
  return fault_;
}

export function faultAt(): usize {
  return faultAt_;
}

function report(kind: u32, at: usize): void {
  if (fault_ != 0) return;
  fault_ = kind;
  faultAt_ = at;
}

function fill(from: usize, bytes: u32, value: u8): void {
  for (let i: u32 = 0; i < bytes; i++) store<u8>(from + i, value);
}

/** Address of the first byte that is not `value`, 0 for none. */
function other(from: usize, bytes: u32, value: u8): usize {
  for (let i: u32 = 0; i < bytes; i++) if (load<u8>(from + i) != value) return from + i;
  return 0;
}

export function malloc(size: u32): usize {
  if (options == 0) return take(size, 0);
  if (options & INTEGRITY) walk();
  if (size > LARGEST) return 0;
  const chunk = take(<u32>FRONT + size + BEHIND, 0);
  if (chunk == 0) return 0;
  const p = chunk + FRONT;
  store<u32>(p - 16, size);
  store<u32>(p - 12, LIVE);
  if (options & POISON) fill(p, size, NEW_BYTE);
  if (options & CANARY) store<u32>(p + size, SECRET ^ <u32>p);
  if (options & RED_ZONE) {
    fill(p - 8, 8, ZONE_BYTE);
    fill(p + size + 4, ZONE, ZONE_BYTE);
    if (!(options & CANARY)) fill(p + size, 4, ZONE_BYTE);
  }
  return p;
}

export function free(p: usize): void {
  if (options == 0) {
    give(p, 0, 0);
    return;
  }
  if (options & INTEGRITY) walk();
  const size = load<u32>(p - 16);
  if (options & QUARANTINE && load<u32>(p - 12) == FREED) {
    report(FAULT_DOUBLE_FREE, p);
    return;
  }
  if (options & RED_ZONE) {
    const before = other(p - 8, 8, ZONE_BYTE);
    if (before != 0) report(FAULT_BEFORE, before);
    const from: u32 = options & CANARY ? 4 : 0;
    const behind = other(p + size + from, ZONE + 4 - from, ZONE_BYTE);
    if (behind != 0) report(FAULT_BEHIND, behind);
  }
  if (options & CANARY && load<u32>(p + size) != (SECRET ^ <u32>p)) report(FAULT_CANARY, p + size);
  if (options & POISON) fill(p, size, FREED_BYTE);
  if (!(options & QUARANTINE)) {
    give(p - FRONT, 0, 0);
    return;
  }
  store<u32>(p - 12, FREED);
  const place = QUEUE + 4 * turn;
  turn = (turn + 1) % WAITING;
  const oldest = load<usize>(place);
  store<usize>(place, p);
  if (oldest != 0) release(oldest);
}

function release(p: usize): void {
  if (options & POISON) {
    const written = other(p, load<u32>(p - 16), FREED_BYTE);
    if (written != 0) report(FAULT_AFTER_FREE, written);
  }
  give(p - FRONT, 0, 0);
}

/** Lets all of quarantine go, as at a program's end. */
export function settle(): void {
  for (let i: u32 = 0; i < WAITING; i++) {
    const p = load<usize>(QUEUE + 4 * i);
    store<usize>(QUEUE + 4 * i, 0);
    if (p != 0) release(p);
  }
  if (options & INTEGRITY) walk();
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
