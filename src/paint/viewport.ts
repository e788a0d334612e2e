import { type Addr, type Bytes, type CssPx, type DevicePx, MAX_PAGES, PAGE_BYTES, type Pages } from '../model/units.ts';
import { bandRows, cellOfPage, type PageOrder, pageOfCell, SQUARE } from './page-order.ts';

/** What a map has to fit into. */
export interface MapSpace {
  readonly width: CssPx;
  readonly height: CssPx;
  /** Device pixels in a CSS pixel, 0.5 to 4 in practice. */
  readonly ratio: number;
  /** Lanes stand on top of each other: rows are twice as long. */
  readonly stacked: boolean;
  /** Pages that should be seen without scrolling, if there is any way. */
  readonly pages: Pages;
  /** First page shown; rounded down to a row, in Hilbert order to a band of rows. */
  readonly firstPage?: number;
  /** By address where nothing is said. */
  readonly order?: PageOrder;
}

/**
 * Where the cells of a map lie, in device pixels of its canvas: a neatline, a margin of paper, then the picture, which has
 * a gap before, between and after its cells. All whole numbers, so that every pixel belongs to one thing.
 */
export interface Viewport {
  readonly ratio: number;
  /** A hairline: a CSS pixel rounded to device pixels, at least one. */
  readonly unit: DevicePx;
  readonly columns: number;
  /** In Hilbert order whole bands of 16. */
  readonly rows: number;
  readonly firstPage: number;
  readonly order: PageOrder;
  readonly pitch: DevicePx;
  readonly cell: DevicePx;
  readonly gap: DevicePx;
  /** A cell shows `side` × `side` tiles. */
  readonly side: 1 | 4 | 8;
  /** From the canvas's edge to the picture's, on all sides. */
  readonly origin: DevicePx;
  /** Of the canvas. */
  readonly width: DevicePx;
  readonly height: DevicePx;
}

/** A rectangle in device pixels; functions write into one that the caller keeps. */
export interface Box {
  x: DevicePx;
  y: DevicePx;
  width: DevicePx;
  height: DevicePx;
}

/** Pitches in CSS pixels, gap included, and the tiles that each has room for. */
const PITCHES = [
  { pitch: 33, side: 8 },
  { pitch: 29, side: 4 },
  { pitch: 25, side: 8 },
  { pitch: 21, side: 4 },
  { pitch: 17, side: 4 },
  { pitch: 13, side: 4 },
  { pitch: 9, side: 1 },
] as const;
/** Without gap; a row is as long as fits, a power of two so that it is a round number of bytes. */
const SMALL_PITCHES = [5, 4, 3, 2, 1] as const;
const SMALL_COLUMNS = [256, 128, 64] as const;
/** No canvas is larger than this: beyond, browsers give one that draws nothing and say nothing. */
const LARGEST: DevicePx = 16_384;

/**
 * The largest cells with which the pages fit, or, where no size does, those that show the most pages: then the map is
 * scrolled. A space that is too small for anything still gives a map of one row.
 */
export function mapViewport(space: MapSpace): Viewport {
  const unit = Math.max(1, Math.round(space.ratio));
  const origin = 2 * unit;
  const width = Math.min(LARGEST, Math.floor(space.width * space.ratio)) - 2 * origin;
  const height = Math.min(LARGEST, Math.floor(space.height * space.ratio)) - 2 * origin;
  let fallback: Size | null = null;
  let shown = 0;
  for (const size of sizes(space, unit)) {
    const rows = rowsThatFit(size, height, space);
    if (size.columns * (size.cell + size.gap) + size.gap > width) continue;
    if (rows * size.columns >= space.pages && rows > 0) return viewportOf(space, size, rows, unit, origin);
    if (fallback === null || rows * size.columns > shown) {
      fallback = size;
      shown = rows * size.columns;
    }
  }
  const size = fallback ?? SMALLEST;
  const least = bandRows(space.order ?? 'address');
  return viewportOf(space, size, Math.max(least, rowsThatFit(size, height, space)), unit, origin);
}

function rowsThatFit({ cell, gap }: Size, height: DevicePx, { order = 'address' }: MapSpace): number {
  const band = bandRows(order);
  return Math.max(0, Math.floor((height - gap) / (cell + gap) / band) * band);
}

