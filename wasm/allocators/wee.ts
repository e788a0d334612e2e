// wee: one list of free cells, searched from its head; blocks are cut from a cell's end. Small blocks have lists of
// their own, one for each number of words, fed by slabs. A model of wee_alloc 0.4.5, cell for cell. It is unmaintained,
// and here as a specimen, not as advice.
// Source of the policy: github.com/rustwasm/wee_alloc, and what its build in brotli-wasm does; written anew.
//
//   16 .. 1068   state: Wee, with the heads of all lists
//   base ..      never used: wee takes only memory that it grew itself
//   first run    one cell, cut up; then the next run, and so on to the break
//
//   alloc    a walk along the list: as long as the list in the worst case. Class lists give their first cell, always.
//   dealloc  constant: no walk. Two free neighbours are joined at once (left) or in a later walk (right).
//   realloc  always a new block, a copy, a free; shrinking too.
//
// What it is bad at. As shipped, the walk LOSES what it passes: it stores the link onward into the list's head instead
// of moving a cursor (rustwasm/wee_alloc#106, never mended). A cell that is passed over once is never offered again.
// A slab for w words is (w + 2)² words: the first block of 1,024 bytes costs 266,256. Nothing in a slab ever returns
// to the main list, runs are never joined, and pages from before the first run stay unused.
import { begin, grow, Heap, STATE } from './pages';
import { step, visit } from './steps';

/** Option bits of `init`. */
export const REPAIRED: u32 = 1;
export const NO_CLASSES: u32 = 2;

/** Flags in `Cell.end`. */
export const ALLOCATED: usize = 1;
/** Where this cell ends nothing of its run follows. */
export const NEXT_INVALID: usize = 2;
export const END_FLAGS: usize = 3;
/** Flag in `Cell.left`, ours and not the real one's: this cell of the main list is a slab. Only the reader looks. */
export const SLAB: usize = 1;
/** Flag in `Cell.link`: the left neighbour is free and next in the list; the next walk joins the two. */
export const CAN_MERGE: usize = 1;

export const HEADER: usize = 8;
/** The largest request with a class list of its own, and so the last of the heads. */
export const CLASS_MAX: u32 = 1024;

//  +0  end   │ first byte after the cell │ NEXT_INVALID │ ALLOCATED │
//  +4  left  │ cell before it in its run, 0 for none    │ SLAB      │
//  +8  link  │ next free cell, 0 for none               │ CAN_MERGE │  payload begins here; a link only while free
@unmanaged
export class Cell {
  end: usize;
  left: usize;
  link: usize;
}

//  16 pages  20 base  24 repaired  28 classMax  32 least  36 firstPage
//  40  main: head of the main list    44 .. 1068  heads of the class lists, for blocks of 4, 8 … 1,024 bytes
@unmanaged
export class Wee extends Heap {
  /** 1: the walk keeps what it passes. */
  repaired: u32;
  /** The largest request with a list of its own: `CLASS_MAX`, or 0 without size classes. */
  classMax: u32;
  /** A cell of the main list is cut only if this much payload stays in front. */
  least: u32;
  /** Page at which the first run begins: the end of the initial memory. */
  firstPage: u32;
  /** Head of the main list. The head for blocks of `bytes` bytes lies `bytes` further on: 4 B a list, 4 B a word. */
  main: usize;
}
export const MAIN: usize = STATE + offsetof<Wee>('main');

export function init(base: usize, pages: u32, options: u32): void {
  begin(base, pages);
  const wee = changetype<Wee>(STATE);
  const classes = !(options & NO_CLASSES);
  wee.repaired = options & REPAIRED;
  wee.classMax = classes ? CLASS_MAX : 0;
  wee.least = classes ? 2048 : 64;
  wee.firstPage = wee.pages;
}

/** Address of the head of the list that a request of `bytes`, a multiple of 4, is served from. */
function listFor(bytes: u32, align: u32): usize {
  return MAIN + select<u32>(bytes, 0, u32(align <= 4) & u32(bytes <= changetype<Wee>(STATE).classMax));
}

/** What follows a cell with this `end`, if anything does, has `left` before it now. */
function setLeft(end: usize, left: usize): void {
  if (end & NEXT_INVALID) return;
  const next = changetype<Cell>(end);
  next.left = left | (next.left & SLAB);
}

/**
 * Takes a free cell out of its neighbours: `left`, free and just before it, becomes as long as both. What is left of the
 * header has no neighbours, as in the real one: only who frees a block twice meets it again.
 */
