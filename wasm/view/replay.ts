// Steps a lane over its log, one operation at a time, forwards and backwards: every operation can be undone from the log
// and the links alone. The first time over an operation also notes what was never touched before.
import { restoreCheckpoint, saveCheckpoint } from './checkpoints';
import { actionOf, DROPS, ENDS, GRANTS, HOLDS, keptLines, lineOf, prevOf, REWINDS } from './columns';
import {
  addressOf,
  chunkEnd,
  chunkStart,
  FIRSTS,
  Lane,
  makeRecord,
  recordOf,
  requestedOf,
  SAMPLE_SHIFT,
  usableOf,
} from './lane';
import { HERE, nearest, wantsCheckpoint } from './positions';
import { MAX_PAGES, PAGE_BYTES, PAGE_SHIFT } from './regions';

/** Adds `sign` times the bytes `from` to `to` of one page to its tiles. */
function addToTiles(lane: Lane, page: u32, from: u32, to: u32, sign: i32): void {
  const sum = lane.partial + ((<usize>page) << 3);
  store<i64>(sum, load<i64>(sum) + <i64>(sign * <i32>(to - from)));
  const tiles = recordOf(lane, page);
  const first = from >> 10;
  const last = (to - 1) >> 10;
  let at = tiles + ((<usize>first) << 2);
  if (first == last) {
    store<i32>(at, load<i32>(at) + sign * <i32>(to - from));
    return;
  }
  store<i32>(at, load<i32>(at) + sign * <i32>(((first + 1) << 10) - from));
  const end = tiles + ((<usize>last) << 2);
  const whole = sign << 10;
  at += 4;
  const wholes = i32x4.splat(whole);
  while (at + 16 <= end) {
    v128.store(at, i32x4.add(v128.load(at), wholes));
    at += 16;
  }
  while (at < end) {
    store<i32>(at, load<i32>(at) + whole);
    at += 4;
  }
  store<i32>(end, load<i32>(end) + sign * <i32>(to - (last << 10)));
}

/** A chunk's bytes become live (`sign` 1) or no longer so (−1). */
function cover(lane: Lane, payload: u32, usable: u32, sign: i32): void {
  const start = chunkStart(lane, payload);
  const end = chunkEnd(payload, usable);
  lane.gross += <i64>sign * <i64>(end - start);
  let page = <u32>(start >> PAGE_SHIFT);
  const endPage = <u32>(end >> PAGE_SHIFT);
  const from = <u32>(start & 0xffff);
  const to = <u32>(end & 0xffff);
  if (page == endPage) {
    addToTiles(lane, page, from, to, sign);
    return;
  }
  if (from != 0) {
    addToTiles(lane, page, from, PAGE_BYTES, sign);
    page++;
  }
  if (to != 0) addToTiles(lane, endPage, 0, to, sign);
  if (page < endPage) {
    const begins = lane.difference + ((<usize>page) << 2);
    const stops = lane.difference + ((<usize>endPage) << 2);
    store<i32>(begins, load<i32>(begins) + sign);
    store<i32>(stops, load<i32>(stops) - sign);
    lane.coverFresh = false;
  }
}

function hold(lane: Lane, k: u32, sign: i64): void {
  const bytes = sign * <i64>requestedOf(lane, k);
  lane.live += bytes;
  lane.blocks += sign;
  const line = lineOf(k);
  if (line < keptLines) {
    const at = lane.lineLive + ((<usize>line) << 3);
    store<i64>(at, load<i64>(at) + bytes);
  }
}

/** What operation `t`'s place comes to: it begins (`sign` 1) or ends. */
function place(lane: Lane, k: u32, granted: bool, held: bool, sign: i32): void {
  const payload = addressOf(lane, k);
  if (payload == 0) return;
  if (granted) {
    const usable = usableOf(lane, k);
    // A block of no bytes is a pointer that is never read: nothing in memory belongs to it.
    if (usable != 0) {
      cover(lane, payload, usable, sign);
      lane.usableLive += <i64>sign * <i64>usable;
    }
  }
  if (held) hold(lane, k, sign);
}

function rewind(lane: Lane, list: usize, sign: i64): void {
  const end = list + ((<usize>load<u32>(list)) << 2);
  for (let at = list; at < end; at += 4) {
    const k = load<u32>(at, 4) - 1;
    if (addressOf(lane, k) != 0) hold(lane, k, -sign);
  }
}

/** Does operation k + 1 (`sign` 1), or undoes it (−1). */
export function step(lane: Lane, k: u32, sign: i32): void {
  const action = actionOf(k);
  if ((action & (ENDS | DROPS)) != 0) {
    place(lane, prevOf(k) - 1, (action & ENDS) != 0, (action & DROPS) != 0, -sign);
  }
  if ((action & (GRANTS | HOLDS)) != 0) place(lane, k, (action & GRANTS) != 0, (action & HOLDS) != 0, sign);
  if ((action & REWINDS) != 0) rewind(lane, prevOf(k), sign);
}

/** The next page from `page` on that no block ever covered whole; halves the ways it walks, so that all marks together cost one pass. */
function nextUncovered(lane: Lane, page: u32): u32 {
  let at = page;
  for (;;) {
    const entry = lane.skip + ((<usize>at) << 2);
    const to = load<u32>(entry);
    if (to == 0) break;
    const further = load<u32>(lane.skip + ((<usize>to) << 2));
    if (further != 0) store<u32>(entry, further);
    at = to;
  }
  return at;
}

