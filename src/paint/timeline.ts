import { ticks } from 'd3';
import type { ProgramSeries, Range } from '../model/series.ts';
import { grouped } from '../model/strings/numbers.ts';
import { type CssPx, PAGE_BYTES } from '../model/units.ts';
import { type ChartTheme, font, LANE_DASHES, LANE_LETTERS, setFont, spreadLabels } from './charts.ts';
import { paintNearStrips } from './timeline-strips.ts';
import {
  DENSITY_HEIGHT,
  STRIPS_LEAST,
  type TimelineData,
  type TimelineLane,
  type TimelineView,
  xOf,
  yOf,
} from './timeline-view.ts';

const range: Range = { low: 0, high: 0 };

/**
 * Draws the still layer of the timeline: all that does not depend on the playhead, when data, size, theme or zoom change. What
 * moves is drawn by `paintPlayhead` on a transparent canvas above it. Costs a pass over the pixels of the width for each series, whatever the number of operations.
 */
export function paintTimeline(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  theme: ChartTheme,
): void {
  ctx.clearRect(0, 0, view.width, view.height);
  paintGrid(ctx, view, data, theme);
  if (data.near !== undefined) {
    paintMarks(ctx, view, data, theme);
    paintNearStrips(ctx, view, data.near.strips, data.count, theme);
    return;
  }
  if (data.program !== null && data.count > 0) paintProgram(ctx, view, data, data.program, theme);
  clipped(ctx, view, () => {
    for (let lane = data.lanes.length - 1; lane >= 0; lane--) paintFootprint(ctx, view, data.lanes[lane]!, lane, theme);
  });
  if (view.foot > view.plotBottom) {
    paintSteps(ctx, view, data, theme);
    if (data.program !== null && data.count > 0) paintDensity(ctx, view, data, data.program, theme);
  }
  paintMarks(ctx, view, data, theme);
  paintEvents(ctx, view, data, theme);
  paintEnds(ctx, view, data, theme);
}

function clipped(ctx: CanvasRenderingContext2D, view: TimelineView, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(view.left, view.plotTop - 4, view.right - view.left, view.plotBottom - view.plotTop + 8);
  ctx.clip();
  draw();
  ctx.restore();
}

function paintGrid(ctx: CanvasRenderingContext2D, view: TimelineView, data: TimelineData, theme: ChartTheme): void {
  const room = view.plotBottom - view.plotTop;
  setFont(ctx, font(11));
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  ctx.lineWidth = 1;
  if (data.near !== undefined) {
    // Rows of their own, on no scale of pages.
  } else if (view.kind !== 'phone') {
    for (const tick of ticks(0, view.topPages, Math.max(1, Math.min(5, Math.floor(room / 20))))) {
      if (!Number.isInteger(tick)) continue;
      const y = Math.round(yOf(view, tick)) + 0.5;
      line(ctx, view.left, y, view.right, y, theme.rule);
      ctx.fillStyle = theme.ink3;
      ctx.fillText(grouped(tick), view.left - 8, y);
    }
    if (view.kind === 'full') {
      ctx.fillStyle = theme.ink2;
      ctx.fillText(data.words.pages, view.left - 8, 14);
    }
  } else line(ctx, view.left, view.plotBottom + 0.5, view.right, view.plotBottom + 0.5, theme.rule);
  if (view.kind !== 'full') return;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink3;
  for (const tick of ticks(view.from, view.to, Math.max(2, Math.floor((view.right - view.left) / 120)))) {
    if (!Number.isInteger(tick)) continue;
    const x = xOf(view, tick);
    ctx.fillText(grouped(tick), x, view.axisBaseline);
    line(ctx, Math.round(x) + 0.5, view.axisBaseline - 14, Math.round(x) + 0.5, view.axisBaseline - 11, theme.ctl);
  }
}

