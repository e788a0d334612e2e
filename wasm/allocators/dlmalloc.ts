// dlmalloc: best fit over chunks that know their size and whether the chunk before them is in use, so that a freed chunk
// joins both neighbours at once. A model of Doug Lea's dlmalloc 2.8.6 as wasi-libc sets it up (16-byte alignment, page
// granularity, memory that never shrinks, few checks), address for address; written anew from its policy. Two more builds
// of this source are models of dlmalloc as emscripten and as Rust's std set it up: dlmalloc.setup.ts says how they differ.
// Source of the policy: malloc-2.8.6.c of Doug Lea, and the settings that wasi-libc, emscripten and dlmalloc-rs give it.
//
//   16 .. 308     state: Dlmalloc, then the roots of the trees, then the heads of the bins
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
// keeps the holes beside it apart for good. Of the words between blocks little is checked, and only by `dealloc`: write past
// an end and the next call that believes them goes astray.
//
// What makes it quick. A branch that the processor guesses wrong costs as much as a dozen plain instructions, and the
// state of a heap is hard to guess. So where both values are at hand one of them is selected, or a store is made that
// may be for nothing; and a tree node keeps the address of the word that points to it, so that taking it out asks
// neither who its parent is nor on which side it hangs. Bins of one size up to 4 KiB would be quicker still and give
// the same addresses, but the inside would no longer be what this is a model of.
import {
  ALIGN,
  CHECKS,
  EMSCRIPTEN,
  GRANULE,
  GROW_LIMIT,
  LEAD_LEAST,
  LEAST,
  PADDING,
  PHASE,
  REQUEST_LIMIT,
  RUST,
  splits,
  TOP_FOOT,
} from './dlmalloc.setup';
import { begin, grow, Heap, STATE } from './pages';
import { step, visit } from './steps';

/** Flags in `Chunk.head`. The size is a multiple of 8 at least; a third flag of the real one is masked, but never set. */
export const PINUSE: u32 = 1;
export const CINUSE: u32 = 2;
export const INUSE: u32 = 3;
export const HEAD_FLAGS: u32 = 7;

/** From a chunk to its payload. */
export const TO_PAYLOAD: usize = 8;
/** A chunk's size over its usable bytes: its head. The foot before the head belongs to the chunk before, while in use. */
export const OVERHEAD: u32 = 4;
/** Chunks below this size are in bins of one size each, all others in trees. */
export const TREE_LEAST: u32 = 256;
export const TREES: u32 = 32;

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

