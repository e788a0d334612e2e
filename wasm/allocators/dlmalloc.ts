// dlmalloc: best fit over chunks that know their size and whether the chunk before them is in use, so that a freed chunk
// joins both neighbours at once. A model of Doug Lea's dlmalloc 2.8.6 as wasi-libc sets it up (16-byte alignment, page
// granularity, memory that never shrinks, no checks), address for address; written anew from its policy.
//
//   16 .. 304     state: Dlmalloc, with the heads of all bins
//   base          8 bytes for alignment, then
//   base + 8      chunk, chunk, chunk … in address order, no two free ones side by side
//   top           the last chunk, free, in no bin: what was never cut, or grew back; growing makes it longer
//   ... break     the last 56 bytes stay unused, as in the real one
//
//   alloc    a bin of equal sizes: constant. A tree bin: at most a node a bit of the size. Then the designated victim,
//            the rest of the chunk that was cut last, so that small blocks born together lie together; then top.
//   dealloc  constant, but for the way down a tree.
//   realloc  in place when the chunk is long enough or the free space behind it is; else alloc, copy, dealloc.
//
// What it is bad at. Every chunk carries 4 bytes and is a multiple of 16 long. A block that outlives its neighbours
// keeps the holes beside it apart for good, and nothing checks the words between blocks: write past an end and the next
// call that believes them goes astray.
import { begin, grow, Heap, STATE } from './pages';
import { step, visit } from './steps';

/** Flags in `Chunk.head`. The size is a multiple of 16; a third flag of the real one is masked, but never set. */
export const PINUSE: u32 = 1;
export const CINUSE: u32 = 2;
export const INUSE: u32 = 3;
export const HEAD_FLAGS: u32 = 7;

/** From a chunk to its payload. */
export const TO_PAYLOAD: usize = 8;
/** A chunk's size over its usable bytes: its head. The foot before the head belongs to the chunk before, while in use. */
export const OVERHEAD: u32 = 4;
/** Kept free at the end of memory. */
export const TOP_FOOT: u32 = 56;
/** What a request for pages adds to a chunk's size: the foot, and room to align. */
const PADDING: u32 = TOP_FOOT + 16;
/** Chunks below this size are in bins of one size each, all others in trees. */
export const TREE_LEAST: u32 = 256;
export const TREES: u32 = 32;
/** The largest request that can be meant, less what a block of it would carry. */
const REQUEST_LIMIT: u32 = 0xffffffc0;
const GROW_LIMIT: u32 = 0x7fff0000;

//  −  in use                                 free
//  +0   (end of the payload before)          (end of the payload before, or that chunk's size if it is free)
//  +4   size │ CINUSE │ PINUSE               size │ PINUSE
//  +8   payload …                            fd: next in its bin, away from the head
//  +12                                       bk: the one before
//  +16                                       lower ┐
//  +20                                       upper │ only from 256 bytes up, in a tree
//  +24                                       link  ┘
//  end  (payload runs on for 4 bytes)        foot: this chunk's size again
@unmanaged
export class Chunk {
  /** Size of the chunk before this one; valid only while PINUSE is 0. */
  foot: u32;
  head: u32;
  fd: usize;
  bk: usize;
  /** Children in the tree; valid in the node, not in the chunks of equal size that hang on it. */
  lower: usize;
  upper: usize;
  /** Address of the word that points to this node: a parent's `lower` or `upper`, or the bin. 0 where another of the same size is the node. */
  link: usize;
}

@unmanaged
export class Dlmalloc extends Heap {
  /** Bit n: bin of chunks of 16 · n bytes is not empty. */
  smallMap: u32;
  /** Bit n: tree n is not empty. */
  treeMap: u32;
  dvSize: u32;
  /** The designated victim, 0 for none; free, in no bin. */
  dv: usize;
  topSize: u32;
  top: usize;
  /** Growth failed once: from then on top is not counted in when asking for pages. */
  scattered: u32;
  /** First chunk, 0 before there is one. */
  first: usize;
}
/** Roots of the trees, one word each. */
export const ROOTS: usize = STATE + offsetof<Dlmalloc>();
/** Bins of one size: each a ring through `fd` and `bk`, with its head laid out as a chunk that is nothing but links. */
export const BINS: usize = ROOTS + 4 * TREES;
export const BINS_END: usize = BINS + 8 * (TREE_LEAST / 16 - 1);

