// What the blocks are like that hold a tile's bytes: how old they are, or which line of the script made them. Only a map
// that is coloured so needs it, so it is a replay of its own over a lane's log, with its own checkpoints, made when first
// asked for and a stretch at a time.
//
// Each block has a weight; a tile keeps the sum of its live bytes, each times the weight of its block. Sums can be added to
// and taken from, so a step costs the same forwards and backwards, and what is drawn depends on the position alone.
//
//   age   weight: the number of the operation that gave the block its place. Sum / live bytes = mean birth.
//   line  weight: 1 in the field of the block's line, one of five, 12 bits each; the other lines weigh nothing and hold what
//         is left of the live bytes. Right while no byte has more than three owners, which only misuse brings about.
import { actionOf, count, ENDS, GRANTS, lineOf, prevOf } from './columns';
import { addressOf, chunkEnd, chunkStart, Lane, usableOf } from './lane';
import { HERE, keepCheckpoint, nearest, openReplay, placeOf, positionOf, Replay, wantsCheckpoint } from './positions';
import { MAX_PAGES, PAGE_BYTES, PAGE_SHIFT, reserve, TILES } from './regions';

export const AGE: u32 = 1;
export const LINE: u32 = 2;
/** Lines that have a colour of their own. */
export const SITES: u32 = 5;
/** Bits of a line's field: in the sum of a tile, and in that of a page, which takes two words for it. */
export const TILE_FIELD: u64 = 12;
export const PAGE_FIELD: u64 = 21;
export const FIELDS_A_WORD: u32 = 3;

const RECORD_BYTES: u32 = TILES * 8;
const RECORDS_AT_ONCE: u32 = 32;

/** u8 a line: 0, or 1 to 5 for the lines that have a colour; 0 before the page has chosen them. */
let sites: usize = 0;

export function setSites(column: usize): void {
  sites = column;
}

@unmanaged
export class Shades extends Replay {
  kind: u32 = 0;
  /** u64 a page: the sum over all its tiles; of lines the first three fields. The other two fields. */
  low: usize = 0;
  high: usize = 0;
  /** u32 a page: where its tiles' sums are, u64 each; 0 where no block with a weight covered it in part. */
  record: usize = 0;
  /** i64 a page: weights of blocks that cover whole pages and begin here, less those that ended before. */
  difference: usize = 0;
  /** u64 a page: weights of the blocks that cover it whole; right when `coverFresh`. */
  cover: usize = 0;
  coverFresh: bool = false;
  spare: usize = 0;
  spareEnd: usize = 0;
}

export function openShades(kind: u32, budget: u32): Shades {
  const shades = changetype<Shades>(reserve(offsetof<Shades>()));
  shades.kind = kind;
  shades.low = reserve(MAX_PAGES << 3);
  shades.high = reserve(MAX_PAGES << 3);
  shades.record = reserve(MAX_PAGES << 2);
  shades.difference = reserve((MAX_PAGES + 1) << 3);
  shades.cover = reserve(MAX_PAGES << 3);
  shades.coverFresh = true;
  openReplay(shades, count, budget);
  return shades;
}

function at64(column: usize, page: u32): usize {
  return column + ((<usize>page) << 3);
}

export function shadeRecord(shades: Shades, page: u32): usize {
  return load<u32>(shades.record + ((<usize>page) << 2));
}

function makeRecord(shades: Shades, page: u32): usize {
  if (shades.spare == shades.spareEnd) {
    shades.spare = reserve(RECORD_BYTES * RECORDS_AT_ONCE);
    shades.spareEnd = shades.spare + RECORD_BYTES * RECORDS_AT_ONCE;
  }
  const record = shades.spare;
  shades.spare += RECORD_BYTES;
  store<u32>(shades.record + ((<usize>page) << 2), <u32>record);
  return record;
}

function add(at: usize, value: u64): void {
  store<u64>(at, load<u64>(at) + value);
}

