// Runs a list of operations against an allocator, at the speed of one Wasm module calling another.
//
// The driver works in a memory of its own, so that the heap that is drawn holds only what the allocator and the program
// put there. It keeps no table of blocks: each operation names the one that last gave its block a place, and what that
// one logged is where the block is. So the log is the table, the state after operation t needs nothing but the log up to
// t and the heap's bytes, and running a stretch again writes the same entries again.
//
//   64           the desk: words that both sides read (see DESK)
//   128          arenas of the program: live bytes, live blocks of each
//                window of operations, one column after the other; the host copies them in, slice by slice
//                what a window found: failures, grows, search steps
//                the log: address, usable, requested, entry t for operation t, entry 0 empty
//                then what the host asks for (`tail`): the mirror of the heap, compared by `changedBlocks`
//
// A host creates several drivers on one memory, each bound to another build of an allocator or another heap, and calls
// whichever is due. An operation that traps leaves DONE before it.

// The allocator, by its ABI. Arena lanes alone have marks.
declare function alloc(size: u32, align: u32): u32;
declare function dealloc(block: u32, size: u32, align: u32): void;
declare function realloc(block: u32, size: u32, align: u32, newSize: u32): u32;
declare function usable(block: u32, size: u32, align: u32): u32;
declare function mark(): u32;
declare function release(position: u32): void;
// The hands, on the same memory as the allocator. `pages` is the break, `capacity` the pages that memory has.
declare function pages(): u32;
declare function capacity(): u32;
declare function fill(at: u32, value: u32, bytes: u32): void;
declare function copy(to: u32, from: u32, bytes: u32): void;
declare function loadWord(at: u32): u32;
declare function storeWord(at: u32, value: u32): void;
declare function storeByte(at: u32, value: u32): void;
declare function repeat(at: u32, period: u32, bytes: u32): void;
declare function pattern(block: u32, id: u32, from: u32, to: u32): void;

// Kinds and flags of operations, as in src/model/operations.ts.
const ALLOC: u32 = 0;
const FREE: u32 = 1;
const REALLOC: u32 = 2;
const WRITE: u32 = 3;
const ENTER: u32 = 5;
const LEAVE: u32 = 6;
const PLACE: u32 = 7;
const MOVE: u32 = 8;
const DROP: u32 = 9;
const REWIND: u32 = 10;
const ZEROED: u32 = 1;
const MISUSE: u32 = 2;
const BY_SCOPE: u32 = 4;

// How to run: bits of `mode`.
/** First time: failures, grows and the program's arenas are noted. Without it a stretch is run again. */
const RECORD: u32 = 1;
/** Pattern after each allocation, poison before each free. */
const FILL: u32 = 2;
/** The build is instrumented and a misuse has happened: no call may visit more chunks than memory can hold. */
const BOUND: u32 = 4;
/** The build is instrumented: search steps are noted, and the log is compared instead of written. */
const COUNT: u32 = 8;
/** The allocator has marks: scopes go back to them. */
const MARKS: u32 = 16;
/** Nothing but the requests: what a recording is measured against. */
const BARE: u32 = 32;

const POISON: u32 = 0x57;
/** The instrumented build's words in the heap: steps of a call, chunks that it may visit, where it gave up. */
const STEPS_AT: u32 = 4;
const BOUND_AT: u32 = 8;
const LOOP_AT: u32 = 12;
/** Eight bytes are the least that a chunk can take. */
const CHUNKS_PER_PAGE: u32 = 8192;

// The desk.
const DONE: usize = 64;
const PAGES: usize = 68;
const FAILURES: usize = 72;
const GROWS: usize = 76;
/** 1 when a request was kept smaller than its operation says. */
const DIFFERS: usize = 80;
/** Why `run` came back early: 0 it did not, 1 the program left its memory, 2 another address than logged. */
const STOP: usize = 84;
/** The address that was left for; a double, because it may lie before 0 or beyond 4 GiB. */
const STOP_ADDRESS: usize = 88;
const ARENAS: usize = 128;

// Where the columns lie; the same in every driver that was opened alike.
let kindAt: usize = 0;
let flagsAt: usize = 0;
let fillLengthAt: usize = 0;
let idAt: usize = 0;
let sizeAt: usize = 0;
let alignAt: usize = 0;
let prevAt: usize = 0;
let hostAt: usize = 0;
let extraAt: usize = 0;
let offsetAt: usize = 0;
let fillsAt: usize = 0;
let failureAt: usize = 0;
let growAt: usize = 0;
let growPagesAt: usize = 0;
let stepsAt: usize = 0;
let addressAt: usize = 0;
let usableAt: usize = 0;
let requestedAt: usize = 0;
let tailAt: usize = 0;
/** Alignment that the allocator's own `realloc` keeps. */
let keptAlign: u32 = 0;

