// wee: one list of free cells, searched from its head; blocks are cut from a cell's end. Small blocks have lists of
// their own, one for each number of words, fed by slabs. A model of wee_alloc 0.4.5, cell for cell: its policy was
// observed from outside and written anew. It is unmaintained, and here as a specimen, not as advice.
//
//   16 .. 1060   state: Wee, with the heads of all lists
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

@unmanaged
export class Wee extends Heap {
  options: u32;
  /** Page at which the first run begins: the end of the initial memory. */
  firstPage: u32;
  /** Head of the main list. The head for blocks of `bytes` bytes lies `bytes` further on: 4 B a list, 4 B a word. */
  main: usize;
}
export const MAIN: usize = STATE + offsetof<Wee>('main');

export function init(base: usize, pages: u32, options: u32): void {
  begin(base, pages);
  const wee = changetype<Wee>(STATE);
  wee.options = options;
  wee.firstPage = wee.pages;
}

/** Address of the head of the list that a request of `bytes`, a multiple of 4, is served from. */
function listFor(bytes: u32, align: u32): usize {
  const own = align <= 4 && bytes <= CLASS_MAX && !(changetype<Wee>(STATE).options & NO_CLASSES);
  return own ? MAIN + bytes : MAIN;
}

/** Takes a free cell out of its neighbours: `left`, free and just before it, becomes as long as both. */
function join(cell: Cell, left: Cell): void {
  const end = cell.end;
  left.end = end;
  if (!(end & NEXT_INVALID)) setLeft(end, changetype<usize>(left));
}

function setLeft(cell: usize, left: usize): void {
  changetype<Cell>(cell).left = left | (changetype<Cell>(cell).left & SLAB);
}

/**
 * First fit. `link` is the word that holds the cell at hand. As shipped it is the list's head throughout, and what is
 * passed over falls off the list; repaired it moves along.
 */
function firstFit(list: usize, bytes: u32, align: u32): usize {
  const options = changetype<Wee>(STATE).options;
  // A cell is cut only if this much payload stays in front: a block's own size in a class list.
  const least = list != MAIN ? bytes : options & NO_CLASSES ? 64 : 2048;
  let link = list;
  let at = load<usize>(list);
  let visited: u32 = 0;
  while (at) {
    visited = visit(visited, at);
    let cell = changetype<Cell>(at);
    const next = cell.link;
    if (next & CAN_MERGE) {
      cell.link = next ^ CAN_MERGE;
      at = cell.left;
      join(cell, changetype<Cell>(at));
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
        if (!(end & NEXT_INVALID)) setLeft(after, cut);
        cell.end = cut;
        return block;
      }
      if (!(payload & (align - 1))) {
        store<usize>(link, next);
        cell.end = end | ALLOCATED;
        return payload;
      }
    }
    if (options & REPAIRED) link = payload;
    else store<usize>(link, next);
    at = next;
  }
  return 0;
}

/** A cell for the main list: a run of fresh pages. 0 when memory is at its end. */
function newRun(bytes: u32, align: u32): usize {
  const least: u32 = changetype<Wee>(STATE).options & NO_CLASSES ? 64 : 2048;
  const pages = (max(bytes, (align + least) * 8) + HEADER + 0xffff) >> 16;
  // The end of page 65,536 has no address: the real one stops a page before.
  if (changetype<Wee>(STATE).pages + pages > 0xffff) return 0;
  const run = grow(pages);
  if (run) changetype<Cell>(run).end = (run + (pages << 16)) | NEXT_INVALID;
  return run;
}

/** A cell for a class list: a slab from the main list. 0 when there is none to be had. */
function newSlab(bytes: u32): usize {
  const words = (bytes >> 2) + 2;
  const slabBytes = max(words * words * 4, 8192);
  const slab = alloc(slabBytes, 4);
  if (slab) {
    changetype<Cell>(slab - HEADER).left |= SLAB;
    changetype<Cell>(slab).end = (slab + slabBytes) | NEXT_INVALID;
    changetype<Cell>(slab).left = 0;
  }
  return slab;
}

export function alloc(size: u32, align: u32): usize {
  if (!align) align = 4;
  if (popcnt(align) != 1 || <i32>size < 0) return 0;
  if (!size) return align;
  const bytes = (size + 3) & ~3;
  const list = listFor(bytes, align);
  let block = firstFit(list, bytes, align);
  if (!block) {
    const cell = list == MAIN ? newRun(bytes, align) : newSlab(bytes);
    if (!cell) return 0;
    changetype<Cell>(cell).link = load<usize>(list);
    store<usize>(list, cell);
    block = firstFit(list, bytes, align);
  }
  return block;
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
      join(cell, changetype<Cell>(left));
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
