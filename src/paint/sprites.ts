import { CELL_STATES, CellState, type Colouring, OTHER_LINES } from '../model/heap-frame.ts';
import type { DevicePx } from '../model/units.ts';
import { blendedPixel, type PaintTheme, pixelOf } from './theme.ts';

/**
 * What a cell looks like in each state, ready to be copied: fill and pattern, so that no two states are told apart by
 * colour alone. Patterns run over the whole cell; a tile takes its part of them. Measures are in hairlines (`unit`).
 * `toned`: patterns give way to tones, as they do in a map whose cells have no room for them; its legend says so too.
 */
export function cellSprites(
  theme: PaintTheme,
  cell: DevicePx,
  side: number,
  unit: DevicePx,
  colouring: Colouring = 'live',
  toned = !hasRoomForPatterns(cell, unit),
): Uint32Array {
  const pixels = new Uint32Array(CELL_STATES * cell * cell);
  for (let state = 0; state < CELL_STATES; state++) {
    const sprite = pixels.subarray(state * cell * cell, (state + 1) * cell * cell);
    const byLine = colouring === 'line' && state >= CellState.Live1 && state <= OTHER_LINES;
    const colour = byLine
      ? lineOf(theme, state - CellState.Live1, unit, toned)
      : theme.patternsOnly
        ? toned
          ? toneOf(theme, state)
          : patternOf(theme, state, cell, side, unit)
        : colourOf(theme, state, cell, side, unit);
    for (let y = 0; y < cell; y++) for (let x = 0; x < cell; x++) sprite[y * cell + x] = colour(x, y);
  }
  return pixels;
}

type Colour = (x: DevicePx, y: DevicePx) => number;

function colourOf(theme: PaintTheme, state: CellState, cell: DevicePx, side: number, unit: DevicePx): Colour {
  const plain = (colour: string): Colour => {
    const pixel = pixelOf(colour);
    return () => pixel;
  };
  const marked = (ground: string, mark: string, isMark: (x: DevicePx, y: DevicePx) => boolean): Colour => {
    const [paper, ink] = [pixelOf(ground), pixelOf(mark)];
    return (x, y) => (isMark(x, y) ? ink : paper);
  };
  switch (state) {
    case CellState.NotGrown:
      return plain(theme.ground);
    case CellState.Untouched:
      return marked(theme.panel, theme.rule2, dots(cell / side, unit));
    case CellState.Free:
      return plain(theme.ramp[0]!);
    case CellState.Dead:
      return marked(theme.ramp[0]!, theme.dead, stripes(unit, 2));
    case CellState.Static:
      return marked(theme.fixed, theme.fixed2, bricks(cell, unit));
    default:
      return plain(theme.ramp[state - CellState.Free]!);
  }
}

/** Two colours for everything: how much is live shows as how much is inked. */
function patternOf(theme: PaintTheme, state: CellState, cell: DevicePx, side: number, unit: DevicePx): Colour {
  const [paper, ink, grey] = [pixelOf(theme.ground), pixelOf(theme.ink), pixelOf(theme.rule2)];
  const inked = (isMark: (x: DevicePx, y: DevicePx) => boolean, mark = ink): Colour => {
    return (x, y) => (isMark(x, y) ? mark : paper);
  };
  switch (state) {
    case CellState.NotGrown:
      return () => paper;
    case CellState.Untouched:
      return inked(dots(cell / side, unit), grey);
    case CellState.Free:
      return inked((x, y) => Math.min(x, y, cell - 1 - x, cell - 1 - y) < unit, grey);
    case CellState.Dead:
      return inked(stripes(unit, 4));
    case CellState.Static:
      return inked(bricks(cell, unit));
    default:
      return inked(shading(state - CellState.Free, unit));
  }
}

/** Below four hairlines a pattern is a dot of it, and states with nothing in common look alike. */
export function hasRoomForPatterns(cell: DevicePx, unit: DevicePx): boolean {
  return cell >= 4 * unit;
}

/** How much ink of one stands for a state that has no room for its pattern: dead memory is lighter than any that lives. */
function toneOf(theme: PaintTheme, state: CellState): Colour {
  const pixel = blendedPixel(pixelOf(theme.ground), pixelOf(theme.ink), inkOf(state));
  return () => pixel;
}

function inkOf(state: CellState): number {
  switch (state) {
    case CellState.NotGrown:
      return 0;
    case CellState.Untouched:
      return 0.06;
    case CellState.Free:
      return 0.14;
    case CellState.Dead:
      return 0.3;
    case CellState.Static:
      return 0.42;
    default:
      return 0.5 + (state - CellState.Free) / 16;
  }
}

/**
 * A line's colour with a pattern of its own, for what differs by hue alone is alike in grey. `site` counts from 0, 5 is all
 * other lines. Toned, colour alone is left.
 */
function lineOf(theme: PaintTheme, site: number, unit: DevicePx, toned: boolean): Colour {
  const [fill, mark] = [pixelOf(theme.sites[site] ?? theme.ink3), pixelOf(theme.ground)];
  const isMark = LINE_MARKS[site]!;
  return (x, y) => (!toned && isMark(Math.floor(x / unit), Math.floor(y / unit)) ? mark : fill);
}

/** Marks of the five lines and of the others, in hairlines; each keeps in a tile of four. */
const LINE_MARKS: readonly ((x: number, y: number) => boolean)[] = [
  () => false,
  (x) => x % 4 === 1,
  (x, y) => (x + y) % 4 === 0,
  (x, y) => x % 4 === 1 && y % 4 === 1,
  (x, y) => (x + 4 - (y % 4)) % 4 === 2 && y % 2 === 0,
  (x, y) => x % 2 === 0 && y % 2 === 0,
];

/** One dot in the middle of each tile that has room for one. */
function dots(tile: DevicePx, unit: DevicePx) {
  const from = Math.floor((tile - unit) / 2);
  const inside = (at: DevicePx) => at % tile >= from && at % tile < from + unit;
  return (x: DevicePx, y: DevicePx) => tile >= 3 * unit && inside(x) && inside(y);
}

function stripes(unit: DevicePx, period: number) {
  return (_x: DevicePx, y: DevicePx) => Math.floor(y / unit) % period === 0;
}

/** Courses of four hairlines, bricks of eight, each course shifted by half a brick; mortar where a cell is too small for them. */
function bricks(cell: DevicePx, unit: DevicePx) {
  return (x: DevicePx, y: DevicePx) => {
    if (cell < 8 * unit) return false;
    const column = Math.floor(x / unit);
    const row = Math.floor(y / unit);
    if (row % 4 === 0) return true;
    return column % 8 === (Math.floor(row / 4) % 2 === 0 ? 2 : 6);
  };
}

/** Order in which the dots of a 4 × 2 block are inked, so that n eighths are spread as evenly as can be. */
const ORDER = [
  [0, 4, 1, 5],
  [6, 2, 7, 3],
] as const;

function shading(eighths: number, unit: DevicePx) {
  return (x: DevicePx, y: DevicePx) => ORDER[Math.floor(y / unit) % 2]![Math.floor(x / unit) % 4]! < eighths;
}
