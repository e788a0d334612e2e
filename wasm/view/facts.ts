// What follows from the log at the lane's position, beside the map.
import { actionOf, DROPS, endOf, GRANTS, HOLDS, lineOf, prevOf, REWINDS } from './columns';
import { addressOf, chunkEnd, chunkStart, Lane, pageSum, requestedOf, SAMPLE_SHIFT, usableOf } from './lane';
import { MAX_PAGES, PAGE_BYTES, PAGE_SHIFT } from './regions';

function heldBy(lane: Lane, k: u32): i64 {
  return addressOf(lane, k) != 0 ? <i64>requestedOf(lane, k) : 0;
}

/** How live requested bytes change by operation k + 1. */
function liveChange(lane: Lane, k: u32): i64 {
  const action = actionOf(k);
  let change: i64 = 0;
  if ((action & DROPS) != 0) change -= heldBy(lane, prevOf(k) - 1);
  if ((action & HOLDS) != 0) change += heldBy(lane, k);
  if ((action & REWINDS) != 0) {
    const list: usize = prevOf(k);
    const end = list + ((<usize>load<u32>(list)) << 2);
    for (let at = list; at < end; at += 4) change -= heldBy(lane, load<u32>(at, 4) - 1);
  }
  return change;
}

/** The most requested bytes that were live at once so far: from the last sample on, added up again. */
export function peakLive(lane: Lane): i64 {
  if (lane.position == 0) return 0;
  const sample = (lane.position - 1) >> SAMPLE_SHIFT;
  let live = load<i64>(lane.samples + ((<usize>sample) << 4));
  let peak = load<i64>(lane.samples + ((<usize>sample) << 4) + 8);
  for (let k = sample << SAMPLE_SHIFT; k < lane.position; k++) {
    live += liveChange(lane, k);
    peak = max(peak, live);
  }
  return peak;
}

/** Empty pages, those of them at the end, and bytes that pages with a live byte waste: f64 each, into `out`. */
export function pageFacts(lane: Lane, out: usize): void {
  const firstOwn = <u32>((lane.base + PAGE_BYTES - 1) >> PAGE_SHIFT);
  let empty: u32 = 0;
  let trailing: u32 = 0;
  let waste: u64 = 0;
  for (let page: u32 = 0; page < lane.pages; page++) {
    const live = pageSum(lane, page);
    if (live != 0) {
      waste += PAGE_BYTES - min(live, <u64>PAGE_BYTES);
      trailing = 0;
    } else if (page >= firstOwn) {
      empty++;
      trailing++;
    }
  }
  store<f64>(out, empty);
  store<f64>(out + 8, trailing);
  store<f64>(out + 16, <f64>waste);
}

/**
 * The last operation whose block covers any of `bytes` bytes from `address` on and is still there; a placed block before
 * the chunk it lies in. 0 for none. Walks back along the log, about a nanosecond an operation.
 */
export function blockAt(lane: Lane, address: u32, bytes: u32): u32 {
  const end = <u64>address + <u64>bytes;
  for (let page = address >> 16; (<u64>page) << PAGE_SHIFT < end; page++) {
    if (page == MAX_PAGES) return 0;
    if (pageSum(lane, page) != 0) return searchBack(lane, address, end);
  }
  return 0;
}

function searchBack(lane: Lane, from: u64, to: u64): u32 {
  for (let t = lane.position; t != 0; t--) {
    if ((actionOf(t - 1) & (GRANTS | HOLDS)) == 0) continue;
    const payload = <u64>addressOf(lane, t - 1);
    if (payload == 0 || to <= payload || from >= payload + <u64>usableOf(lane, t - 1)) continue;
    const end = endOf(t - 1);
    if (end == 0 || end > lane.position) return t;
  }
  return 0;
}

/**
 * Operations whose live block, or its header, has a byte in a page, the latest first: a u32 each into `out`, `most` of them
 * at most. Walks back along the log, about a nanosecond an operation, until every live byte of the page has its owner.
 */
export function blocksIn(lane: Lane, page: u32, out: usize, most: u32): u32 {
  const from = (<u64>page) << PAGE_SHIFT;
  const to = from + PAGE_BYTES;
  let unowned = pageSum(lane, page);
  let found: u32 = 0;
  for (let t = lane.position; t != 0 && unowned != 0 && found < most; t--) {
    const action = actionOf(t - 1);
    if ((action & (GRANTS | HOLDS)) == 0) continue;
    const payload = addressOf(lane, t - 1);
    const usable = usableOf(lane, t - 1);
    if (payload == 0 || usable == 0) continue;
    const start = (action & GRANTS) != 0 ? chunkStart(lane, payload) : <u64>payload;
    const end = chunkEnd(payload, usable);
    if (to <= start || from >= end) continue;
    const over = endOf(t - 1);
    if (over != 0 && over <= lane.position) continue;
    store<u32>(out + ((<usize>found) << 2), t);
    found++;
    // What a program places in a chunk of its own is counted with the chunk.
    if ((action & GRANTS) != 0) unowned -= min(unowned, min(to, end) - max(from, start));
  }
  return found;
}

/** Live requested bytes by line for a list of more lines than are kept up: f64 each into `out`, which has `lines` of them. */
export function addUpLines(lane: Lane, out: usize, lines: u32): void {
  memory.fill(out, 0, lines << 3);
  for (let k: u32 = 0; k < lane.position; k++) {
    if ((actionOf(k) & HOLDS) == 0 || addressOf(lane, k) == 0 || lineOf(k) >= lines) continue;
    const end = endOf(k);
    if (end != 0 && end <= lane.position) continue;
    const at = out + ((<usize>lineOf(k)) << 3);
    store<f64>(at, load<f64>(at) + <f64>requestedOf(lane, k));
  }
}
