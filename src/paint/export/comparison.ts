import type { Bytes, CssPx, Position } from '../../model/units.ts';
import { font, setFont } from '../charts.ts';
import type { PaintTheme } from '../theme.ts';
import { paintTimeline } from '../timeline.ts';
import type { Cover } from '../timeline-cover.ts';
import { paintPlayhead } from '../timeline-playhead.ts';
import { layoutTimeline, type TimelineData } from '../timeline-view.ts';
import { HOLE_TEXT, HOLES_HEIGHT, type HolesLane, paintHoles } from './holes-chart.ts';
import { entryWidth, type LegendEntry, type LegendStyle, paintEntry } from './legend.ts';

/** All that the picture of a comparison shows; texts are ready to be set. */
export interface ComparisonPicture {
  readonly title: string;
  readonly subtitle: string;
  /** What made it, with its version and its day. */
  readonly made: string;
  readonly rowNames: readonly string[];
  readonly lanes: readonly ComparisonLane[];
  /** What a row of the maps stands for, and the addresses beside them: heights are from the maps' upper edge. */
  readonly scale: string;
  readonly axis: readonly { readonly y: CssPx; readonly text: string }[];
  readonly holesName: readonly string[];
  readonly most: Bytes;
  readonly legend: readonly LegendEntry[];
  readonly legendStyle: LegendStyle;
  readonly timeline: TimelineData;
  /** What a prediction covers of it; null for nothing. */
  readonly cover: Cover | null;
  readonly position: Position;
}

export interface ComparisonLane extends HolesLane {
  readonly policy: string;
  readonly values: readonly string[];
  /** The painted map, and its size in CSS px. */
  readonly map: HTMLCanvasElement;
  readonly mapWidth: CssPx;
  readonly mapHeight: CssPx;
}

const MARGIN = 24;
const LABELS = 104;
const GAP = 16;
const TOP = 46;
const HEAD = 44;
const ROW = 18;
/** Between the metrics and the maps, with the scale in it. */
const SCALE = 24;
const BADGE = 18;
const LEGEND_ROW = 20;
const LEGEND_GAP = 15;
const TIMELINE_HEIGHT = 230;
const LEAST_WIDTH: CssPx = 760;

const POLICY = font(11);
const NAME = font(15, 650);

/** Where everything lies, in CSS px. */
interface Layout {
  readonly width: CssPx;
  readonly height: CssPx;
  readonly lefts: readonly CssPx[];
  readonly columns: readonly CssPx[];
  readonly tallest: CssPx;
  /** From the legend's left and upper edge. */
  readonly entries: readonly { readonly x: CssPx; readonly row: number }[];
  readonly legendRows: number;
}

/** Lanes are as wide as their map and all that is said of them: nothing is cut, nothing runs into the next. */
function layoutOf({ lanes, rowNames, legend }: ComparisonPicture): Layout {
  const pen = document.createElement('canvas').getContext('2d')!;
  const wide = (words: string, style: string) => {
    setFont(pen, style);
    return Math.ceil(pen.measureText(words).width);
  };
  const columns = lanes.map((lane) =>
    Math.max(
      lane.mapWidth,
      BADGE + 8 + wide(lane.name, NAME),
      wide(lane.policy, POLICY),
      wide(lane.note, HOLE_TEXT),
      wide(lane.outcome, HOLE_TEXT),
    ),
  );
  const lefts: CssPx[] = [];
  let left = MARGIN + LABELS;
  for (const column of columns) {
    lefts.push(left);
    left += column + GAP;
  }
  // One lane leaves its timeline room still.
  const width = Math.max(LEAST_WIDTH, Math.ceil(left - GAP + MARGIN));
  const room = width - 2 * MARGIN - LABELS;
  const entries: { x: CssPx; row: number }[] = [];
  let x = 0;
  let row = 0;
  for (const entry of legend) {
    const needed = entryWidth(pen, entry);
    if (x > 0 && x + needed > room) {
      x = 0;
      row++;
    }
    entries.push({ x, row });
    x += needed + LEGEND_GAP;
  }
  const tallest = lanes.reduce((most, lane) => Math.max(most, lane.mapHeight), 0);
  const legendRows = row + 1;
  const above = MARGIN + TOP + HEAD + rowNames.length * ROW + SCALE + tallest + 10 + HOLES_HEIGHT;
  const height = Math.ceil(above + legendRows * LEGEND_ROW + 6 + TIMELINE_HEIGHT + MARGIN);
  return { width, height, lefts, columns, tallest, entries, legendRows };
}

/** Width and height of the picture, in CSS px. */
export function comparisonSize(picture: ComparisonPicture): { width: CssPx; height: CssPx } {
  const { width, height } = layoutOf(picture);
  return { width, height };
}