function line(ctx: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number, stroke: string): void {
  ctx.strokeStyle = stroke;
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

/** The bytes that the program holds as an area, and on it the floor: what a compacting heap would need. */
function paintProgram(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  program: ProgramSeries,
  theme: ChartTheme,
): void {
  ctx.fillStyle = theme.ramp[2]!;
  ctx.beginPath();
  ctx.moveTo(view.left, view.plotBottom);
  const columns = Math.ceil(view.right - view.left);
  for (let column = 0; column <= columns; column++) {
    stretch(view, column, data.count);
    program.live(span.from, span.to, range);
    ctx.lineTo(view.left + column, yOf(view, range.high / PAGE_BYTES));
  }
  ctx.lineTo(view.right, view.plotBottom);
  ctx.fill();
  ctx.strokeStyle = theme.ink3;
  ctx.lineWidth = 1;
  ctx.setLineDash([1, 2]);
  ctx.beginPath();
  for (let column = 0; column <= columns; column++) {
    stretch(view, column, data.count);
    program.live(span.from, span.to, range);
    ctx.lineTo(view.left + column, Math.round(yOf(view, Math.ceil((data.base + range.high) / PAGE_BYTES))) + 0.5);
  }
  ctx.stroke();
  ctx.setLineDash([]);
  const mark = data.marks[0];
  if (view.kind !== 'guide' || mark === undefined) return;
  setFont(ctx, font(12));
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink;
  const most = view.right - 8 - ctx.measureText(data.words.guideLive).width;
  ctx.fillText(data.words.guideLive, Math.min(xOf(view, mark.position) + 8, most), view.plotBottom - 8);
}

const span = { from: 0, to: 0 };
/** The positions that fall on one column of pixels. */
function stretch(view: TimelineView, column: number, count: number): void {
  const each = (view.to - view.from) / (view.right - view.left);
  span.from = Math.min(count, Math.max(0, Math.floor(view.from + column * each)));
  span.to = Math.min(count, Math.max(span.from, Math.floor(view.from + (column + 1) * each) - 1));
}

/** A step curve: drawn grow by grow while they are fewer than the pixels, else the footprint at each column. */
function paintFootprint(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  lane: TimelineLane,
  index: number,
  theme: ChartTheme,
): void {
  const { series } = lane;
  const end = Math.min(view.to, series.logged);
  if (end < view.from) return;
  ctx.strokeStyle = theme.lanes[index]!;
  ctx.lineWidth = 2;
  ctx.setLineDash(LANE_DASHES[index] as number[]);
  ctx.beginPath();
  let y = yOf(view, series.pagesAt(view.from));
  ctx.moveTo(xOf(view, view.from), y);
  const first = series.growAt.upTo(view.from);
  const last = series.growAt.upTo(end);
  const columns = view.right - view.left;
  if (last - first <= columns) {
    for (let i = first; i < last; i++) {
      const x = xOf(view, series.growAt.at(i));
      ctx.lineTo(x, y);
      y = yOf(view, series.growPages.at(i));
      ctx.lineTo(x, y);
    }
  } else {
    const stop = xOf(view, end) - view.left;
    for (let column = 0; column <= stop; column++) {
      stretch(view, column, end);
      y = yOf(view, series.pagesAt(span.to));
      ctx.lineTo(view.left + column, y);
    }
  }
  ctx.lineTo(xOf(view, end), y);
  ctx.stroke();
  ctx.setLineDash([]);
  if (lane.stopped !== null) paintCross(ctx, xOf(view, lane.stopped), y, theme);
}

/** Broken memory: the only mark in the colour of danger. */
function paintCross(ctx: CanvasRenderingContext2D, x: CssPx, y: CssPx, theme: ChartTheme): void {
  ctx.fillStyle = theme.danger;
  ctx.fillRect(x - 6, y - 6, 12, 12);
  ctx.strokeStyle = theme.panel;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x - 3, y - 3);
  ctx.lineTo(x + 3, y + 3);
  ctx.moveTo(x + 3, y - 3);
  ctx.lineTo(x - 3, y + 3);
  ctx.stroke();
}