const LOWER: usize = offsetof<Chunk>('lower');
const UPPER: usize = offsetof<Chunk>('upper');

export function init(base: usize, pages: u32, _options: u32): void {
  begin(base, pages);
  const heap = changetype<Dlmalloc>(STATE);
  for (let size: u32 = 16; size < TREE_LEAST; size += 16) {
    const bin = binFor(size);
    changetype<Chunk>(bin).fd = bin;
    changetype<Chunk>(bin).bk = bin;
  }
  const length = (heap.pages << 16) - <u32>base;
  if (<i32>length > <i32>(PADDING + 16)) firstTop(base, length);
}

function firstTop(start: usize, length: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  heap.first = start + 8;
  setTop(start + 8, length - TOP_FOOT - 8);
}

function sizeOf(chunk: usize): u32 {
  return changetype<Chunk>(chunk).head & ~HEAD_FLAGS;
}

/** Size of the chunk that serves a request. */
function chunkSize(bytes: u32): u32 {
  return (bytes + 19) & ~15;
}

function setTop(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  heap.top = chunk;
  heap.topSize = size;
  changetype<Chunk>(chunk).head = size | PINUSE;
}

/** A free chunk whose left neighbour is in use; what follows it knows its size, and is told elsewhere that it is free. */
function setFree(chunk: usize, size: u32): void {
  changetype<Chunk>(chunk).head = size | PINUSE;
  changetype<Chunk>(chunk + size).foot = size;
}

/** Cuts a free chunk: its front is in use now, the rest behind it free. */
function cut(chunk: usize, need: u32, rest: u32): void {
  changetype<Chunk>(chunk).head = need | INUSE;
  setFree(chunk + need, rest);
}

/** In use, with what the chunk knew about its left neighbour. */
function setInUse(chunk: usize, size: u32): void {
  changetype<Chunk>(chunk).head = (changetype<Chunk>(chunk).head & PINUSE) | size | CINUSE;
  changetype<Chunk>(chunk + size).head |= PINUSE;
}

// ── bins ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function binFor(size: u32): usize {
  return BINS + (size >> 1) - 16;
}

/** Two trees a doubling: from 256, 384, 512, 768 … up; the last has no upper end. */
export function treeFor(size: u32): u32 {
  const zeros = clz(size);
  return min(44 - 2 * zeros + (size >> (30 - zeros)), 31);
}

/** Shifts the first bit that tells the sizes of a tree apart to bit 31. */
export function treeShift(tree: u32): u32 {
  return tree == 31 ? 0 : 25 - (tree >> 1);
}

function insert(chunk: usize, size: u32): void {
  if (size < TREE_LEAST) insertSmall(chunk, size);
  else insertLarge(chunk, size);
}

function insertSmall(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  const bin = binFor(size);
  const first = changetype<Chunk>(bin).fd;
  heap.smallMap |= 1 << (size >> 4);
  changetype<Chunk>(bin).fd = chunk;
  changetype<Chunk>(first).bk = chunk;
  changetype<Chunk>(chunk).fd = first;
  changetype<Chunk>(chunk).bk = bin;
}

/** Down the tree by the bits of the size, to a chunk of the same size or to where there is none. */
function insertLarge(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  const x = changetype<Chunk>(chunk);
  const tree = treeFor(size);
  heap.treeMap |= 1 << tree;
  let link = ROOTS + (tree << 2);
  let bits = size << treeShift(tree);
  let visited: u32 = 0;
  let at = load<usize>(link);
  while (at) {
    visited = visit(visited, at);
    if (sizeOf(at) == size) {
      // The newest stands right behind the node, so that the one before the node is the oldest.
      const next = changetype<Chunk>(at).fd;
      changetype<Chunk>(at).fd = chunk;
      changetype<Chunk>(next).bk = chunk;
      x.fd = next;
      x.bk = at;
      x.link = 0;
      return;
    }
    link = at + LOWER + ((bits >> 31) << 2);
    bits <<= 1;
    at = load<usize>(link);
  }
  store<usize>(link, chunk);
  x.fd = chunk;
  x.bk = chunk;
  x.lower = 0;
  x.upper = 0;
  x.link = link;
}

