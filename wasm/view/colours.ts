// Colours of live cells by their blocks' age or line, in the place of how much of them is live. The other states stay.
import { FREE, FULL } from './cells';
import { Lane, pageSum, recordOf } from './lane';
import { PAGE_BYTES, TILE_BYTES } from './regions';
import { AGE, FIELDS_A_WORD, PAGE_FIELD, Shades, SITES, shadeRecord, TILE_FIELD } from './shades';

const TILE_MASK: u64 = (1 << TILE_FIELD) - 1;
const PAGE_MASK: u64 = (1 << PAGE_FIELD) - 1;

/** Ages up to 4^(n + 1) have level n, of 1 to 8: 16, 64, 256 … 65,536 operations, and more. Times `live`, in bytes. */
function ageLevel(total: u64, live: u64): u32 {
  // Rounded up, so that an age just above a border is above it.
  const age = (total + live - 1) / live;
  if (age <= 16) return 1;
  return min(8, <u32>((65 - clz(age - 1)) >> 1) - 1);
}

/** How old all bytes of a cell are together, from the sum of their births. */
function totalAge(lane: Lane, births: u64, live: u64): u64 {
  return <u64>lane.position * live - births;
}

let most: i64 = 0;
let winner: u32 = 0;

/** Of fields counted one after the other from 0, and what is left for all other lines: the first that has most. */
function begin(): void {
  most = 0;
  winner = SITES;
}

function count(field: u32, bytes: i64): void {
  if (bytes > most) {
    most = bytes;
    winner = field;
  }
}

/** Bytes of one line in a page. */
function pageField(shades: Shades, page: u32, field: u32): u64 {
  const word = load<u64>((field < FIELDS_A_WORD ? shades.low : shades.high) + ((<usize>page) << 3));
  const whole = (load<u64>(shades.cover + ((<usize>page) << 3)) >> (TILE_FIELD * field)) & TILE_MASK;
  return ((word >> (PAGE_FIELD * (field % FIELDS_A_WORD))) & PAGE_MASK) + whole * PAGE_BYTES;
}

function pageBirths(shades: Shades, page: u32): u64 {
  return (
    load<u64>(shades.low + ((<usize>page) << 3)) + load<u64>(shades.cover + ((<usize>page) << 3)) * <u64>PAGE_BYTES
  );
}

/** The line that holds most of a page, 0 to 4, or 5 for all others together. */
function pageLine(lane: Lane, shades: Shades, page: u32): u32 {
  let left = <i64>pageSum(lane, page);
  begin();
  for (let field: u32 = 0; field < SITES; field++) {
    const bytes = <i64>pageField(shades, page, field);
    left -= bytes;
    count(field, bytes);
  }
  count(SITES, left);
  return winner;
}

/** Of a page with a live byte: the mean age of these bytes in operations, or its line as above. */
export function pageShade(lane: Lane, shades: Shades, page: u32): f64 {
  const live = pageSum(lane, page);
  if (live == 0) return -1;
  if (shades.kind == AGE) return <f64>totalAge(lane, pageBirths(shades, page), live) / <f64>live;
  return pageLine(lane, shades, page);
}

// A large block covers thousands of pages, one like the other: the last such page, while the position stays.
let sameCover: u64 = 0;
/** 0: there is none yet. */
let sameLive: u64 = 0;
let sameLevel: u32 = 0;

/** To be called before the first page of a picture. */
export function beginColours(): void {
  sameLive = 0;
}

/** Level of a page as one cell. */
function pageLevel(lane: Lane, shades: Shades, page: u32): u32 {
  const live = pageSum(lane, page);
  const cover = load<u64>(shades.cover + ((<usize>page) << 3));
  const low = load<u64>(shades.low + ((<usize>page) << 3));
  const isWhole = (low | load<u64>(shades.high + ((<usize>page) << 3))) == 0;
  if (isWhole && live == sameLive && cover == sameCover) return sameLevel;
  const level =
    shades.kind == AGE
      ? ageLevel(totalAge(lane, low + cover * <u64>PAGE_BYTES, live), live)
      : pageLine(lane, shades, page) + 1;
  if (isWhole) {
    sameCover = cover;
    sameLive = live;
    sameLevel = level;
  }
  return level;
}

/** Takes the states of a page's tiles and gives those with a live byte the state of their colour. */
export function colourStates(lane: Lane, shades: Shades, page: u32, side: u32, states: usize): void {
  if (side == 1) {
    if (isLive(load<u8>(states))) store<u8>(states, FREE + pageLevel(lane, shades, page));
    return;
  }
  const parts: u32 = side == 8 ? 1 : 4;
  const bytes = <u64>(TILE_BYTES * parts);
  const record = recordOf(lane, page);
  const sums = shadeRecord(shades, page);
  const owners = <u64>load<u32>(lane.cover + ((<usize>page) << 2));
  const cover = load<u64>(shades.cover + ((<usize>page) << 3));
  for (let n: u32 = 0; n < side * side; n++) {
    if (!isLive(load<u8>(states + n))) continue;
    let live = owners * bytes;
    if (record != 0) {
      for (let i: u32 = 0; i < parts; i++) live += load<u32>(record + ((<usize>(n * parts + i)) << 2));
    }
    const at: usize = sums == 0 ? 0 : sums + ((<usize>(n * parts)) << 3);
    const level = shades.kind == AGE ? tileAge(lane, at, parts, cover, live) : tileLine(at, parts, cover, live) + 1;
    store<u8>(states + n, FREE + level);
  }
}

function isLive(state: u32): bool {
  return state > FREE && state <= FULL;
}

function tileAge(lane: Lane, sums: usize, parts: u32, cover: u64, live: u64): u32 {
  let births = cover * <u64>(TILE_BYTES * parts);
  if (sums != 0) for (let i: u32 = 0; i < parts; i++) births += load<u64>(sums + ((<usize>i) << 3));
  return ageLevel(totalAge(lane, births, live), live);
}

function tileLine(sums: usize, parts: u32, cover: u64, live: u64): u32 {
  let left = <i64>live;
  begin();
  for (let field: u32 = 0; field < SITES; field++) {
    const shift = TILE_FIELD * field;
    let held = ((cover >> shift) & TILE_MASK) * <u64>(TILE_BYTES * parts);
    if (sums != 0) {
      for (let i: u32 = 0; i < parts; i++) held += (load<u64>(sums + ((<usize>i) << 3)) >> shift) & TILE_MASK;
    }
    left -= <i64>held;
    count(field, <i64>held);
  }
  count(SITES, left);
  return winner;
}
