import type { HeapFrame } from '../model/heap-frame.ts';
import { paintStrings } from '../model/strings/paint.ts';
import { type Addr, type DevicePx, MAX_PAGES, PAGE_BYTES, type Pages } from '../model/units.ts';
import { font, setFont } from './charts.ts';
import { futureEdges } from './future-edge.ts';
import type { RecentChanges } from './heatmap-changes.ts';
import { drawLabel } from './labels.ts';
import { rectangleFrom } from './page-order.ts';
import type { PaintTheme } from './theme.ts';
import { type Box, cellBox, tileBox, type Viewport } from './viewport.ts';

/** What is drawn over a map, on a canvas of its own. Pages are −1 where there is none. */
export interface MapMarks {
  readonly changes: RecentChanges | null;
  /** Page under the pointer, here or, where pages are linked, in another lane. */
  readonly pointed: number;
  /** Pages of what is linked with it: the same block, a line's blocks. */
  readonly linked: readonly number[];
  readonly selected: number;
  readonly broken: { readonly address: Addr; readonly label: string } | null;
  /** Pages that the lane will have in the end, null to say nothing of the future. */
  readonly finalPages: Pages | null;
  /** Where the next block of an arena lane goes. */
  readonly bump: Addr | null;
}

/** Nothing that matters is drawn smaller than this, in hairlines, however small a page is. */
const LEAST_BRACKET = 12;
const LEAST_CROSS = 14;
const LABEL = 11;

const box: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Paints the marks of one lane over its map, on a canvas that the caller has cleared. Cost grows with the marks, not with the
 * pages. The canvas is as large as the map's.
 */
export function paintOverlay(
  ctx: CanvasRenderingContext2D,
  frame: HeapFrame,
  viewport: Viewport,
  theme: PaintTheme,
  marks: MapMarks,
): void {
  if (marks.finalPages !== null) paintFuture(ctx, viewport, theme, frame.facts().pages, marks.finalPages);
  if (marks.bump !== null) paintBump(ctx, viewport, theme, marks.bump);
  const { changes } = marks;
  if (changes !== null) {
    paintSpan(ctx, viewport, theme, changes.now.from, changes.now.to);
    paintDensity(ctx, viewport, theme, changes);
    for (let i = 0; i < changes.bracketCount; i++) paintBrackets(ctx, viewport, theme, changes.brackets[i]!);
  }
  for (const page of marks.linked) paintBrackets(ctx, viewport, theme, page);
  if (marks.pointed >= 0) paintBrackets(ctx, viewport, theme, marks.pointed);
  if (marks.selected >= 0) paintSelection(ctx, viewport, theme, marks.selected);
  if (marks.broken !== null) paintBroken(ctx, viewport, theme, marks.broken.address, marks.broken.label);
}

/** The tiles of what the operation under the playhead changed. */
function paintSpan(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, from: Addr, to: Addr): void {
  if (to <= from) return;
  const { firstPage, rows, columns, side, gap } = viewport;
  const tileBytes = PAGE_BYTES / (side * side);
  const first = Math.max(firstPage, Math.floor(from / PAGE_BYTES));
  const last = Math.min(firstPage + rows * columns, MAX_PAGES) - 1;
  ctx.fillStyle = theme.signal;
  for (let page = first; page <= last && page * PAGE_BYTES < to; page++) {
    const start = page * PAGE_BYTES;
    const whole = from <= start && to >= start + PAGE_BYTES;
    if (whole || side === 1) {
      const run =
        gap === 0 && whole ? rectangleFrom(viewport, page, Math.min(last + 1, Math.floor(to / PAGE_BYTES))) : 1;
      runBox(viewport, page, run);
      ctx.fillRect(box.x, box.y, box.width, box.height);
      page += run - 1;
      continue;
    }
    const firstTile = Math.max(0, Math.floor((from - start) / tileBytes));
    for (let tile = firstTile; tile < side * side && start + tile * tileBytes < to; tile++) {
      tileBox(viewport, page, tile, box);
      ctx.fillRect(box.x, box.y, box.width, box.height);
    }
  }
}

/** The rectangle that `run` pages from `page` on fill (see `rectangleFrom`), without gaps between them. */
function runBox(viewport: Viewport, page: number, run: number): void {
  cellBox(viewport, page, box);
  if (viewport.order === 'address') {
    box.width = viewport.cell * run;
    return;
  }
  // An aligned run of the curve is an aligned square, wherever in it the curve enters.
  const size = Math.sqrt(run) * viewport.cell;
  box.x -= (box.x - viewport.origin) % size;
  box.y -= (box.y - viewport.origin) % size;
  box.width = size;
  box.height = size;
}

/** Where changes are dense: a bar at the foot of each page, as long as its share of the densest one's. */
function paintDensity(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  changes: RecentChanges,
): void {
  const { cell, unit } = viewport;
  const height = Math.min(cell, 2 * unit);
  ctx.fillStyle = theme.signal;
  for (let i = 0; i < changes.denseCount; i++) {
    const page = changes.dense[i]!;
    if (!cellBox(viewport, page, box)) continue;
    const width = Math.max(1, Math.round((cell * changes.density[page]!) / changes.densest));
    ctx.fillRect(box.x, box.y + cell - height, width, height);
  }
}

