import type { CssPx, Position } from '../model/units.ts';
import { type ChartTheme, font, setFont } from './charts.ts';
import { type TimelineView, xOf } from './timeline-view.ts';

/** What a page that is seen from near has on the timeline in the place of the lanes' curves: one row each. */
export interface NearStrip {
  /** Two lines at the row's beginning. */
  readonly label: readonly [string, string];
  /** A stretch of operations, and how it is drawn: live bytes, or a hole. Null for none. */
  readonly span: { readonly from: Position; readonly to: Position; readonly fill: 'live' | 'hole' } | null;
  /** Said over the stretch's beginning; '' for nothing. */
  readonly note: string;
  /** It does not end with the run: an arrow at the end says so. */
  readonly lasts: boolean;
  /** Levels 0 to 8 of live bytes, over equal stretches of the whole run; null where the row has a stretch instead. */
  readonly levels: Uint8Array | null;
}

const ROW_MOST: CssPx = 34;
const BAR: CssPx = 13;

/** Draws the rows from the top of the plot to the foot of the densities. `count`: operations of the run. */
export function paintNearStrips(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  strips: readonly NearStrip[],
  count: Position,
  theme: ChartTheme,
): void {
  const bottom = view.foot;
  const pitch = Math.min(ROW_MOST, (bottom - view.plotTop) / Math.max(1, strips.length));
  for (const [index, strip] of strips.entries()) {
    const foot = view.plotTop + (index + 1) * pitch;
    const top = Math.round(foot - BAR);
    setFont(ctx, font(11));
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.ink2;
    ctx.fillText(strip.label[0], view.left - 8, top + BAR / 2 - 6);
    ctx.fillText(strip.label[1], view.left - 8, top + BAR / 2 + 6);
    ctx.strokeStyle = theme.rule2;
    ctx.lineWidth = 1;
    ctx.strokeRect(view.left + 0.5, top + 0.5, view.right - view.left - 1, BAR - 1);
    if (strip.levels !== null) paintLevels(ctx, view, strip.levels, count, top, theme);
    if (strip.span !== null) paintSpan(ctx, view, strip, strip.span, top, theme);
  }
}

/** A column takes the level of the stretch of the run that it begins in. */
function paintLevels(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  levels: Uint8Array,
  count: Position,
  top: CssPx,
  theme: ChartTheme,
): void {
  const columns = Math.ceil(view.right - view.left);
  const each = (view.to - view.from) / (view.right - view.left);
  for (let column = 0; column < columns; ) {
    const levelOf = (of: number) => {
      const position = view.from + of * each;
      return levels[Math.min(levels.length - 1, Math.floor((position / Math.max(1, count)) * levels.length))]!;
    };
    const level = levelOf(column);
    let end = column + 1;
    while (end < columns && levelOf(end) === level) end++;
    if (level > 0) {
      ctx.fillStyle = theme.ramp[level]!;
      ctx.fillRect(view.left + column, top, Math.min(view.right - view.left, end) - column, BAR);
    }
    column = end;
  }
}

function paintSpan(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  { note, lasts }: NearStrip,
  { from, to, fill }: NonNullable<NearStrip['span']>,
  top: CssPx,
  theme: ChartTheme,
): void {
  const start = Math.max(view.left, xOf(view, from));
  const end = Math.min(view.right, xOf(view, to));
  if (end < start) return;
  const width = Math.max(2, end - start);
  if (fill === 'live') {
    ctx.fillStyle = theme.ramp[6]!;
    ctx.fillRect(start, top, width, BAR);
  } else hatch(ctx, start, top, width, theme);
  if (lasts && to <= view.to) {
    ctx.fillStyle = theme.ink;
    ctx.beginPath();
    ctx.moveTo(view.right + 3, top + 1);
    ctx.lineTo(view.right + 9, top + BAR / 2);
    ctx.lineTo(view.right + 3, top + BAR - 1);
    ctx.fill();
  }
  if (note === '') return;
  setFont(ctx, font(11));
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink2;
  ctx.textAlign = start > view.right - 140 ? 'right' : 'left';
  ctx.fillText(note, start > view.right - 140 ? end : start, top - 3);
}

/** The pattern of a hole, drawn line by line: a chart has no pictures of patterns. */
function hatch(ctx: CanvasRenderingContext2D, left: CssPx, top: CssPx, width: CssPx, theme: ChartTheme): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, BAR);
  ctx.clip();
  ctx.strokeStyle = theme.ctl;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = left - BAR; x < left + width; x += 4) {
    ctx.moveTo(x, top + BAR);
    ctx.lineTo(x + BAR, top);
  }
  ctx.stroke();
  ctx.restore();
  ctx.strokeStyle = theme.ctl;
  ctx.strokeRect(left + 0.5, top + 0.5, Math.max(1, width - 1), BAR - 1);
}
