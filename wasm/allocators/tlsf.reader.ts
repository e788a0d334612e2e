// Reads AssemblyScript's TLSF: the root, block after block up to the tail, then the 368 lists and their bitmaps.
// List 16 · f + s is that of second level s in first level f.
import { STATE } from './pages';
import { beginReading, fault, heapEnd, inside, isReadable, stretch } from './reading';
import {
  broken,
  chunk,
  DEAD,
  FIELD_TLSF_BACK,
  FIELD_TLSF_FREE,
  FIELD_TLSF_LEFTFREE,
  FIELD_TLSF_NEXT,
  FIELD_TLSF_PREV,
  FIELD_TLSF_SIZE,
  field,
  LISTED,
  link,
  META,
  RULE_BACK_LINK,
  RULE_BACK_REFERENCE,
  RULE_CHUNK_END,
  RULE_FLAGS,
  RULE_FREE_NEIGHBOURS,
  RULE_LEFT,
  RULE_LEVELS,
  RULE_LINK,
  RULE_STATE,
  RULE_TAIL,
  RULE_WRONG_LIST,
  TOP,
  USED,
} from './sink';
import { TLSF_END, Tlsf } from './tlsf.state';

const FREE: u32 = 1;
const LEFTFREE: u32 = 2;
const TAGS: u32 = 3;
const FIRST_LEVELS: u32 = 23;
const SECOND_LEVELS: u32 = 16;
const LISTS: u32 = FIRST_LEVELS * SECOND_LEVELS;
/** Sizes from here on have a first level for each power of two; below, second levels are 16 bytes apart. */
const SMALL: u32 = 256;
/** The longest that a list is chosen by: all longer ones lie in the last. */
const LONGEST: u32 = (1 << 30) - 4;
/** The shortest payload: prev, next and back. */
const LEAST: u32 = 12;
// The root: a word of first levels, one of second levels for each, the lists' heads, the tail.
const SECOND_MAPS: usize = 4;
const HEADS: usize = 96;
const TAIL: usize = HEADS + 4 * LISTS;
const ROOT_BYTES: usize = TAIL + 4;
/** From the root to the first header, 4 bytes before a multiple of 16. */
const TO_FIRST: usize = ROOT_BYTES + 8;
// Links of a free block, from its header on.
const PREV: usize = 4;
const NEXT: usize = 8;

function root(): usize {
  return changetype<Tlsf>(STATE).root;
}

/** The header of the tail, which ends the last block, or 0 where memory has none yet. */
function tail(): usize {
  return load<usize>(root() + TAIL);
}

/** Where the first header is. If just 4 bytes were left on the root's last page, blocks began on the next. */
function first(): usize {
  const at = root() + TO_FIRST;
  return (at + 4) & 0xffff || load<u32>(at) ? at : at + 16;
}

/** Is there a root where a run puts it, and a tail where memory ends, if any? */
function isSound(): bool {
  if (!isReadable(TLSF_END)) return false;
  const at = root();
  if (at != changetype<Tlsf>(STATE).base || !inside(at, TO_FIRST + 4)) return false;
  return tail() == 0 || (tail() == heapEnd() - 4 && first() - at < tail() - at);
}

export function walk(): void {
  if (!beginReading(TLSF_END)) return;
  const base = changetype<Tlsf>(STATE).base;
  const end = heapEnd();
  if (!root()) {
    stretch(TOP, base, end - base);
    return;
  }
  if (!isSound()) {
    broken(RULE_STATE, STATE + offsetof<Tlsf>('root'));
    stretch(DEAD, base, end - base);
    return;
  }
  stretch(META, base, ROOT_BYTES);
  const last = tail();
  if (!last) {
    stretch(DEAD, base + ROOT_BYTES, end - (base + ROOT_BYTES));
    return;
  }
  let at = first();
  stretch(DEAD, base + ROOT_BYTES, at - (base + ROOT_BYTES));
  let left: usize = 0;
  while (at != last) {
    const info = load<u32>(at);
    const rule = brokenRule(at, info, left);
    if (rule) {
      broken(rule, at);
      stretch(DEAD, at, end - at);
      return;
    }
    const size = info & ~TAGS;
    chunk(info & FREE ? LISTED : USED, at + 4, 4, size);
    left = info & FREE ? at : 0;
    at += 4 + size;
  }
  if (load<u32>(last) != (left ? LEFTFREE : 0)) broken(RULE_TAIL, last);
  stretch(META, last, 4);
}

