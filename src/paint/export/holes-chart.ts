import { binEnd, HOLE_BINS, HOLE_LABELS, type HoleBin, placeOnAxis } from '../../model/hole-bins.ts';
import type { Bytes, CssPx } from '../../model/units.ts';
import { font, setFont } from '../charts.ts';
import type { PaintTheme } from '../theme.ts';
import { SvgContext } from './svg-context.ts';

/** One lane's hole sizes as a chart. */
export interface HolesLane {
  readonly letter: string;
  readonly name: string;
  /** Null where there are none to show: `note` says why. */
  readonly bins: readonly HoleBin[] | null;
  readonly note: string;
  /** Bytes that a hole must have for the next request; null for none. */
  readonly next: Bytes | null;
  /** What became of the next request. */
  readonly outcome: string;
}

export const HOLES_HEIGHT: CssPx = 96;
/** Of all that is written beside the bars. */
export const HOLE_TEXT = font(11);
const BARS_TOP = 22;
const BARS_HEIGHT = 40;

/** Draws one lane's bars with the top left corner at `x`, `y`; `most` is the tallest bin of all lanes. */
export function paintHoles(
  ctx: CanvasRenderingContext2D,
  lane: HolesLane,
  most: Bytes,
  x: CssPx,
  y: CssPx,
  width: CssPx,
  theme: PaintTheme,
): void {
  const { next } = lane;
  const bottom = y + BARS_TOP + BARS_HEIGHT;
  setFont(ctx, HOLE_TEXT);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink;
  ctx.fillText(lane.note, x + width, y + 12);
  ctx.fillStyle = theme.ink;
  ctx.fillRect(x, bottom, width, 1);
  const each = width / HOLE_BINS;
  for (const { bin, bytes } of lane.bins ?? []) {
    if (bytes === 0) continue;
    const height = Math.max(1.5, (bytes / Math.max(1, most)) * BARS_HEIGHT);
    ctx.fillStyle = next !== null && binEnd(bin) > next ? theme.ramp[6]! : theme.ramp[2]!;
    ctx.fillRect(x + (bin + 0.08) * each, bottom - height, 0.84 * each, height);
  }
  if (next !== null && lane.bins !== null) {
    ctx.fillStyle = theme.signal;
    ctx.fillRect(x + placeOnAxis(next) * width - 1, y + BARS_TOP - 4, 2, BARS_HEIGHT + 8);
  }
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.ink3;
  for (const { text, bin } of HOLE_LABELS) {
    ctx.textAlign = bin === HOLE_BINS - 1 ? 'right' : 'left';
    ctx.fillText(text, x + (bin === HOLE_BINS - 1 ? width : (bin / HOLE_BINS) * width), bottom + 13);
  }
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.ink2;
  ctx.fillText(lane.outcome, x, bottom + 29);
}

/** The charts of all lanes below each other, as a file. */
export function holesSvg(lanes: readonly HolesLane[], theme: PaintTheme, title: string, axis: string): string {
  const width = 640;
  const svg = new SvgContext(width, 40 + lanes.length * (HOLES_HEIGHT + 22));
  const ctx = svg as unknown as CanvasRenderingContext2D;
  ctx.fillStyle = theme.ink;
  setFont(ctx, font(13, 650));
  ctx.fillText(title, 14, 20);
  setFont(ctx, font(11));
  ctx.fillStyle = theme.ink2;
  ctx.fillText(axis, 14, 36);
  let most = 0;
  for (const { bins } of lanes) for (const { bytes } of bins ?? []) most = Math.max(most, bytes);
  lanes.forEach((lane, index) => {
    const y = 44 + index * (HOLES_HEIGHT + 18);
    setFont(ctx, font(12, 650));
    ctx.textAlign = 'left';
    ctx.fillStyle = theme.lanes[index]!;
    ctx.fillText(lane.letter, 14, y + 12);
    ctx.fillStyle = theme.ink;
    ctx.fillText(lane.name, 30, y + 12);
    paintHoles(ctx, lane, most, 14, y, width - 28, theme);
  });
  return svg.svg(title, theme.panel);
}