function unlinkSmall(chunk: usize, size: u32): void {
  const fd = changetype<Chunk>(chunk).fd;
  const bk = changetype<Chunk>(chunk).bk;
  // Alone: on both sides is the head.
  if (fd == bk) changetype<Dlmalloc>(STATE).smallMap &= ~(1 << (size >> 4));
  changetype<Chunk>(bk).fd = fd;
  changetype<Chunk>(fd).bk = bk;
}

/**
 * Takes a chunk out of its bin or tree. A node is replaced by the oldest of its size, else by its deepest descendant, upper
 * before lower.
 */
function unlink(chunk: usize, size: u32): void {
  if (size < TREE_LEAST) {
    unlinkSmall(chunk, size);
    return;
  }
  const x = changetype<Chunk>(chunk);
  const link = x.link;
  let heir = x.bk;
  if (heir != chunk) {
    const next = x.fd;
    changetype<Chunk>(next).bk = heir;
    changetype<Chunk>(heir).fd = next;
    if (!link) return;
  } else {
    heir = 0;
    let from: usize = 0;
    let below = chunk;
    let visited: u32 = 0;
    for (;;) {
      visited = visit(visited, below);
      let slot = below + UPPER;
      below = load<usize>(slot);
      if (!below) {
        slot -= 4;
        below = load<usize>(slot);
        if (!below) break;
      }
      from = slot;
      heir = below;
    }
    if (!heir) {
      store<usize>(link, 0);
      if (link < BINS) changetype<Dlmalloc>(STATE).treeMap &= ~(1 << (<u32>(link - ROOTS) >> 2));
      return;
    }
    store<usize>(from, 0);
  }
  store<usize>(link, heir);
  changetype<Chunk>(heir).link = link;
  const lower = x.lower;
  const upper = x.upper;
  changetype<Chunk>(heir).lower = lower;
  changetype<Chunk>(heir).upper = upper;
  if (lower) changetype<Chunk>(lower).link = heir + LOWER;
  if (upper) changetype<Chunk>(upper).link = heir + UPPER;
}

// ── alloc ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function alloc(size: u32, align: u32): usize {
  if (align > 16) return alignedAlloc(size, align);
  if (align & (align - 1)) return 0;
  const heap = changetype<Dlmalloc>(STATE);
  const need = chunkSize(size);
  if (size <= TREE_LEAST - 20) {
    const fitting = heap.smallMap >> (need >> 4);
    if (fitting & 1) {
      step();
      const bin = binFor(need);
      const chunk = changetype<Chunk>(bin).fd;
      unlinkSmall(chunk, need);
      setInUse(chunk, need);
      return chunk + TO_PAYLOAD;
    }
    if (need > heap.dvSize) {
      let chunk: usize = 0;
      if (fitting) {
        step();
        const found = need + (ctz(fitting) << 4);
        chunk = changetype<Chunk>(binFor(found)).fd;
        unlinkSmall(chunk, found);
      } else if (heap.treeMap) chunk = fromTrees(need);
      if (chunk) {
        // The old victim goes to its bin, the rest of this chunk is the new one.
        const rest = sizeOf(chunk) - need;
        const dvSize = heap.dvSize;
        if (dvSize) insertSmall(heap.dv, dvSize);
        heap.dv = chunk + need;
        heap.dvSize = rest;
        cut(chunk, need, rest);
        return chunk + TO_PAYLOAD;
      }
    }
  } else {
    if (size >= REQUEST_LIMIT) return 0;
    if (heap.treeMap) {
      const chunk = fromTrees(need);
      if (chunk) {
        const rest = sizeOf(chunk) - need;
        if (rest) {
          cut(chunk, need, rest);
          insert(chunk + need, rest);
        } else setInUse(chunk, need);
        return chunk + TO_PAYLOAD;
      }
    }
  }
  const dvSize = heap.dvSize;
  if (need <= dvSize) {
    step();
    const chunk = heap.dv;
    const rest = dvSize - need;
    heap.dvSize = rest;
    if (rest) {
      heap.dv = chunk + need;
      cut(chunk, need, rest);
    } else {
      heap.dv = 0;
      setInUse(chunk, need);
    }
    return chunk + TO_PAYLOAD;
  }
  if (need >= heap.topSize && !growTop(need)) return 0;
  step();
  const chunk = heap.top;
  setTop(chunk + need, heap.topSize - need);
  changetype<Chunk>(chunk).head = need | INUSE;
  return chunk + TO_PAYLOAD;
}

