import type { Viewport } from './viewport.ts';

/** How pages are laid out on a map. */
export type PageOrder = 'address' | 'hilbert';

/** Cells a side of a square of the Hilbert order, and the pages in it: 16 MiB. */
export const SQUARE = 16;
export const SQUARE_PAGES = SQUARE * SQUARE;

/**
 * The Hilbert order: consecutive squares of 16 × 16 cells, left to right, then the next band of squares under them. In
 * each square the pages follow Hilbert's curve, which enters at the upper left. It leaves at the upper right, where the
 * square beside it begins; where a band is one square wide the curve is mirrored at the diagonal and leaves at the lower
 * left, where the square beneath begins. So neighbours by address touch, but for the step from one band to the next, and
 * each aligned run of 4, 16, 64 or 256 pages is a square of cells.
 */
interface Curve {
  /** Cell (row · 16 + column) of each page of a square, and page of each cell. */
  readonly cells: Uint8Array;
  readonly pages: Uint8Array;
}

const ACROSS = curve(false);
const DOWN = curve(true);

function curve(mirrored: boolean): Curve {
  const cells = new Uint8Array(SQUARE_PAGES);
  const pages = new Uint8Array(SQUARE_PAGES);
  for (let page = 0; page < SQUARE_PAGES; page++) {
    let [x, y] = [0, 0];
    // From the smallest square of four to the largest: turn what there is as the next quadrant wants it, then move it there.
    for (let size = 1, rest = page; size < SQUARE; size *= 2, rest >>= 2) {
      const quadrant = rest & 3;
      if (quadrant === 0) [x, y] = [y, x];
      else if (quadrant === 3) [x, y] = [size - 1 - y, size - 1 - x];
      if (quadrant >= 2) x += size;
      if (quadrant === 1 || quadrant === 2) y += size;
    }
    const cell = mirrored ? x * SQUARE + y : y * SQUARE + x;
    cells[page] = cell;
    pages[cell] = page;
  }
  return { cells, pages };
}

function curveOf(columns: number): Curve {
  return columns > SQUARE ? ACROSS : DOWN;
}

type Grid = Pick<Viewport, 'order' | 'columns' | 'rows' | 'firstPage'>;

/** Rows that only ever appear together: 1 in the order of addresses, a band of squares in Hilbert's. */
export function bandRows(order: PageOrder): number {
  return order === 'hilbert' ? SQUARE : 1;
}

/** The cell of a page, counted row by row from the upper left, or −1 where it is not shown. Undone by `pageOfCell`. */
export function cellOfPage({ order, columns, rows, firstPage }: Grid, page: number): number {
  const index = page - firstPage;
  if (index < 0 || index >= rows * columns) return -1;
  if (order === 'address') return index;
  const across = columns / SQUARE;
  const square = Math.floor(index / SQUARE_PAGES);
  const inside = curveOf(columns).cells[index % SQUARE_PAGES]!;
  const row = Math.floor(square / across) * SQUARE + (inside >> 4);
  return row * columns + (square % across) * SQUARE + (inside & 15);
}

/** The page that a cell shows. */
export function pageOfCell({ order, columns, firstPage }: Grid, cell: number): number {
  if (order === 'address') return firstPage + cell;
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  const square = Math.floor(row / SQUARE) * (columns / SQUARE) + Math.floor(column / SQUARE);
  return firstPage + square * SQUARE_PAGES + curveOf(columns).pages[(row % SQUARE) * SQUARE + (column % SQUARE)]!;
}

/** For the raster: the page of each cell of a square, or null where cells follow the addresses. */
export function squarePages({ order, columns }: Grid): Uint8Array | null {
  return order === 'hilbert' ? curveOf(columns).pages : null;
}

/**
 * How many pages from `page` on, before `end`, fill a rectangle of cells, and that rectangle's width in cells; the
 * rectangle's first corner is the upper left cell of the run's. In the order of addresses a run lies in one row; in
 * Hilbert's it is the largest aligned square of 1, 4, 16, 64 or 256.
 */
export function rectangleFrom({ order, columns, firstPage }: Grid, page: number, end: number): number {
  const index = page - firstPage;
  if (order === 'address') return Math.min(columns - (index % columns), end - page);
  let run = 1;
  while (run < SQUARE_PAGES && index % (run * 4) === 0 && page + run * 4 <= end) run *= 4;
  return run;
}