function viewportOf(
  space: Pick<MapSpace, 'ratio' | 'firstPage' | 'order'>,
  size: Size,
  room: number,
  unit: DevicePx,
  origin: DevicePx,
): Viewport {
  const { columns, cell, gap, side } = size;
  // No memory has more pages.
  const rows = Math.min(room, MAX_PAGES / columns);
  const pitch = cell + gap;
  const order = space.order ?? 'address';
  const step = columns * bandRows(order);
  return {
    ratio: space.ratio,
    unit,
    columns,
    rows,
    firstPage: Math.floor((space.firstPage ?? 0) / step) * step,
    order,
    pitch,
    cell,
    gap,
    side,
    origin,
    width: 2 * origin + columns * pitch + gap,
    height: 2 * origin + rows * pitch + gap,
  };
}

/** A map of a size that is not chosen by its space: a minimap, a lens. `rows` in Hilbert order are whole bands. */
export function fixedViewport(
  size: Size & { readonly rows: number },
  { ratio, firstPage = 0, order = 'address' }: Pick<MapSpace, 'ratio' | 'firstPage' | 'order'>,
): Viewport {
  const unit = Math.max(1, Math.round(ratio));
  return viewportOf({ ratio, firstPage, order }, size, size.rows, unit, 2 * unit);
}

/** The last first page to which a map of `pages` pages is scrolled: its last row stands at the foot. 0 where all are shown. */
export function lastFirstPage({ columns, rows, order }: Viewport, pages: Pages): number {
  const band = bandRows(order);
  const needed = Math.ceil(Math.min(MAX_PAGES, pages) / (columns * band)) * band;
  return Math.max(0, needed - rows) * columns;
}

/** The first page with which a page stands in the middle of the map. */
export function firstPageAround({ columns, rows, order }: Viewport, page: number): number {
  const step = columns * bandRows(order);
  return Math.max(0, Math.floor((page - (rows * columns) / 2) / step + 1) * step);
}

interface Size {
  readonly columns: number;
  readonly cell: DevicePx;
  readonly gap: DevicePx;
  readonly side: 1 | 4 | 8;
}

const SMALLEST: Size = { columns: 64, cell: 1, gap: 0, side: 1 };

/** All sizes, largest first. */
function* sizes({ ratio, stacked }: MapSpace, unit: DevicePx): Generator<Size> {
  const columns = stacked ? 32 : 16;
  for (const { pitch, side } of PITCHES) {
    const cell = Math.floor((Math.floor(pitch * ratio) - unit) / side) * side;
    if (cell >= side) yield { columns, cell, gap: unit, side };
  }
  for (const pitch of SMALL_PITCHES) {
    for (const many of SMALL_COLUMNS) {
      yield { columns: many, cell: Math.max(1, Math.floor(pitch * ratio)), gap: 0, side: 1 };
    }
  }
}

/** Are these the same picture geometry, pixel for pixel? */
export function sameViewport(a: Viewport, b: Viewport): boolean {
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.firstPage === b.firstPage &&
    a.order === b.order &&
    a.cell === b.cell &&
    a.gap === b.gap &&
    a.side === b.side &&
    a.origin === b.origin &&
    a.unit === b.unit
  );
}

/** Bytes that a row of cells stands for. */
export function rowBytes(viewport: Viewport): Bytes {
  return viewport.columns * PAGE_BYTES;
}

/** The listed pitch, in CSS px, that is the next larger (1) or smaller (−1) one than a map's; its own at the end of the list. */
export function nextPitch({ pitch, ratio }: Viewport, by: 1 | -1): CssPx {
  const listed: CssPx[] = [...PITCHES.map((size) => size.pitch), ...SMALL_PITCHES];
  // Cells are rounded down to whole tiles, so a map's pitch lies at or below the listed one.
  const here = listed.findLastIndex((one) => Math.floor(one * ratio) >= pitch);
  return listed[Math.max(0, Math.min(listed.length - 1, here - by))]!;
}

/** Have the cells the largest size that there is? */
export function isLargest(viewport: Viewport): boolean {
  return Math.floor(nextPitch(viewport, 1) * viewport.ratio) <= viewport.pitch;
}

