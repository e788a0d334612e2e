import type { CssPx, Pages, Position } from '../model/units.ts';
import { type ChartTheme, font, setFont } from './charts.ts';
import { drawLabel } from './labels.ts';
import { type TimelineData, type TimelineView, xOf, yOf } from './timeline-view.ts';

/** A prediction on the chart: what is covered until it is locked in, and the line that was said, which stays beside the truth. */
export interface Cover {
  readonly from: Position;
  readonly until: Position;
  /** Locked in: nothing is covered any more. */
  readonly locked: boolean;
  /** Pages at equal distances behind `from`, the last at `until`; null while nothing is said, or nothing that can be drawn. */
  readonly drawn: readonly Pages[] | null;
  /** Lane whose pages at `from` the line sets out from. */
  readonly lane: number;
  readonly words: { readonly covered: string; readonly you: string };
}

/** Drawn above all but the needle, every frame: a few lines and two labels. */
export function paintCover(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  theme: ChartTheme,
  cover: Cover,
  ratio: number,
): void {
  const left = Math.max(view.left, Math.round(xOf(view, cover.from)) + 0.5);
  const top = view.plotTop - 6.5;
  if (!cover.locked) {
    // Names of later marks stand below or above the plot, the values of the end beside it.
    ctx.fillStyle = view.kind === 'full' ? theme.panel : theme.ground;
    ctx.fillRect(left, 0, view.width - left, view.height);
    const width = Math.max(2, view.right - left);
    ctx.fillStyle = theme.panel;
    ctx.fillRect(left, top, width, view.plotBottom - top);
    ctx.strokeStyle = theme.ctl;
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 3]);
    ctx.strokeRect(left, top, width, view.plotBottom - top);
    ctx.setLineDash([]);
    paintNote(ctx, view, theme, left, cover.words.covered);
  }
  if (cover.drawn === null) return;
  const lane = data.lanes[cover.lane] ?? data.lanes[0];
  if (lane === undefined) return;
  const end = paintGuess(ctx, view, theme, cover, lane.series.pagesAt(cover.from));
  const label = `${cover.words.you} ${Math.round(cover.drawn[cover.drawn.length - 1]!)}`;
  const y = end.y - 14 < view.plotTop ? end.y + 20 : end.y - 12;
  drawLabel(ctx, label, end.x - 10, y, {
    font: font(12, 650),
    size: 12,
    ink: theme.signalText,
    paper: theme.panel,
    align: 'right',
    ratio,
  });
}

/** In one line where there is room, else in two, else not at all. */
function paintNote(ctx: CanvasRenderingContext2D, view: TimelineView, theme: ChartTheme, left: CssPx, text: string) {
  const room = view.right - left - 8;
  const middle = left + room / 2 + 4;
  setFont(ctx, font(12));
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink2;
  const width = ctx.measureText(text).width;
  if (width < room) {
    ctx.fillText(text, middle, view.plotBottom - 16);
    return;
  }
  const half = text.indexOf(' ', text.length / 2 - 4);
  if (width * 0.62 > room || half < 0) return;
  ctx.fillText(text.slice(0, half), middle, view.plotBottom - 30);
  ctx.fillText(text.slice(half + 1), middle, view.plotBottom - 14);
}

function paintGuess(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  theme: ChartTheme,
  { from, until, drawn }: Cover,
  start: Pages,
): { readonly x: CssPx; readonly y: CssPx } {
  const each = (until - from) / drawn!.length;
  ctx.strokeStyle = theme.signal;
  ctx.lineWidth = 2;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(xOf(view, from), yOf(view, start));
  for (let i = 0; i < drawn!.length; i++) ctx.lineTo(xOf(view, from + (i + 1) * each), yOf(view, drawn![i]!));
  ctx.stroke();
  ctx.setLineDash([]);
  let x = 0;
  let y = 0;
  for (let i = 0; i < drawn!.length; i++) {
    x = xOf(view, from + (i + 1) * each);
    y = yOf(view, drawn![i]!);
    ctx.fillStyle = theme.panel;
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.arc(x, y, i === drawn!.length - 1 ? 5 : 3.5, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  return { x, y };
}
