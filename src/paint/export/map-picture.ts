import type { Colouring, HeapFrame } from '../../model/heap-frame.ts';
import { mapPictureStrings } from '../../model/strings/map-picture.ts';
import { paintStrings } from '../../model/strings/paint.ts';
import type { CssPx } from '../../model/units.ts';
import { font, LANE_LETTERS, setFont } from '../charts.ts';
import { paintMap } from '../heatmap.ts';
import { type MapMarks, paintOverlay } from '../heatmap-overlay.ts';
import { axisLabels, rowScale } from '../map-scale.ts';
import type { PaintTheme } from '../theme.ts';
import type { Viewport } from '../viewport.ts';
import { entryWidth, type LegendEntry, legendEntries, paintEntry, shownStates } from './legend.ts';

/** One lane's map as it is shown. */
export interface MapPicture {
  /** Where the playhead is. */
  readonly frame: HeapFrame;
  readonly viewport: Viewport;
  readonly theme: PaintTheme;
  readonly colouring: Colouring;
  /** The lines that have a colour (`lineSites`); read in the colouring by line. */
  readonly sites: readonly number[];
  /** What is drawn over the map, null for nothing. */
  readonly marks: MapMarks | null;
  /** Place of the lane, from 0: its letter and its colour. */
  readonly place: number;
  /** The allocator, and the scenario under it. */
  readonly name: string;
  readonly scenario: string;
  /** Operations of the whole run. */
  readonly operations: number;
}

/** Draws into a canvas of its own; apart from the slots of the page's maps. */
const SLOT = 9;

const MARGIN: CssPx = 14;
const HEAD: CssPx = 54;
const AXIS: CssPx = 62;
const LINE: CssPx = 18;
const LABEL = 11;
const BADGE: CssPx = 20;
const NAME = font(15, 600);
const PLACE = font(12);

/**
 * A picture for a document: lane's letter and name, scenario and position, the map with its marks and its address scale, and
 * what its colours mean; at the screen's own resolution, every pixel of the map as the page paints it. The colouring is
 * made ready first, about 20 ns an operation where it never was. Needs OffscreenCanvas.
 */
export function drawMapPicture(picture: MapPicture): OffscreenCanvas {
  const { frame, viewport, theme, colouring, marks } = picture;
  const { ratio } = viewport;
  const entries = legendEntries(colouring, picture.sites, shownStates(frame, viewport));
  const mapWidth = viewport.width / ratio;
  const mapHeight = viewport.height / ratio;
  // A narrow map has room for its head and its longest entry still.
  const pen = new OffscreenCanvas(1, 1).getContext('2d')!;
  const wide = (text: string, style: string) => {
    setFont(pen, style);
    return pen.measureText(text).width;
  };
  const notes = [scaleOf(viewport), ...partOf(picture)];
  const beside = [
    mapWidth,
    ...notes.map((note) => wide(note, font(LABEL))),
    ...entries.map((entry) => entryWidth(pen, entry)),
  ];
  const head = Math.max(BADGE + 8 + wide(picture.name, NAME), wide(placeOf(picture), PLACE));
  const width = 2 * MARGIN + Math.max(head, AXIS + Math.max(...beside));
  const height = HEAD + mapHeight + (notes.length + entries.length) * LINE + 3 * MARGIN;
  const canvas = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
  const ctx = canvas.getContext('2d', { alpha: false })!;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(ratio, ratio);
  paintHead(ctx, picture);

  const left = Math.round((MARGIN + AXIS) * ratio) / ratio;
  const top = Math.round((MARGIN + HEAD) * ratio) / ratio;
  paintAxis(ctx, picture, left, top);
  frame.prepare(colouring);
  const map = layer(viewport, false);
  paintMap(map, frame, viewport, theme, SLOT, colouring);
  ctx.drawImage(map.canvas, left, top, mapWidth, mapHeight);
  if (marks !== null) {
    const over = layer(viewport, true);
    // The overlay asks nothing of its context that one off the page does not have.
    paintOverlay(over as unknown as CanvasRenderingContext2D, frame, viewport, theme, marks);
    ctx.drawImage(over.canvas, left, top, mapWidth, mapHeight);
  }
  paintLegend(ctx, picture, notes, entries, left, top + mapHeight + MARGIN);
  return canvas;
}

/** The same as a file. */
export function mapPng(picture: MapPicture): Promise<Blob> {
  return drawMapPicture(picture).convertToBlob({ type: 'image/png' });
}

function layer({ width, height }: Viewport, alpha: boolean): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(width, height).getContext('2d', { alpha })!;
}

type Context = OffscreenCanvasRenderingContext2D;

function write(ctx: Context, text: string, x: CssPx, y: CssPx, style: string, ink: string): void {
  setFont(ctx, style);
  ctx.fillStyle = ink;
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, y);
}

function paintHead(ctx: Context, picture: MapPicture): void {
  const { theme, place, name } = picture;
  ctx.fillStyle = theme.lanes[place] ?? theme.ink;
  ctx.fillRect(MARGIN, MARGIN, BADGE, BADGE);
  ctx.textAlign = 'center';
  write(ctx, LANE_LETTERS[place] ?? '', MARGIN + BADGE / 2, MARGIN + BADGE / 2 + 0.5, font(13, 700), theme.ground);
  ctx.textAlign = 'left';
  write(ctx, name, MARGIN + BADGE + 8, MARGIN + BADGE / 2 + 0.5, NAME, theme.ink);
  write(ctx, placeOf(picture), MARGIN, MARGIN + BADGE + 13, PLACE, theme.ink2);
}

function placeOf({ scenario, frame, operations }: MapPicture): string {
  return mapPictureStrings.position(scenario, frame.position, operations);
}

function paintAxis(ctx: Context, { viewport, theme }: MapPicture, left: CssPx, top: CssPx): void {
  ctx.textAlign = 'right';
  for (const { y, text } of axisLabels(viewport)) {
    ctx.fillStyle = theme.ink;
    ctx.fillRect(left - 8, top + y, 8, 1);
    write(ctx, text, left - 11, top + y, font(LABEL), theme.ink3);
  }
  ctx.textAlign = 'left';
}

function paintLegend(
  ctx: Context,
  picture: MapPicture,
  notes: readonly string[],
  entries: readonly LegendEntry[],
  left: CssPx,
  top: CssPx,
): void {
  const middle = (line: number) => top + (line + 0.5) * LINE;
  for (const [index, note] of notes.entries()) write(ctx, note, left, middle(index), font(LABEL), picture.theme.ink);
  for (const [index, entry] of entries.entries()) paintEntry(ctx, entry, left, middle(notes.length + index), picture);
}

/** Which of the lane's pages the map shows, where it does not show all. */
function partOf({ frame, viewport }: MapPicture): readonly string[] {
  const { firstPage, rows, columns } = viewport;
  const { pages } = frame.facts();
  const last = Math.min(pages, firstPage + rows * columns) - 1;
  if (firstPage === 0 && last === pages - 1) return [];
  return last < firstPage ? [] : [mapPictureStrings.part(firstPage, last, pages)];
}

/** What a cell stands for, and what a row does. */
function scaleOf(viewport: Viewport): string {
  const tiles = viewport.side * viewport.side;
  const cell =
    tiles === 1 ? paintStrings.cellIsPage : `${paintStrings.cellIsPage}, ${paintStrings.tiles(tiles, 64 / tiles)}`;
  return `${cell}, ${rowScale(viewport)}`;
}