function join(cell: Cell, left: usize): void {
  const end = cell.end;
  changetype<Cell>(left).end = end;
  setLeft(end, left);
  cell.end = end & NEXT_INVALID;
  cell.left = 0;
}

/**
 * First fit. `link` is the word that holds the cell at hand. As shipped it is the list's head throughout, and what is
 * passed over falls off the list; repaired it moves along.
 */
function firstFit(list: usize, bytes: u32, align: u32): usize {
  const least = list == MAIN ? changetype<Wee>(STATE).least : bytes;
  let link = list;
  let at = load<usize>(list);
  let visited: u32 = 0;
  while (at) {
    visited = visit(visited, at);
    const cell = changetype<Cell>(at);
    const next = cell.link;
    if (next & CAN_MERGE) {
      // What follows it in the list is its left neighbour.
      at = next ^ CAN_MERGE;
      join(cell, at);
      store<usize>(link, at);
      continue;
    }
    step();
    const end = cell.end;
    const after = end & ~END_FLAGS;
    const payload = at + HEADER;
    if (after - payload >= bytes) {
      const block = (after - bytes) & (0 - align);
      if (payload + HEADER + least <= block) {
        const cut = block - HEADER;
        changetype<Cell>(cut).end = end | ALLOCATED;
        changetype<Cell>(cut).left = at;
        cell.end = cut;
        setLeft(end, cut);
        return block;
      }
      if (!(payload & (align - 1))) {
        store<usize>(link, next);
        cell.end = end | ALLOCATED;
        return payload;
      }
    }
    if (changetype<Wee>(STATE).repaired) link = payload;
    else store<usize>(link, next);
    at = next;
  }
  return 0;
}

export function alloc(size: u32, align: u32): usize {
  if (!align) align = 4;
  if (align & (align - 1) || <i32>size < 0) return 0;
  if (!size) return align;
  const bytes = (size + 3) & ~3;
  const list = listFor(bytes, align);
  let fresh: usize = 0;
  while (true) {
    const block = firstFit(list, bytes, align);
    // One refill, one more try: a run for a very large alignment can turn out too short, in the real one too.
    if (block || fresh) return block;
    let length: u32;
    if (list == MAIN) {
      const pages = (max(bytes, (align + changetype<Wee>(STATE).least) * 8) + HEADER + 0xffff) >> 16;
      length = pages << 16;
      // The end of page 65,536 has no address: we stop a page before. The real one takes it, its sums wrap.
      fresh = grow(pages, 0xffff);
      if (!fresh) return 0;
    } else {
      // A slab for w words is (w + 2)² of them, at least 2,048, from the main list.
      length = max(((bytes + 8) * (bytes + 8)) >> 2, 8192);
      fresh = alloc(length, 4);
      if (!fresh) return 0;
      changetype<Cell>(fresh - HEADER).left |= SLAB;
    }
    const cell = changetype<Cell>(fresh);
    cell.end = (fresh + length) | NEXT_INVALID;
    cell.left = 0;
    cell.link = load<usize>(list);
    store<usize>(list, fresh);
  }
}

export function dealloc(block: usize, size: u32, align: u32): void {
  if (!block || !size) return;
  const at = block - HEADER;
  const cell = changetype<Cell>(at);
  const end = cell.end & ~ALLOCATED;
  cell.end = end;
  let list = listFor((size + 3) & ~3, align);
  let flag: usize = 0;
  if (list == MAIN) {
    const left = cell.left;
    if (left && !(changetype<Cell>(left).end & ALLOCATED)) {
      // The left neighbour is free already: it grows. It stands in the list where it stood.
      join(cell, left);
      return;
    }
    if (!(end & NEXT_INVALID) && !(changetype<Cell>(end).end & ALLOCATED)) {
      // The right one is free: to take it out of a list with one-way links would need a walk, so the cell is put right
      // behind it, for the next walk that gets there to join them.
      list = end + HEADER;
      flag = CAN_MERGE;
    }
  }
  cell.link = load<usize>(list);
  store<usize>(list, at | flag);
}

export function realloc(block: usize, size: u32, align: u32, newSize: u32): usize {
  const moved = alloc(newSize, align);
  if (moved && block) {
    memory.copy(moved, block, min(size, newSize));
    dealloc(block, size, align);
  }
  return moved;
}

export function usable(block: usize, size: u32, _align: u32): u32 {
  return size ? (changetype<Cell>(block - HEADER).end & ~END_FLAGS) - block : 0;
}
