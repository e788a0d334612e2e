import type { CssPx, Pages, Position } from '../model/units.ts';
import { type ChartTheme, font, spreadLabels } from './charts.ts';
import { drawLabel, drawLaneValue, type LabelStyle } from './labels.ts';
import { shorten } from './timeline.ts';
import { type Cover, paintCover } from './timeline-cover.ts';
import { type TimelineData, type TimelineLane, type TimelineView, xOf, yOf } from './timeline-view.ts';

const VALUE_FONT = font(12, 650);
const PHASE_FONTS = { 11: font(11, 680), 12: font(12, 680) } as const;
const HINT_FONT = font(13, 650);

/** Drawn every frame, so that nothing may be left to collect: one style and one list of heights for all labels. */
const style: { -readonly [K in keyof LabelStyle]: LabelStyle[K] } = {
  font: VALUE_FONT,
  size: 12,
  ink: '',
  paper: '',
  align: 'left',
  ratio: 1,
};
const heights: number[] = [];

function styled(
  face: string,
  size: number,
  ink: string,
  paper: string,
  align: CanvasTextAlign,
  ratio: number,
): LabelStyle {
  style.font = face;
  style.size = size;
  style.ink = ink;
  style.paper = paper;
  style.align = align;
  style.ratio = ratio;
  return style;
}

/**
 * Draws the timeline's moving layer, every frame: the future behind a veil of 45 %, or covered by a prediction, the needle,
 * each lane's footprint at it.
 */
export function paintPlayhead(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  theme: ChartTheme,
  position: Position,
  lit: { readonly from: Position; readonly to: Position } | null,
  hint: string | null = null,
  ratio = 1,
  cover: Cover | null = null,
): void {
  ctx.clearRect(0, 0, view.width, view.height);
  const x = xOf(view, position);
  if (lit !== null && data.near === undefined) paintBand(ctx, view, theme, lit.from, lit.to);
  if (x < view.right) {
    const veilLeft = Math.max(view.left, x);
    ctx.globalAlpha = 0.45;
    ctx.fillStyle = view.kind === 'full' ? theme.panel : theme.ground;
    ctx.fillRect(veilLeft, view.plotTop - 6, view.right - veilLeft + 1, veilBottom(view, data) - view.plotTop + 6);
    ctx.globalAlpha = 1;
  }
  if (cover !== null) paintCover(ctx, view, data, theme, cover, ratio);
  if (x < view.left - 1 || x > view.right + 1) return;
  if (view.kind === 'full' && data.near === undefined) paintValues(ctx, view, data, theme, position, x, ratio);
  if (view.kind !== 'guide') paintPhase(ctx, view, data, theme, position, x, ratio);
  const bottom = view.foot + 6;
  ctx.fillStyle = theme.signal;
  const top = view.kind === 'phone' ? view.plotTop - 6 : 0;
  ctx.fillRect(Math.round(x) - 1, top, view.kind === 'full' ? 2 : 3, bottom - top);
  if (view.kind === 'full') {
    ctx.beginPath();
    ctx.moveTo(x - 9, 0);
    ctx.lineTo(x + 9, 0);
    ctx.lineTo(x, 11);
    ctx.fill();
  } else paintGrip(ctx, view, x, view.plotBottom + (view.kind === 'guide' ? 26 : 18), theme, hint, ratio);
}

/** Rows about a page reach down to where the densities would end. */
function veilBottom(view: TimelineView, data: TimelineData): CssPx {
  return data.near === undefined ? view.plotBottom : view.foot;
}

/** The name of the phase that the playhead stands in, in the weight that says so. */
function paintPhase(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  theme: ChartTheme,
  position: Position,
  x: CssPx,
  ratio: number,
): void {
  let last = -1;
  while (last + 1 < data.marks.length && data.marks[last + 1]!.position <= position) last++;
  const mark = data.marks[last];
  if (mark === undefined) return;
  const size = view.kind === 'phone' ? 12 : 11;
  const text = shorten(mark.text);
  const face = PHASE_FONTS[size];
  if (view.kind === 'full') {
    const left = Math.round(xOf(view, mark.position)) + 4.5;
    if (left >= view.left) drawLabel(ctx, text, left, 14, styled(face, size, theme.ink, theme.panel, 'left', ratio));
    return;
  }
  // Half of a name is about this wide: it must not leave the chart.
  const half = (text.length * size) / 3.4;
  const middle = Math.max(view.left + half, Math.min(view.width - half - 2, x));
  drawLabel(ctx, text, middle, 9, styled(face, size, theme.ink, theme.ground, 'center', ratio));
}

/** The handle to take hold of, where a visitor has not met the needle yet or uses a thumb. */
function paintGrip(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  x: CssPx,
  y: CssPx,
  theme: ChartTheme,
  hint: string | null,
  ratio: number,
): void {
  const radius = 14;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillStyle = theme.panel;
  ctx.beginPath();
  ctx.moveTo(x - 10, y);
  ctx.lineTo(x - 3, y - 5);
  ctx.lineTo(x - 3, y + 5);
  ctx.moveTo(x + 10, y);
  ctx.lineTo(x + 3, y - 5);
  ctx.lineTo(x + 3, y + 5);
  ctx.fill();
  if (hint === null) return;
  const before = x > view.right - 60;
  const align = before ? 'right' : 'left';
  const label = styled(HINT_FONT, 13, theme.signalText, theme.ground, align, ratio);
  drawLabel(ctx, hint, before ? x - radius - 8 : x + radius + 8, y + 6, label);
}

/** A stretch of operations that belongs to what is pointed at: a block's life, a line's first to last operation. */
function paintBand(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  theme: ChartTheme,
  from: Position,
  to: Position,
): void {
  const start = Math.max(view.left, xOf(view, from));
  const end = Math.min(view.right, xOf(view, to));
  if (end < start) return;
  ctx.fillStyle = theme.signal;
  ctx.fillRect(start, view.plotBottom + 2, Math.max(2, end - start), 3);
}

/** The values at the needle; left out where they would cover the names at the lines' ends. */
function paintValues(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  theme: ChartTheme,
  position: Position,
  x: CssPx,
  ratio: number,
): void {
  if (x > view.right - 4) return;
  const { lanes } = data;
  heights.length = lanes.length;
  for (let lane = 0; lane < lanes.length; lane++) heights[lane] = yOf(view, pagesAt(lanes[lane]!, position));
  spreadLabels(heights, 13, view.plotTop, view.plotBottom - 6, heights);
  const before = x - view.left > 70;
  const align = before ? 'right' : 'left';
  const at = Math.round((before ? x - 10 : x + 10) * ratio);
  for (let lane = 0; lane < lanes.length; lane++) {
    const label = styled(VALUE_FONT, 12, theme.lanes[lane]!, theme.panel, align, ratio);
    drawLaneValue(ctx, lane, pagesAt(lanes[lane]!, position), at, Math.round(heights[lane]! * ratio), label);
  }
}

function pagesAt({ series }: TimelineLane, position: Position): Pages {
  return series.pagesAt(Math.min(position, series.logged));
}