/**
 * Lays the memory out for `count` operations in windows of `window` (a multiple of 8), `arenas` arenas of the program and
 * `fillBytes` bytes of fills a window. `kept`: the alignment that the allocator's `realloc` keeps; a block that asked for
 * more is served as alloc, copy, dealloc. Returns how many bytes the memory must have; touches none of them.
 */
export function open(count: u32, window: u32, arenas: u32, fillBytes: u32, kept: u32): u32 {
  keptAlign = kept;
  offsetAt = ARENAS + <usize>arenas * 16;
  idAt = offsetAt + <usize>window * 8;
  sizeAt = idAt + <usize>window * 4;
  alignAt = sizeAt + <usize>window * 4;
  prevAt = alignAt + <usize>window * 4;
  hostAt = prevAt + <usize>window * 4;
  extraAt = hostAt + <usize>window * 4;
  failureAt = extraAt + <usize>window * 4;
  growAt = failureAt + <usize>window * 4;
  growPagesAt = growAt + <usize>window * 4;
  stepsAt = growPagesAt + <usize>window * 4;
  kindAt = stepsAt + <usize>window * 4;
  flagsAt = kindAt + <usize>window;
  fillLengthAt = flagsAt + <usize>window;
  fillsAt = fillLengthAt + <usize>window;
  addressAt = (fillsAt + <usize>fillBytes + 15) & ~15;
  const column = (<usize>(count + 1) * 4 + 15) & ~15;
  usableAt = addressAt + column;
  requestedAt = usableAt + column;
  tailAt = requestedAt + column;
  return <u32>tailAt;
}

/** Where column `which` lies, in the order of `COLUMN` in src/engine/driver-memory.ts. */
export function column(which: u32): usize {
  switch (which) {
    case 0:
      return kindAt;
    case 1:
      return flagsAt;
    case 2:
      return fillLengthAt;
    case 3:
      return idAt;
    case 4:
      return sizeAt;
    case 5:
      return alignAt;
    case 6:
      return prevAt;
    case 7:
      return hostAt;
    case 8:
      return extraAt;
    case 9:
      return offsetAt;
    case 10:
      return fillsAt;
    case 11:
      return failureAt;
    case 12:
      return growAt;
    case 13:
      return growPagesAt;
    case 14:
      return stepsAt;
    case 15:
      return addressAt;
    case 16:
      return usableAt;
    case 17:
      return requestedAt;
    default:
      return tailAt;
  }
}

/**
 * Committed pages. Up to the first misuse that is the break, and memory may be larger; from there on memory ends where the
 * break did, and the break is a word that may have been hit.
 */
function committed(mode: u32): u32 {
  return (mode & BOUND) != 0 ? capacity() : pages();
}

function loggedAddress(operation: u32): u32 {
  return load<u32>(addressAt + ((<usize>operation) << 2));
}

function loggedUsable(operation: u32): u32 {
  return load<u32>(usableAt + ((<usize>operation) << 2));
}

function loggedRequest(operation: u32): u32 {
  return load<u32>(requestedAt + ((<usize>operation) << 2));
}

/** Enters what operation t came to, or compares it where the run only counts. */
function settle(t: u32, address: u32, bytes: u32, requested: u32, mode: u32): void {
  if ((mode & COUNT) != 0) {
    if (address != loggedAddress(t) || bytes != loggedUsable(t)) store<u32>(STOP, 2);
    return;
  }
  store<u32>(addressAt + ((<usize>t) << 2), address);
  store<u32>(usableAt + ((<usize>t) << 2), bytes);
  store<u32>(requestedAt + ((<usize>t) << 2), requested);
}

/** An operation that gives no block: only an arena lane has something to say, where the next block would go. */
function settleNothing(t: u32, mode: u32): void {
  settle(t, 0, (mode & MARKS) != 0 ? mark() : 0, 0, mode);
}

function failed(t: u32, mode: u32): void {
  if ((mode & RECORD) == 0) return;
  const n = load<u32>(FAILURES);
  store<u32>(failureAt + ((<usize>n) << 2), t);
  store<u32>(FAILURES, n + 1);
}

function leave(address: i64): void {
  store<u32>(STOP, 1);
  store<f64>(STOP_ADDRESS, <f64>address);
}

/** Live bytes and blocks of arena `n` of the program change. */
function inArena(n: u32, bytes: i64, blocks: i32, mode: u32): void {
  if ((mode & RECORD) == 0) return;
  const at = ARENAS + ((<usize>n) << 4);
  store<i64>(at, load<i64>(at) + bytes);
  store<i32>(at + 8, load<i32>(at + 8) + blocks);
}

