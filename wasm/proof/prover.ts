// Runs programs on an allocator and checks each step: two ways of being thorough. `play` runs a list that the host has written,
// long and random; `explore` runs every list of a length. What is checked is the ledger's affair.
import { Heap, STATE } from '../allocators/pages';
import {
  addressOf,
  alignOf,
  alloc,
  beginWalk,
  dealloc,
  endWalk,
  enter,
  expectAllPatterns,
  expectPattern,
  leave,
  lists,
  liveAt,
  liveCount,
  realloc,
  sizeOf,
  usable,
  walk,
  write,
  wrongWhat,
} from './given';
import { IMAGE_BYTES, LEAST_BASE, OPERATION_BYTES, PROGRAM, RESULT_BYTES, RESULTS, STATE_STRETCHES } from './layout';
import { clearWritten, copyWritten } from './written';

/** The whole heap against the ledger: structure, then contents. */
export function audit(): void {
  beginWalk();
  walk();
  lists();
  endWalk();
  expectAllPatterns();
}

// ── long programs ───────────────────────────────────────────────────────────────────────────────────────────────────

const ALLOC: u32 = 0;
const FREE: u32 = 1;
/** Refusals of one program after which the whole heap is looked through. */
const REFUSALS_AUDITED: u32 = 16;

let keptAlign: u32 = 0;
let played: u32 = 0;
let refused: u32 = 0;
let audits: u32 = 0;

/** Operations done by `play`, of them refused, and whole looks through the heap, of all runs so far. */
export function playedCount(): u32 {
  return played;
}
export function refusedCount(): u32 {
  return refused;
}
export function auditCount(): u32 {
  return audits;
}

/** `kept`: the alignment that the allocator's `realloc` keeps; stricter ones are served as alloc, copy, dealloc. */
export function begin(kept: u32): void {
  keptAlign = kept;
}

function place(id: u32, address: u32, size: u32, align: u32): void {
  enter(id, address, size, align, usable(address, size, align));
  write(id);
}

/** The address that the block now has, 0 if it is refused; then the block is what it was. */
function resize(id: u32, size: u32): u32 {
  const old = addressOf(id);
  const oldSize = sizeOf(id);
  const align = alignOf(id);
  expectPattern(id, oldSize, oldSize);
  let moved: u32;
  if (align > keptAlign) {
    moved = alloc(size, align);
    if (moved) {
      memory.copy(moved, old, min(oldSize, size));
      dealloc(old, oldSize, align);
    }
  } else moved = realloc(old, oldSize, align, size);
  if (!moved) {
    expectPattern(id, oldSize, oldSize);
    return 0;
  }
  leave(id);
  enter(id, moved, size, align, usable(moved, size, align));
  expectPattern(id, oldSize, min(oldSize, size));
  write(id);
  return moved;
}

/**
 * Runs the first `count` operations of the program, with a look through the whole heap after every `every` of them, and writes
 * what each came to. An operation on a block that was refused is an allocation (resize) or nothing (free). Returns the number of the
 * operation after which something is wrong, `count` if nothing is.
 */
export function play(count: u32, every: u32): u32 {
  let refusals: u32 = 0;
  let due = every;
  for (let k: u32 = 0; k < count; k++) {
    const operation = PROGRAM + <usize>k * OPERATION_BYTES;
    const kind = load<u32>(operation);
    const id = load<u32>(operation, 4);
    const size = load<u32>(operation, 8);
    const known = addressOf(id);
    let address: u32 = known;
    let look = --due == 0;
    if (kind == FREE) {
      if (known) {
        expectPattern(id, sizeOf(id), sizeOf(id));
        leave(id);
        dealloc(known, sizeOf(id), alignOf(id));
        forget(id);
      }
    } else {
      if (kind == ALLOC || !known) {
        address = alloc(size, load<u32>(operation, 12));
        if (address) place(id, address, size, load<u32>(operation, 12));
      } else address = resize(id, size);
      if (!address) {
        refused++;
        look = look || ++refusals <= REFUSALS_AUDITED;
      }
    }
    store<u32>(RESULTS + <usize>k * RESULT_BYTES, address);
    store<u32>(RESULTS + <usize>k * RESULT_BYTES, changetype<Heap>(STATE).pages, 4);
    if (look) {
      audit();
      audits++;
      due = every;
    }
    played++;
    if (wrongWhat()) return k;
  }
  return count;
}