/** Draws the comparison on a context whose unit is one CSS px: headers, metrics, maps, holes, legend, timeline. */
export function paintComparison(
  ctx: CanvasRenderingContext2D,
  picture: ComparisonPicture,
  theme: PaintTheme,
  ratio: number,
): void {
  const { width, height, lefts, columns, tallest, entries, legendRows } = layoutOf(picture);
  const wide = width - 2 * MARGIN;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(0, 0, width, height);
  let y = MARGIN;
  text(ctx, picture.title, MARGIN, y + 18, font(19, 680), theme.ink, 'left', wide);
  text(ctx, picture.subtitle, MARGIN, y + 36, font(12), theme.ink2);
  text(ctx, picture.made, width - MARGIN, y + 36, font(12), theme.ink2, 'right');
  y += TOP;
  const side = (value: string, baseline: CssPx) =>
    text(ctx, value, MARGIN + LABELS - 10, baseline, font(11), theme.ink2, 'right');
  for (const [index, lane] of picture.lanes.entries()) paintHead(ctx, lane, index, lefts[index]!, y, theme);
  y += HEAD;
  for (const [row, name] of picture.rowNames.entries()) {
    ctx.fillStyle = theme.rule;
    ctx.fillRect(MARGIN, y, wide, 1);
    side(name, y + 13);
    for (const [index, lane] of picture.lanes.entries())
      text(ctx, lane.values[row]!, lefts[index]!, y + 13, font(12, 560), theme.ink);
    y += ROW;
  }
  side(picture.scale, y + 13);
  y += SCALE;
  for (const tick of picture.axis) {
    ctx.fillStyle = theme.ink;
    ctx.fillRect(MARGIN + LABELS - 8, y + tick.y, 8, 1);
    text(ctx, tick.text, MARGIN + LABELS - 12, y + tick.y + 4, font(11), theme.ink3, 'right');
  }
  for (const [index, lane] of picture.lanes.entries())
    ctx.drawImage(lane.map, lefts[index]!, y, lane.mapWidth, lane.mapHeight);
  y += tallest + 10;
  for (const [k, value] of picture.holesName.entries()) side(value, y + 12 + 14 * k);
  for (const [index, lane] of picture.lanes.entries())
    paintHoles(ctx, lane, picture.most, lefts[index]!, y, columns[index]!, theme);
  y += HOLES_HEIGHT;
  for (const [index, entry] of picture.legend.entries()) {
    const { x, row } = entries[index]!;
    paintEntry(ctx, entry, MARGIN + LABELS + x, y + (row + 0.5) * LEGEND_ROW, picture.legendStyle);
  }
  y += legendRows * LEGEND_ROW + 6;
  paintTime(ctx, picture, y, width, theme, ratio);
}

function text(
  ctx: CanvasRenderingContext2D,
  value: string,
  x: CssPx,
  baseline: CssPx,
  style: string,
  ink: string,
  align: CanvasTextAlign = 'left',
  most?: CssPx,
): void {
  setFont(ctx, style);
  ctx.textAlign = align;
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = ink;
  ctx.fillText(value, x, baseline, most);
}

function paintHead(
  ctx: CanvasRenderingContext2D,
  lane: ComparisonLane,
  index: number,
  x: CssPx,
  y: CssPx,
  theme: PaintTheme,
): void {
  ctx.fillStyle = theme.lanes[index]!;
  ctx.fillRect(x, y, BADGE, BADGE);
  text(ctx, lane.letter, x + BADGE / 2, y + 14, font(13, 700), theme.panel, 'center');
  text(ctx, lane.name, x + BADGE + 8, y + 14, NAME, theme.ink);
  text(ctx, lane.policy, x, y + 33, POLICY, theme.ink2);
}

function paintTime(
  ctx: CanvasRenderingContext2D,
  picture: ComparisonPicture,
  y: CssPx,
  width: CssPx,
  theme: PaintTheme,
  ratio: number,
): void {
  const wide = width - 2 * MARGIN;
  ctx.fillStyle = theme.panel;
  ctx.fillRect(0, y - 2, width, TIMELINE_HEIGHT + MARGIN + 2);
  const view = layoutTimeline('full', wide, TIMELINE_HEIGHT, picture.timeline, 0, picture.timeline.count);
  // Its painters clear what they draw on: each has a sheet of its own.
  for (const layer of ['still', 'moving'] as const) {
    const sheet = document.createElement('canvas');
    sheet.width = Math.round(wide * ratio);
    sheet.height = Math.round(TIMELINE_HEIGHT * ratio);
    const pen = sheet.getContext('2d');
    if (pen === null) continue;
    pen.scale(ratio, ratio);
    if (layer === 'still') paintTimeline(pen, view, picture.timeline, theme);
    else paintPlayhead(pen, view, picture.timeline, theme, picture.position, null, null, ratio, picture.cover);
    ctx.drawImage(sheet, MARGIN, y, wide, TIMELINE_HEIGHT);
  }
}