function runAlloc(t: u32, w: usize, flags: u32, size: u32, align: u32, mode: u32): void {
  const block = alloc(size, align);
  if (block == 0) {
    settle(t, 0, 0, size, mode);
    failed(t, mode);
    return;
  }
  settle(t, block, (mode & BARE) != 0 ? 0 : usable(block, size, align), size, mode);
  if ((flags & ZEROED) != 0) fill(block, 0, size);
  else if ((mode & FILL) != 0) pattern(block, load<u32>(idAt + (w << 2)), 0, size);
}

function runRealloc(t: u32, w: usize, flags: u32, size: u32, align: u32, mode: u32): void {
  const prev = load<u32>(prevAt + (w << 2));
  const old = loggedAddress(prev);
  if (old == 0) {
    runAlloc(t, w, flags, size, align, mode);
    return;
  }
  const oldSize = loggedRequest(prev);
  let block: u32;
  if (align > keptAlign) {
    block = alloc(size, align);
    if (block != 0) {
      copy(block, old, min(oldSize, size));
      dealloc(old, oldSize, align);
    }
  } else {
    block = realloc(old, oldSize, align, size);
  }
  if (block == 0) {
    settle(t, old, loggedUsable(prev), oldSize, mode);
    failed(t, mode);
    store<u32>(DIFFERS, 1);
    return;
  }
  settle(t, block, (mode & BARE) != 0 ? 0 : usable(block, size, align), size, mode);
  if ((mode & FILL) != 0 && size > oldSize) pattern(block, load<u32>(idAt + (w << 2)), oldSize, size);
}

function runFree(t: u32, w: usize, flags: u32, align: u32, mode: u32): void {
  const prev = load<u32>(prevAt + (w << 2));
  const block = loggedAddress(prev);
  if (block != 0 && ((mode & MARKS) == 0 || (flags & BY_SCOPE) == 0)) {
    const size = loggedRequest(prev);
    if ((flags & MISUSE) == 0) {
      if ((mode & FILL) != 0) fill(block, POISON, size);
      dealloc(block, size, align);
    } else {
      const at = <i64>block + <i64>load<f64>(offsetAt + (w << 3));
      if (at < 0 || at >= (<i64>committed(mode)) << 16) {
        leave(at);
        return;
      }
      dealloc(<u32>at, size, align);
    }
  }
  settleNothing(t, mode);
}

/** Stores the bytes of a fill, one period byte by byte, the rest by copies. */
function spread(at: u32, bytes: u32, w: usize): void {
  const from = fillsAt + load<u32>(extraAt + (w << 2));
  const period = min(<u32>load<u8>(fillLengthAt + w), bytes);
  if (period == 1) {
    fill(at, load<u8>(from), bytes);
    return;
  }
  for (let i: u32 = 0; i < period; i++) storeByte(at + i, load<u8>(from + i));
  repeat(at, period, bytes);
}

function runWrite(t: u32, w: usize, flags: u32, length: u32, mode: u32): void {
  const prev = load<u32>(prevAt + (w << 2));
  const block = loggedAddress(prev);
  if (block != 0) {
    const offset = <i64>load<f64>(offsetAt + (w << 3));
    let bytes = <i64>length;
    // A write that is in bounds stays so where the resize before it failed: the program would have been told.
    if ((flags & MISUSE) == 0) bytes = min(bytes, <i64>loggedRequest(prev) - offset);
    const at = <i64>block + offset;
    if (bytes > 0) {
      if (at < 0) {
        leave(at);
        return;
      }
      const end = (<i64>committed(mode)) << 16;
      if (at + bytes > end) {
        leave(max(at, end));
        return;
      }
      spread(<u32>at, <u32>bytes, w);
    }
  }
  settleNothing(t, mode);
}

function runPlace(t: u32, w: usize, kind: u32, flags: u32, size: u32, mode: u32): void {
  const chunk = loggedAddress(load<u32>(hostAt + (w << 2)));
  const arena = load<u32>(extraAt + (w << 2));
  const prev = load<u32>(prevAt + (w << 2));
  const old = kind == MOVE ? loggedAddress(prev) : 0;
  const oldSize = loggedRequest(prev);
  const wasLive = old != 0 && (flags & MISUSE) == 0;
  if (chunk == 0) {
    settle(t, old, old != 0 ? oldSize : 0, old != 0 ? oldSize : size, mode);
    if (old != 0) store<u32>(DIFFERS, 1);
    return;
  }
  const block = chunk + <u32>(<i64>load<f64>(offsetAt + (w << 3)));
  if (old != 0) copy(block, old, min(oldSize, size));
  settle(t, block, size, size, mode);
  if ((flags & ZEROED) != 0) fill(block, 0, size);
  inArena(arena, <i64>size - (wasLive ? <i64>oldSize : 0), wasLive ? 0 : 1, mode);
}

