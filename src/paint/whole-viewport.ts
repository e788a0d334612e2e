import { MAX_PAGES, type Pages } from '../model/units.ts';
import { bandRows } from './page-order.ts';
import { firstPageAround, fixedViewport, lastFirstPage, type MapSpace, type Viewport } from './viewport.ts';

/** Cells from this size on have a gap, in hairlines; none is larger than the most. */
const GAP_FROM = 6;
const MOST = 11;
const COLUMNS = [16, 32, 64, 128, 256] as const;

/**
 * A small map that is no higher than its pages: the largest cells with which all of them are in sight. Where not even cells
 * of a pixel do, as many as there is room for, those round `page`.
 */
export function wholeViewport(
  space: Pick<MapSpace, 'width' | 'height' | 'ratio'> & { readonly order: NonNullable<MapSpace['order']> },
  pages: Pages,
  page: number,
): Viewport {
  const { ratio, order } = space;
  const unit = Math.max(1, Math.round(ratio));
  const room = (px: number) => Math.floor(px * ratio) - 5 * unit;
  const band = bandRows(order);
  let best: Viewport | null = null;
  for (const columns of COLUMNS) {
    const pitch = Math.min(MOST * unit, Math.floor(room(space.width) / columns));
    if (pitch < 1) break;
    const gap = pitch >= GAP_FROM * unit ? unit : 0;
    const fit = Math.max(band, Math.floor(room(space.height) / pitch / band) * band);
    const needed = Math.ceil(Math.max(1, Math.min(MAX_PAGES, pages)) / columns / band) * band;
    const size = { columns, rows: Math.min(fit, needed), cell: pitch - gap, gap, side: 1 as const };
    const viewport = fixedViewport(size, { ratio, order });
    if (needed <= fit) return viewport;
    const shown = (of: Viewport) => of.rows * of.columns;
    if (best === null || shown(viewport) > shown(best)) best = viewport;
  }
  const { columns, rows, cell, gap, side } = best!;
  const firstPage = Math.min(lastFirstPage(best!, pages), firstPageAround(best!, page));
  return fixedViewport({ columns, rows, cell, gap, side }, { ratio, order, firstPage });
}
