// Two lanes page by page: which of them holds more live bytes there. The numbers of the states are those of
// `DifferenceState` in src/model/heap-frame.ts.
import { Lane, pageSum } from './lane';
import { PAGE_BYTES, PAGE_SHIFT } from './regions';

const NEITHER_GROWN: u32 = 0;
const SAME: u32 = 1;
const ONLY_A: u32 = 2;
const ONLY_B: u32 = 3;
/** Level n of A's or B's surplus is this + n. */
const MORE_IN_A: u32 = 3;
const MORE_IN_B: u32 = 11;

function held(lane: Lane, page: u32): i32 {
  return <i32>min(pageSum(lane, page), <u64>PAGE_BYTES);
}

/** Live bytes of page in `b` less those in `a`; bytes with two owners count once for every page that is full of them. */
export function pageDifference(a: Lane, b: Lane, page: u32): i32 {
  return held(b, page) - held(a, page);
}

/** Levels are rounded up as those of live bytes are: one byte shows, and 8 is more than 7/8 of a page. */
function differenceState(a: Lane, b: Lane, page: u32): u32 {
  const difference = pageDifference(a, b, page);
  if (difference != 0) {
    const level = (((<u32>abs(difference)) << 3) + PAGE_BYTES - 1) >> <u32>PAGE_SHIFT;
    return (difference < 0 ? MORE_IN_A : MORE_IN_B) + level;
  }
  if (page < a.pages) return page < b.pages ? SAME : ONLY_A;
  return page < b.pages ? ONLY_B : NEITHER_GROWN;
}

/** States of `pages` pages from `first` on, u8 each into `out`. */
export function differenceStates(a: Lane, b: Lane, first: u32, pages: u32, out: usize): void {
  for (let page = first; page < first + pages; page++) store<u8>(out++, differenceState(a, b, page));
}

/** f64 each into `out`: pages where A holds more, bytes it holds more there; the same of B. */
export function differenceFacts(a: Lane, b: Lane, out: usize): void {
  let pagesA: u32 = 0;
  let bytesA: u64 = 0;
  let pagesB: u32 = 0;
  let bytesB: u64 = 0;
  const end = max(a.pages, b.pages);
  for (let page: u32 = 0; page < end; page++) {
    const difference = pageDifference(a, b, page);
    if (difference < 0) {
      pagesA++;
      bytesA += <u64>-difference;
    } else if (difference > 0) {
      pagesB++;
      bytesB += <u64>difference;
    }
  }
  store<f64>(out, pagesA);
  store<f64>(out + 8, <f64>bytesA);
  store<f64>(out + 16, pagesB);
  store<f64>(out + 24, <f64>bytesB);
}