function runDrop(t: u32, w: usize, flags: u32, mode: u32): void {
  const prev = load<u32>(prevAt + (w << 2));
  if (loggedAddress(prev) != 0 && (flags & MISUSE) == 0) {
    inArena(load<u32>(extraAt + (w << 2)), -(<i64>loggedRequest(prev)), -1, mode);
  }
  settleNothing(t, mode);
}

function runRewind(t: u32, w: usize, mode: u32): void {
  // What ended is known from the first time; a second run of the same stretch finds it in the log.
  if ((mode & RECORD) == 0) return;
  const at = ARENAS + ((<usize>load<u32>(idAt + (w << 2))) << 4);
  settle(t, load<u32>(at), load<u32>(at + 8), 0, mode);
  store<u64>(at, 0);
  store<u32>(at + 8, 0);
}

/**
 * Runs operations `from` to `to`, which stand in the window whose first operation is `first`, and returns how many are
 * done in all: `to`, or less where STOP says why. Traps of the allocator pass through.
 */
export function run(first: u32, from: u32, to: u32, mode: u32): u32 {
  if ((mode & RECORD) != 0) {
    store<u32>(FAILURES, 0);
    store<u32>(GROWS, 0);
    store<u32>(DIFFERS, 0);
  }
  store<u32>(STOP, 0);
  let known = load<u32>(PAGES);
  for (let t = from; t <= to; t++) {
    const w = <usize>(t - first);
    const kind = <u32>load<u8>(kindAt + w);
    const flags = <u32>load<u8>(flagsAt + w);
    const size = load<u32>(sizeAt + (w << 2));
    const align = load<u32>(alignAt + (w << 2));
    if ((mode & (COUNT | BOUND)) != 0) storeWord(STEPS_AT, 0);
    if ((mode & BOUND) != 0) {
      // A wild write may have hit these words as well: whoever runs this stretch again must find them alike.
      storeWord(BOUND_AT, capacity() * CHUNKS_PER_PAGE);
      storeWord(LOOP_AT, 0);
    }
    switch (kind) {
      case ALLOC:
        runAlloc(t, w, flags, size, align, mode);
        break;
      case FREE:
        runFree(t, w, flags, align, mode);
        break;
      case REALLOC:
        runRealloc(t, w, flags, size, align, mode);
        break;
      case WRITE:
        runWrite(t, w, flags, size, mode);
        break;
      case ENTER:
        settleNothing(t, mode);
        break;
      case LEAVE:
        if ((mode & MARKS) != 0) release(loggedUsable(load<u32>(prevAt + (w << 2))));
        settleNothing(t, mode);
        break;
      case PLACE:
      case MOVE:
        runPlace(t, w, kind, flags, size, mode);
        break;
      case DROP:
        runDrop(t, w, flags, mode);
        break;
      case REWIND:
        runRewind(t, w, mode);
        break;
      default:
        settleNothing(t, mode);
    }
    if (load<u32>(STOP) != 0) return t - 1;
    if ((mode & COUNT) != 0) {
      store<u32>(stepsAt + (w << 2), kind == ALLOC || kind == REALLOC ? loadWord(STEPS_AT) : 0);
    } else if ((mode & BARE) == 0 && (kind == ALLOC || kind == REALLOC)) {
      const now = committed(mode);
      if (now != known) {
        known = now;
        store<u32>(PAGES, now);
        if ((mode & RECORD) != 0) {
          const n = load<u32>(GROWS);
          store<u32>(growAt + ((<usize>n) << 2), t);
          store<u32>(growPagesAt + ((<usize>n) << 2), now);
          store<u32>(GROWS, n + 1);
        }
      }
    }
    store<u32>(DONE, t);
  }
  return to;
}

/**
 * Compares `blocks` stretches of 4 KiB at `fresh` with those at `mirror`, copies what differs into the mirror, and
 * writes their numbers to `out`. Returns how many. The mirror is how a checkpoint knows what changed since the last.
 */
export function changedBlocks(fresh: usize, mirror: usize, blocks: u32, out: usize): u32 {
  let found: u32 = 0;
  for (let block: u32 = 0; block < blocks; block++) {
    const at = (<usize>block) << 12;
    if (!sameBlock(fresh + at, mirror + at)) {
      memory.copy(mirror + at, fresh + at, 4096);
      store<u32>(out + ((<usize>found) << 2), block);
      found++;
    }
  }
  return found;
}

function sameBlock(a: usize, b: usize): bool {
  for (let at: usize = 0; at < 4096; at += 64) {
    const one = v128.xor(v128.load(a + at), v128.load(b + at));
    const two = v128.xor(v128.load(a + at, 16), v128.load(b + at, 16));
    const three = v128.xor(v128.load(a + at, 32), v128.load(b + at, 32));
    const four = v128.xor(v128.load(a + at, 48), v128.load(b + at, 48));
    if (v128.any_true(v128.or(v128.or(one, two), v128.or(three, four)))) return false;
  }
  return true;
}
