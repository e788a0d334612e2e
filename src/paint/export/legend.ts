import { AGE_LEVELS, CellState, type Colouring, type HeapFrame, OTHER_LINES } from '../../model/heap-frame.ts';
import { colourStrings } from '../../model/strings/colour.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import type { CssPx } from '../../model/units.ts';
import { font, setFont, type TextContext } from '../charts.ts';
import { cellSprites, hasRoomForPatterns } from '../sprites.ts';
import type { PaintTheme } from '../theme.ts';
import type { Viewport } from '../viewport.ts';

/** What a picture says of some states of its maps: words, cells side by side, words. */
export interface LegendEntry {
  readonly states: readonly number[];
  readonly before: string;
  readonly after: string;
}

/** How the maps are drawn that a legend explains. */
export interface LegendStyle {
  readonly theme: PaintTheme;
  readonly colouring: Colouring;
  readonly viewport: Viewport;
}

const SWATCH: CssPx = 12;
const LABEL = 11;

/** The states that a map shows, as numbers of `CellState`. */
export function shownStates(frame: HeapFrame, viewport: Viewport): Set<number> {
  const shown = new Set<number>();
  const last = viewport.firstPage + viewport.rows * viewport.columns;
  const end = Math.min(frame.facts().pages, last);
  for (let page = viewport.firstPage; page < end; page++) {
    for (let tile = 0; tile < viewport.side ** 2; tile++) shown.add(frame.tileState(page, tile, viewport.side));
  }
  if (end < last) shown.add(CellState.NotGrown);
  return shown;
}

/** The colours first, then the states that look alike in every colouring; of these only the ones that are shown. */
export function legendEntries(
  colouring: Colouring,
  sites: readonly number[],
  shown: ReadonlySet<number>,
): readonly LegendEntry[] {
  const words = viewsStrings.legend;
  const levels = Array.from({ length: 8 }, (_, level) => CellState.Live1 + level);
  const one = (state: number, after: string): LegendEntry => ({ states: [state], before: '', after });
  const rest = [
    one(CellState.Free, colourStrings.legend.free),
    one(CellState.Dead, words.dead.join('')),
    one(CellState.Static, words.static),
    one(CellState.Untouched, words.untouched),
    one(CellState.NotGrown, words.notGrown),
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

export function entryWidth(ctx: TextContext, { states, before, after }: LegendEntry): CssPx {
  setFont(ctx, font(LABEL));
  const words = (text: string, room: CssPx) => (text === '' ? 0 : ctx.measureText(text).width + room);
  return words(before, 6) + states.length * (SWATCH + 1) + words(after, 5);
}

/** Draws an entry from `x` on, about the height `middle`, on a context whose unit is a CSS px; its cells as the maps have them. */
export function paintEntry(
  ctx: TextContext,
  { states, before, after }: LegendEntry,
  x: CssPx,
  middle: CssPx,
  { theme, colouring, viewport }: LegendStyle,
): void {
  const { ratio, unit } = viewport;
  setFont(ctx, font(LABEL));
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.ink2;
  let at = x;
  if (before !== '') {
    ctx.fillText(before, at, middle);
    at += ctx.measureText(before).width + 6;
  }
  const pixels = Math.round(SWATCH * ratio);
  const size = pixels * pixels;
  const sprites = cellSprites(theme, pixels, 2, unit, colouring, !hasRoomForPatterns(viewport.cell, unit));
  for (const state of states) {
    const bytes = new Uint8ClampedArray(sprites.slice(state * size, (state + 1) * size).buffer);
    // Pixels are put where they stand, whatever the context's unit is.
    const [left, top] = [Math.round(at * ratio), Math.round((middle - SWATCH / 2) * ratio)];
    ctx.putImageData(new ImageData(bytes, pixels, pixels), left, top);
    // Around the cell: some states are their edge.
    ctx.strokeStyle = theme.ctl;
    ctx.lineWidth = unit / ratio;
    ctx.strokeRect(
      (left - unit / 2) / ratio,
      (top - unit / 2) / ratio,
      (pixels + unit) / ratio,
      (pixels + unit) / ratio,
    );
    at += SWATCH + 1;
  }
  ctx.fillText(after, at + 5, middle);
}
