import type { PageBlocks, PageReading, PageSpans } from '../model/inspection.ts';
import { countUpTo } from '../model/lane-series.ts';
import { SpanKind } from '../model/metrics.ts';
import { type Addr, type Bytes, type CssPx, PAGE_BYTES } from '../model/units.ts';
import type { PaintTheme } from './theme.ts';

export const PICTURE_ROWS = 64;
export const ROW_BYTES: Bytes = PAGE_BYTES / PICTURE_ROWS;

/** A rectangle of one row, written into. */
interface Strip {
  x: CssPx;
  y: CssPx;
  width: CssPx;
  height: CssPx;
}

/**
 * Draws a page to scale, 64 rows of 1 KiB: every chunk is there, however small, since what is less than a pixel wide is
 * drawn a pixel wide. `width` × `height` CSS px on a context whose unit is one of them. Costs a rectangle a chunk and row.
 */
export function paintPage(
  ctx: CanvasRenderingContext2D,
  width: CssPx,
  height: CssPx,
  reading: PageReading,
  theme: PaintTheme,
  lit: { readonly start: Addr; readonly bytes: Bytes } | null,
): void {
  ctx.fillStyle = theme.field;
  ctx.fillRect(0, 0, width, height);
  const from = reading.page * PAGE_BYTES;
  const fill = (start: Addr, bytes: Bytes, style: string | CanvasPattern) => {
    ctx.fillStyle = style;
    eachStrip(width, height, from, start, bytes, (strip) =>
      ctx.fillRect(strip.x, strip.y, Math.max(1, strip.width), strip.height),
    );
  };
  const { spans, blocks } = reading;
  // Headers last: they are the narrowest, and must not be covered by a neighbour that is drawn wider than it is.
  for (let k = 0; k < spans.kind.length; k++)
    if (!isMeta(spans.kind[k]!)) fill(spans.start[k]!, spans.bytes[k]!, styleOf(ctx, spans.kind[k]!, theme));
  for (let k = 0; k < blocks.address.length; k++)
    if (blocks.requested[k]! > 0) fill(blocks.address[k]!, blocks.requested[k]!, theme.ramp[6]!);
  for (let k = 0; k < spans.kind.length; k++)
    if (isMeta(spans.kind[k]!)) fill(spans.start[k]!, spans.bytes[k]!, theme.meta);
  paintRowLines(ctx, width, height, theme);
  if (lit !== null) paintLit(ctx, width, height, from, lit, theme);
}

const isMeta = (kind: number) => kind === SpanKind.Header || kind === SpanKind.State;

/** Paper between the rows, where there is room for it. */
function paintRowLines(ctx: CanvasRenderingContext2D, width: CssPx, height: CssPx, theme: PaintTheme): void {
  const pitch = height / PICTURE_ROWS;
  if (pitch < 3) return;
  ctx.fillStyle = theme.field;
  for (let row = 1; row < PICTURE_ROWS; row++) ctx.fillRect(0, row * pitch - 0.5, width, 0.5);
}

/** The chunk that is looked at: ink in a halo of paper, on each row it lies on. */
function paintLit(
  ctx: CanvasRenderingContext2D,
  width: CssPx,
  height: CssPx,
  from: Addr,
  { start, bytes }: { readonly start: Addr; readonly bytes: Bytes },
  theme: PaintTheme,
): void {
  for (const [line, colour] of [
    [4, theme.field],
    [2, theme.ink],
  ] as const) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = line;
    ctx.beginPath();
    eachStrip(width, height, from, start, bytes, (strip) => {
      ctx.moveTo(strip.x, strip.y);
      ctx.lineTo(strip.x + Math.max(2, strip.width), strip.y);
      ctx.moveTo(strip.x, strip.y + strip.height);
      ctx.lineTo(strip.x + Math.max(2, strip.width), strip.y + strip.height);
    });
    ctx.stroke();
    ctx.beginPath();
    let first: Strip | null = null;
    let last: Strip | null = null;
    eachStrip(width, height, from, start, bytes, (strip) => {
      first ??= { ...strip };
      last = { ...strip };
    });
    edge(ctx, first, 0);
    edge(ctx, last, 1);
    ctx.stroke();
  }
}

function edge(ctx: CanvasRenderingContext2D, strip: Strip | null, side: 0 | 1): void {
  if (strip === null) return;
  const x = strip.x + side * Math.max(2, strip.width);
  ctx.moveTo(x, strip.y);
  ctx.lineTo(x, strip.y + strip.height);
}