function touchTiles(lane: Lane, page: u32, from: u32, to: u32, t: u32): void {
  let record = recordOf(lane, page);
  if (record == 0) record = makeRecord(lane, page);
  const first = from >> 10;
  const last = (to - 1) >> 10;
  const wanted = (u64.MAX_VALUE >> <u64>(63 - (last - first))) << (<u64>first);
  const entry = lane.touched + ((<usize>page) << 3);
  const touched = load<u64>(entry);
  let fresh = wanted & ~touched;
  if (fresh == 0) return;
  store<u64>(entry, touched | wanted);
  while (fresh != 0) {
    store<u32>(record + FIRSTS + ((<usize>ctz(fresh)) << 2), t);
    fresh &= fresh - 1;
  }
  const any = lane.firstAny + ((<usize>page) << 2);
  if (load<u32>(any) == 0) store<u32>(any, t);
}

/** Notes what operation `t` covers for the first time. */
function touch(lane: Lane, payload: u32, usable: u32, t: u32): void {
  const start = chunkStart(lane, payload);
  const end = chunkEnd(payload, usable);
  let page = <u32>(start >> PAGE_SHIFT);
  const endPage = <u32>(end >> PAGE_SHIFT);
  const from = <u32>(start & 0xffff);
  const to = <u32>(end & 0xffff);
  lane.topPage = max(lane.topPage, min(MAX_PAGES, endPage + 1));
  if (page == endPage) {
    touchTiles(lane, page, from, to, t);
    return;
  }
  if (from != 0) {
    touchTiles(lane, page, from, PAGE_BYTES, t);
    page++;
  }
  if (to != 0) touchTiles(lane, endPage, 0, to, t);
  for (page = nextUncovered(lane, page); page < endPage; page = nextUncovered(lane, page)) {
    store<u32>(lane.firstWhole + ((<usize>page) << 2), t);
    const any = lane.firstAny + ((<usize>page) << 2);
    if (load<u32>(any) == 0) store<u32>(any, t);
    store<u32>(lane.skip + ((<usize>page) << 2), page + 1);
  }
}

/** Where an arena's next block goes after operation k + 1; the log says it for operations that give no block. */
function bumpAfter(lane: Lane, k: u32, before: u32): u32 {
  const action = actionOf(k);
  if ((action & GRANTS) != 0) {
    const payload = addressOf(lane, k);
    return payload == 0 ? before : max(before, payload + usableOf(lane, k));
  }
  return (action & (HOLDS | REWINDS)) != 0 ? before : usableOf(lane, k);
}

/** Replays the entries that have been written into the log up to `logged` for the first time. */
export function extend(lane: Lane, logged: u32): void {
  const from = lane.logged;
  moveTo(lane, from);
  let bump = lane.bumps == 0 ? 0 : from == 0 ? <u32>lane.base : load<u32>(lane.bumps + ((<usize>from - 1) << 2));
  for (let k = from; k < logged; k++) {
    if ((k & ((1 << SAMPLE_SHIFT) - 1)) == 0) {
      const at = lane.samples + ((<usize>(k >> SAMPLE_SHIFT)) << 4);
      store<i64>(at, lane.live);
      store<i64>(at + 8, lane.peak);
    }
    if (wantsCheckpoint(lane, k)) {
      lane.position = k;
      saveCheckpoint(lane);
    }
    if ((actionOf(k) & GRANTS) != 0) {
      const payload = addressOf(lane, k);
      const usable = usableOf(lane, k);
      if (payload != 0 && usable != 0) touch(lane, payload, usable, k + 1);
    }
    step(lane, k, 1);
    lane.peak = max(lane.peak, lane.live);
    if (lane.bumps != 0) {
      bump = bumpAfter(lane, k, bump);
      store<u32>(lane.bumps + ((<usize>k) << 2), bump);
    }
  }
  lane.logged = logged;
  lane.position = logged;
}

/** Brings the lane to position `to`, at most `logged`: from where it stands or from a checkpoint, whichever is nearer. */
function moveTo(lane: Lane, to: u32): void {
  const from = nearest(lane, to);
  if (from != HERE) restoreCheckpoint(lane, from);
  let at = lane.position;
  while (at < to) step(lane, at++, 1);
  while (at > to) step(lane, --at, -1);
  lane.position = to;
}

export function seek(lane: Lane, to: u32, pages: u32): void {
  moveTo(lane, to);
  lane.pages = pages;
  if (lane.bumps != 0) lane.deadTo = to == 0 ? lane.base : load<u32>(lane.bumps + ((<usize>to - 1) << 2));
  if (!lane.coverFresh) addCovers(lane);
}

/** Works out how many blocks cover each page whole. Few pages are a block's first or last: sixteen that are none have the count of the page before. */
function addCovers(lane: Lane): void {
  let covering: u32 = 0;
  let from = lane.difference;
  let to = lane.cover;
  // Both tables have room for all pages that there can be, a multiple of sixteen.
  for (const end = from + ((<usize>lane.topPage) << 2); from < end; from += 64, to += 64) {
    const a = v128.or(v128.load(from), v128.load(from, 16));
    const b = v128.or(v128.load(from, 32), v128.load(from, 48));
    if (v128.any_true(v128.or(a, b))) {
      for (let n: usize = 0; n < 64; n += 4) {
        covering += load<u32>(from + n);
        store<u32>(to + n, covering);
      }
      continue;
    }
    const same = i32x4.splat(covering);
    v128.store(to, same);
    v128.store(to, same, 16);
    v128.store(to, same, 32);
    v128.store(to, same, 48);
  }
  lane.coverFresh = true;
}
