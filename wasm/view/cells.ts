// What a cell or a tile of the map shows. The numbers are those of `CellState` in src/model/heap-frame.ts.
import { FIRSTS, Lane, pageSum, recordOf } from './lane';
import { PAGE_BYTES, PAGE_SHIFT, TILE_BYTES, TILES } from './regions';

const NOT_GROWN: u32 = 0;
const UNTOUCHED: u32 = 1;
export const FREE: u32 = 2;
/** Level n of live is LIVE + n. */
const LIVE: u32 = 2;
const DEAD: u32 = 11;
const STATIC: u32 = 12;
export const FULL: u32 = LIVE + 8;
const STATES: u32 = 13;
/** Pages that a vector holds a byte each of. */
const SIXTEEN: u32 = 16;

/** Level of `live` bytes in a cell of 2^shift: rounded up, so that one byte shows and full means more than 7/8. */
function liveState(live: u64, shift: u64): u32 {
  const size = (<u64>1) << shift;
  return LIVE + <u32>(((min(live, size) << 3) + size - 1) >> shift);
}

function before(first: u32, position: u32): bool {
  return first != 0 && first <= position;
}

function within(border: u64, start: u64, end: u64): bool {
  return border > start && border < end;
}

/** State of a cell without a live byte, from `start` to `end`. */
function restState(lane: Lane, start: u64, end: u64, touched: bool): u32 {
  if (end <= lane.base) return STATIC;
  if (max(start, lane.base) < lane.deadTo) return DEAD;
  return touched ? FREE : UNTOUCHED;
}

/** State of a page as one cell. */
function pageState(lane: Lane, page: u32): u32 {
  // A block that covers all of it makes it full, whoever else is in there.
  if (load<u32>(lane.cover + ((<usize>page) << 2)) != 0) return FULL;
  const live = load<u64>(lane.partial + ((<usize>page) << 3));
  if (live != 0) return liveState(live, PAGE_SHIFT);
  const start = (<u64>page) << PAGE_SHIFT;
  return restState(
    lane,
    start,
    start + PAGE_BYTES,
    before(load<u32>(lane.firstAny + ((<usize>page) << 2)), lane.position),
  );
}

/**
 * States of `pages` pages from `first` on as one cell each, u8 each into `out`. Four gigabytes are 65,536 pages, most of
 * them within large blocks or between them: sixteen that no block covers in part are told at a time.
 */
export function pageStates(lane: Lane, first: u32, pages: u32, out: usize): void {
  const end = first + pages;
  const grown = max(first, min(end, lane.pages));
  let page = first;
  while (page < grown) {
    const next = min(grown, page + SIXTEEN);
    const ground = groundOf(lane, page);
    if (next - page == SIXTEEN && ground != NOT_GROWN && !isAnyPartial(lane, page)) {
      v128.store(out, wholeStates(lane, page, ground));
      out += SIXTEEN;
      page = next;
    } else for (; page < next; page++) store<u8>(out++, pageState(lane, page));
  }
  memory.fill(out, <u8>NOT_GROWN, end - grown);
}

/** What sixteen pages from `page` on are where nothing is live: DEAD, FREE (or untouched), or not one of the two. */
function groundOf(lane: Lane, page: u32): u32 {
  const start = (<u64>page) << PAGE_SHIFT;
  if (start < lane.base) return NOT_GROWN;
  if (start >= lane.deadTo) return FREE;
  return start + ((<u64>SIXTEEN - 1) << PAGE_SHIFT) < lane.deadTo ? DEAD : NOT_GROWN;
}

/** Does a block cover any of sixteen pages from `page` on in part? */
function isAnyPartial(lane: Lane, page: u32): bool {
  const at = lane.partial + ((<usize>page) << 3);
  const first = v128.or(v128.or(v128.load(at), v128.load(at, 16)), v128.or(v128.load(at, 32), v128.load(at, 48)));
  const second = v128.or(v128.or(v128.load(at, 64), v128.load(at, 80)), v128.or(v128.load(at, 96), v128.load(at, 112)));
  return v128.any_true(v128.or(first, second));
}

