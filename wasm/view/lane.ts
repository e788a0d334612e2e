// One lane: its log, and what the log comes to at one position.
import { count, keptLines, sizes } from './columns';
import { openReplay, Replay } from './positions';
import { MAX_PAGES, PAGE_SHIFT, reserve } from './regions';

/** Live and peak bytes are noted every so many operations; in between they are added up again. */
export const SAMPLE_SHIFT: u32 = 10;

/**
 * Tables of a page hold an entry for each of the 65,536 pages a memory can have (4 bytes, 8 where they hold sums), so a
 * lane of few pages costs address space, not memory. Tiles are kept for pages that some block covers in part; blocks
 * that cover whole pages are counted at their first and last page only, in `difference`, so that a block of a gigabyte
 * costs no more than one of a page.
 */
@unmanaged
export class Lane extends Replay {
  // The log, an entry an operation.
  address: usize = 0;
  usable: usize = 0;
  /** Requested bytes where they differ from what the operations say, else 0. */
  requested: usize = 0;
  /** Arena lanes: where the next block goes after each operation, else 0. */
  bumps: usize = 0;

  header: u32 = 0;
  base: u64 = 0;
  /** From the base up to here nothing can be handed out before a reset, or ever: an arena's bump, the start of wee's first run. */
  deadTo: u64 = 0;

  // What holds at `position`.
  /** Committed pages. */
  pages: u32 = 0;
  live: i64 = 0;
  gross: i64 = 0;
  usableLive: i64 = 0;
  blocks: i64 = 0;
  /** u64 a page: bytes of blocks that cover the page in part. */
  partial: usize = 0;
  /** i32 a page: blocks that cover whole pages and begin here, less those that ended before. */
  difference: usize = 0;
  /** u32 a page: blocks that cover the whole page; right when `coverFresh`. */
  cover: usize = 0;
  coverFresh: bool = false;
  /** u64 a line below `keptLines`: live requested bytes. */
  lineLive: usize = 0;

  // What holds for the whole log.
  /** u32 a page: its record, 0 where no block ever covered it in part. */
  record: usize = 0;
  /** u32 a page: first operation that covered it whole, or at all; 0 for never. */
  firstWhole: usize = 0;
  firstAny: usize = 0;
  /** u32 a page: a page from which to look for the next that was never covered whole. */
  skip: usize = 0;
  /** u64 a page: which tiles have a first operation. */
  touched: usize = 0;
  /** Room for records that was reserved and not yet used. */
  spare: usize = 0;
  spareEnd: usize = 0;

  // Live and peak bytes at multiples of the sample's stride: i64 each.
  samples: usize = 0;
  peak: i64 = 0;
}

/** Live bytes of each tile (u32), then each tile's first operation (u32). */
export const RECORD_BYTES: u32 = 512;
export const FIRSTS: u32 = 256;
const RECORDS_AT_ONCE: u32 = 64;

export function openLane(base: u32, header: u32, deadTo: f64, arena: bool, budget: u32): Lane {
  const lane = changetype<Lane>(reserve(offsetof<Lane>()));
  lane.base = base;
  lane.header = header;
  lane.deadTo = <u64>deadTo;
  lane.address = reserve(count << 2);
  lane.usable = reserve(count << 2);
  if (arena) lane.bumps = reserve(count << 2);
  lane.partial = reserve(MAX_PAGES << 3);
  lane.difference = reserve((MAX_PAGES + 1) << 2);
  lane.cover = reserve(MAX_PAGES << 2);
  lane.lineLive = reserve(keptLines << 3);
  lane.record = reserve(MAX_PAGES << 2);
  lane.firstWhole = reserve(MAX_PAGES << 2);
  lane.firstAny = reserve(MAX_PAGES << 2);
  lane.skip = reserve((MAX_PAGES + 1) << 2);
  lane.touched = reserve(MAX_PAGES << 3);
  lane.samples = reserve(((count >> SAMPLE_SHIFT) + 1) << 4);
  openReplay(lane, count, budget);
  lane.coverFresh = true;
  return lane;
}

/** The log gets a column of its own for requested bytes; up to here they are what the operations say. */
export function keepRequested(lane: Lane): usize {
  if (lane.requested == 0) {
    const column = reserve(count << 2);
    memory.copy(column, sizes, (<usize>lane.logged) << 2);
    lane.requested = column;
  }
  return lane.requested;
}

export function addressOf(lane: Lane, k: u32): u32 {
  return load<u32>(lane.address + ((<usize>k) << 2));
}

export function usableOf(lane: Lane, k: u32): u32 {
  return load<u32>(lane.usable + ((<usize>k) << 2));
}

export function requestedOf(lane: Lane, k: u32): u32 {
  return load<u32>((lane.requested != 0 ? lane.requested : sizes) + ((<usize>k) << 2));
}

const MEMORY_END: u64 = 1 << 32;

/** First byte of a block's chunk. After a misuse an address may be anything, so it is bounded here and nowhere else. */
export function chunkStart(lane: Lane, payload: u32): u64 {
  return payload > lane.header ? payload - lane.header : 0;
}

export function chunkEnd(payload: u32, usable: u32): u64 {
  return min(<u64>payload + <u64>usable, MEMORY_END);
}

export function recordOf(lane: Lane, page: u32): usize {
  return load<u32>(lane.record + ((<usize>page) << 2));
}

export function makeRecord(lane: Lane, page: u32): usize {
  if (lane.spare == lane.spareEnd) {
    lane.spare = reserve(RECORD_BYTES * RECORDS_AT_ONCE);
    lane.spareEnd = lane.spare + RECORD_BYTES * RECORDS_AT_ONCE;
  }
  const record = lane.spare;
  lane.spare += RECORD_BYTES;
  store<u32>(lane.record + ((<usize>page) << 2), <u32>record);
  return record;
}

/** Bytes of a page that blocks hold: their sum, so that two owners of a byte (after a misuse) count twice. */
export function pageSum(lane: Lane, page: u32): u64 {
  return (
    load<u64>(lane.partial + ((<usize>page) << 3)) + ((<u64>load<u32>(lane.cover + ((<usize>page) << 2))) << PAGE_SHIFT)
  );
}
