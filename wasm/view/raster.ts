// Paints a lane's map into a picture of device pixels. A picture remembers the state of each of its tiles, so that only
// what changed since the last time is written; the patterns come ready made, a whole cell for each state.
import { tileStates } from './cells';
import { beginColours, colourStates } from './colours';
import { differenceState } from './difference';
import { Lane } from './lane';
import { reserve } from './regions';
import { Shades } from './shades';

const UNKNOWN: u32 = 255;
const NOT_GROWN: u32 = 0;

/**
 * Gap, cell, gap, cell … gap: the cell of column c begins at `gap + c · (cell + gap)`, rows alike. Patterns: a cell for
 * each state, each `cell × cell` pixels of RGBA.
 */
@unmanaged
export class Picture {
  pixels: usize = 0;
  patterns: usize = 0;
  width: u32 = 0;
  height: u32 = 0;
  /** Rows of pixels that the last raster changed: `from` up to before `to`. */
  from: u32 = 0;
  to: u32 = 0;
  /** 0 where pages follow each other row by row; else u8 a cell of a square of 16 × 16: its page in there. */
  square: usize = 0;

  columns: u32 = 0;
  rows: u32 = 0;
  cell: u32 = 0;
  gap: u32 = 0;
  side: u32 = 0;
  /** u8 a tile: what the picture shows. */
  states: usize = 0;
  /** States of the page being looked at. */
  scratch: usize = 0;
}

export function openPicture(
  columns: u32,
  rows: u32,
  cell: u32,
  gap: u32,
  side: u32,
  squares: bool,
  patterns: u32,
): Picture {
  const picture = changetype<Picture>(reserve(offsetof<Picture>()));
  picture.columns = columns;
  picture.rows = rows;
  picture.cell = cell;
  picture.gap = gap;
  picture.side = side;
  picture.width = columns * (cell + gap) + gap;
  picture.height = rows * (cell + gap) + gap;
  picture.pixels = reserve((picture.width * picture.height) << 2);
  picture.patterns = reserve((patterns * cell * cell) << 2);
  picture.states = reserve(columns * rows * side * side);
  picture.scratch = reserve(side * side);
  if (squares) picture.square = reserve(256);
  return picture;
}

function fillRow(at: usize, pixels: u32, colour: u32): void {
  const end = at + ((<usize>pixels) << 2);
  const four = i32x4.splat(colour);
  for (; at + 16 <= end; at += 16) v128.store(at, four);
  for (; at < end; at += 4) store<u32>(at, colour);
}

/** A graticule tick: a cross in the gaps at the lower right corner of a cell, or the paper where it was. */
function paintTick(picture: Picture, x: u32, y: u32, colour: u32): void {
  const gap = picture.gap;
  for (let row = y - gap; row < min(y + 2 * gap, picture.height); row++) {
    const wide = row >= y && row < y + gap;
    const from = wide ? x - gap : x;
    const to = wide ? min(x + 2 * gap, picture.width) : x + gap;
    fillRow(picture.pixels + ((<usize>(row * picture.width + from)) << 2), to - from, colour);
  }
}

/** The page that a cell shows, counted from the first. */
function pageAt(picture: Picture, row: u32, column: u32): u32 {
  if (picture.square == 0) return row * picture.columns + column;
  const square = (row >> 4) * (picture.columns >> 4) + (column >> 4);
  return (square << 8) + load<u8>(picture.square + (((row & 15) << 4) | (column & 15)));
}

function copyTile(to: usize, from: usize, size: u32, toStride: usize, fromStride: usize): void {
  const bytes = (<usize>size) << 2;
  const vectors = bytes & ~15;
  for (let row: u32 = 0; row < size; row++) {
    let at: usize = 0;
    for (; at < vectors; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
    to += toStride;
    from += fromStride;
  }
}

const NO_LANE = changetype<Lane>(0);
const NO_SHADES = changetype<Shades>(0);

/** Draws what differs from the last time, or everything (`anew`) on fresh paper. `shades` 0: by how much is live. */
export function raster(
  lane: Lane,
  shades: Shades,
  picture: Picture,
  firstPage: u32,
  paper: u32,
  tick: u32,
  anew: bool,
): void {
  paint(lane, NO_LANE, shades, picture, firstPage, paper, tick, anew);
}

/** Draws which of two lanes holds more of each page, in the same manner; cells of one tile. */
export function rasterDifference(
  a: Lane,
  b: Lane,
  picture: Picture,
  firstPage: u32,
  paper: u32,
  tick: u32,
  anew: bool,
): void {
  paint(a, b, NO_SHADES, picture, firstPage, paper, tick, anew);
}

function statesOf(lane: Lane, other: Lane, shades: Shades, page: u32, side: u32, out: usize): void {
  if (changetype<usize>(other) != 0) {
    store<u8>(out, differenceState(lane, other, page));
    return;
  }
  tileStates(lane, page, side, out);
  if (changetype<usize>(shades) != 0) colourStates(lane, shades, page, side, out);
}

function paint(
  lane: Lane,
  other: Lane,
  shades: Shades,
  picture: Picture,
  firstPage: u32,
  paper: u32,
  tick: u32,
  anew: bool,
): void {
  const cell = picture.cell;
  const gap = picture.gap;
  const side = picture.side;
  const tiles = side * side;
  const tile = cell / side;
  const pitch = cell + gap;
  const width = picture.width;
  const stride = (<usize>width) << 2;
  const patternStride = (<usize>cell) << 2;
  const scratch = picture.scratch;
  beginColours();
  if (anew) {
    fillRow(picture.pixels, width * picture.height, paper);
    memory.fill(picture.states, <u8>UNKNOWN, picture.columns * picture.rows * tiles);
  }
  let first = picture.rows;
  let last: u32 = 0;
  let shown = picture.states;
  for (let row: u32 = 0; row < picture.rows; row++) {
    const y = gap + row * pitch;
    let changed = false;
    for (let column: u32 = 0; column < picture.columns; column++, shown += tiles) {
      const page = firstPage + pageAt(picture, row, column);
      const x = gap + column * pitch;
      const before = <u32>load<u8>(shown);
      statesOf(lane, other, shades, page, side, scratch);
      // A page as one cell is what a map of four gigabytes has 65,536 of: nothing is written where nothing changed.
      if (side == 1 && load<u8>(scratch) == before) continue;
      if (gap != 0) {
        const isGrown = load<u8>(scratch) != NOT_GROWN;
        if ((before != NOT_GROWN) != isGrown) paintTick(picture, x + cell, y + cell, isGrown ? paper : tick);
      }
      for (let n: u32 = 0; n < tiles; n++) {
        const state = <u32>load<u8>(scratch + n);
        if (state == load<u8>(shown + n)) continue;
        store<u8>(shown + n, state);
        changed = true;
        const inX = (n % side) * tile;
        const inY = (n / side) * tile;
        copyTile(
          picture.pixels + ((<usize>((y + inY) * width + x + inX)) << 2),
          picture.patterns + ((<usize>(state * cell * cell + inY * cell + inX)) << 2),
          tile,
          stride,
          patternStride,
        );
      }
    }
    if (changed) {
      first = min(first, row);
      last = row + 1;
    }
  }
  picture.from = anew ? 0 : first * pitch;
  picture.to = anew ? picture.height : last == 0 ? picture.from : min(picture.height, last * pitch + 2 * gap);
}