/** Adds bytes `from` to `to` of one page. Weights are signed: they wrap round, and so does the sum back. */
function addToPage(shades: Shades, page: u32, from: u32, to: u32, weight: u64, low: u64, high: u64): void {
  const bytes = <u64>(to - from);
  add(at64(shades.low, page), low * bytes);
  if (high != 0) add(at64(shades.high, page), high * bytes);
  let record = shadeRecord(shades, page);
  if (record == 0) record = makeRecord(shades, page);
  const first = from >> 10;
  const last = (to - 1) >> 10;
  let at = record + ((<usize>first) << 3);
  if (first == last) {
    add(at, weight * bytes);
    return;
  }
  add(at, weight * <u64>(((first + 1) << 10) - from));
  const end = record + ((<usize>last) << 3);
  for (at += 8; at < end; at += 8) add(at, weight << 10);
  add(end, weight * <u64>(to - (last << 10)));
}

/** The block of operation k + 1 takes its place (`sign` 1) or leaves it (−1). */
function weigh(lane: Lane, shades: Shades, k: u32, sign: i64): void {
  const payload = addressOf(lane, k);
  const usable = usableOf(lane, k);
  if (payload == 0 || usable == 0) return;
  let weight: u64 = 0;
  let low: u64 = 0;
  let high: u64 = 0;
  if (shades.kind == AGE) {
    weight = <u64>(sign * <i64>(k + 1));
    low = weight;
  } else {
    const site: u32 = sites == 0 ? 0 : load<u8>(sites + lineOf(k));
    if (site == 0) return;
    const field: u32 = site - 1;
    weight = (<u64>sign) << (TILE_FIELD * field);
    if (field < FIELDS_A_WORD) low = (<u64>sign) << (PAGE_FIELD * field);
    else high = (<u64>sign) << (PAGE_FIELD * (field - FIELDS_A_WORD));
  }
  const start = chunkStart(lane, payload);
  const end = chunkEnd(payload, usable);
  let page = <u32>(start >> PAGE_SHIFT);
  const endPage = <u32>(end >> PAGE_SHIFT);
  const from = <u32>(start & 0xffff);
  const to = <u32>(end & 0xffff);
  shades.topPage = max(shades.topPage, min(MAX_PAGES, endPage + 1));
  if (page == endPage) {
    addToPage(shades, page, from, to, weight, low, high);
    return;
  }
  if (from != 0) {
    addToPage(shades, page, from, PAGE_BYTES, weight, low, high);
    page++;
  }
  if (to != 0) addToPage(shades, endPage, 0, to, weight, low, high);
  if (page < endPage) {
    add(at64(shades.difference, page), weight);
    add(at64(shades.difference, endPage), 0 - weight);
    shades.coverFresh = false;
  }
}

/** Does operation k + 1 (`sign` 1), or undoes it (−1). */
function step(lane: Lane, shades: Shades, k: u32, sign: i64): void {
  const action = actionOf(k);
  if ((action & ENDS) != 0) weigh(lane, shades, prevOf(k) - 1, -sign);
  if ((action & GRANTS) != 0) weigh(lane, shades, k, sign);
}

/**
 * Follows the lane's log by at most `operations` more, then goes to the lane's position; false where it is not there yet.
 * The first time about 20 ns an operation, up to a hundred times that where each block touches pages for the first time.
 */
export function followShades(lane: Lane, shades: Shades, operations: u32): bool {
  if (operations != 0 && shades.logged < lane.logged) {
    moveTo(lane, shades, shades.logged);
    const to = min(lane.logged, shades.logged + operations);
    for (let k = shades.logged; k < to; k++) {
      if (wantsCheckpoint(shades, k)) {
        shades.position = k;
        saveCheckpoint(shades);
      }
      step(lane, shades, k, 1);
    }
    shades.position = to;
    shades.logged = to;
  }
  if (shades.logged < lane.position) return false;
  moveTo(lane, shades, lane.position);
  if (!shades.coverFresh) {
    let covering: u64 = 0;
    for (let page: u32 = 0; page < shades.topPage; page++) {
      covering += load<u64>(at64(shades.difference, page));
      store<u64>(at64(shades.cover, page), covering);
    }
    shades.coverFresh = true;
  }
  return true;
}