//  16 pages     20 base     24 nullLink  28 smallMap  32 treeMap
//  36 dvSize    40 dv       44 topSize   48 top       52 scattered  56 first
//  60 .. 188  roots of the 32 trees    188 .. 308  bins, fd and bk of each; 188 .. 428 where sizes are 8 apart
@unmanaged
export class Dlmalloc extends Heap {
  /** Here lies `Chunk.link` of address 0: who tells its children where they hang now need not ask whether it has any. Never read. */
  nullLink: usize;
  /** Bit n: bin of chunks of `ALIGN` · n bytes is not empty. */
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
const BINS_END: usize = BINS + 8 * ((TREE_LEAST - LEAST) / ALIGN);
/** Word of emscripten's break, in bytes: what lies behind it in the last page was never asked for. */
const END: usize = BINS_END;
export const DLMALLOC_END: usize = BINS_END + (EMSCRIPTEN ? 4 : 0);

const LOWER: usize = offsetof<Chunk>('lower');
const UPPER: usize = offsetof<Chunk>('upper');

export function init(base: usize, pages: u32, _options: u32): void {
  begin(base, pages);
  for (let size = LEAST; size < TREE_LEAST; size += ALIGN) {
    const bin = binFor(size);
    changetype<Chunk>(bin).fd = bin;
    changetype<Chunk>(bin).bk = bin;
  }
  if (EMSCRIPTEN) store<usize>(END, base);
  if (EMSCRIPTEN || RUST) return;
  // Where the initial memory is too short for a chunk, or 4 GiB are there and the base leaves half of them or more to the
  // heap (the real one compares signed numbers), the first request grows.
  const length = (changetype<Dlmalloc>(STATE).pages << 16) - <u32>base;
  if (<i32>length <= <i32>(PADDING + 16)) return;
  const heap = changetype<Dlmalloc>(STATE);
  firstTop(base, length);
  changetype<Chunk>(heap.top).head = heap.topSize | PINUSE;
}

function firstTop(start: usize, length: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  heap.first = start + PHASE;
  heap.top = start + PHASE;
  heap.topSize = length - TOP_FOOT - PHASE;
}

/** Adds `bytes` from `start` on to top. Its head is not written: the request that grows it cuts its front off at once. */
function moreTop(start: usize, bytes: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  if (heap.top) heap.topSize += bytes;
  else firstTop(start, bytes);
}

function sizeOf(chunk: usize): u32 {
  return changetype<Chunk>(chunk).head & ~HEAD_FLAGS;
}

/** Size of the chunk that serves a request. */
function chunkSize(bytes: u32): u32 {
  return ALIGN == 16 ? (bytes + 19) & ~15 : max(LEAST, (bytes + 11) & ~7);
}

function setTop(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  heap.top = chunk;
  heap.topSize = size;
  changetype<Chunk>(chunk).head = size | PINUSE;
}

/** Writes a free chunk. Its left neighbour is in use, or the two were one; that it is free the right one is told elsewhere. */
function setFree(chunk: usize, size: u32): void {
  changetype<Chunk>(chunk).head = size | PINUSE;
  changetype<Chunk>(chunk + size).foot = size;
}

/** Cuts a free chunk: its front is in use now, the rest behind it free. */
function cut(chunk: usize, need: u32, rest: u32): void {
  changetype<Chunk>(chunk).head = need | INUSE;
  setFree(chunk + need, rest);
}

/** A free chunk that is used whole: no two free chunks touch, so its left neighbour is in use. */
function take(chunk: usize, size: u32): void {
  changetype<Chunk>(chunk).head = size | INUSE;
  changetype<Chunk>(chunk + size).head |= PINUSE;
}

// ── bins ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function binFor(size: u32): usize {
  return BINS + size / (ALIGN / 8) - (LEAST / (ALIGN / 8) + 8);
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

/** Puts a free chunk where its size belongs: newest first, so that the next of its size lies in the cache. */
function insert(chunk: usize, size: u32): void {
  if (size < TREE_LEAST) insertSmall(chunk, size);
  else insertLarge(chunk, size);
}

function insertSmall(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  const bin = binFor(size);
  const first = changetype<Chunk>(bin).fd;
  heap.smallMap |= 1 << (size / ALIGN);
  changetype<Chunk>(bin).fd = chunk;
  changetype<Chunk>(first).bk = chunk;
  changetype<Chunk>(chunk).fd = first;
  changetype<Chunk>(chunk).bk = bin;
}

/**
 * A tree is a trie over the bits of the size, most significant first: sizes with a 0 in the bit at hand go lower, those
 * with a 1 upper, and a node may have any size that belongs below its place. Nothing is ever rebalanced: a way has no
 * more nodes than sizes of the tree have bits to tell them apart. So: down by the bits of this size, to a chunk of the
 * same size, behind which it is chained, or to where there is none, which is its place.
 */
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
  // With the head on both sides it was alone. Whether it was is as good as chance, so no branch asks.
  changetype<Dlmalloc>(STATE).smallMap &= ~(u32(fd == bk) << (size / ALIGN));
  changetype<Chunk>(bk).fd = fd;
  changetype<Chunk>(fd).bk = bk;
}

/** Takes a free chunk out of its bin or its tree. */
function unlink(chunk: usize, size: u32): void {
  if (size < TREE_LEAST) unlinkSmall(chunk, size);
  else unlinkLarge(chunk);
}

/**
 * Takes a chunk out of its tree. One that is chained behind a node just goes. A node is replaced by the oldest chunk of
 * its size; if there is none by a leaf below it, the one to which upper before lower leads, since any size that belongs
 * below a node may also be it.
 */