/** No block has this number any more. */
function forget(id: u32): void {
  enter(id, 0, 0, 0, 0);
}

/** Frees all that is live, from the lowest address up, or down, with a last look. True if nothing is wrong. */
export function freeAll(down: bool): bool {
  while (liveCount() && !wrongWhat()) {
    const id = liveAt(down ? liveCount() - 1 : 0);
    expectPattern(id, sizeOf(id), sizeOf(id));
    leave(id);
    dealloc(addressOf(id), sizeOf(id), alignOf(id));
    forget(id);
  }
  audit();
  return !wrongWhat();
}

// ── every program ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Depths from the top at which what was put back is compared byte for byte. */
const EXACT_ABOVE: u32 = 4;
/** Where the sizes stand, and the way to the node at hand: sizes from 0 on, blocks freed from 16 on. */
const SIZES: usize = PROGRAM;
const WAY: usize = PROGRAM + 64;
const FREED: u32 = 16;

let length: u32 = 0;
let sizes: u32 = 0;
let live: u32 = 0;
let sequences: u64 = 0;
let nodes: u64 = 0;
let most: u32 = 0;

export function sequenceCount(): u64 {
  return sequences;
}
export function nodeCount(): u64 {
  return nodes;
}
/** The highest break that was met. */
export function mostPages(): u32 {
  return most;
}

/**
 * Every sequence of `steps` operations, each an allocation of one of the first `kinds` sizes or a free of any live block, depth first: after
 * each operation the whole heap is looked through, then the bytes are put back. False if something is wrong: the way says where.
 */
export function explore(steps: u32, kinds: u32): bool {
  length = steps;
  sizes = kinds;
  live = 0;
  sequences = 0;
  nodes = 0;
  most = 0;
  clearWritten();
  // Notes what `init` has written.
  audit();
  return !wrongWhat() && below(0);
}

/** All that lies below a node; bit n of `live`: the block born at depth n lives. Its number tells its size as well. */
function below(depth: u32): bool {
  copyWritten(depth, false);
  const exact = depth + EXACT_ABOVE < length;
  const sum = exact ? sumOfAll() : 0;
  for (let size: u32 = 0; size < sizes; size++) {
    const bytes = load<u32>(SIZES + ((<usize>size) << 2));
    store<u32>(WAY + ((<usize>depth) << 2), size);
    const id = depth * 16 + size;
    const block = alloc(bytes, 0);
    if (!block) return false;
    place(id, block, bytes, 0);
    live |= 1 << depth;
    if (!node(depth)) return false;
    live &= ~(1 << depth);
    leave(id);
    copyWritten(depth, true);
    if (exact && sumOfAll() != sum) return false;
  }
  for (let born: u32 = 0; born < depth; born++) {
    if (!((live >> born) & 1)) continue;
    const id = born * 16 + load<u32>(WAY + ((<usize>born) << 2));
    store<u32>(WAY + ((<usize>depth) << 2), FREED + born);
    const block = addressOf(id);
    const bytes = sizeOf(id);
    const usableBytes = usable(block, bytes, 0);
    leave(id);
    live &= ~(1 << born);
    dealloc(block, bytes, 0);
    if (!node(depth)) return false;
    live |= 1 << born;
    copyWritten(depth, true);
    enter(id, block, bytes, 0, usableBytes);
    if (exact && sumOfAll() != sum) return false;
  }
  return true;
}

function node(depth: u32): bool {
  nodes++;
  most = max(most, changetype<Heap>(STATE).pages);
  audit();
  if (wrongWhat()) return false;
  if (depth + 1 < length) return below(depth + 1);
  sequences++;
  return true;
}

/** A sum over all of state and heap that depends on every byte and its place. */
function sumOfAll(): u64 {
  const end = (<usize>changetype<Heap>(STATE).pages) << 16;
  if (end > LEAST_BASE + IMAGE_BYTES) unreachable();
  return sumOf(sumOf(0, 0, STATE_STRETCHES), LEAST_BASE, end);
}

function sumOf(start: u64, from: usize, to: usize): u64 {
  let sum = start;
  for (let at = from; at < to; at += 8) sum = rotl((sum ^ load<u64>(at)) * 0x9e3779b97f4b, 29);
  return sum;
}
