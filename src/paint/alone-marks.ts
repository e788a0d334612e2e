import { mapStrings } from '../model/strings/maps.ts';
import { type Bytes, MAX_PAGES, PAGE_BYTES, type Pages } from '../model/units.ts';
import { font } from './charts.ts';
import { drawLabel } from './labels.ts';
import { cellOfPage } from './page-order.ts';
import type { PaintTheme } from './theme.ts';
import { type Box, cellBox, type Viewport } from './viewport.ts';

/** What is drawn on the map of a lane alone, besides the marks that every map has. */
export interface AloneMarks {
  readonly pages: Pages;
  /** First address and length of the largest hole, null while it is not known. */
  readonly hole: { readonly address: number; readonly bytes: Bytes } | null;
  /** First of the 256 pages in the lens. */
  readonly lens: number;
}

const LABEL = 12;
const box: Box = { x: 0, y: 0, width: 0, height: 0 };
const last: Box = { x: 0, y: 0, width: 0, height: 0 };

/** Graticule, the lens's frame, the name of the largest hole and the end of memory. All of a fixed size, whatever the cells. */
export function paintAloneMarks(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  { pages, hole, lens }: AloneMarks,
): void {
  if (viewport.gap === 0) paintGraticule(ctx, viewport, theme);
  paintLens(ctx, viewport, theme, lens);
  paintEnd(ctx, viewport, theme, pages);
  if (hole !== null) paintHole(ctx, viewport, theme, hole.address, hole.bytes);
}

/** A line every 16 cells: 1 MiB across, a round number of rows down. */
function paintGraticule(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme): void {
  const { origin, pitch, columns, rows, firstPage, unit } = viewport;
  if (pitch < 2 * unit) return;
  ctx.globalAlpha = 0.4;
  ctx.fillStyle = theme.ground;
  for (let column = 16; column < columns; column += 16) {
    ctx.fillRect(origin + column * pitch, origin, unit, rows * pitch);
  }
  const firstRow = firstPage / columns;
  for (let row = (16 - (firstRow % 16)) % 16 || 16; row < rows; row += 16) {
    ctx.fillRect(origin, origin + row * pitch, columns * pitch, unit);
  }
  ctx.globalAlpha = 1;
}

/** A frame of ink within and without a hairline of field, never smaller than it can be seen. */
function paintLens(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, lens: number): void {
  // 256 pages from a multiple of 256 on fill a rectangle in either order.
  if (!cellBox(viewport, lens, box) || !cellBox(viewport, Math.min(MAX_PAGES - 1, lens + 255), last)) return;
  const { unit, columns, pitch, origin, order } = viewport;
  const across = Math.min(columns, order === 'hilbert' ? 16 : 256);
  const width = across * pitch;
  const height = (256 / across) * pitch;
  const left = origin + (order === 'hilbert' ? box.x - origin - ((box.x - origin) % (16 * pitch)) : 0);
  const top = origin + Math.floor((Math.min(box.y, last.y) - origin) / pitch) * pitch;
  const y = order === 'hilbert' ? top - ((top - origin) % (16 * pitch)) : top;
  ctx.lineWidth = unit;
  for (const [ink, out] of [
    [theme.field, 3.5],
    [theme.field, 0.5],
    [theme.ink, 2.5],
    [theme.ink, 1.5],
  ] as const) {
    ctx.strokeStyle = ink;
    ctx.strokeRect(left - out * unit, y - out * unit, width + 2 * out * unit, height + 2 * out * unit);
  }
}

function paintEnd(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, pages: Pages): void {
  const { columns, rows, firstPage, origin, pitch, width, height, ratio, unit } = viewport;
  if (pages >= MAX_PAGES) return;
  const row = Math.ceil((pages - firstPage) / columns);
  const size = LABEL * ratio;
  const y = origin + row * pitch + size;
  if (row < 0 || row > rows || y + size > height) return;
  drawLabel(ctx, mapStrings.committedEnd(pages), width - origin - 6 * unit, y, {
    font: font(size),
    size,
    ink: theme.ink2,
    paper: theme.ground,
    align: 'right',
    // Measures here are device pixels already.
    ratio: 1,
  });
}

/** The hole's size in the middle of its rows: a plate, so that it reads on any ground. */
function paintHole(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  address: number,
  bytes: Bytes,
): void {
  const first = Math.ceil(address / PAGE_BYTES);
  const end = Math.floor((address + bytes) / PAGE_BYTES);
  if (end - first < 1) return;
  const { width, height, unit, ratio } = viewport;
  const middle = cellOfPage(viewport, Math.min(MAX_PAGES - 1, Math.floor((first + end) / 2)));
  if (middle < 0) return;
  const size = LABEL * ratio;
  const style = { font: font(size, 650), size, ink: theme.ink, paper: theme.panel, align: 'center', ratio: 1 } as const;
  const text = mapStrings.largestHole(bytes, end - first);
  const x = Math.round(width / 2);
  const high = Math.round(size * 1.5);
  const row = Math.floor(middle / viewport.columns);
  const centre = viewport.origin + (row + 0.5) * viewport.pitch;
  const y = Math.max(high, Math.min(height - high, Math.round(centre)));
  const wide = Math.round(text.length * size * 0.55) + 8 * unit;
  ctx.fillStyle = theme.ink;
  ctx.fillRect(x - wide / 2 - unit, y - high / 2 - unit, wide + 2 * unit, high + 2 * unit);
  ctx.fillStyle = theme.panel;
  ctx.fillRect(x - wide / 2, y - high / 2, wide, high);
  drawLabel(ctx, text, x, y, style);
}