function unlinkLarge(chunk: usize): void {
  const x = changetype<Chunk>(chunk);
  const link = x.link;
  let heir = x.bk;
  if (heir != chunk) {
    const next = x.fd;
    changetype<Chunk>(next).bk = heir;
    changetype<Chunk>(heir).fd = next;
    if (!link) return;
  } else {
    // Down to a leaf; `from` is the word that points to it.
    let from = link;
    let visited: u32 = 0;
    while (true) {
      visited = visit(visited, heir);
      const upper = changetype<Chunk>(heir).upper;
      const below = select(upper, changetype<Chunk>(heir).lower, upper != 0);
      if (!below) break;
      from = heir + LOWER + (usize(upper != 0) << 2);
      heir = below;
    }
    store<usize>(from, 0);
    if (heir == chunk) {
      // A leaf itself. If it was the root its tree is empty; roots lie below all bins, and these below all chunks.
      if (link < BINS) changetype<Dlmalloc>(STATE).treeMap &= ~(1 << (<u32>(link - ROOTS) >> 2));
      return;
    }
  }
  store<usize>(link, heir);
  changetype<Chunk>(heir).link = link;
  const lower = x.lower;
  const upper = x.upper;
  changetype<Chunk>(heir).lower = lower;
  changetype<Chunk>(heir).upper = upper;
  // 0 has a word for it: `nullLink`.
  changetype<Chunk>(lower).link = heir + LOWER;
  changetype<Chunk>(upper).link = heir + UPPER;
}

