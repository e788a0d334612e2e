import { AGE_LEVELS, CellState, type Colouring, type HeapFrame, OTHER_LINES } from '../../model/heap-frame.ts';
import { colourStrings } from '../../model/strings/colour.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { paintStrings } from '../../model/strings/paint.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { type CssPx, PAGE_BYTES } from '../../model/units.ts';
import { font, LANE_LETTERS } from '../charts.ts';
import { paintMap } from '../heatmap.ts';
import { type MapMarks, paintOverlay } from '../heatmap-overlay.ts';
import { SQUARE_PAGES } from '../page-order.ts';
import { cellSprites } from '../sprites.ts';
import type { PaintTheme } from '../theme.ts';
import { axisTicks, rowBytes, type Viewport } from '../viewport.ts';

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
const HEAD: CssPx = 46;
const AXIS: CssPx = 62;
const LINE: CssPx = 18;
const SWATCH: CssPx = 12;
const LABEL = 11;

/**
 * A picture for a document: lane's letter and name, scenario and position, the map with its marks and its address scale, and
 * what its colours mean; at the screen's own resolution, every pixel of the map as the page paints it. The colouring is
 * made ready first, about 20 ns an operation where it never was. Needs OffscreenCanvas.
 */
export function drawMapPicture(picture: MapPicture): OffscreenCanvas {
  const { frame, viewport, theme, colouring, marks } = picture;
  const { ratio } = viewport;
  const entries = legendOf(picture);
  const mapWidth = viewport.width / ratio;
  const mapHeight = viewport.height / ratio;
  // A narrow map has room for its head and its longest entry still.
  const width = Math.max(AXIS + mapWidth + 2 * MARGIN, 320);
  const height = HEAD + mapHeight + (entries.length + 1) * LINE + 3 * MARGIN;
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
  paintLegend(ctx, picture, entries, left, top + mapHeight + MARGIN);
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

function write(ctx: Context, text: string, x: CssPx, y: CssPx, size: CssPx, weight: number, ink: string): void {
  ctx.font = font(size, weight);
  ctx.fillStyle = ink;
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, y);
}

function paintHead(ctx: Context, { frame, theme, place, name, scenario, operations }: MapPicture): void {
  const badge = 20;
  ctx.fillStyle = theme.lanes[place] ?? theme.ink;
  ctx.fillRect(MARGIN, MARGIN, badge, badge);
  ctx.textAlign = 'center';
  write(ctx, LANE_LETTERS[place] ?? '', MARGIN + badge / 2, MARGIN + badge / 2 + 0.5, 13, 700, theme.ground);
  ctx.textAlign = 'left';
  write(ctx, name, MARGIN + badge + 8, MARGIN + badge / 2 + 0.5, 15, 600, theme.ink);
  const place_ = colourStrings.picture.position(scenario, frame.position, operations);
  write(ctx, place_, MARGIN, MARGIN + badge + 13, 12, 400, theme.ink2);
}

function paintAxis(ctx: Context, { viewport, theme }: MapPicture, left: CssPx, top: CssPx): void {
  const unit = rowBytes(viewport) * viewport.rows >= 2 ** 30 ? 'GiB' : 'MiB';
  ctx.textAlign = 'right';
  for (const { y, address } of axisTicks(viewport)) {
    ctx.fillStyle = theme.ink;
    ctx.fillRect(left - 8, top + y, 8, 1);
    write(ctx, paintStrings.axis(address, unit), left - 11, top + y, LABEL, 400, theme.ink3);
  }
  ctx.textAlign = 'left';
}

interface Entry {
  readonly states: readonly number[];
  readonly before: string;
  readonly after: string;
}

/** The colours first, then the states that look alike in every colouring; only what the map of these pages can show. */
function legendOf({ frame, colouring, sites, viewport }: MapPicture): readonly Entry[] {
  const words = viewsStrings.legend;
  const levels = Array.from({ length: 8 }, (_, level) => CellState.Live1 + level);
  const one = (state: number, after: string): Entry => ({ states: [state], before: '', after });
  const shown = new Set<number>();
  const end = Math.min(frame.facts().pages, viewport.firstPage + viewport.rows * viewport.columns);
  for (let page = viewport.firstPage; page < end; page++) {
    for (let tile = 0; tile < viewport.side ** 2; tile++) shown.add(frame.tileState(page, tile, viewport.side));
  }
  const rest = [
    one(CellState.Free, colourStrings.legend.free),
    one(CellState.Dead, words.dead.join('')),
    one(CellState.Static, words.static),
    one(CellState.Untouched, words.untouched),
  ].filter(({ states }) => shown.has(states[0]!));
  switch (colouring) {
    case 'live':
      return [{ states: levels, before: `${words.live} > 0`, after: words.full }, ...rest];
    case 'age':
      return [
        {
          states: levels,
          before: colourStrings.legend.ageFrom(AGE_LEVELS[0]),
          after: colourStrings.legend.ageTo(AGE_LEVELS[6]),
        },
        { states: [], before: colourStrings.legend.ageScale, after: '' },
        ...rest,
      ];
    case 'line':
      return [
        ...sites.map((line, site) => one(CellState.Live1 + site, `${colourStrings.legend.line} ${grouped(line)}`)),
        one(OTHER_LINES, colourStrings.legend.otherLines),
        ...rest,
      ];
  }
}

function paintLegend(ctx: Context, picture: MapPicture, entries: readonly Entry[], left: CssPx, top: CssPx): void {
  const { theme, colouring, viewport } = picture;
  const { ratio, side, order } = viewport;
  const tiles = side * side;
  const cell =
    tiles === 1 ? paintStrings.cellIsPage : `${paintStrings.cellIsPage}, ${paintStrings.tiles(tiles, 64 / tiles)}`;
  const row =
    order === 'hilbert'
      ? colourStrings.axis.squareIs(size(SQUARE_PAGES * PAGE_BYTES))
      : paintStrings.rowIs(size(rowBytes(viewport)));
  write(ctx, `${cell}, ${row}`, left, top + LINE / 2, LABEL, 400, theme.ink);
  const pixels = Math.round(SWATCH * ratio);
  const sprites = cellSprites(theme, pixels, 2, Math.max(1, Math.round(ratio)), colouring);
  for (const [index, { states, before, after }] of entries.entries()) {
    const y = top + (index + 1) * LINE;
    let x = left;
    if (before !== '') {
      write(ctx, before, x, y + LINE / 2, LABEL, 400, theme.ink2);
      x += ctx.measureText(before).width + 6;
    }
    for (const state of states) {
      const from = state * pixels * pixels;
      const swatch = new ImageData(
        new Uint8ClampedArray(sprites.slice(from, from + pixels * pixels).buffer),
        pixels,
        pixels,
      );
      ctx.putImageData(swatch, Math.round(x * ratio), Math.round((y + (LINE - SWATCH) / 2) * ratio));
      x += SWATCH + 1;
    }
    write(ctx, after, x + 5, y + LINE / 2, LABEL, 400, theme.ink2);
  }
}

function size(bytes: number): string {
  return bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 1024} KiB`;
}