/** One strip a lane: the most steps on each column, on one logarithmic ramp for all lanes. */
function paintSteps(ctx: CanvasRenderingContext2D, view: TimelineView, data: TimelineData, theme: ChartTheme): void {
  if (view.stripHeight === 0) return;
  let most = 1;
  for (const lane of data.lanes) most = Math.max(most, lane.steps?.most ?? 0);
  const levels = Math.log2(most + 1);
  setFont(ctx, font(11));
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.ink2;
  // The strips of one lane or two are lower than what names them.
  const middle = view.stripTop + Math.max(STRIPS_LEAST, data.lanes.length * view.stripHeight) / 2;
  ctx.fillText(data.words.search[0], view.left - 8, middle - 6);
  ctx.fillText(data.words.search[1], view.left - 8, middle + 6);
  ctx.textAlign = 'left';
  const rows = data.lanes.map((_, i) => view.stripTop + (i + 0.5) * view.stripHeight);
  const labels = spreadLabels(rows, 11, 0, view.height);
  for (let index = 0; index < data.lanes.length; index++) {
    const { steps } = data.lanes[index]!;
    const y = view.stripTop + index * view.stripHeight;
    if (steps === null) continue;
    const columns = Math.ceil(view.right - view.left);
    for (let column = 0; column < columns; column++) {
      stretch(view, column, data.count);
      const here = steps.peak(span.from + 1, Math.max(span.from + 1, span.to + 1));
      if (here === 0) continue;
      ctx.fillStyle = theme.ramp[Math.min(8, Math.max(1, Math.ceil((8 * Math.log2(here + 1)) / levels)))]!;
      ctx.fillRect(view.left + column, y, 1, view.stripHeight - 1);
    }
    setFont(ctx, font(11, 650));
    ctx.fillStyle = theme.lanes[index]!;
    ctx.fillText(LANE_LETTERS[index]!, view.right + 8, labels[index]!);
    setFont(ctx, font(11));
    ctx.fillStyle = theme.ink2;
    ctx.fillText(grouped(steps.most), view.right + 24, labels[index]!);
  }
}

/** How the operations of each column share out between asking for memory and giving it back. */
function paintDensity(
  ctx: CanvasRenderingContext2D,
  view: TimelineView,
  data: TimelineData,
  program: ProgramSeries,
  theme: ChartTheme,
): void {
  const half = DENSITY_HEIGHT / 2;
  const middle = view.densityTop + half;
  setFont(ctx, font(11));
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.ink2;
  ctx.fillText(data.words.alloc, view.left - 8, middle - 6);
  ctx.fillText(data.words.free, view.left - 8, middle + 6);
  const columns = Math.ceil(view.right - view.left);
  // Columns follow each other, so the count up to one's end is the next one's beginning.
  let at = -1;
  let allocations = 0;
  let releases = 0;
  for (let column = 0; column < columns; column++) {
    stretch(view, column, data.count);
    if (span.from >= data.count) break;
    const to = Math.min(data.count, Math.max(span.from + 1, span.to + 1));
    if (at !== span.from) {
      allocations = program.allocationsUpTo(span.from);
      releases = program.releasesUpTo(span.from);
    }
    const allocationsThen = program.allocationsUpTo(to);
    const releasesThen = program.releasesUpTo(to);
    const operations = to - span.from;
    const up = ((allocationsThen - allocations) / operations) * half;
    const down = ((releasesThen - releases) / operations) * half;
    at = to;
    allocations = allocationsThen;
    releases = releasesThen;
    ctx.fillStyle = theme.ink2;
    ctx.fillRect(view.left + column, middle - up, 1, up);
    ctx.fillStyle = theme.rule2;
    ctx.fillRect(view.left + column, middle + 1, 1, down);
  }
}