// ── alloc ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function alloc(size: u32, align: u32): usize {
  if (align > ALIGN) return alignedAlloc(size, align);
  if (align & (align - 1)) return 0;
  const heap = changetype<Dlmalloc>(STATE);
  const need = chunkSize(size);
  if (size <= TREE_LEAST - ALIGN - 4) {
    const fitting = heap.smallMap >> (need / ALIGN);
    // Of its own size; where sizes are 8 apart the next one is as good, since 8 bytes are no chunk.
    if (fitting & (ALIGN == 16 ? 1 : 3)) {
      step();
      const found = ALIGN == 16 ? need : need + ((~fitting & 1) << 3);
      const chunk = changetype<Chunk>(binFor(found)).fd;
      unlinkSmall(chunk, found);
      take(chunk, found);
      return chunk + TO_PAYLOAD;
    }
    if (need > heap.dvSize) {
      let chunk: usize = 0;
      if (fitting) {
        step();
        const found = need + ctz(fitting) * ALIGN;
        chunk = changetype<Chunk>(binFor(found)).fd;
        unlinkSmall(chunk, found);
      } else if (heap.treeMap) chunk = fromTrees(need);
      if (chunk) {
        const rest = sizeOf(chunk) - need;
        if (ALIGN == 8 && !splits(rest)) {
          take(chunk, need + rest);
          return chunk + TO_PAYLOAD;
        }
        // The rest of this chunk is the new victim; with an alignment of 16 it is a chunk, since none of this very size was
        // there. The old one, too short even for this small request, goes to its bin.
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
        if (splits(rest)) {
          cut(chunk, need, rest);
          insert(chunk + need, rest);
        } else take(chunk, ALIGN == 16 ? need : need + rest);
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
    if (splits(rest)) {
      heap.dv = chunk + need;
      cut(chunk, need, rest);
    } else {
      heap.dv = 0;
      if (ALIGN == 8) heap.dvSize = 0;
      take(chunk, ALIGN == 16 ? need : dvSize);
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
      // Whether this one is better is as good as chance too.
      best = select(at, best, over < rest);
      rest = min(over, rest);
      if (!over) break;
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
      best = select(larger, best, over < rest);
      rest = min(over, rest);
      const lower = changetype<Chunk>(larger).lower;
      larger = select(lower, changetype<Chunk>(larger).upper, lower != 0);
    }
  }
  if (!best || rest >= heap.dvSize - need) return 0;
  unlinkLarge(best);
  return best;
}

/**
 * Makes top longer than `need`. When it cannot it gives false, and nothing has changed but that `scattered` is set: the
 * real one takes a refusal for a sign that memory does not lie in one piece, and asks for whole requests from then on.
 */
function growTop(need: u32): bool {
  if (RUST) return growTopRust(need);
  if (EMSCRIPTEN) return growTopEmscripten(need);
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
  moreTop(start, bytes);
  return true;
}

/** Asks for whole requests, always: the crate knows no contiguous mode. A refusal changes nothing. */
function growTopRust(need: u32): bool {
  const bytes = (need + PADDING + 0xffff) & ~0xffff;
  const start = grow(bytes >> 16);
  if (!start) return false;
  moreTop(start, bytes);
  return true;
}

/**
 * Moves emscripten's break, which knows bytes and asks for a page only when it passes the end of the last. What is asked
 * for first also reaches to a multiple of 4,096; should that be refused, it is asked for once more without.
 */
function growTopEmscripten(need: u32): bool {
  const heap = changetype<Dlmalloc>(STATE);
  if (need > 0 - GRANULE - PADDING) return false;
  const top = heap.top;
  const start = load<usize>(END);
  const whole = (need + PADDING + GRANULE - 1) & ~(GRANULE - 1);
  let bytes = whole;
  if (!heap.scattered) {
    bytes = top
      ? (need - heap.topSize + PADDING + GRANULE - 1) & ~(GRANULE - 1)
      : whole + ((0 - <u32>start) & (GRANULE - 1));
    if (!moveEnd(bytes)) {
      heap.scattered = 1;
      bytes = whole;
      if (top || !moveEnd(bytes)) return false;
    }
  } else if (!moveEnd(bytes)) return false;
  moreTop(start, bytes);
  return true;
}

/** sbrk: moves emscripten's break by `bytes`, or leaves it. The last page of 4 GiB cannot be used up: the sum would be 0. */
function moveEnd(bytes: u32): bool {
  const heap = changetype<Dlmalloc>(STATE);
  const old = load<usize>(END);
  const end = old + bytes;
  if (bytes > GROW_LIMIT || end < old) return false;
  const pages = <u32>((end - 1) >> 16) + 1;
  if (pages > heap.pages && !grow(pages - heap.pages)) return false;
  store<usize>(END, end);
  return true;
}

/**
 * Takes enough for an aligned address to lie in it, with what is before it a chunk or nothing; then this lead goes back,
 * and after it the tail, each as any block does.
 */
function alignedAlloc(size: u32, align: u32): usize {
  if (align & (align - 1) || size >= REQUEST_LIMIT - align) return 0;
  const need = chunkSize(size);
  let block = alloc(need + align + 12, 0);
  if (!block) return 0;
  let lead: u32 = (0 - <u32>block) & (align - 1);
  if (lead) {
    // Too short for a chunk: the next aligned address, for which there is room too.
    if (ALIGN == 8 && lead < LEAD_LEAST) lead += align;
    const aligned = part(block, sizeOf(block - TO_PAYLOAD) - lead);
    dealloc(block, 0, 0);
    block = aligned;
  }
  const tail = sizeOf(block - TO_PAYLOAD) - need;
  // A tail of 16 stays, though it would be a chunk: the real one's comparison is strict.
  if (tail > 16) dealloc(part(block, tail), 0, 0);
  return block;
}

/** Makes two blocks of one, both in use, the second with a chunk of `size` bytes; returns the second. */
function part(block: usize, size: u32): usize {
  const chunk = block - TO_PAYLOAD;
  changetype<Chunk>(chunk).head -= size;
  const second = chunk + sizeOf(chunk);
  changetype<Chunk>(second).head = size | INUSE;
  return second + TO_PAYLOAD;
}

// ── dealloc ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function dealloc(block: usize, _size: u32, _align: u32): void {
  if (!block) return;
  const heap = changetype<Dlmalloc>(STATE);
  // A block that the checks find out is left as it is, without a word: what the real ones do.
  // First a free left neighbour takes this chunk in, then the two of them what is free to the right.
  let chunk = block - TO_PAYLOAD;
  const head = changetype<Chunk>(chunk).head;
  let size = head & ~HEAD_FLAGS;
  const next = chunk + size;
  if (!(head & PINUSE)) {
    if (CHECKS && !(head & CINUSE)) return;
    const before = changetype<Chunk>(chunk).foot;
    chunk -= before;
    if (CHECKS && chunk < heap.first - PHASE) return;
    size += before;
    if (chunk != heap.dv) unlink(chunk, before);
    else {
      const head = changetype<Chunk>(next).head;
      // Without PINUSE there this block was freed before: on, to the check below. Rust's goes on, as its real one does.
      if ((head & INUSE) == INUSE) {
        changetype<Chunk>(next).head = head & ~PINUSE;
        freeVictim(chunk, size);
        return;
      }
    }
  }
  if (CHECKS && chunk >= next) return;
  const nextHead = changetype<Chunk>(next).head;
  if (CHECKS && !(nextHead & PINUSE)) return;
  if (nextHead & CINUSE) changetype<Chunk>(next).head = nextHead & ~PINUSE;
  else if (next == heap.top) {
    setTop(chunk, heap.topSize + size);
    if (chunk == heap.dv) {
      heap.dv = 0;
      heap.dvSize = 0;
    }
    return;
  } else if (next == heap.dv) {
    freeVictim(chunk, size + heap.dvSize);
    return;
  } else {
    const after = nextHead & ~HEAD_FLAGS;
    size += after;
    unlink(next, after);
    if (chunk == heap.dv) {
      freeVictim(chunk, size);
      return;
    }
  }
  setFree(chunk, size);
  insert(chunk, size);
}