/** The rule that the block with the header at `at` breaks, 0 for none. `left`: the block before it if that is free, else 0. */
function brokenRule(at: usize, info: u32, left: usize): u32 {
  const size = info & ~TAGS;
  if (size < LEAST || size > tail() - at - 4) return RULE_CHUNK_END;
  if ((size & 15) != 12) return RULE_FLAGS;
  if (((info & LEFTFREE) != 0) != (left != 0)) return RULE_LEFT;
  if (!(info & FREE)) return 0;
  if (left) return RULE_FREE_NEIGHBOURS;
  return load<usize>(at + size) != at ? RULE_BACK_REFERENCE : 0;
}

/** Can a free block be read here? */
function isBlock(at: usize): bool {
  return (at & 15) == 12 && at >= first() && at < tail() && (load<u32>(at) & FREE) != 0;
}

function listOf(bytes: u32): u32 {
  if (bytes < SMALL) return bytes >> 4;
  const size = min(bytes, LONGEST);
  const level = 31 - clz(size);
  return ((level - 7) << 4) + ((size >> (level - 4)) ^ 16);
}

export function lists(): void {
  if (!root() || !isSound()) return;
  for (let level: u32 = 0; level < FIRST_LEVELS; level += 1) {
    const slot = root() + SECOND_MAPS + (level << 2);
    const second = load<u32>(slot);
    const marked = ((load<u32>(root()) >> level) & 1) != 0;
    if (marked != (second != 0)) broken(RULE_LEVELS, root());
    if (second >> SECOND_LEVELS) broken(RULE_LEVELS, slot);
    for (let list = level << 4; list < (level + 1) << 4; list += 1) {
      const head = load<usize>(root() + HEADS + (list << 2));
      if ((head != 0) != (((second >> (list & 15)) & 1) != 0)) broken(RULE_LEVELS, slot);
      if (!follow(list, head)) return;
    }
  }
  if (load<u32>(root()) >> FIRST_LEVELS) broken(RULE_LEVELS, root());
}

/** From the head on. Each block names the one before it, so no list can run into itself. */
function follow(list: u32, head: usize): bool {
  let before: usize = 0;
  for (let at = head; at; at = load<usize>(at + NEXT)) {
    if (!tail() || !isBlock(at)) return fault(RULE_LINK, at);
    if (load<usize>(at + PREV) != before) return fault(RULE_BACK_LINK, at);
    if (listOf(load<u32>(at) & ~TAGS) != list) return fault(RULE_WRONG_LIST, at);
    link(list, at + 4);
    before = at;
  }
  return true;
}

/** What the words of the block with this payload say; links and the back reference only of a free one. */
export function fields(payload: usize, free: bool): void {
  const at = payload - 4;
  if (!isReadable(TLSF_END) || payload & 15 || !inside(at, 16)) return;
  const info = load<u32>(at);
  const size = info & ~TAGS;
  field(FIELD_TLSF_SIZE, at, 4, size);
  field(FIELD_TLSF_FREE, at, 4, info & FREE);
  field(FIELD_TLSF_LEFTFREE, at, 4, u32((info & LEFTFREE) != 0));
  if (!free) return;
  field(FIELD_TLSF_PREV, at + PREV, 4, load<u32>(at + PREV));
  field(FIELD_TLSF_NEXT, at + NEXT, 4, load<u32>(at + NEXT));
  if (inside(at + size, 4)) field(FIELD_TLSF_BACK, at + size, 4, load<u32>(at + size));
}
