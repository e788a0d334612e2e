// Replays what allocators did, for the page: sums live bytes per page and tile at any operation, and paints them.
//
// The worker that runs the allocators logs 8 bytes an operation: where the block went, and how large it is. Here that log
// is stepped over, in both directions and by checkpoints, so that a map of memory at any of five million operations is
// there within a frame, and the exact bytes are asked for only when someone wants to read them.
//
//   operations (shared by all lanes) ─┐
//   log of a lane ────────────────────┴─► live bytes by page and tile ─► states ─► pixels
//                                     └─► shades: ages and lines of these bytes, where a map asks for them ─┘
//
// The page lays out this memory (`reserve`, `release`); everything else happens here. It is bad at one thing: what needs
// the free chunks (holes, fragmentation, dead cells of wee) is not in the log, and the readers of the bytes say it.
import { tileStates } from './view/cells';
import { beginColours, colourStates } from './view/colours';
import { keptLines } from './view/columns';
import { pageFacts, peakLive } from './view/facts';
import { Lane, pageSum } from './view/lane';
import { Shades } from './view/shades';

export { countPages, liveByRow } from './view/cells';
export { pageShade } from './view/colours';
export { setColumns } from './view/columns';
export { differenceFacts } from './view/difference';
export { addUpLines, blockAt, blocksIn } from './view/facts';
export { keepRequested, openLane } from './view/lane';
export { openPicture, raster, rasterDifference } from './view/raster';
export { extend, seek } from './view/replay';
export { followShades, openShades, setSites } from './view/shades';

/** First byte of memory that is the page's to lay out. */
export function firstFree(): usize {
  return __heap_base;
}

/** Bytes that two owners of a byte count twice for, so more than a page has is possible after a misuse. */
export function pageLive(lane: Lane, page: u32): f64 {
  return <f64>pageSum(lane, page);
}

/** State of one tile of a page cut into `side` × `side`, coloured by `shades` if not 0; `scratch` takes a byte a tile. */
export function tileState(lane: Lane, shades: Shades, page: u32, tile: u32, side: u32, scratch: usize): u32 {
  tileStates(lane, page, side, scratch);
  if (changetype<usize>(shades) != 0) {
    beginColours();
    colourStates(lane, shades, page, side, scratch);
  }
  return load<u8>(scratch + tile);
}

/** f64 each into `out`: blocks, live, gross, peak live, usable, then empty pages, trailing pages, pinned waste. */
export function facts(lane: Lane, out: usize): void {
  store<f64>(out, <f64>lane.blocks);
  store<f64>(out + 8, <f64>lane.live);
  store<f64>(out + 16, <f64>lane.gross);
  store<f64>(out + 24, <f64>peakLive(lane));
  store<f64>(out + 32, <f64>lane.usableLive);
  pageFacts(lane, out + 40);
}

export function bump(lane: Lane): f64 {
  return lane.bumps != 0 ? <f64>lane.deadTo : 0;
}

/** Live requested bytes by line, f64 each, where they are kept up. */
export function lineLive(lane: Lane, out: usize): void {
  for (let line: usize = 0; line < keptLines; line++) {
    store<f64>(out + (line << 3), <f64>load<i64>(lane.lineLive + (line << 3)));
  }
}