/** Marks stand as lines through everything; names are left out where they would run into the one before. */
function paintMarks(ctx: CanvasRenderingContext2D, view: TimelineView, data: TimelineData, theme: ChartTheme): void {
  setFont(ctx, font(view.kind === 'guide' ? 12 : 11));
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = 1;
  const top = view.kind === 'guide' ? view.plotTop : view.kind === 'phone' ? view.plotTop - 4 : 6;
  const bottom = view.foot + (view.kind === 'full' ? 4 : 6);
  const baseline = view.kind === 'guide' ? view.plotBottom + 14 : 18;
  let clear = Number.NEGATIVE_INFINITY;
  let drawn = Number.NEGATIVE_INFINITY;
  for (const mark of data.marks) {
    if (mark.position < view.from || mark.position > view.to) continue;
    const x = Math.round(xOf(view, mark.position)) + 0.5;
    if (x - drawn < 3) continue;
    drawn = x;
    line(ctx, x, top, x, bottom, theme.ink3);
    if (x < clear || view.kind === 'phone') continue;
    const text = shorten(mark.text);
    const { width } = ctx.measureText(text);
    // Near the end of the plot a name stands before its line.
    const start = x + 4 + width > view.right && view.kind === 'guide' ? x - 6 - width : x + 4;
    if (start < clear) continue;
    ctx.fillStyle = theme.ink2;
    ctx.fillText(text, start, baseline);
    clear = start + 8 + width;
  }
}

/** A mark's name, as long as there is room for one. */
export const shorten = (text: string) => (text.length > 24 ? `${text.slice(0, 23)}…` : text);

/** Findings as triangles over the plot, failed requests as struck circles on the lane's line. */
function paintEvents(ctx: CanvasRenderingContext2D, view: TimelineView, data: TimelineData, theme: ChartTheme): void {
  let drawn = Number.NEGATIVE_INFINITY;
  ctx.lineWidth = 1.5;
  for (const position of data.findings) {
    if (position < view.from || position > view.to) continue;
    const x = xOf(view, position);
    if (x - drawn < 11) continue;
    drawn = x;
    const y = view.plotTop - 10;
    ctx.fillStyle = theme.panel;
    ctx.strokeStyle = theme.ink;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 5, y + 9);
    ctx.lineTo(x - 5, y + 9);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  for (let index = 0; index < data.lanes.length; index++) {
    const { series } = data.lanes[index]!;
    drawn = Number.NEGATIVE_INFINITY;
    const end = series.failures.upTo(view.to);
    for (let i = series.failures.upTo(view.from - 1); i < end; i++) {
      const at = series.failures.at(i);
      const x = xOf(view, at);
      if (x - drawn < 9) continue;
      drawn = x;
      paintFailure(ctx, x, yOf(view, series.pagesAt(at)), theme.lanes[index]!, theme.panel);
    }
  }
}

function paintFailure(ctx: CanvasRenderingContext2D, x: CssPx, y: CssPx, ink: string, paper: string): void {
  ctx.fillStyle = paper;
  ctx.strokeStyle = ink;
  ctx.beginPath();
  ctx.arc(x, y, 4, 0, 2 * Math.PI);
  ctx.fill();
  ctx.moveTo(x - 2.8, y + 2.8);
  ctx.lineTo(x + 2.8, y - 2.8);
  ctx.stroke();
}

/** Names each line where it ends, moved apart where they would overlap. */
function paintEnds(ctx: CanvasRenderingContext2D, view: TimelineView, data: TimelineData, theme: ChartTheme): void {
  const wanted = data.lanes.map((lane) => yOf(view, lane.series.pagesAt(Math.min(view.to, lane.series.logged))));
  const live = data.program !== null && data.count > 0 ? data.program.liveAt(Math.min(view.to, data.count)) : null;
  if (live !== null && view.kind === 'full') wanted.push(yOf(view, live / PAGE_BYTES));
  const placed = spreadLabels(wanted, 13, view.plotTop + 4, view.plotBottom);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (let index = 0; index < data.lanes.length; index++) {
    const { series } = data.lanes[index]!;
    const y = placed[index]!;
    setFont(ctx, font(12, 650));
    ctx.fillStyle = theme.lanes[index]!;
    ctx.fillText(LANE_LETTERS[index]!, view.right + 8, y);
    ctx.fillText(grouped(series.pagesAt(Math.min(view.to, series.logged))), view.right + 24, y);
  }
  if (live !== null && view.kind === 'full') {
    setFont(ctx, font(12));
    ctx.fillStyle = theme.ink2;
    ctx.fillText(
      `${data.words.live} ${grouped(Math.round(live / PAGE_BYTES))}`,
      view.right + 8,
      placed[data.lanes.length]!,
    );
  }
}
