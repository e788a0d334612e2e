// What a reader's walk found, collected in columns: spans of memory in address order, links of the free lists, the first
// rule that is broken. A module of its own, which readers call directly (as their `sink`): a heap of a million chunks is
// a million calls. It has its own memory; the host reads the columns out of it.
//
//   64             totals: bytes of each kind, 7 × u64
//   1024           how often each byte occurs, for sorting, 256 × u32
//   2048 ..        kind, 1 B a span
//   then           start, bytes · hole address, hole bytes: 4 B a span each
//   then           list, 2 B a link · address, sorted, scratch: 4 B a link each
import {
  DEAD,
  FREE,
  FREE_OR_LOST,
  LISTED,
  META,
  RULE_LINK,
  RULE_LOOP,
  RULE_UNLISTED,
  SLOT,
  TOP,
  USED,
} from './allocators/sink';

const TOTALS: usize = 64;
const COUNTS: usize = 1024;
const COLUMNS: usize = 2048;
const SPAN_BYTES: usize = 1 + 4 * 4;
const LINK_BYTES: usize = 2 + 3 * 4;

let spanRoom: u32 = 0;
let linkRoom: u32 = 0;
let spans: u32 = 0;
let links: u32 = 0;
let holes: u32 = 0;
let rule: u32 = 0;
let ruleAddress: usize = 0;

let startAt: usize = 0;
let bytesAt: usize = 0;
let holeAddressAt: usize = 0;
let holeBytesAt: usize = 0;
let listAt: usize = 0;
let addressAt: usize = 0;
let sortedAt: usize = 0;
let scratchAt: usize = 0;

/** Forgets what was collected. The columns keep their room. */
export function begin(): void {
  if (spanRoom == 0) layOut(4096, 4096);
  spans = 0;
  links = 0;
  holes = 0;
  rule = 0;
  ruleAddress = 0;
  memory.fill(TOTALS, 0, 8 * (TOP + 1));
}

export function spanCount(): u32 {
  return spans;
}
export function linkCount(): u32 {
  return links;
}
export function holeCount(): u32 {
  return holes;
}
export function brokenRule(): u32 {
  return rule;
}
export function brokenAddress(): usize {
  return ruleAddress;
}

/** Where column `which` lies: 0 kind, 1 start, 2 bytes, 3 hole address, 4 hole bytes, 5 list, 6 address, else the totals. */
export function column(which: u32): usize {
  switch (which) {
    case 0:
      return COLUMNS;
    case 1:
      return startAt;
    case 2:
      return bytesAt;
    case 3:
      return holeAddressAt;
    case 4:
      return holeBytesAt;
    case 5:
      return listAt;
    case 6:
      return addressAt;
    default:
      return TOTALS;
  }
}

/** Makes room for so many spans and links (multiples of 4), and moves what is there; the last column goes first. */
function layOut(spanWish: u32, linkWish: u32): void {
  const end = COLUMNS + <usize>spanWish * SPAN_BYTES + <usize>linkWish * LINK_BYTES;
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size();
  // No more memory is no finding about the heap: the host reports it.
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  const start = COLUMNS + spanWish;
  const bytes = start + <usize>spanWish * 4;
  const holeAddress = bytes + <usize>spanWish * 4;
  const holeBytes = holeAddress + <usize>spanWish * 4;
  const address = holeBytes + <usize>spanWish * 4;
  const sorted = address + <usize>linkWish * 4;
  const scratch = sorted + <usize>linkWish * 4;
  const list = scratch + <usize>linkWish * 4;
  memory.copy(list, listAt, <usize>links * 2);
  memory.copy(address, addressAt, <usize>links * 4);
  memory.copy(bytes, bytesAt, <usize>spans * 4);
  memory.copy(start, startAt, <usize>spans * 4);
  startAt = start;
  bytesAt = bytes;
  holeAddressAt = holeAddress;
  holeBytesAt = holeBytes;
  addressAt = address;
  sortedAt = sorted;
  scratchAt = scratch;
  listAt = list;
  spanRoom = spanWish;
  linkRoom = linkWish;
}

function span(kind: u32, start: usize, bytes: u32): void {
  if (spans == spanRoom) layOut(spanRoom * 2, linkRoom);
  const k = <usize>spans;
  spans++;
  store<u8>(COLUMNS + k, kind);
  store<u32>(startAt + (k << 2), <u32>start);
  store<u32>(bytesAt + (k << 2), bytes);
}