const strip: Strip = { x: 0, y: 0, width: 0, height: 0 };
/** The parts of a stretch of bytes, row by row, as far as they lie in the page. */
function eachStrip(
  width: CssPx,
  height: CssPx,
  page: Addr,
  start: Addr,
  bytes: Bytes,
  draw: (strip: Strip) => void,
): void {
  const pitch = height / PICTURE_ROWS;
  const scale = width / ROW_BYTES;
  let at = Math.max(0, start - page);
  const end = Math.min(PAGE_BYTES, start + bytes - page);
  while (at < end) {
    const row = Math.floor(at / ROW_BYTES);
    const to = Math.min(end, (row + 1) * ROW_BYTES);
    strip.x = (at - row * ROW_BYTES) * scale;
    strip.y = row * pitch;
    strip.width = (to - at) * scale;
    strip.height = pitch;
    draw(strip);
    at = to;
  }
}

const patterns = new Map<string, CanvasPattern>();

function styleOf(ctx: CanvasRenderingContext2D, kind: number, theme: PaintTheme): string | CanvasPattern {
  switch (kind) {
    case SpanKind.Used:
      return theme.slack;
    case SpanKind.Free:
      return patternOf(ctx, theme, 'hatch', theme.field, theme.ctl);
    case SpanKind.Dead:
      return patternOf(ctx, theme, 'stripes', theme.ramp[0]!, theme.dead);
    case SpanKind.Top:
      return patternOf(ctx, theme, 'dots', theme.panel, theme.rule2);
    default:
      return patternOf(ctx, theme, 'bricks', theme.fixed, theme.fixed2);
  }
}

/** Lithology: 45° hatching for a hole, stripes for dead, dots for untouched, courses of brick for static data. */
function patternOf(
  ctx: CanvasRenderingContext2D,
  theme: PaintTheme,
  name: 'hatch' | 'stripes' | 'dots' | 'bricks',
  paper: string,
  ink: string,
): string | CanvasPattern {
  const key = `${theme.name} ${name}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const tile = document.createElement('canvas');
  tile.width = 4;
  tile.height = 4;
  const pen = tile.getContext('2d');
  if (pen === null) return paper;
  pen.fillStyle = paper;
  pen.fillRect(0, 0, 4, 4);
  pen.fillStyle = ink;
  if (name === 'hatch') for (let i = 0; i < 4; i++) pen.fillRect(i, 3 - i, 1, 1);
  else if (name === 'stripes') for (const y of [0, 2]) pen.fillRect(0, y, 4, 1);
  else if (name === 'dots') pen.fillRect(1, 1, 1, 1);
  else {
    pen.fillRect(0, 0, 4, 1);
    pen.fillRect(1, 0, 1, 4);
  }
  const pattern = ctx.createPattern(tile, 'repeat');
  if (pattern === null) return paper;
  patterns.set(key, pattern);
  return pattern;
}

/** The address under a point of the picture. */
export function pictureAddress(page: number, width: CssPx, height: CssPx, x: CssPx, y: CssPx): Addr {
  const row = Math.min(PICTURE_ROWS - 1, Math.max(0, Math.floor((y / height) * PICTURE_ROWS)));
  const column = Math.min(ROW_BYTES - 1, Math.max(0, Math.floor((x / width) * ROW_BYTES)));
  return page * PAGE_BYTES + row * ROW_BYTES + column;
}

/**
 * The chunks of a page that can be gone to, as indices of its spans: all but headers, which belong to what follows them.
 */
export function chunksOf({ kind }: PageSpans): number[] {
  const out: number[] = [];
  for (let k = 0; k < kind.length; k++) {
    const belongs = kind[k] === SpanKind.Header && k + 1 < kind.length && kind[k + 1] !== SpanKind.Header;
    if (!belongs) out.push(k);
  }
  return out;
}

/** The chunk that holds an address: of a header the one behind it. */
export function chunkAt({ kind, start }: PageSpans, address: Addr): number {
  const span = Math.max(0, countUpTo(start, address) - 1);
  const next = span + 1;
  return kind[span] === SpanKind.Header && next < kind.length && kind[next] !== SpanKind.Header ? next : span;
}

/** The operation that made the innermost live block at an address, 0 for none. */
export function blockWith({ operation, address, usable }: PageBlocks, at: Addr): number {
  let found = 0;
  for (let k = 0; k < operation.length; k++)
    if (address[k]! <= at && at < address[k]! + usable[k]!) found = operation[k]!;
  return found;
}
