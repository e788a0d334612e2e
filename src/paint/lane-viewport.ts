import type { CssPx, Pages } from '../model/units.ts';
import { type MapSpace, mapViewport, pitchedViewport, type Viewport } from './viewport.ts';

/** How many pages the lanes take in the whole run. */
export interface Extent {
  readonly longest: Pages;
  /** The most of the others, 0 where there is only one. */
  readonly second: Pages;
}

/** Screens that may be scrolled through before cells lose their gaps and tiles, where all lanes are long, or only one is. */
const SCREENS = 2;
const SCREENS_OF_ONE = 4;
/** So many where dots would leave most of the map empty. */
const SCREENS_AT_MOST = 3;
/** A map of dots is worth its cells only if it fills at least so much of its height. */
const FILLED = 1 / 3;

type Space = Pick<MapSpace, 'width' | 'height' | 'ratio' | 'order' | 'firstPage'> & {
  /** A pitch that the visitor chose, in CSS px; null for one that fits. */
  readonly pitch: CssPx | null;
};

/**
 * The geometry that all lanes share. First choice: cells with tiles, all pages in sight. Where they do not fit, scrolling
 * reads better than a pattern of bare dots for a while: as long as two screens hold all pages, or four the longest lane
 * while the others are in sight at once. Beyond that every page is a dot of up to 5 px, in rows as long as fit; but a map
 * that would be mostly empty paper then is scrolled through three screens instead.
 */
export function laneViewport(space: Space, { longest, second }: Extent): Viewport {
  if (space.pitch !== null) return pitchedViewport({ ...space, stacked: false, pages: longest }, space.pitch);
  const dots = mapViewport({ ...space, stacked: false, pages: longest });
  const isEmpty = longest < FILLED * dots.rows * dots.columns;
  return (
    withTiles(space, longest) ??
    withTiles(space, Math.max(second, Math.ceil(longest / SCREENS_OF_ONE))) ??
    withTiles(space, Math.ceil(longest / SCREENS)) ??
    (isEmpty ? withTiles(space, Math.ceil(longest / SCREENS_AT_MOST)) : null) ??
    dots
  );
}

/** Rows of 16 pages, else of 32: twice the pages in the same height, each still a cell that can be pointed at. */
function withTiles(space: Space, pages: Pages): Viewport | null {
  for (const stacked of [false, true]) {
    const viewport = mapViewport({ ...space, stacked, pages });
    if (viewport.gap > 0 && viewport.rows * viewport.columns >= pages) return viewport;
  }
  return null;
}

/**
 * The geometry of a lane alone, which has the width for rows of 256 pages: the largest cells with which two screens hold
 * all pages. The minimap beside it shows where the rest is.
 */
export function aloneViewport(space: Space, pages: Pages): Viewport {
  if (space.pitch !== null) return pitchedViewport({ ...space, stacked: true, pages }, space.pitch);
  const wide = mapViewport({ ...space, stacked: true, pages });
  const narrow = mapViewport({ ...space, stacked: false, pages });
  const whole = narrow.pitch > wide.pitch ? narrow : wide;
  if (whole.gap > 0 && whole.rows * whole.columns >= pages) return whole;
  return mapViewport({ ...space, stacked: true, pages: Math.ceil(pages / SCREENS) });
}
