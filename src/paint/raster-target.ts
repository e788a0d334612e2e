import type { Colouring, RasterTarget } from '../model/heap-frame.ts';
import { squarePages } from './page-order.ts';
import { type PaintTheme, pixelOf } from './theme.ts';
import type { Viewport } from './viewport.ts';

/** What of a surface canvases offer, on screen or off. */
export type MapContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

let versions = 0;

/**
 * Where a frame's raster goes: the cells of `viewport`, drawn with `sprites`, put onto the canvas within the neatline. Each
 * target is a version of its own, so the first raster into it draws everything.
 */
export function rasterTarget(
  ctx: MapContext,
  viewport: Viewport,
  theme: PaintTheme,
  sprites: Uint32Array,
  slot: number,
  colouring: Colouring = 'live',
): RasterTarget {
  const { columns, rows, firstPage, cell, gap, side, origin } = viewport;
  return {
    columns,
    rows,
    firstPage,
    cell,
    gap,
    side,
    square: squarePages(viewport),
    colouring,
    sprites,
    version: ++versions,
    paper: pixelOf(theme.ground),
    tick: pixelOf(theme.rule2),
    slot,
    blit: (pixels, from, to) => ctx.putImageData(pixels, origin, origin, 0, from, pixels.width, to - from),
  };
}

/** The sheet itself: paper within a neatline of ink. */
export function paintSheet(ctx: MapContext, { width, height, unit }: Viewport, theme: PaintTheme): void {
  ctx.fillStyle = theme.ink;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = theme.ground;
  ctx.fillRect(unit, unit, width - 2 * unit, height - 2 * unit);
}
