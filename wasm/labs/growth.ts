// The module of the lab about growth: programs that grow the memory they are given, each in its own way. A page is 64 KiB;
// growing only promises it, the first write to it makes the system find one.

const PAGE: usize = 65536;
/** Systems hand out memory in pieces of this size or larger: one write in each touches all. */
const PIECE: usize = 4096;

/** The instruction itself: pages until then, or −1. */
export function grow(pages: i32): i32 {
  return memory.grow(pages);
}

/** Grows by `step` pages at a time up to `to`; returns how many calls that took, or −1 when one was refused. */
export function growBy(step: i32, to: i32): i32 {
  let calls = 0;
  for (let pages = memory.size(); pages < to; pages = memory.size()) {
    if (memory.grow(min(step, to - pages)) < 0) return -1;
    calls++;
  }
  return calls;
}

/** The same, each time by `percent` of what there is, a page at least, never past `most`. */
export function growByShare(percent: i32, to: i32, most: i32): i32 {
  let calls = 0;
  for (let pages = memory.size(); pages < to; pages = memory.size()) {
    const wanted = max(1, (pages * percent) / 100);
    if (memory.grow(min(wanted, most - pages)) < 0) return -1;
    calls++;
  }
  return calls;
}

/** Writes a word into every piece of the pages from `from` to `to` − 1, `times` times over. */
export function touch(from: u32, to: u32, times: u32): void {
  const end = <usize>to * PAGE;
  for (let k: u32 = 0; k < times; k++) {
    for (let at = <usize>from * PAGE; at < end; at += PIECE) store<u32>(at, k + 1);
  }
}

/** Was anything written to the page? */
export function touched(page: u32): bool {
  return load<u32>(<usize>page * PAGE) != 0;
}

/** A program that looks at what `grow` gives: it takes as many of the pages as it can get, and says how many. */
export function careful(pages: i32): i32 {
  let got = 0;
  while (got < pages && memory.grow(1) >= 0) got++;
  return got;
}

/** A program that does not: it writes to where it believes its new pages are. After −1 that is the last page of 4 GiB. */
export function careless(pages: i32): usize {
  const block = <usize>memory.grow(pages) * PAGE;
  store<u32>(block, 1);
  return block;
}

let bump: usize = PAGE;

/** A program that serves a request and never gives its block back; the block's address, or 0 when memory is at its end. */
export function serve(bytes: u32): usize {
  const block = bump;
  const end = block + bytes;
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  bump = end;
  return block;
}