/**
 * Takes the smallest sufficient chunk out of the trees, of several the one freed first; 0 if there is none, or if the
 * designated victim would leave less. A request below 256 bytes looks only at the lowest tree, where all chunks suffice.
 */
function fromTrees(need: u32): usize {
  const heap = changetype<Dlmalloc>(STATE);
  let best: usize = 0;
  // What would be left over. A chunk that is too small leaves more than this: the subtraction wraps.
  let rest: u32 = 0 - need;
  let trees = heap.treeMap;
  let larger: usize = 0;
  let visited: u32 = 0;
  if (need >= TREE_LEAST) {
    const tree = treeFor(need);
    let bits = need << treeShift(tree);
    trees &= -2 << tree;
    let at = load<usize>(ROOTS + (tree << 2));
    while (at) {
      visited = visit(visited, at);
      step();
      const over = sizeOf(at) - need;
      if (over < rest) {
        best = at;
        rest = over;
        if (!over) break;
      }
      // The deepest upper subtree not taken holds the smallest of all that are larger in every bit seen so far.
      const upper = changetype<Chunk>(at).upper;
      at = load<usize>(at + LOWER + ((bits >> 31) << 2));
      if (upper && upper != at) larger = upper;
      bits <<= 1;
    }
  }
  if (rest) {
    if (!larger && !best && trees) larger = load<usize>(ROOTS + (ctz(trees) << 2));
    // The smallest of a subtree lies on its lowest way.
    while (larger) {
      visited = visit(visited, larger);
      step();
      const over = sizeOf(larger) - need;
      if (over < rest) {
        rest = over;
        best = larger;
      }
      const lower = changetype<Chunk>(larger).lower;
      larger = lower ? lower : changetype<Chunk>(larger).upper;
    }
  }
  if (!best || rest >= heap.dvSize - need) return 0;
  unlink(best, TREE_LEAST);
  return best;
}

/** Makes top longer than `need`, or gives false and leaves all as it was, but for one thing: see `scattered`. */
function growTop(need: u32): bool {
  const heap = changetype<Dlmalloc>(STATE);
  if (need > 0xffff0000 - PADDING) return false;
  const top = heap.top;
  const asked = top && !heap.scattered ? need - heap.topSize : need;
  const bytes = (asked + PADDING + 0xffff) & ~0xffff;
  const start = bytes <= GROW_LIMIT ? grow(bytes >> 16) : 0;
  if (!start) {
    heap.scattered = 1;
    return false;
  }
  // In scattered mode the real one compares the new end with the start; the end of page 65,536 is 0, and the pages are lost.
  if (heap.scattered && start + bytes == 0) return false;
  if (top) setTop(top, heap.topSize + bytes);
  else firstTop(start, bytes);
  return true;
}

/** More than is needed, and then the lead before the aligned address and the tail go back, lead first. */
function alignedAlloc(size: u32, align: u32): usize {
  if (align & (align - 1) || size >= REQUEST_LIMIT - align) return 0;
  const need = chunkSize(size);
  let block = alloc(need + align + 12, 0);
  if (!block) return 0;
  const lead = (0 - <u32>block) & (align - 1);
  let chunk = block - TO_PAYLOAD;
  if (lead) {
    const rest = sizeOf(chunk) - lead;
    setInUse(chunk + lead, rest);
    setInUse(chunk, lead);
    dealloc(block, 0, 0);
    chunk += lead;
    block += lead;
  }
  const tail = sizeOf(chunk) - need;
  if (tail > 16) cutTail(chunk, need, tail);
  return block;
}