/** What was freed is the victim, or joined it: in no bin, as the victim is. */
function freeVictim(chunk: usize, size: u32): void {
  const heap = changetype<Dlmalloc>(STATE);
  heap.dv = chunk;
  heap.dvSize = size;
  setFree(chunk, size);
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
    if (splits(tail)) dealloc(part(block, tail), 0, 0);
    return block;
  }
  // The new block first: the old one is whole until the copy is made, and still there if none can be.
  const moved = alloc(newSize, 0);
  if (moved) {
    memory.copy(moved, block, min(old - OVERHEAD, newSize));
    dealloc(block, 0, 0);
  }
  return moved;
}

/**
 * Makes a chunk in use at least `need` long out of what is free right behind it: exactly that long out of top or the
 * victim, by the whole chunk out of any other. False if that is not enough; then nothing has changed.
 */
function reach(chunk: usize, old: u32, need: u32): bool {
  const heap = changetype<Dlmalloc>(STATE);
  const next = chunk + old;
  let size = need;
  if (next == heap.top) {
    const all = old + heap.topSize;
    // Top is never used up.
    if (all <= need) return false;
    step();
    setTop(chunk + need, all - need);
  } else if (next == heap.dv) {
    const all = old + heap.dvSize;
    if (all < need) return false;
    step();
    const rest = all - need;
    heap.dvSize = rest;
    if (splits(rest)) {
      heap.dv = chunk + need;
      setFree(chunk + need, rest);
    } else {
      heap.dv = 0;
      if (ALIGN == 8) {
        heap.dvSize = 0;
        size = all;
      }
      changetype<Chunk>(chunk + size).head |= PINUSE;
    }
  } else {
    const nextHead = changetype<Chunk>(next).head;
    if (nextHead & CINUSE) return false;
    step();
    const after = nextHead & ~HEAD_FLAGS;
    size = old + after;
    if (size < need) return false;
    unlink(next, after);
    changetype<Chunk>(chunk + size).head |= PINUSE;
  }
  changetype<Chunk>(chunk).head += size - old;
  return true;
}

export function usable(block: usize, _size: u32, _align: u32): u32 {
  return sizeOf(block - TO_PAYLOAD) - OVERHEAD;
}
