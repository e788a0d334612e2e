// Paints a lane's map into a picture of device pixels. A picture remembers the state of each of its tiles, so that only
// what changed since the last time is written; the patterns come ready made, a whole cell for each state.
import { pageStates, tileStates } from './cells';
import { beginColours, colourStates } from './colours';
import { differenceStates } from './difference';
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
  /** u8 a tile, cell by cell: what the picture shows. */
  shown: usize = 0;
  /** u8 a tile, page by page: what it is to show. */
  wanted: usize = 0;
  /** The states of a row of pages in the order of its cells. */
  gathered: usize = 0;
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
  picture.shown = reserve(columns * rows * side * side);
  picture.wanted = reserve(columns * rows * side * side);
  picture.gathered = reserve(columns);
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

/** What every tile of the picture is to show, page by page into `wanted`. */
function findStates(lane: Lane, other: Lane, shades: Shades, picture: Picture, firstPage: u32): void {
  const pages = picture.columns * picture.rows;
  const side = picture.side;
  let at = picture.wanted;
  if (changetype<usize>(other) != 0) {
    differenceStates(lane, other, firstPage, pages, at);
    return;
  }
  const tiles = side * side;
  if (side == 1) pageStates(lane, firstPage, pages, at);
  else for (let page: u32 = 0; page < pages; page++) tileStates(lane, firstPage + page, side, at + page * tiles);
  if (changetype<usize>(shades) == 0) return;
  beginColours();
  for (let page: u32 = 0; page < pages; page++, at += tiles) colourStates(lane, shades, firstPage + page, side, at);
}

/** Changes a cell of one tile. `y`: its upper row of pixels. */
function paintPage(picture: Picture, y: u32, column: u32, before: u32, state: u32, paper: u32, tick: u32): void {
  const cell = picture.cell;
  const gap = picture.gap;
  const x = gap + column * (cell + gap);
  if (gap != 0) {
    const isGrown = state != NOT_GROWN;
    if ((before != NOT_GROWN) != isGrown) paintTick(picture, x + cell, y + cell, isGrown ? paper : tick);
  }
  const to = picture.pixels + ((<usize>(y * picture.width + x)) << 2);
  const from = picture.patterns + ((<usize>(state * cell * cell)) << 2);
  copyTile(to, from, cell, (<usize>picture.width) << 2, (<usize>cell) << 2);
}

/**
 * Changes a row of cells of one tile: true where one was another. A map of four gigabytes has 65,536 of them, of which few
 * change: sixteen are held against what is shown at a time.
 */
function paintPages(picture: Picture, row: u32, shown: usize, wanted: usize, paper: u32, tick: u32): bool {
  const columns = picture.columns;
  const y = picture.gap + row * (picture.cell + picture.gap);
  // Dots of a pixel lie one beside the other: their row is copied state by state.
  const dots = picture.cell == 1 && picture.gap == 0;
  const pixels = picture.pixels + ((<usize>(y * picture.width)) << 2);
  const patterns = picture.patterns;
  let changed = false;
  for (let column: u32 = 0; column < columns; column += 16) {
    const many = min(columns - column, 16);
    let differs: u32 = 0;
    if (many == 16) {
      differs = i8x16.bitmask(i8x16.ne(v128.load(wanted + column), v128.load(shown + column)));
    } else {
      for (let n: u32 = 0; n < many; n++) {
        differs |= (<u32>(load<u8>(wanted + column + n) != load<u8>(shown + column + n))) << n;
      }
    }
    if (differs == 0) continue;
    changed = true;
    for (; differs != 0; differs &= differs - 1) {
      const at = column + ctz(differs);
      const state = <u32>load<u8>(wanted + at);
      if (dots) store<u32>(pixels + ((<usize>at) << 2), load<u32>(patterns + ((<usize>state) << 2)));
      else paintPage(picture, y, at, load<u8>(shown + at), state, paper, tick);
    }
  }
  if (changed) memory.copy(shown, wanted, columns);
  return changed;
}

/** The states of a row of pages, in the order of its cells. */
function wantedRow(picture: Picture, row: u32): usize {
  const columns = picture.columns;
  if (picture.square == 0) return picture.wanted + row * columns;
  const gathered = picture.gathered;
  for (let column: u32 = 0; column < columns; column++) {
    store<u8>(gathered + column, load<u8>(picture.wanted + pageAt(picture, row, column)));
  }
  return gathered;
}

/** Are all tiles of a cell shown as they are wanted? Their number is a multiple of sixteen. */
function sameTiles(shown: usize, wanted: usize, tiles: u32): bool {
  for (let n: u32 = 0; n < tiles; n += 16) {
    if (v128.any_true(v128.xor(v128.load(shown + n), v128.load(wanted + n)))) return false;
  }
  return true;
}

/** Changes a row of cells of several tiles: true where a tile was another. */
function paintTiles(picture: Picture, row: u32, shown: usize, paper: u32, tick: u32): bool {
  const cell = picture.cell;
  const gap = picture.gap;
  const side = picture.side;
  const tiles = side * side;
  const tile = cell / side;
  const width = picture.width;
  const stride = (<usize>width) << 2;
  const patternStride = (<usize>cell) << 2;
  const y = gap + row * (cell + gap);
  let changed = false;
  for (let column: u32 = 0; column < picture.columns; column++, shown += tiles) {
    const wanted = picture.wanted + pageAt(picture, row, column) * tiles;
    if (sameTiles(shown, wanted, tiles)) continue;
    changed = true;
    const x = gap + column * (cell + gap);
    if (gap != 0) {
      const isGrown = load<u8>(wanted) != NOT_GROWN;
      const wasGrown = load<u8>(shown) != NOT_GROWN;
      if (wasGrown != isGrown) paintTick(picture, x + cell, y + cell, isGrown ? paper : tick);
    }
    for (let n: u32 = 0; n < tiles; n++) {
      const state = <u32>load<u8>(wanted + n);
      if (state == load<u8>(shown + n)) continue;
      store<u8>(shown + n, state);
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
  return changed;
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
  const gap = picture.gap;
  const side = picture.side;
  const pitch = picture.cell + gap;
  const height = picture.height;
  const rowStates = picture.columns * side * side;
  findStates(lane, other, shades, picture, firstPage);
  if (anew) {
    // Without gaps the cells cover all of it.
    if (gap != 0) fillRow(picture.pixels, picture.width * height, paper);
    memory.fill(picture.shown, <u8>UNKNOWN, picture.rows * rowStates);
  }
  let first = picture.rows;
  let last: u32 = 0;
  let shown = picture.shown;
  for (let row: u32 = 0; row < picture.rows; row++, shown += rowStates) {
    const changed =
      side == 1
        ? paintPages(picture, row, shown, wantedRow(picture, row), paper, tick)
        : paintTiles(picture, row, shown, paper, tick);
    if (!changed) continue;
    first = min(first, row);
    last = row + 1;
  }
  picture.from = anew ? 0 : first * pitch;
  picture.to = anew ? height : last == 0 ? picture.from : min(height, last * pitch + 2 * gap);
}