/** A page's box, grown about its middle where it is too small to be seen; false where it is not shown. */
function markBox(viewport: Viewport, page: number, least: number): boolean {
  if (!cellBox(viewport, page, box)) return false;
  const missing = Math.max(0, least * viewport.unit - box.width);
  const before = Math.floor(missing / 2);
  box.x -= before;
  box.y -= before;
  box.width += missing;
  box.height += missing;
  return true;
}

/** Corners round a page, two hairlines thick, within a hairline of field so that they read on any fill. */
function paintBrackets(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, page: number): void {
  const { unit } = viewport;
  if (!markBox(viewport, page, LEAST_BRACKET - 4)) return;
  const out = 2 * unit;
  const arm = Math.max(4 * unit, Math.floor((box.width + 2 * out) / 4));
  ctx.fillStyle = theme.field;
  paintCorners(ctx, box.x - out - unit, box.y - out - unit, box.width + 2 * (out + unit), arm + 2 * unit, 4 * unit);
  ctx.fillStyle = theme.signal;
  paintCorners(ctx, box.x - out, box.y - out, box.width + 2 * out, arm, 2 * unit);
}

function paintCorners(
  ctx: CanvasRenderingContext2D,
  x: DevicePx,
  y: DevicePx,
  size: DevicePx,
  arm: DevicePx,
  thick: DevicePx,
): void {
  const far = size - arm;
  const edge = size - thick;
  ctx.fillRect(x, y, arm, thick);
  ctx.fillRect(x, y, thick, arm);
  ctx.fillRect(x + far, y, arm, thick);
  ctx.fillRect(x + edge, y, thick, arm);
  ctx.fillRect(x, y + edge, arm, thick);
  ctx.fillRect(x, y + far, thick, arm);
  ctx.fillRect(x + far, y + edge, arm, thick);
  ctx.fillRect(x + edge, y + far, thick, arm);
}

/** A box of ink, two hairlines thick, with a hairline of field on both sides. */
function paintSelection(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, page: number): void {
  const { unit } = viewport;
  if (!markBox(viewport, page, LEAST_BRACKET - 4)) return;
  ctx.fillStyle = theme.field;
  paintRing(ctx, box.x - 3 * unit, box.y - 3 * unit, box.width + 6 * unit, 4 * unit);
  ctx.fillStyle = theme.patternsOnly ? theme.signal : theme.ink;
  paintRing(ctx, box.x - 2 * unit, box.y - 2 * unit, box.width + 4 * unit, 2 * unit);
}

function paintRing(ctx: CanvasRenderingContext2D, x: DevicePx, y: DevicePx, size: DevicePx, thick: DevicePx): void {
  ctx.fillRect(x, y, size, thick);
  ctx.fillRect(x, y + size - thick, size, thick);
  ctx.fillRect(x, y + thick, thick, size - 2 * thick);
  ctx.fillRect(x + size - thick, y + thick, thick, size - 2 * thick);
}

/** Where an arena goes on: a bar of ink at the tile of its next block. */
function paintBump(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, bump: Addr): void {
  const { side, unit, cell } = viewport;
  if (cell < LEAST_BRACKET * unit) return;
  const page = Math.floor(bump / PAGE_BYTES);
  const tile = Math.floor(((bump % PAGE_BYTES) * side * side) / PAGE_BYTES);
  if (!tileBox(viewport, page, tile, box)) return;
  ctx.fillStyle = theme.ink;
  ctx.fillRect(box.x, box.y, 2 * unit, box.height);
}

/** A cross on a square of danger with what is broken beside it; at the edge, with an arrow, where its row is not shown. */
function paintBroken(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  address: Addr,
  label: string,
): void {
  const { unit, width, height, firstPage } = viewport;
  const page = Math.floor(address / PAGE_BYTES);
  const shown = markBox(viewport, page, LEAST_CROSS);
  let text = label;
  if (!shown) {
    const isAbove = page < firstPage;
    text = isAbove ? paintStrings.above(label) : paintStrings.below(label);
    box.width = LEAST_CROSS * unit;
    box.x = width - 2 * unit - box.width;
    box.y = isAbove ? 2 * unit : height - 2 * unit - box.width;
  }
  box.x = clamp(box.x, unit, width - unit - box.width);
  box.y = clamp(box.y, unit, height - unit - box.width);
  ctx.fillStyle = theme.field;
  ctx.fillRect(box.x - unit, box.y - unit, box.width + 2 * unit, box.width + 2 * unit);
  ctx.fillStyle = theme.danger;
  ctx.fillRect(box.x, box.y, box.width, box.width);
  const inset = Math.round(box.width / 4);
  ctx.strokeStyle = theme.panel;
  ctx.lineWidth = 2 * unit;
  ctx.setLineDash(NO_DASH);
  ctx.beginPath();
  ctx.moveTo(box.x + inset, box.y + inset);
  ctx.lineTo(box.x + box.width - inset, box.y + box.width - inset);
  ctx.moveTo(box.x + box.width - inset, box.y + inset);
  ctx.lineTo(box.x + inset, box.y + box.width - inset);
  ctx.stroke();
  paintTag(ctx, viewport, theme, text);
}

