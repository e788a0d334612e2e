import { CellState } from '../../model/heap-frame.ts';
import type { Bytes, CssPx, Position } from '../../model/units.ts';
import { font, setFont } from '../charts.ts';
import { cellSprites } from '../sprites.ts';
import type { PaintTheme } from '../theme.ts';
import { paintTimeline } from '../timeline.ts';
import { paintPlayhead } from '../timeline-playhead.ts';
import { layoutTimeline, type TimelineData } from '../timeline-view.ts';
import { HOLES_HEIGHT, type HolesLane, paintHoles } from './holes-chart.ts';

/** All that the picture of a comparison shows; texts are ready to be set. */
export interface ComparisonPicture {
  readonly title: string;
  readonly subtitle: string;
  readonly made: string;
  readonly rowNames: readonly string[];
  readonly lanes: readonly ComparisonLane[];
  /** What a row of the maps stands for, and what a cell is. */
  readonly scale: readonly string[];
  readonly holesName: readonly string[];
  readonly next: Bytes | null;
  readonly most: Bytes;
  readonly legend: readonly { readonly state: number; readonly text: string }[];
  readonly timeline: TimelineData;
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
const ROW = 18;
const TIMELINE_HEIGHT = 230;

/** Width and height of the picture, in CSS px. */
export function comparisonSize({ lanes, rowNames }: ComparisonPicture): { width: CssPx; height: CssPx } {
  const maps = lanes.reduce((most, lane) => Math.max(most, lane.mapHeight), 0);
  const width = 2 * MARGIN + LABELS + lanes.reduce((sum, lane) => sum + lane.mapWidth + GAP, 0);
  const height = 2 * MARGIN + 46 + 44 + rowNames.length * ROW + 12 + maps + 10 + HOLES_HEIGHT + 26 + TIMELINE_HEIGHT;
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

/** Draws the comparison on a context whose unit is one CSS px: headers, metrics, maps, holes, legend, timeline. */
export function paintComparison(
  ctx: CanvasRenderingContext2D,
  picture: ComparisonPicture,
  theme: PaintTheme,
  ratio: number,
): void {
  const { width, height } = comparisonSize(picture);
  ctx.fillStyle = theme.ground;
  ctx.fillRect(0, 0, width, height);
  let y = MARGIN;
  text(ctx, picture.title, MARGIN, y + 18, font(19, 680), theme.ink);
  text(ctx, picture.subtitle, MARGIN, y + 36, font(12), theme.ink2);
  text(ctx, picture.made, width - MARGIN, y + 18, font(13, 680), theme.ink2, 'right');
  y += 46;
  let left = MARGIN + LABELS;
  const lefts: CssPx[] = [];
  for (const lane of picture.lanes) {
    lefts.push(left);
    left += lane.mapWidth + GAP;
  }
  const side = (value: string, baseline: CssPx) =>
    text(ctx, value, MARGIN + LABELS - 10, baseline, font(11), theme.ink2, 'right');
  for (const [index, lane] of picture.lanes.entries()) paintHead(ctx, lane, index, lefts[index]!, y, theme);
  y += 44;
  for (const [row, name] of picture.rowNames.entries()) {
    ctx.fillStyle = theme.rule;
    ctx.fillRect(MARGIN, y, width - 2 * MARGIN, 1);
    side(name, y + 13);
    for (const [index, lane] of picture.lanes.entries())
      text(ctx, lane.values[row]!, lefts[index]!, y + 13, font(12, 560), theme.ink);
    y += ROW;
  }
  y += 12;
  for (const [k, value] of picture.scale.entries()) side(value, y + 11 + 14 * k);
  let tallest = 0;
  for (const [index, lane] of picture.lanes.entries()) {
    ctx.drawImage(lane.map, lefts[index]!, y, lane.mapWidth, lane.mapHeight);
    tallest = Math.max(tallest, lane.mapHeight);
  }
  y += tallest + 10;
  for (const [k, value] of picture.holesName.entries()) side(value, y + 12 + 14 * k);
  for (const [index, lane] of picture.lanes.entries())
    paintHoles(ctx, lane, picture.most, picture.next, lefts[index]!, y, lane.mapWidth, theme);
  y += HOLES_HEIGHT;
  paintLegend(ctx, picture, y + 4, theme, ratio);
  y += 26;
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
): void {
  setFont(ctx, style);
  ctx.textAlign = align;
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = ink;
  ctx.fillText(value, x, baseline);
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
  ctx.fillRect(x, y, 18, 18);
  text(ctx, lane.letter, x + 9, y + 14, font(13, 700), theme.panel, 'center');
  text(ctx, lane.name, x + 26, y + 14, font(15, 650), theme.ink);
  text(ctx, lane.policy, x, y + 33, font(11), theme.ink2);
}

/** A swatch of each state as the maps draw it, so that it holds in patterns too. */
function paintLegend(
  ctx: CanvasRenderingContext2D,
  picture: ComparisonPicture,
  y: CssPx,
  theme: PaintTheme,
  ratio: number,
): void {
  const cell = Math.round(14 * ratio);
  const sprites = cellSprites(theme, cell, 1, Math.max(1, Math.round(ratio)));
  let x = MARGIN + LABELS;
  for (const { state, text: name } of picture.legend) {
    const pixels = new Uint8ClampedArray(sprites.slice(state * cell * cell, (state + 1) * cell * cell).buffer);
    // Pixels are put where they stand, whatever the context's unit is.
    ctx.putImageData(new ImageData(pixels, cell, cell), Math.round(x * ratio), Math.round(y * ratio));
    ctx.strokeStyle = theme.ctl;
    ctx.lineWidth = 1;
    ctx.strokeRect(x + 0.5, y + 0.5, 13, 13);
    text(ctx, name, x + 19, y + 11, font(11), theme.ink2);
    x += 34 + ctx.measureText(name).width;
  }
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
    else paintPlayhead(pen, view, picture.timeline, theme, picture.position, null, null, ratio);
    ctx.drawImage(sheet, MARGIN, y, wide, TIMELINE_HEIGHT);
  }
}

/** States that the legend shows, in the order of the encoding. */
export const LEGEND_STATES = [
  CellState.NotGrown,
  CellState.Untouched,
  CellState.Free,
  CellState.Live1,
  CellState.Live1 + 3,
  CellState.Live8,
  CellState.Dead,
  CellState.Static,
] as const;
