// A lane's tiles at some positions, so that a seek replays at most half the way between two of them. Only what is not
// zero is kept. The road not taken, copies of all tiles, costs 16 MB each for a heap of 4 GiB.
//
// A checkpoint: live, gross, usableLive, blocks (i64 each), peak is in the samples; three counts (u32); then lines (u32
// line, i64 bytes), differences (u32 page, i32), pages (u32 page | WIDE, i64 sum, 64 tiles of 2 bytes, or 4 if WIDE).
import { keptLines } from './columns';
import { FIRSTS, Lane, RECORD_BYTES, recordOf } from './lane';
import { keepCheckpoint, placeOf, positionOf } from './positions';
import { MAX_PAGES, reserve, TILES } from './regions';

const HEAD: u32 = 44;
const LINE_ENTRY: u32 = 12;
const DIFFERENCE_ENTRY: u32 = 8;
const PAGE_ENTRY: u32 = 12;
const WIDE: u32 = 1 << 31;

/** Is a tile's sum beyond 16 bits? Only where more than 63 blocks own the same bytes: after a misuse. */
function needsWide(tiles: usize): bool {
  for (let n: usize = 0; n < TILES; n++) if (load<u32>(tiles + (n << 2)) > 0xffff) return true;
  return false;
}

export function saveCheckpoint(lane: Lane): void {
  let lines: u32 = 0;
  for (let line: usize = 0; line < keptLines; line++) if (load<i64>(lane.lineLive + (line << 3)) != 0) lines++;
  const top = min(lane.topPage + 1, MAX_PAGES + 1);
  let differences: u32 = 0;
  for (let page: usize = 0; page < top; page++) if (load<i32>(lane.difference + (page << 2)) != 0) differences++;
  let pages: u32 = 0;
  let bytes = HEAD + lines * LINE_ENTRY + differences * DIFFERENCE_ENTRY;
  for (let page: u32 = 0; page < lane.topPage; page++) {
    if (load<u64>(lane.partial + ((<usize>page) << 3)) == 0) continue;
    pages++;
    bytes += PAGE_ENTRY + (needsWide(recordOf(lane, page)) ? TILES * 4 : TILES * 2);
  }
  const start = reserve(bytes);
  store<i64>(start, lane.live);
  store<i64>(start + 8, lane.gross);
  store<i64>(start + 16, lane.usableLive);
  store<i64>(start + 24, lane.blocks);
  store<u32>(start + 32, lines);
  store<u32>(start + 36, differences);
  store<u32>(start + 40, pages);
  let at = start + HEAD;
  for (let line: usize = 0; line < keptLines; line++) {
    const live = load<i64>(lane.lineLive + (line << 3));
    if (live == 0) continue;
    store<u32>(at, <u32>line);
    store<i64>(at + 4, live);
    at += LINE_ENTRY;
  }
  for (let page: usize = 0; page < top; page++) {
    const difference = load<i32>(lane.difference + (page << 2));
    if (difference == 0) continue;
    store<u32>(at, <u32>page);
    store<i32>(at + 4, difference);
    at += DIFFERENCE_ENTRY;
  }
  for (let page: u32 = 0; page < lane.topPage; page++) {
    const sum = load<u64>(lane.partial + ((<usize>page) << 3));
    if (sum == 0) continue;
    const tiles = recordOf(lane, page);
    const wide = needsWide(tiles);
    store<u32>(at, wide ? page | WIDE : page);
    store<u64>(at + 4, sum);
    at += PAGE_ENTRY;
    if (wide) {
      memory.copy(at, tiles, TILES * 4);
      at += TILES * 4;
    } else {
      for (let n: usize = 0; n < TILES; n += 8) {
        const low = v128.load(tiles + (n << 2));
        const high = v128.load(tiles + (n << 2) + 16);
        v128.store(at + (n << 1), i16x8.narrow_i32x4_u(low, high));
      }
      at += TILES * 2;
    }
  }
  keepCheckpoint(lane, start, bytes, pages);
}

function clear(lane: Lane): void {
  for (let page: u32 = 0; page < lane.topPage; page++) {
    const sum = lane.partial + ((<usize>page) << 3);
    if (load<u64>(sum) == 0) continue;
    store<u64>(sum, 0);
    memory.fill(recordOf(lane, page), 0, RECORD_BYTES - FIRSTS);
  }
  memory.fill(lane.difference, 0, (min(lane.topPage, MAX_PAGES) + 1) << 2);
  memory.fill(lane.lineLive, 0, keptLines << 3);
  lane.coverFresh = false;
  lane.position = 0;
  lane.live = 0;
  lane.gross = 0;
  lane.usableLive = 0;
  lane.blocks = 0;
}

export function restoreCheckpoint(lane: Lane, index: i32): void {
  clear(lane);
  if (index < 0) return;
  const start = placeOf(lane, index);
  lane.position = positionOf(lane, index);
  lane.live = load<i64>(start);
  lane.gross = load<i64>(start + 8);
  lane.usableLive = load<i64>(start + 16);
  lane.blocks = load<i64>(start + 24);
  let at = start + HEAD;
  let end = at + load<u32>(start + 32) * LINE_ENTRY;
  for (; at < end; at += LINE_ENTRY) store<i64>(lane.lineLive + ((<usize>load<u32>(at)) << 3), load<i64>(at + 4));
  end = at + load<u32>(start + 36) * DIFFERENCE_ENTRY;
  for (; at < end; at += DIFFERENCE_ENTRY)
    store<i32>(lane.difference + ((<usize>load<u32>(at)) << 2), load<i32>(at + 4));
  for (let n = load<u32>(start + 40); n != 0; n--) {
    const word = load<u32>(at);
    const page = word & ~WIDE;
    const tiles = recordOf(lane, page);
    store<u64>(lane.partial + ((<usize>page) << 3), load<u64>(at + 4));
    at += PAGE_ENTRY;
    if ((word & WIDE) != 0) {
      memory.copy(tiles, at, TILES * 4);
      at += TILES * 4;
      continue;
    }
    for (let i: usize = 0; i < TILES; i += 8) {
      const packed = v128.load(at + (i << 1));
      v128.store(tiles + (i << 2), i32x4.extend_low_i16x8_u(packed));
      v128.store(tiles + (i << 2) + 16, i32x4.extend_high_i16x8_u(packed));
    }
    at += TILES * 2;
  }
}