/** Gives back what lies behind the first `need` bytes of a chunk in use. */
function cutTail(chunk: usize, need: u32, tail: u32): void {
  setInUse(chunk, need);
  setInUse(chunk + need, tail);
  dealloc(chunk + need + TO_PAYLOAD, 0, 0);
}

// ── dealloc ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function dealloc(block: usize, _size: u32, _align: u32): void {
  if (!block) return;
  const heap = changetype<Dlmalloc>(STATE);
  let chunk = block - TO_PAYLOAD;
  const head = changetype<Chunk>(chunk).head;
  let size = head & ~HEAD_FLAGS;
  const next = chunk + size;
  const nextHead = changetype<Chunk>(next).head;
  if (!(head & PINUSE)) {
    const before = changetype<Chunk>(chunk).foot;
    chunk -= before;
    size += before;
    if (chunk != heap.dv) unlink(chunk, before);
    else if ((nextHead & INUSE) == INUSE) {
      heap.dvSize = size;
      changetype<Chunk>(next).head = nextHead & ~PINUSE;
      setFree(chunk, size);
      return;
    }
  }
  if (nextHead & CINUSE) {
    changetype<Chunk>(next).head = nextHead & ~PINUSE;
    setFree(chunk, size);
  } else if (next == heap.top) {
    setTop(chunk, heap.topSize + size);
    if (chunk == heap.dv) {
      heap.dv = 0;
      heap.dvSize = 0;
    }
    return;
  } else if (next == heap.dv) {
    size += heap.dvSize;
    heap.dv = chunk;
    heap.dvSize = size;
    setFree(chunk, size);
    return;
  } else {
    const after = nextHead & ~HEAD_FLAGS;
    size += after;
    unlink(next, after);
    setFree(chunk, size);
    if (chunk == heap.dv) {
      heap.dvSize = size;
      return;
    }
  }
  insert(chunk, size);
}

// ── realloc ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function realloc(block: usize, _size: u32, align: u32, newSize: u32): usize {
  if (!block) return alloc(newSize, align);
  if (newSize >= REQUEST_LIMIT) return 0;
  const need = chunkSize(newSize);
  const chunk = block - TO_PAYLOAD;
  const old = sizeOf(chunk);
  if (need <= old || reach(chunk, old, need)) {
    const tail = sizeOf(chunk) - need;
    if (tail) cutTail(chunk, need, tail);
    return block;
  }
  const moved = alloc(newSize, 0);
  if (moved) {
    memory.copy(moved, block, min(old - OVERHEAD, newSize));
    dealloc(block, 0, 0);
  }
  return moved;
}

/** Takes the free chunk behind into this one if that makes it `need` long. */
function reach(chunk: usize, old: u32, need: u32): bool {
  const heap = changetype<Dlmalloc>(STATE);
  const next = chunk + old;
  if (next == heap.top) {
    const all = old + heap.topSize;
    if (all <= need) return false;
    step();
    setInUse(chunk, need);
    setTop(chunk + need, all - need);
    return true;
  }
  if (next == heap.dv) {
    const all = old + heap.dvSize;
    if (all < need) return false;
    step();
    const rest = all - need;
    heap.dvSize = rest;
    if (rest) {
      setInUse(chunk, need);
      heap.dv = chunk + need;
      setFree(chunk + need, rest);
      changetype<Chunk>(chunk + all).head &= ~PINUSE;
    } else {
      heap.dv = 0;
      setInUse(chunk, all);
    }
    return true;
  }
  if (changetype<Chunk>(next).head & CINUSE) return false;
  step();
  const after = sizeOf(next);
  if (old + after < need) return false;
  unlink(next, after);
  setInUse(chunk, old + after);
  return true;
}

export function usable(block: usize, _size: u32, _align: u32): u32 {
  return sizeOf(block - TO_PAYLOAD) - OVERHEAD;
}
