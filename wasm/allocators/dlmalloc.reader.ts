// Reads dlmalloc: chunk after chunk up to top, then the designated victim, the bins and the trees.
// List 0 is the victim, list n the bin of chunks of ALIGN · n bytes, list 256 / ALIGN + t tree t: a node, those of its size from the
// oldest on, then what hangs below it on the lower side, then on the upper.
import {
  binFor,
  Chunk,
  CINUSE,
  DLMALLOC_END,
  Dlmalloc,
  HEAD_FLAGS,
  OVERHEAD,
  PINUSE,
  ROOTS,
  TO_PAYLOAD,
  TREE_LEAST,
  TREES,
  treeFor,
  treeShift,
} from './dlmalloc';
import { ALIGN, EMSCRIPTEN, LEAST, PHASE, TOP_FOOT } from './dlmalloc.setup';
import { STATE } from './pages';
import { beginReading, fault, heapEnd, inside, isReadable, stretch } from './reading';
import {
  broken,
  chunk,
  DEAD,
  FIELD_BK,
  FIELD_CINUSE,
  FIELD_FD,
  FIELD_FOOT,
  FIELD_LEFT_SIZE,
  FIELD_LOWER,
  FIELD_PINUSE,
  FIELD_SIZE,
  FIELD_TREE_LINK,
  FIELD_UPPER,
  field,
  LISTED,
  link,
  META,
  RULE_BACK_LINK,
  RULE_CHUNK_END,
  RULE_FLAGS,
  RULE_FOOT,
  RULE_FREE_NEIGHBOURS,
  RULE_LEFT,
  RULE_LINK,
  RULE_MAP,
  RULE_STATE,
  RULE_TOP,
  RULE_TREE,
  RULE_VICTIM,
  RULE_WRONG_LIST,
  TOP,
  USED,
} from './sink';

const LOWER: usize = offsetof<Chunk>('lower');
const UPPER: usize = offsetof<Chunk>('upper');
/** Number of the first tree's list. */
const TREE_LISTS: u32 = TREE_LEAST / ALIGN;
/** Bits of `smallMap` that no bin has: below the shortest chunk, and from the trees on. */
const NO_BINS: u32 = ALIGN == 16 ? 0xffff0001 : 0x00000003;

/** Can a chunk begin here? */
function isPlace(at: usize): bool {
  return (at & (ALIGN - 1)) == PHASE;
}

/** Are first chunk and top where they can be? The rest is read only then. */
function isSound(): bool {
  const heap = changetype<Dlmalloc>(STATE);
  const first = heap.first;
  const top = heap.top;
  if (!isReadable(DLMALLOC_END)) return false;
  if (!isPlace(first) || !isPlace(top) || first > top) return false;
  if (heap.topSize == 0 || heap.topSize & (ALIGN - 1)) return false;
  return inside(first - PHASE, 8) && inside(top, TOP_FOOT) && inside(top + TOP_FOOT, heap.topSize);
}

export function walk(): void {
  if (!beginReading(DLMALLOC_END)) return;
  const heap = changetype<Dlmalloc>(STATE);
  const end = heapEnd();
  if (!isSound()) {
    // Before the first growth there may be no chunk at all: too little room between the base and the end of memory.
    if (heap.first | heap.top | heap.topSize | heap.smallMap | heap.treeMap | heap.dv)
      broken(RULE_STATE, STATE + offsetof<Dlmalloc>('top'));
    stretch(EMSCRIPTEN ? TOP : DEAD, heap.base, end - heap.base);
    return;
  }
  stretch(DEAD, heap.base, heap.first - PHASE - heap.base);
  // Alignment, and the foot of a chunk that is not there.
  stretch(META, heap.first - PHASE, PHASE + 4);
  const top = heap.top;
  let at = heap.first;
  let leftInUse = true;
  while (at != top) {
    const head = changetype<Chunk>(at).head;
    const size = head & ~HEAD_FLAGS;
    const inUse = (head & CINUSE) != 0;
    const rule = brokenRule(at, head, leftInUse);
    if (rule) {
      broken(rule, at);
      stretch(DEAD, at + 4, end - (at + 4));
      return;
    }
    chunk(inUse ? USED : LISTED, at + TO_PAYLOAD, 4, size - OVERHEAD);
    leftInUse = inUse;
    at += size;
  }
  const topSize = heap.topSize;
  if (changetype<Chunk>(top).head != (topSize | PINUSE) || !leftInUse) broken(RULE_TOP, top);
  chunk(TOP, top + TO_PAYLOAD, 4, topSize - OVERHEAD);
  const foot = top + topSize + OVERHEAD;
  stretch(META, foot, TOP_FOOT - OVERHEAD);
  // Emscripten's break may lie anywhere in the last page: what is behind it was never asked for.
  stretch(EMSCRIPTEN ? TOP : DEAD, foot + TOP_FOOT - OVERHEAD, end - (foot + TOP_FOOT - OVERHEAD));
}

/** The rule that a chunk before top breaks, 0 for none. */
function brokenRule(at: usize, head: u32, leftInUse: bool): u32 {
  const size = head & ~HEAD_FLAGS;
  if (size < LEAST || size > changetype<Dlmalloc>(STATE).top - at) return RULE_CHUNK_END;
  if (size & (ALIGN - 1) || head & 4) return RULE_FLAGS;
  if (((head & PINUSE) != 0) != leftInUse) return RULE_LEFT;
  if (head & CINUSE) return 0;
  if (!leftInUse) return RULE_FREE_NEIGHBOURS;
  return changetype<Chunk>(at + size).foot != size ? RULE_FOOT : 0;
}