/** Four vectors of four words that are all or no ones, as one of sixteen bytes. */
function narrowed(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/** States of sixteen pages from `page` on that are covered whole or not at all. */
function wholeStates(lane: Lane, page: u32, ground: u32): v128 {
  const none = i32x4.splat(0);
  const at = lane.cover + ((<usize>page) << 2);
  const bare = narrowed(
    i32x4.eq(v128.load(at), none),
    i32x4.eq(v128.load(at, 16), none),
    i32x4.eq(v128.load(at, 32), none),
    i32x4.eq(v128.load(at, 48), none),
  );
  const full = i8x16.splat(<u8>FULL);
  if (!v128.any_true(bare)) return full;
  const rest = ground == DEAD ? i8x16.splat(<u8>DEAD) : touchedStates(lane, page);
  return v128.bitselect(rest, full, bare);
}

/** FREE where an operation up to the position touched a page, UNTOUCHED where none did, of sixteen pages from `page` on. */
function touchedStates(lane: Lane, page: u32): v128 {
  const at = lane.firstAny + ((<usize>page) << 2);
  // An operation's number is from 1 to the position; 0, for never, becomes the largest number of all.
  const one = i32x4.splat(1);
  const position = i32x4.splat(lane.position);
  const touched = narrowed(
    i32x4.lt_u(i32x4.sub(v128.load(at), one), position),
    i32x4.lt_u(i32x4.sub(v128.load(at, 16), one), position),
    i32x4.lt_u(i32x4.sub(v128.load(at, 32), one), position),
    i32x4.lt_u(i32x4.sub(v128.load(at, 48), one), position),
  );
  return v128.bitselect(i8x16.splat(<u8>FREE), i8x16.splat(<u8>UNTOUCHED), touched);
}

/**
 * How many committed pages there are of each state: a u32 a state into `out`, then those with a live byte but fewer than
 * `few` of them.
 */
export function countPages(lane: Lane, out: usize, few: u32): void {
  memory.fill(out, 0, (STATES + 1) << 2);
  let held: u32 = 0;
  for (let page: u32 = 0; page < lane.pages; page++) {
    const at = out + ((<usize>pageState(lane, page)) << 2);
    store<u32>(at, load<u32>(at) + 1);
    const live = pageSum(lane, page);
    if (live != 0 && live < few) held++;
  }
  store<u32>(out + (STATES << 2), held);
}

/** Live bytes of the committed pages of `rows` rows of `columns` pages from `firstPage` on: f64 each, into `out`. */
export function liveByRow(lane: Lane, firstPage: u32, columns: u32, rows: u32, out: usize): void {
  let page = firstPage;
  for (const end = out + ((<usize>rows) << 3); out < end; out += 8) {
    let live: u64 = 0;
    const rowEnd = page + columns;
    for (; page < min(rowEnd, lane.pages); page++) live += min(pageSum(lane, page), <u64>PAGE_BYTES);
    page = rowEnd;
    store<f64>(out, <f64>live);
  }
}

/**
 * States of a page's tiles, row by row, into `out`: 64 tiles of 1 KiB (`side` 8), 16 of 4 KiB (4), or the page (1).
 * A tile of several kinds of ground shows the first of: live, dead, free, untouched.
 */
export function tileStates(lane: Lane, page: u32, side: u32, out: usize): void {
  const tiles = side * side;
  if (side == 1) {
    pageStates(lane, page, 1, out);
    return;
  }
  if (page >= lane.pages) {
    memory.fill(out, <u8>NOT_GROWN, tiles);
    return;
  }
  if (load<u32>(lane.cover + ((<usize>page) << 2)) != 0) {
    memory.fill(out, <u8>FULL, tiles);
    return;
  }
  const record = recordOf(lane, page);
  const wholeTouched = before(load<u32>(lane.firstWhole + ((<usize>page) << 2)), lane.position);
  const live = record != 0 && load<u64>(lane.partial + ((<usize>page) << 3)) != 0;
  const start = (<u64>page) << PAGE_SHIFT;
  if (!live && (record == 0 || wholeTouched)) {
    const end = start + PAGE_BYTES;
    if (!within(lane.base, start, end) && !within(lane.deadTo, start, end)) {
      memory.fill(out, <u8>restState(lane, start, end, wholeTouched), tiles);
      return;
    }
  }
  const parts: u32 = side == 8 ? 1 : 4;
  const shift: u64 = side == 8 ? 10 : 12;
  const bytes = <u64>(TILE_BYTES * parts);
  let from = start;
  for (let n: u32 = 0; n < TILES; n += parts) {
    let sum: u64 = 0;
    let touched = wholeTouched;
    if (record != 0) {
      const at = record + ((<usize>n) << 2);
      for (let i: usize = 0; i < parts; i++) {
        sum += load<u32>(at + (i << 2));
        touched = touched || before(load<u32>(at + FIRSTS + (i << 2)), lane.position);
      }
    }
    store<u8>(out++, sum != 0 ? liveState(sum, shift) : restState(lane, from, from + bytes, touched));
    from += bytes;
  }
}
