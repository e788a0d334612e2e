import type { PageReading } from '../model/inspection.ts';
import { SpanKind } from '../model/spans.ts';
import { type Addr, type Bytes, type DevicePx, PAGE_BYTES } from '../model/units.ts';
import { type BlockGeometry, firstPixel, nextStrip, type Strip, shownFrom, shownTo } from './block-geometry.ts';
import type { PaintTheme } from './theme.ts';

/** What is drawn over a page's picture; stretches of no byte where there is nothing. Filled again for every frame. */
export interface BlockMarks {
  page: number;
  /** The chunk that is looked at, the one under the pointer or linked with it, the one that the operation changed. */
  readonly lit: { start: Addr; bytes: Bytes };
  readonly pointed: { start: Addr; bytes: Bytes };
  readonly changed: { start: Addr; bytes: Bytes };
  /** Whose free-list links are drawn; null while the bytes at this operation are not known, or in a picture too small. */
  links: PageReading | null;
  /** First broken address, −1 for none. */
  broken: Addr;
}

export function noMarks(): BlockMarks {
  const none = () => ({ start: 0, bytes: 0 });
  return { page: 0, lit: none(), pointed: none(), changed: none(), links: null, broken: -1 };
}

/** More arcs than this hide each other: then only those of the chunk that is looked at are drawn. */
const MOST_ARCS = 40;
/** Side of the sign for broken bytes, in hairlines. */
const CROSS = 14;

/** Paints over a page's picture, on a canvas of its size that was cleared. Costs a path a mark. */
export function paintBlockMarks(
  ctx: CanvasRenderingContext2D,
  geometry: BlockGeometry,
  marks: BlockMarks,
  theme: PaintTheme,
): void {
  const { unit } = geometry;
  const { page, lit, pointed, changed, links, broken } = marks;
  const origin = page * PAGE_BYTES;
  outline(ctx, geometry, changed.start - origin, changed.bytes, unit, theme.signal, theme.field);
  outline(ctx, geometry, pointed.start - origin, pointed.bytes, unit, theme.ink, theme.field);
  if (links !== null) paintLinks(ctx, geometry, links, lit.start, theme);
  outline(ctx, geometry, lit.start - origin, lit.bytes, 2 * unit, theme.ink, theme.field);
  const at = broken - origin;
  if (at >= shownFrom(geometry, 0) && at < shownTo(geometry, PAGE_BYTES)) paintBroken(ctx, geometry, at, theme);
}

const strip: Strip = { x: 0, y: 0, width: 0, height: 0, first: false, last: false };

/** A stretch's outline on each row it lies on, in a halo of paper. */
function outline(
  ctx: CanvasRenderingContext2D,
  geometry: BlockGeometry,
  start: Bytes,
  bytes: Bytes,
  line: DevicePx,
  ink: string,
  paper: string,
): void {
  const from = Math.max(0, start);
  const to = Math.min(PAGE_BYTES, start + bytes);
  const end = shownTo(geometry, to);
  if (end <= shownFrom(geometry, from)) return;
  ctx.beginPath();
  for (let at = shownFrom(geometry, from); at < end; ) {
    at = nextStrip(geometry, from, to, at, strip);
    // Round the stretch, not over it: a row is a few pixels high.
    const left = strip.x - line / 2;
    const right = strip.x + Math.max(strip.width, 2 * line) + line / 2;
    const top = strip.y - line / 2;
    const foot = strip.y + strip.height + line / 2;
    ctx.moveTo(left, top);
    ctx.lineTo(right, top);
    ctx.moveTo(left, foot);
    ctx.lineTo(right, foot);
    if (strip.first && start >= 0) {
      ctx.moveTo(left, top);
      ctx.lineTo(left, foot);
    }
    if (strip.last && start + bytes <= PAGE_BYTES) {
      ctx.moveTo(right, top);
      ctx.lineTo(right, foot);
    }
  }
  ctx.lineCap = 'square';
  ctx.strokeStyle = paper;
  ctx.lineWidth = line + 2 * geometry.unit;
  ctx.stroke();
  ctx.strokeStyle = ink;
  ctx.lineWidth = line;
  ctx.stroke();
  ctx.lineCap = 'butt';
}

