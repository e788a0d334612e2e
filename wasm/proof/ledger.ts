// The ledger: which blocks are live, known from the operations alone, held against what a reader says about the bytes.
// It stands in for `spans.wasm` as the reader's sink. Spans come in address order and so do the live blocks in their
// list, so that a walk costs a few comparisons a span. The first thing that is wrong stays noted until `open`.
import { Heap, PAGE, STATE } from '../allocators/pages';
import { FREE_OR_LOST, LISTED, SLOT, USED } from '../allocators/sink';
import { BLOCK_BYTES, BLOCKS, FOUND_FREE, FREE_ROOM, LEAST_BASE, SORTED } from './layout';
import { holdsPattern, writePattern } from './pattern';
import { noteWritten } from './written';

// What can be wrong, by the numbers of wasm/tests/support/prover.ts; from 32 on a rule of the reader.
const MISALIGNED: u32 = 1;
const TOO_SHORT: u32 = 2;
const OUTSIDE: u32 = 3;
const OVERLAP: u32 = 4;
const CHANGED: u32 = 5;
const GAP: u32 = 6;
const WRONG_BLOCK: u32 = 7;
const HIDDEN: u32 = 8;
const WRONG_LINK: u32 = 9;
const UNLISTED: u32 = 10;
const NO_ROOM: u32 = 11;
const READER: u32 = 32;

/** Mark of a free chunk that a list led to, beside its kind. */
const SEEN: u32 = 16;
/** A slot that a live block has: no list may lead there. */
const OWNED: u32 = 0;

@unmanaged
class Block {
  address: usize;
  size: u32;
  align: u32;
  usable: u32;
}

let count: u32 = 0;
let wrong: u32 = 0;
let wrongAt: usize = 0;
let ownAlign: u32 = 0;
let tells: bool = false;
let notes: bool = false;
// The walk at hand.
let at: usize = 0;
let next: u32 = 0;
let found: u32 = 0;

/** Begins with no block. `align`: the allocator's own; `tellsBlocks`: its memory tells blocks apart; `noting`: for `written.ts`. */
export function open(align: u32, tellsBlocks: bool, noting: bool): void {
  count = 0;
  wrong = 0;
  ownAlign = align;
  tells = tellsBlocks;
  notes = noting;
}

/** Memory was set back to what it was with so many live blocks. */
export function resume(live: u32): void {
  count = live;
}

export function wrongWhat(): u32 {
  return wrong;
}
export function wrongWhere(): usize {
  return wrongAt;
}
export function liveCount(): u32 {
  return count;
}
export function liveAt(index: u32): u32 {
  return load<u32>(SORTED + ((<usize>index) << 2));
}

function fail(what: u32, where: usize): void {
  if (wrong) return;
  wrong = what;
  wrongAt = where;
}

function block(id: u32): Block {
  return changetype<Block>(BLOCKS + <usize>id * BLOCK_BYTES);
}

function liveBlock(index: u32): Block {
  return block(liveAt(index));
}

