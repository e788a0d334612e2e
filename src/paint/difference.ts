import { DIFFERENCE_STATES, DifferenceState, type HeapFrame, type RasterTarget } from '../model/heap-frame.ts';
import type { DevicePx } from '../model/units.ts';
import { canvasGeneration } from './canvas-loss.ts';
import { type MapContext, paintSheet, rasterTarget } from './raster-target.ts';
import { blendedPixel, type PaintTheme, pixelOf } from './theme.ts';
import { sameViewport, type Viewport } from './viewport.ts';

/** Places of the two lanes, A then B: they decide the colours. */
export type Pair = readonly [a: number, b: number];

interface Surface {
  readonly generation: number;
  readonly a: HeapFrame;
  readonly b: HeapFrame;
  readonly viewport: Viewport;
  readonly theme: PaintTheme;
  readonly pair: Pair;
  readonly target: RasterTarget;
}

const surfaces = new WeakMap<MapContext, Surface>();
/** Apart from the slots of a lane's own maps. */
const SLOT = 8;

/** From here on, in hairlines, a cell has room for a sign. */
const SIGN_CELL = 12;

/**
 * Paints which of two lanes holds more live bytes, page by page, at the positions of their frames: from the colour of lane A
 * over paper to that of lane B, with − and + where cells are large enough. Redraws what changed, like `paintMap`, on a
 * canvas of its own; `viewport.side` is 1.
 */
export function paintDifference(
  ctx: MapContext,
  a: HeapFrame,
  b: HeapFrame,
  viewport: Viewport,
  theme: PaintTheme,
  pair: Pair,
): void {
  let surface = surfaces.get(ctx);
  if (
    surface === undefined ||
    surface.a !== a ||
    surface.b !== b ||
    surface.theme !== theme ||
    surface.pair[0] !== pair[0] ||
    surface.pair[1] !== pair[1] ||
    surface.generation !== canvasGeneration() ||
    !sameViewport(surface.viewport, viewport)
  ) {
    surface = {
      generation: canvasGeneration(),
      a,
      b,
      viewport,
      theme,
      pair,
      target: rasterTarget(ctx, viewport, theme, differenceSprites(theme, pair, viewport.cell, viewport.unit), SLOT),
    };
    surfaces.set(ctx, surface);
    paintSheet(ctx, viewport, theme);
  }
  a.rasterDifference(b, surface.target);
}

/** Draws everything anew at the next call. */
export function repaintDifference(ctx: MapContext): void {
  surfaces.delete(ctx);
}

/** A cell for each DifferenceState, as `cellSprites` has them for the states of a map. */
export function differenceSprites(theme: PaintTheme, pair: Pair, cell: DevicePx, unit: DevicePx): Uint32Array {
  const pixels = new Uint32Array(DIFFERENCE_STATES * cell * cell);
  for (let state = 0; state < DIFFERENCE_STATES; state++) {
    const colour = colourOf(theme, pair, state, cell, unit);
    const from = state * cell * cell;
    for (let y = 0; y < cell; y++) for (let x = 0; x < cell; x++) pixels[from + y * cell + x] = colour(x, y);
  }
  return pixels;
}

type Colour = (x: DevicePx, y: DevicePx) => number;

function colourOf(theme: PaintTheme, pair: Pair, state: number, cell: DevicePx, unit: DevicePx): Colour {
  const paper = pixelOf(theme.field);
  switch (state) {
    case DifferenceState.NeitherGrown: {
      const ground = pixelOf(theme.ground);
      return () => ground;
    }
    case DifferenceState.Same:
      return () => paper;
    case DifferenceState.OnlyA:
    case DifferenceState.OnlyB: {
      const across = state === DifferenceState.OnlyA;
      const ink = pixelOf(theme.lanes[pair[across ? 0 : 1]]!);
      // Lines of the lane that has the page, the way its surplus is shaded without colours.
      return (x, y) => (Math.floor((across ? y : x) / unit) % 4 === 1 ? ink : paper);
    }
    default:
      return state < DifferenceState.MoreB1
        ? surplus(theme, theme.lanes[pair[0]]!, state - DifferenceState.MoreA1 + 1, false, cell, unit)
        : surplus(theme, theme.lanes[pair[1]]!, state - DifferenceState.MoreB1 + 1, true, cell, unit);
  }
}

function surplus(theme: PaintTheme, lane: string, level: number, isB: boolean, cell: DevicePx, unit: DevicePx): Colour {
  const [paper, ink] = [pixelOf(theme.field), pixelOf(theme.ink)];
  const isSign = cell >= SIGN_CELL * unit ? sign(isB, cell, unit) : () => false;
  if (theme.patternsOnly) {
    // Lines across for A, upright for B, n of nine inked; the sign stands on paper.
    return (x, y) => {
      if (cell >= SIGN_CELL * unit && nearMiddle(x, y, cell, unit)) return isSign(x, y) ? ink : paper;
      return Math.floor((isB ? x : y) / unit) % 9 < level ? ink : paper;
    };
  }
  const fill = blendedPixel(paper, pixelOf(lane), 0.12 + (0.88 * level) / 8);
  const mark = level > 4 ? paper : ink;
  return (x, y) => (isSign(x, y) ? mark : fill);
}

/** A minus for A, a plus for B: a third of the cell long, in its middle. */
function sign(isB: boolean, cell: DevicePx, unit: DevicePx) {
  const thick = Math.max(unit, Math.round(cell / 12));
  // Both measures leave the same rest of the cell on either side.
  const long = thick + 2 * Math.round(cell / 7);
  const low = Math.floor((cell - thick) / 2);
  const reach = (long - thick) / 2;
  const inBar = (at: DevicePx) => at >= low && at < low + thick;
  const inReach = (at: DevicePx) => at >= low - reach && at < low + thick + reach;
  return (x: DevicePx, y: DevicePx) => (inBar(y) && inReach(x)) || (isB && inBar(x) && inReach(y));
}

function nearMiddle(x: DevicePx, y: DevicePx, cell: DevicePx, unit: DevicePx): boolean {
  const reach = Math.round(cell / 5) + 2 * unit;
  return Math.abs(x - cell / 2) <= reach && Math.abs(y - cell / 2) <= reach;
}