/** A map whose cells have a listed pitch, in rows of as many pages as fit: a power of two. */
export function pitchedViewport(space: MapSpace, pitch: CssPx): Viewport {
  const unit = Math.max(1, Math.round(space.ratio));
  const origin = 2 * unit;
  const least = bandRows(space.order ?? 'address');
  const tiled = PITCHES.find((size) => size.pitch === pitch);
  const side = tiled?.side ?? 1;
  const gap = tiled === undefined ? 0 : unit;
  const cell = Math.max(side, Math.floor((Math.floor(pitch * space.ratio) - gap) / side) * side);
  let columns = tiled === undefined ? 256 : 32;
  const width = Math.floor(space.width * space.ratio) - 2 * origin - gap;
  while (columns > least && columns * (cell + gap) > width) columns /= 2;
  const size = { columns, cell, gap, side };
  const height = Math.floor(space.height * space.ratio) - 2 * origin;
  return viewportOf(space, size, Math.max(least, rowsThatFit(size, height, space)), unit, origin);
}

/** Where a page's cell lies, or false where its row is not shown. */
export function cellBox(viewport: Viewport, page: number, out: Box): boolean {
  const index = cellOfPage(viewport, page);
  if (index < 0) return false;
  out.x = viewport.origin + viewport.gap + (index % viewport.columns) * viewport.pitch;
  out.y = viewport.origin + viewport.gap + Math.floor(index / viewport.columns) * viewport.pitch;
  out.width = viewport.cell;
  out.height = viewport.cell;
  return true;
}

/** Where a tile of a page lies; `tile` counts row by row. */
export function tileBox(viewport: Viewport, page: number, tile: number, out: Box): boolean {
  if (!cellBox(viewport, page, out)) return false;
  const size = viewport.cell / viewport.side;
  out.x += (tile % viewport.side) * size;
  out.y += Math.floor(tile / viewport.side) * size;
  out.width = size;
  out.height = size;
  return true;
}

/** The page under a point of the canvas (its gap counts with the cell before it), or −1 outside the picture. */
export function pageAt(viewport: Viewport, x: CssPx, y: CssPx): number {
  const column = Math.floor((x * viewport.ratio - viewport.origin - viewport.gap) / viewport.pitch);
  const row = Math.floor((y * viewport.ratio - viewport.origin - viewport.gap) / viewport.pitch);
  if (column < 0 || column >= viewport.columns || row < 0 || row >= viewport.rows) return -1;
  return pageOfCell(viewport, row * viewport.columns + column);
}

/** First address of the tile under a point, or −1 outside the picture. */
export function addressAt(viewport: Viewport, x: CssPx, y: CssPx): Addr {
  const page = pageAt(viewport, x, y);
  if (page < 0) return -1;
  const { cell, pitch, side, origin, gap, ratio } = viewport;
  const within = (at: CssPx) => Math.floor(((at * ratio - origin - gap) % pitch) / (cell / side));
  const tile = Math.min(side - 1, within(y)) * side + Math.min(side - 1, within(x));
  return page * PAGE_BYTES + (tile * PAGE_BYTES) / (side * side);
}

/** A label of the address scale: the row (in Hilbert order the rows) that begins at `address` begins at `y`. */
export interface AxisTick {
  readonly y: CssPx;
  readonly page: number;
  readonly address: Addr;
}

const LABEL_DISTANCE: CssPx = 26;

/**
 * Labels at every 1, 2, 4 … rows, as close as they can be read, counted from address 0 so that scrolling moves them along.
 * In Hilbert order at every band, or half a band where it is one square, whose upper half holds the lower addresses.
 */
export function axisTicks(viewport: Viewport): AxisTick[] {
  let every = viewport.order === 'address' ? 1 : viewport.columns === SQUARE ? SQUARE / 2 : SQUARE;
  while ((every * viewport.pitch) / viewport.ratio < LABEL_DISTANCE) every *= 2;
  const firstRow = viewport.firstPage / viewport.columns;
  const ticks: AxisTick[] = [];
  for (let row = Math.ceil(firstRow / every) * every; row <= firstRow + viewport.rows; row += every) {
    const page = row * viewport.columns;
    const y = (viewport.origin + (row - firstRow) * viewport.pitch) / viewport.ratio;
    ticks.push({ y, page, address: page * PAGE_BYTES });
  }
  return ticks;
}