/** Can a free chunk be read here? */
function isChunk(at: usize): bool {
  const heap = changetype<Dlmalloc>(STATE);
  return isPlace(at) && at >= heap.first && at < heap.top;
}

function freeSize(at: usize): u32 {
  return changetype<Chunk>(at).head & ~HEAD_FLAGS;
}

export function lists(): void {
  if (!isSound() || !readVictim()) return;
  const heap = changetype<Dlmalloc>(STATE);
  for (let size = LEAST; size < TREE_LEAST; size += ALIGN) if (!followBin(size)) return;
  if (heap.smallMap & NO_BINS) broken(RULE_MAP, STATE + offsetof<Dlmalloc>('smallMap'));
  for (let tree: u32 = 0; tree < TREES; tree += 1) {
    const slot = ROOTS + (tree << 2);
    const root = load<usize>(slot);
    const marked = ((heap.treeMap >> tree) & 1) != 0;
    if ((root != 0) != marked) broken(RULE_MAP, STATE + offsetof<Dlmalloc>('treeMap'));
    if (root && !followTree(root, slot, tree, 0, 0)) return;
  }
}

function readVictim(): bool {
  const heap = changetype<Dlmalloc>(STATE);
  const dv = heap.dv;
  if (!dv) return heap.dvSize == 0 || fault(RULE_VICTIM, STATE + offsetof<Dlmalloc>('dvSize'));
  if (!isChunk(dv) || changetype<Chunk>(dv).head != (heap.dvSize | PINUSE)) return fault(RULE_VICTIM, dv);
  link(0, dv + TO_PAYLOAD);
  return true;
}

/** A ring through the bin's head. Each link is checked against its back link, so no ring can miss the head. */
function followBin(size: u32): bool {
  const bin = binFor(size);
  let before = bin;
  let at = changetype<Chunk>(bin).fd;
  const marked = ((changetype<Dlmalloc>(STATE).smallMap >> (size / ALIGN)) & 1) != 0;
  if ((at != bin) != marked) return fault(RULE_MAP, STATE + offsetof<Dlmalloc>('smallMap'));
  while (at != bin) {
    if (!isChunk(at)) return fault(RULE_LINK, at);
    if (changetype<Chunk>(at).bk != before) return fault(RULE_BACK_LINK, at);
    if (freeSize(at) != size) return fault(RULE_WRONG_LIST, at);
    link(size / ALIGN, at + TO_PAYLOAD);
    before = at;
    at = changetype<Chunk>(at).fd;
  }
  return changetype<Chunk>(bin).bk == before || fault(RULE_BACK_LINK, bin);
}

/**
 * A node that `slot` points to, its ring and all below it. `path` is the `depth` bits of size that led here. Every level
 * takes a bit, so 32 levels are all; each node names the one word that leads to it, so none is met twice.
 */
function followTree(node: usize, slot: usize, tree: u32, depth: u32, path: u32): bool {
  if (!isChunk(node)) return fault(RULE_LINK, node);
  const x = changetype<Chunk>(node);
  const size = freeSize(node);
  if (size < TREE_LEAST || treeFor(size) != tree) return fault(RULE_WRONG_LIST, node);
  const bits = size << treeShift(tree);
  if (x.link != slot || depth > 31 || (depth && bits >> (32 - depth) != path)) return fault(RULE_TREE, node);
  link(TREE_LISTS + tree, node + TO_PAYLOAD);
  let after = node;
  for (let at = x.bk; at != node; at = changetype<Chunk>(at).bk) {
    if (!isChunk(at)) return fault(RULE_LINK, at);
    if (changetype<Chunk>(at).fd != after) return fault(RULE_BACK_LINK, at);
    if (freeSize(at) != size) return fault(RULE_WRONG_LIST, at);
    if (changetype<Chunk>(at).link) return fault(RULE_TREE, at);
    link(TREE_LISTS + tree, at + TO_PAYLOAD);
    after = at;
  }
  if (x.fd != after) return fault(RULE_BACK_LINK, node);
  if (x.lower && !followTree(x.lower, node + LOWER, tree, depth + 1, path << 1)) return false;
  return !x.upper || followTree(x.upper, node + UPPER, tree, depth + 1, (path << 1) | 1);
}

/** What the words of the chunk with this payload say; links only of a free chunk that lies in a bin or a tree. */
export function fields(payload: usize, free: bool): void {
  const at = payload - TO_PAYLOAD;
  if (!isReadable(DLMALLOC_END) || !isPlace(at) || !inside(at, 16)) return;
  const x = changetype<Chunk>(at);
  const size = x.head & ~HEAD_FLAGS;
  if (!(x.head & PINUSE)) field(FIELD_LEFT_SIZE, at, 4, x.foot);
  field(FIELD_SIZE, at + 4, 4, size);
  field(FIELD_CINUSE, at + 4, 4, u32((x.head & CINUSE) != 0));
  field(FIELD_PINUSE, at + 4, 4, u32((x.head & PINUSE) != 0));
  if (!free) return;
  if (at != changetype<Dlmalloc>(STATE).dv) {
    field(FIELD_FD, at + 8, 4, <u32>x.fd);
    field(FIELD_BK, at + 12, 4, <u32>x.bk);
    if (size >= TREE_LEAST && inside(at, 28)) {
      // Only the node has children; a chunk of its size that hangs on it names no word that leads to it.
      if (x.link) {
        field(FIELD_LOWER, at + 16, 4, <u32>x.lower);
        field(FIELD_UPPER, at + 20, 4, <u32>x.upper);
      }
      field(FIELD_TREE_LINK, at + 24, 4, <u32>x.link);
    }
  }
  if (inside(at + size, 4)) field(FIELD_FOOT, at + size, 4, changetype<Chunk>(at + size).foot);
}