const point = { x: 0, y: 0 };

/** Where a hole's link is drawn: at its beginning, in the middle of its row. */
function place(geometry: BlockGeometry, offset: Bytes): void {
  const { pitch, gap, start, rowBytes } = geometry;
  const at = Math.max(0, offset - start);
  const row = Math.floor(at / rowBytes);
  point.x = firstPixel(geometry, at % rowBytes);
  point.y = row * pitch + (pitch - gap) / 2;
}

/** A dot for every hole that has a link; an arc to the next in its list where that lies in the page as well. */
function paintLinks(
  ctx: CanvasRenderingContext2D,
  geometry: BlockGeometry,
  { page, spans }: PageReading,
  lit: Addr,
  theme: PaintTheme,
): void {
  const { unit, pitch, gap } = geometry;
  const origin = page * PAGE_BYTES;
  const isHere = (address: Addr) => address >= origin && address < origin + PAGE_BYTES;
  let arcs = 0;
  for (let k = 0; k < spans.kind.length; k++)
    if (spans.kind[k] === SpanKind.Free && spans.list[k]! >= 0 && isHere(spans.after[k]!)) arcs++;
  ctx.strokeStyle = theme.signal;
  ctx.fillStyle = theme.signal;
  ctx.lineWidth = unit;
  const radius = Math.max(1.5 * unit, Math.min(3 * unit, (pitch - gap) / 3));
  for (let k = 0; k < spans.kind.length; k++) {
    if (spans.kind[k] !== SpanKind.Free || spans.list[k]! < 0 || !isHere(spans.start[k]!)) continue;
    const after = spans.after[k]!;
    if (after === 0) continue;
    place(geometry, spans.start[k]! - origin);
    const { x, y } = point;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fill();
    if (!isHere(after) || (arcs > MOST_ARCS && spans.start[k] !== lit && after !== lit)) continue;
    place(geometry, after - origin);
    arc(ctx, geometry, x, y, point.x, point.y);
  }
}

/** Bulges to the side that has more room, and ends in an arrow. */
function arc(
  ctx: CanvasRenderingContext2D,
  { width, unit }: BlockGeometry,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
) {
  const side = Math.max(x0, x1) < width * 0.85 ? 1 : -1;
  const bulge = side * Math.min(width * 0.15, 12 * unit + Math.abs(y1 - y0) * 0.25);
  const edge = side > 0 ? Math.max(x0, x1) : Math.min(x0, x1);
  const control = Math.max(0, Math.min(width, edge + bulge));
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.bezierCurveTo(control, y0, control, y1, x1 + side * 4 * unit, y1);
  ctx.stroke();
  const head = 4 * unit;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x1 + side * 1.4 * head, y1 - head / 1.6);
  ctx.lineTo(x1 + side * 1.4 * head, y1 + head / 1.6);
  ctx.closePath();
  ctx.fill();
}

/** Never smaller than can be seen, whatever the scale; kept within the picture. */
function paintBroken(ctx: CanvasRenderingContext2D, geometry: BlockGeometry, offset: Bytes, theme: PaintTheme): void {
  const { unit, width, pitch, rows } = geometry;
  const size = Math.max(CROSS * unit, pitch);
  place(geometry, offset);
  const x = Math.max(0, Math.min(width - size, Math.round(point.x - size / 2)));
  const y = Math.max(0, Math.min(rows * pitch - size, Math.round(point.y - size / 2)));
  ctx.fillStyle = theme.danger;
  ctx.fillRect(x, y, size, size);
  ctx.strokeStyle = theme.panel;
  ctx.lineWidth = 2 * unit;
  const inset = size / 4;
  ctx.beginPath();
  ctx.moveTo(x + inset, y + inset);
  ctx.lineTo(x + size - inset, y + size - inset);
  ctx.moveTo(x + size - inset, y + inset);
  ctx.lineTo(x + inset, y + size - inset);
  ctx.stroke();
}