/** A label beside `box`: before it if there is room, else after it, and in any case within the canvas. */
function paintTag(ctx: CanvasRenderingContext2D, viewport: Viewport, theme: PaintTheme, text: string): void {
  const { unit, width, height, ratio } = viewport;
  setFont(ctx, font(LABEL * ratio, 600));
  const lines = linesWithin(ctx, text, width - 10 * unit);
  let widest = 0;
  for (const line of lines) widest = Math.max(widest, textWidth(ctx, line));
  const wide = Math.ceil(widest) + 8 * unit;
  const step = Math.round(LABEL * ratio) + 2 * unit;
  const high = lines.length * step + 4 * unit;
  const before = box.x - wide - 2 * unit;
  const after = box.x + box.width + 2 * unit;
  const x = clamp(before >= unit ? before : after, unit, width - unit - wide);
  // Where it fits on neither side it stands under or over the square.
  const covers = x < box.x + box.width && x + wide > box.x;
  const beside = box.y + Math.round((box.width - high) / 2);
  const under = box.y + box.width + 2 * unit;
  const y = covers ? (under + high <= height - unit ? under : box.y - high - 2 * unit) : beside;
  const top = clamp(y, unit, height - unit - high);
  ctx.fillStyle = theme.danger;
  ctx.fillRect(x, top, wide, high);
  ctx.fillStyle = theme.panel;
  ctx.fillRect(x + unit, top + unit, wide - 2 * unit, high - 2 * unit);
  ctx.fillStyle = theme.ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (let i = 0; i < lines.length; i++) {
    ctx.fillText(lines[i]!, x + 4 * unit, top + 2 * unit + (i + 0.5) * step);
  }
}

/** Labels that were parted: they stay the same for many frames, one a lane. */
const parted = new Map<string, { readonly most: DevicePx; readonly lines: readonly string[] }>();
const MOST_PARTED = 16;

/** A label in lines that are no wider than `most`, parted between words; a word that is wider stays whole. */
function linesWithin(ctx: CanvasRenderingContext2D, text: string, most: DevicePx): readonly string[] {
  const known = parted.get(text);
  if (known?.most === most) return known.lines;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(ctx, `${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (parted.size >= MOST_PARTED) parted.clear();
  parted.set(text, { most, lines });
  return lines;
}

const NO_DASH: number[] = [];
const dash = [0, 0];

/**
 * The edge of what the lane will have in the end: a dashed step under its last rows, and how many pages that is. Rows that
 * are not shown have no edge; the label then stands at the foot or the head with an arrow.
 */
function paintFuture(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  pages: Pages,
  finalPages: Pages,
): void {
  if (finalPages <= pages) return;
  const { unit, ratio } = viewport;
  ctx.strokeStyle = theme.ink3;
  ctx.lineWidth = unit;
  dash[0] = 4 * unit;
  dash[1] = 3 * unit;
  ctx.setLineDash(dash);
  ctx.beginPath();
  const { edges, lastRow } = futureEdges(viewport, finalPages);
  for (let i = 0; i < edges.length; i += 4) {
    ctx.moveTo(edges[i]!, edges[i + 1]!);
    ctx.lineTo(edges[i + 2]!, edges[i + 3]!);
  }
  ctx.stroke();
  ctx.setLineDash(NO_DASH);
  paintFutureLabel(ctx, viewport, theme, finalPages, lastRow, ratio);
}

/** Under the edge at the right; over it where there is no room under it. */
function paintFutureLabel(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  theme: PaintTheme,
  finalPages: Pages,
  lastEdge: number,
  ratio: number,
): void {
  const { rows, pitch, origin, unit, width, height } = viewport;
  const text =
    lastEdge > rows
      ? paintStrings.willEnd(finalPages, true)
      : lastEdge < 0
        ? paintStrings.willEndAbove(finalPages)
        : paintStrings.willEnd(finalPages, false);
  const size = LABEL * ratio;
  const room = size + 4 * unit;
  const bottom = height - origin - 2 * unit;
  const under = origin + lastEdge * pitch + 4 * unit;
  const y =
    lastEdge < 0
      ? origin + 2 * unit
      : under + size <= bottom
        ? under
        : Math.min(bottom - size, under - room - 4 * unit);
  drawLabel(ctx, text, width - origin - 2 * unit, Math.max(origin, y) + size / 2, {
    font: font(size),
    size,
    ink: theme.ink2,
    paper: theme.ground,
    align: 'right',
    // Measures here are device pixels already.
    ratio: 1,
  });
}

/** Widths of labels: measured once, for few of them are ever drawn. */
const widths = new Map<string, number>();

function textWidth(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 200) widths.clear();
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
