import type { DevicePx, Pages } from '../model/units.ts';
import { cellOfPage, pageOfCell } from './page-order.ts';
import type { Viewport } from './viewport.ts';

/** Where the pages that a lane will have in the end stop on a map. */
export interface FutureEdge {
  /** Straight lines, four numbers each: x, y, x, y in device pixels of the canvas. None where the edge is not shown. */
  readonly edges: readonly DevicePx[];
  /** The row under the last of these pages, counted from the first shown: below 0 or above `rows` where it is not shown. */
  readonly lastRow: number;
}

/** Edges by how many pages there will be: a few lanes share a viewport, and ask every frame. */
const known = new WeakMap<Viewport, Map<Pages, FutureEdge>>();
const MOST_KNOWN = 16;

/** The dashed line round what a lane will have; worked out once for a viewport and a number of pages. */
export function futureEdges(viewport: Viewport, finalPages: Pages): FutureEdge {
  let edges = known.get(viewport);
  if (edges === undefined) {
    edges = new Map();
    known.set(viewport, edges);
  }
  let edge = edges.get(finalPages);
  if (edge === undefined) {
    if (edges.size >= MOST_KNOWN) edges.clear();
    edge = viewport.order === 'address' ? stepOf(viewport, finalPages) : outlineOf(viewport, finalPages);
    edges.set(finalPages, edge);
  }
  return edge;
}

/** The middle of the gap before a row or a column, where a hairline is sharp. */
function before({ origin, pitch, gap, unit }: Viewport, index: number): DevicePx {
  return origin + index * pitch + Math.floor(gap / 2) + unit / 2;
}

/** In the order of addresses a step under the last row and, where that is not full, over the rest of it. */
function stepOf(viewport: Viewport, finalPages: Pages): FutureEdge {
  const { columns, rows, firstPage, origin, width } = viewport;
  const fullRows = Math.floor(finalPages / columns) - firstPage / columns;
  const rest = finalPages % columns;
  const lastRow = rest === 0 ? fullRows : fullRows + 1;
  const [left, right, step] = [origin, width - origin, before(viewport, rest)];
  const [high, low] = [before(viewport, fullRows), before(viewport, lastRow)];
  const edges: DevicePx[] = [];
  const showsFull = fullRows >= 0 && fullRows <= rows;
  if (rest > 0 && lastRow >= 0 && lastRow <= rows) {
    edges.push(left, low, step, low);
    if (showsFull) edges.push(step, low, step, high);
  }
  if (showsFull) edges.push(rest > 0 ? step : left, high, right, high);
  return { edges, lastRow };
}

/** In Hilbert order the sides of all cells that part a page there will be from one there will not be. */
function outlineOf(viewport: Viewport, finalPages: Pages): FutureEdge {
  const { columns, rows, firstPage } = viewport;
  if (finalPages <= firstPage) return { edges: [], lastRow: -1 };
  if (finalPages > firstPage + rows * columns) return { edges: [], lastRow: rows + 1 };
  const will = (row: number, column: number) => pageOfCell(viewport, row * columns + column) < finalPages;
  const edges: DevicePx[] = [];
  for (let row = 1; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = column;
      while (column < columns && will(row - 1, column) !== will(row, column)) column++;
      if (column > from) {
        edges.push(before(viewport, from), before(viewport, row), before(viewport, column), before(viewport, row));
      }
    }
  }
  for (let column = 1; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const from = row;
      while (row < rows && will(row, column - 1) !== will(row, column)) row++;
      if (row > from) {
        edges.push(before(viewport, column), before(viewport, from), before(viewport, column), before(viewport, row));
      }
    }
  }
  let lastRow = 0;
  for (let page = Math.max(firstPage, finalPages - columns * 16); page < finalPages; page++) {
    lastRow = Math.max(lastRow, Math.floor(cellOfPage(viewport, page) / columns) + 1);
  }
  return { edges, lastRow };
}