/** See allocators/sink.ts for this and the three that follow. */
export function chunk(kind: u32, start: usize, header: u32, bytes: u32): void {
  if (header) span(META, start - header, header);
  if (bytes) span(kind, start, bytes);
}

export function row(kind: u32, start: usize, each: u32, chunks: u32): void {
  for (let k: u32 = 0; k < chunks; k++) span(kind, start + <usize>(k * each), each);
}

export function link(list: u32, payload: usize): void {
  if (links == linkRoom) layOut(spanRoom, linkRoom * 2);
  const k = <usize>links;
  links++;
  store<u16>(listAt + (k << 1), <u16>list);
  store<u32>(addressAt + (k << 2), <u32>payload);
}

export function broken(which: u32, address: usize): void {
  if (rule) return;
  rule = which;
  ruleAddress = address;
}

/** Sorts the links' addresses, a byte at a time from the lowest; a byte that all have in common costs one look. */
function sortLinks(): void {
  memory.copy(sortedAt, addressAt, (<usize>links) << 2);
  let from = sortedAt;
  let to = scratchAt;
  for (let shift: u32 = 0; shift < 32; shift += 8) {
    if (!spread(from, to, shift)) continue;
    const other = from;
    from = to;
    to = other;
  }
  if (from != sortedAt) memory.copy(sortedAt, from, (<usize>links) << 2);
}

/** Copies the words in the order of one of their bytes, equal ones as they stand; false if that changes nothing. */
function spread(from: usize, to: usize, shift: u32): bool {
  memory.fill(COUNTS, 0, 1024);
  const end = from + ((<usize>links) << 2);
  for (let at = from; at < end; at += 4) {
    const slot = COUNTS + <usize>(((load<u32>(at) >> shift) & 255) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  if (load<u32>(COUNTS + <usize>(((load<u32>(from) >> shift) & 255) << 2)) == links) return false;
  let before: u32 = 0;
  for (let slot = COUNTS; slot < COUNTS + 1024; slot += 4) {
    const count = load<u32>(slot);
    store<u32>(slot, before);
    before += count;
  }
  for (let at = from; at < end; at += 4) {
    const word = load<u32>(at);
    const slot = COUNTS + <usize>(((word >> shift) & 255) << 2);
    const place = load<u32>(slot);
    store<u32>(slot, place + 1);
    store<u32>(to + ((<usize>place) << 2), word);
  }
  return true;
}

/** What a span is, now that it is known whether a list leads to it. */
function settledKind(kind: u32, start: usize, listed: bool): u32 {
  switch (kind) {
    case FREE_OR_LOST:
      return listed ? FREE : DEAD;
    case SLOT:
      return listed ? FREE : USED;
    case LISTED:
      if (!listed) broken(RULE_UNLISTED, start);
      return listed ? FREE : DEAD;
    default:
      if (listed) broken(RULE_LINK, start);
      return kind;
  }
}

/**
 * Gives every provisional span its kind, fills the columns of holes and adds up the totals. Spans and sorted links both
 * go up by address, so one pass over both is enough.
 */
export function settle(): void {
  if (links) sortLinks();
  const end = sortedAt + ((<usize>links) << 2);
  let next = sortedAt;
  for (let k: usize = 0; k < spans; k++) {
    const start = load<u32>(startAt + (k << 2));
    const bytes = load<u32>(bytesAt + (k << 2));
    // Links to addresses between payloads, or to a payload that is not free, are no links.
    while (next < end && load<u32>(next) < start) {
      broken(RULE_LINK, load<u32>(next));
      next += 4;
    }
    let listed = false;
    while (next < end && load<u32>(next) == start) {
      if (listed) broken(RULE_LOOP, start);
      listed = true;
      next += 4;
    }
    const kind = settledKind(load<u8>(COLUMNS + k), start, listed);
    store<u8>(COLUMNS + k, <u8>kind);
    const total = TOTALS + <usize>(kind << 3);
    store<u64>(total, load<u64>(total) + bytes);
    if (kind == FREE) {
      const hole = <usize>holes;
      holes++;
      store<u32>(holeAddressAt + (hole << 2), start);
      store<u32>(holeBytesAt + (hole << 2), bytes);
    }
  }
  if (next < end) broken(RULE_LINK, load<u32>(next));
}