/** Index of the first live block at or above an address. */
function indexOf(address: usize): u32 {
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (liveBlock(middle).address < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One past an extent, which may be 4 GiB. */
function endOf(address: usize, bytes: u32): u64 {
  return <u64>address + bytes;
}

/**
 * Block `id` is live from now on. A block that takes no bytes (wee gives its caller the alignment back as an address) is known,
 * but lies nowhere.
 */
export function enter(id: u32, address: usize, size: u32, align: u32, usable: u32): void {
  const wanted = align ? align : ownAlign;
  const entered = block(id);
  entered.address = address;
  entered.size = size;
  entered.align = align;
  entered.usable = usable;
  if (address & (wanted - 1)) fail(MISALIGNED, address);
  if (usable < size) fail(TOO_SHORT, address);
  if (!usable) return;
  const heap = changetype<Heap>(STATE);
  const end = endOf(address, usable);
  if (address < heap.base || end > (<u64>heap.pages) << 16) fail(OUTSIDE, address);
  const index = indexOf(address);
  if (index && endOf(liveBlock(index - 1).address, liveBlock(index - 1).usable) > address) fail(OVERLAP, address);
  if (index < count && end > liveBlock(index).address) fail(OVERLAP, address);
  const slot = SORTED + ((<usize>index) << 2);
  memory.copy(slot + 4, slot, (<usize>(count - index)) << 2);
  store<u32>(slot, id);
  count++;
  if (notes) noteWritten(address - 16, <usize>size + 32);
}

/** Block `id` is live no more; its entry stays readable. */
export function leave(id: u32): void {
  if (!block(id).usable) return;
  const index = indexOf(block(id).address);
  if (index == count || liveAt(index) != id) {
    fail(WRONG_BLOCK, block(id).address);
    return;
  }
  const slot = SORTED + ((<usize>index) << 2);
  count--;
  memory.copy(slot, slot + 4, (<usize>(count - index)) << 2);
}

export function addressOf(id: u32): usize {
  return block(id).address;
}
export function sizeOf(id: u32): u32 {
  return block(id).size;
}
export function alignOf(id: u32): u32 {
  return block(id).align;
}

/** Writes the block's own pattern into it. */
export function write(id: u32): void {
  // Where something is wrong already the address may be anywhere.
  if (!wrong) writePattern(block(id).address, id, block(id).size);
}

/** Looks for what was written when the block had `size` bytes in its first `bytes` bytes, where it is now. */
export function expectPattern(id: u32, size: u32, bytes: u32): void {
  if (!wrong && !holdsPattern(block(id).address, id, size, bytes)) fail(CHANGED, block(id).address);
}

export function expectAllPatterns(): void {
  for (let index: u32 = 0; index < count; index++) {
    const size = liveBlock(index).size;
    expectPattern(liveAt(index), size, size);
  }
}

// ── what the reader says ────────────────────────────────────────────────────────────────────────────────────────────

export function beginWalk(): void {
  at = 0;
  next = 0;
  found = 0;
}

/** See allocators/sink.ts for this and the three that follow. */
export function chunk(kind: u32, start: usize, header: u32, bytes: u32): void {
  if (start - header != at) fail(GAP, start);
  at = start + bytes;
  if (notes && start - header >= LEAST_BASE) noteWritten(start - header - 16, header + 48);
  if (kind == USED) own(start, bytes);
  else if (kind == SLOT && next < count && liveBlock(next).address == start) {
    own(start, bytes);
    note(OWNED, start);
  } else {
    if (next < count && liveBlock(next).address - (start - header) < header + bytes)
      fail(HIDDEN, liveBlock(next).address);
    if (kind >= FREE_OR_LOST) note(kind, start);
  }
}

export function row(kind: u32, start: usize, each: u32, chunks: u32): void {
  if (kind == SLOT) {
    for (let k: u32 = 0; k < chunks; k++) chunk(SLOT, start + <usize>(k * each), 0, each);
    return;
  }
  chunk(kind, start, 0, each * chunks);
}

/** The live blocks of a span in use: one, and all of the span; of an arena all that lie in it. */
function own(start: usize, bytes: u32): void {
  if (tells) {
    if (next == count || liveBlock(next).address != start || liveBlock(next).usable != bytes) fail(WRONG_BLOCK, start);
    else next++;
    return;
  }
  const end = endOf(start, bytes);
  while (next < count && endOf(liveBlock(next).address, liveBlock(next).usable) <= end) next++;
}

function note(kind: u32, start: usize): void {
  if (found == FREE_ROOM) {
    fail(NO_ROOM, start);
    return;
  }
  const entry = FOUND_FREE + ((<usize>found) << 3);
  store<u32>(entry, <u32>start);
  store<u32>(entry, kind, 4);
  found++;
}

export function link(_list: u32, payload: usize): void {
  let low: u32 = 0;
  let high = found;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(FOUND_FREE + ((<usize>middle) << 3)) < <u32>payload) low = middle + 1;
    else high = middle;
  }
  const entry = FOUND_FREE + ((<usize>low) << 3);
  const kind = load<u32>(entry, 4);
  // To nothing free, to a live block's slot, or a second time.
  if (low == found || load<u32>(entry) != <u32>payload || kind == OWNED || kind & SEEN) fail(WRONG_LINK, payload);
  else store<u32>(entry, kind | SEEN, 4);
}

export function broken(rule: u32, address: usize): void {
  fail(READER + rule, address);
}

/** After both of the reader's passes: every byte told once, every live block found, every free chunk in its list. */
export function endWalk(): void {
  if (<u32>at != changetype<Heap>(STATE).pages * PAGE) fail(GAP, at);
  if (next != count) fail(HIDDEN, liveBlock(next).address);
  for (let k: u32 = 0; k < found; k++) {
    const kind = load<u32>(FOUND_FREE + ((<usize>k) << 3), 4);
    if (kind == LISTED || kind == SLOT) fail(UNLISTED, load<u32>(FOUND_FREE + ((<usize>k) << 3)));
  }
}
