import type { LaneSeries, StepSeries } from '../model/lane-series.ts';
import type { ProgramSeries, Range } from '../model/series.ts';
import { grouped } from '../model/strings/numbers.ts';
import { type Bytes, type CssPx, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';

import type { NearStrip } from './timeline-strips.ts';

/** What a timeline draws, and where all of it lies. */
export interface TimelineData {
  readonly count: number;
  readonly program: ProgramSeries | null;
  readonly lanes: readonly TimelineLane[];
  /** S, for the floor: the pages that a compacting heap would need. */
  readonly base: Bytes;
  readonly marks: readonly { readonly position: Position; readonly text: string }[];
  /** Operations with a finding, ascending. */
  readonly findings: readonly Position[];
  /** Pages that the scale has room for whatever the run takes; 0 for none. */
  readonly room: Pages;
  /** What comes after it is not shown yet, and the scale must not tell of it; null where all is. */
  readonly sealed: Position | null;
  readonly words: TimelineWords;
  /** A page is seen from near: rows about it in the place of the lanes' curves. `stamp` changes with them. */
  readonly near?: { readonly strips: readonly NearStrip[]; readonly stamp: number };
}

export interface TimelineLane {
  readonly series: LaneSeries;
  readonly steps: StepSeries | null;
  /** Where it stopped early, or null. */
  readonly stopped: Position | null;
}

export interface TimelineWords {
  readonly pages: string;
  readonly live: string;
  readonly floor: string;
  readonly search: readonly [string, string];
  readonly alloc: string;
  readonly free: string;
  /** On the area of the first visit's chart. */
  readonly guideLive: string;
}

/** `guide` is the first visit's and the lessons': taller, without strips, with a grip on the needle. `phone` has no axis at left. */
export type TimelineKind = 'full' | 'guide' | 'phone';

/** Where everything of a timeline lies, in CSS px; `from` to `to` are the positions at its ends. */
export interface TimelineView {
  readonly kind: TimelineKind;
  readonly width: CssPx;
  readonly height: CssPx;
  readonly left: CssPx;
  readonly right: CssPx;
  readonly from: Position;
  readonly to: Position;
  readonly topPages: Pages;
  readonly plotTop: CssPx;
  readonly plotBottom: CssPx;
  readonly stripTop: CssPx;
  readonly stripHeight: CssPx;
  readonly densityTop: CssPx;
  /** Where all that stands over the operations ends: the densities, or the plot where there is no room for more. */
  readonly foot: CssPx;
  readonly axisBaseline: CssPx;
}

export const DENSITY_HEIGHT = 22;
/** Lower than this the curves say nothing: what lies beneath them goes first. */
const PLOT_LEAST = 24;
/** Two lines of label stand beside the strips. */
export const STRIPS_LEAST = 22;

/** Lays a timeline out. `counted` lanes get a strip of search steps each. */
export function layoutTimeline(
  kind: TimelineKind,
  width: CssPx,
  height: CssPx,
  data: TimelineData,
  from: Position,
  to: Position,
): TimelineView {
  const counted = kind === 'full' && data.lanes.some((lane) => lane.steps !== null) ? data.lanes.length : 0;
  const stripHeight = 9;
  const axis = kind === 'phone' ? 34 : kind === 'guide' ? 48 : 24;
  const stripArea = counted > 0 ? Math.max(STRIPS_LEAST, counted * stripHeight) + 10 : 0;
  const topPages = topOf(data);
  const plotTop = kind === 'guide' ? 10 : kind === 'phone' ? 22 : 34;
  const all = height - axis - plotTop;
  const strips = kind === 'full' ? stripArea + DENSITY_HEIGHT + 12 : 0;
  const hasStrips = strips > 0 && all - strips >= PLOT_LEAST;
  const plotBottom = plotTop + Math.max(PLOT_LEAST, hasStrips ? all - strips : all);
  const stripTop = plotBottom + 10;
  const densityTop = stripTop + (counted > 0 ? stripArea : 2);
  return {
    kind,
    width,
    height,
    left: kind === 'full' ? 62 : kind === 'guide' ? 32 : 2,
    right: Math.max(80, width - (kind === 'phone' ? Math.max(52, 22 + 7.5 * grouped(Math.ceil(topPages)).length) : 92)),
    from,
    to: Math.max(from + 1, to),
    topPages,
    plotTop,
    plotBottom,
    stripTop,
    stripHeight: counted > 0 ? stripHeight : 0,
    densityTop,
    foot: hasStrips ? densityTop + DENSITY_HEIGHT : plotBottom,
    axisBaseline: height - 8,
  };
}

const held: Range = { low: 0, high: 0 };

/**
 * The scale's end is a fact of the whole run, so that scrubbing and recording further never rescale what was drawn. Before
 * something is revealed it is a fact of what is there so far, with as much room again where a guess asks for none.
 */
function topOf({ program, lanes, base, room, sealed }: TimelineData): Pages {
  let top = room;
  for (const { series } of lanes) top = Math.max(top, sealed === null ? series.finalPages : series.pagesAt(sealed));
  if (program !== null) {
    if (sealed !== null) program.live(0, Math.min(sealed, program.count), held);
    top = Math.max(top, (base + (sealed === null ? program.peak : held.high)) / PAGE_BYTES);
  }
  return Math.max(2, (sealed !== null && room === 0 ? 2 : 1.06) * top);
}

export function xOf(view: TimelineView, position: Position): CssPx {
  return view.left + ((position - view.from) / (view.to - view.from)) * (view.right - view.left);
}

/** The position under a point, whole and within the run. */
export function positionAt(view: TimelineView, x: CssPx, count: number): Position {
  const share = (x - view.left) / (view.right - view.left);
  return Math.min(count, Math.max(0, Math.round(view.from + share * (view.to - view.from))));
}

/** The pages that a height of the plot stands for, not less than none. */
export function pagesAtY(view: TimelineView, y: CssPx): Pages {
  const share = (view.plotBottom - y) / (view.plotBottom - view.plotTop);
  return Math.max(0, Math.min(1, share)) * view.topPages;
}

export function yOf(view: TimelineView, pages: number): CssPx {
  return view.plotBottom - (pages / view.topPages) * (view.plotBottom - view.plotTop);
}