function moveTo(lane: Lane, shades: Shades, to: u32): void {
  const from = nearest(shades, to);
  if (from != HERE) restoreCheckpoint(shades, from);
  let at = shades.position;
  while (at < to) step(lane, shades, at++, 1);
  while (at > to) step(lane, shades, --at, -1);
  shades.position = to;
}

// A checkpoint: two counts (u32); then differences (u32 page, i64), pages (u32 page, u64 low, u64 high, u64 which tiles are
// not zero, those u64 each).
const DIFFERENCE_ENTRY: u32 = 12;
const PAGE_ENTRY: u32 = 28;

function isHeld(shades: Shades, page: u32): bool {
  return (load<u64>(at64(shades.low, page)) | load<u64>(at64(shades.high, page))) != 0;
}

function filledTiles(record: usize): u64 {
  let filled: u64 = 0;
  for (let n: u64 = 0; n < <u64>TILES; n++) if (load<u64>(record + ((<usize>n) << 3)) != 0) filled |= (<u64>1) << n;
  return filled;
}

function saveCheckpoint(shades: Shades): void {
  const top = min(shades.topPage + 1, MAX_PAGES + 1);
  let differences: u32 = 0;
  for (let page: u32 = 0; page < top; page++) if (load<u64>(at64(shades.difference, page)) != 0) differences++;
  let pages: u32 = 0;
  let bytes = 8 + differences * DIFFERENCE_ENTRY;
  for (let page: u32 = 0; page < shades.topPage; page++) {
    if (!isHeld(shades, page)) continue;
    pages++;
    bytes += PAGE_ENTRY + <u32>popcnt(filledTiles(shadeRecord(shades, page))) * 8;
  }
  const start = reserve(bytes);
  store<u32>(start, differences);
  store<u32>(start + 4, pages);
  let at = start + 8;
  for (let page: u32 = 0; page < top; page++) {
    const difference = load<u64>(at64(shades.difference, page));
    if (difference == 0) continue;
    store<u32>(at, page);
    store<u64>(at + 4, difference);
    at += DIFFERENCE_ENTRY;
  }
  for (let page: u32 = 0; page < shades.topPage; page++) {
    if (!isHeld(shades, page)) continue;
    const record = shadeRecord(shades, page);
    let filled = filledTiles(record);
    store<u32>(at, page);
    store<u64>(at + 4, load<u64>(at64(shades.low, page)));
    store<u64>(at + 12, load<u64>(at64(shades.high, page)));
    store<u64>(at + 20, filled);
    at += PAGE_ENTRY;
    for (; filled != 0; filled &= filled - 1, at += 8) store<u64>(at, load<u64>(record + ((<usize>ctz(filled)) << 3)));
  }
  keepCheckpoint(shades, start, bytes, pages);
}

function restoreCheckpoint(shades: Shades, index: i32): void {
  for (let page: u32 = 0; page < shades.topPage; page++) {
    if (!isHeld(shades, page)) continue;
    store<u64>(at64(shades.low, page), 0);
    store<u64>(at64(shades.high, page), 0);
    memory.fill(shadeRecord(shades, page), 0, RECORD_BYTES);
  }
  memory.fill(shades.difference, 0, (min(shades.topPage, MAX_PAGES) + 1) << 3);
  shades.coverFresh = false;
  shades.position = 0;
  if (index < 0) return;
  shades.position = positionOf(shades, index);
  let at = placeOf(shades, index);
  const differences = load<u32>(at);
  let pages = load<u32>(at + 4);
  at += 8;
  for (const end = at + differences * DIFFERENCE_ENTRY; at < end; at += DIFFERENCE_ENTRY) {
    store<u64>(at64(shades.difference, load<u32>(at)), load<u64>(at + 4));
  }
  for (; pages != 0; pages--) {
    const page = load<u32>(at);
    store<u64>(at64(shades.low, page), load<u64>(at + 4));
    store<u64>(at64(shades.high, page), load<u64>(at + 12));
    const record = shadeRecord(shades, page);
    let filled = load<u64>(at + 20);
    at += PAGE_ENTRY;
    for (; filled != 0; filled &= filled - 1, at += 8) store<u64>(record + ((<usize>ctz(filled)) << 3), load<u64>(at));
  }
}
