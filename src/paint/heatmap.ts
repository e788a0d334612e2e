import type { HeapFrame, RasterTarget } from '../model/heap-frame.ts';
import { type Addr, type CssPx, MAX_PAGES, PAGE_BYTES } from '../model/units.ts';
import { squarePages } from './page-order.ts';
import { cellSprites } from './sprites.ts';
import { type PaintTheme, pixelOf } from './theme.ts';
import { addressAt, pageAt, sameViewport, type Viewport } from './viewport.ts';

/** What of a surface canvases offer, on screen or off. */
export type MapContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

interface Surface {
  frame: HeapFrame | null;
  viewport: Viewport;
  theme: PaintTheme;
  target: RasterTarget;
}

const surfaces = new WeakMap<MapContext, Surface>();
let versions = 0;

/**
 * Paints a lane's map: its pages at the frame's position. What has not changed since the last call on this canvas is not
 * touched; the canvas must be as large as the viewport says, and nothing else may draw on it. `frame` null gives an empty
 * sheet. Another canvas that shows the same lane takes another `slot`.
 */
export function paintMap(
  ctx: MapContext,
  frame: HeapFrame | null,
  viewport: Viewport,
  theme: PaintTheme,
  slot = 0,
): void {
  let surface = surfaces.get(ctx);
  if (
    surface === undefined ||
    surface.frame !== frame ||
    surface.theme !== theme ||
    surface.target.slot !== slot ||
    !sameViewport(surface.viewport, viewport)
  ) {
    surface = { frame, viewport, theme, target: targetFor(ctx, viewport, theme, slot) };
    surfaces.set(ctx, surface);
    paintSheet(ctx, viewport, theme);
  }
  frame?.raster(surface.target);
}

/** Draws everything anew at the next call: after the canvas lost what was on it. */
export function repaintMap(ctx: MapContext): void {
  surfaces.delete(ctx);
}

function targetFor(ctx: MapContext, viewport: Viewport, theme: PaintTheme, slot: number): RasterTarget {
  const { columns, rows, firstPage, cell, gap, side, origin } = viewport;
  return {
    columns,
    rows,
    firstPage,
    cell,
    gap,
    side,
    square: squarePages(viewport),
    sprites: spritesFor(viewport, theme),
    version: ++versions,
    paper: pixelOf(theme.ground),
    tick: pixelOf(theme.rule2),
    slot,
    blit: (pixels, from, to) => ctx.putImageData(pixels, origin, origin, 0, from, pixels.width, to - from),
  };
}

/** The last sprites made: all maps of a page are mostly of one size and theme. */
let sprites: { theme: PaintTheme; cell: number; side: number; unit: number; pixels: Uint32Array } | null = null;

function spritesFor({ cell, side, unit }: Viewport, theme: PaintTheme): Uint32Array {
  if (sprites?.theme !== theme || sprites.cell !== cell || sprites.side !== side || sprites.unit !== unit) {
    sprites = { theme, cell, side, unit, pixels: cellSprites(theme, cell, side, unit) };
  }
  return sprites.pixels;
}

/** The sheet itself: paper within a neatline of ink. */
function paintSheet(ctx: MapContext, { width, height, unit }: Viewport, theme: PaintTheme): void {
  ctx.fillStyle = theme.ink;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = theme.ground;
  ctx.fillRect(unit, unit, width - 2 * unit, height - 2 * unit);
}

/** What lies under a point of a map. */
export interface MapHit {
  readonly page: number;
  /** First address of the tile. */
  readonly address: Addr;
  readonly isGrown: boolean;
  /** The operation that gave the block there its place, 0 for none. */
  readonly block: number;
}

/**
 * The page, tile and block under a point of the canvas, in CSS pixels from its corner; null outside the cells. A block is
 * looked for along the log, about 1 ns an operation back to it: for a pointer, not for every cell.
 */
export function hitMap(frame: HeapFrame, viewport: Viewport, x: CssPx, y: CssPx): MapHit | null {
  const page = pageAt(viewport, x, y);
  if (page < 0 || page >= MAX_PAGES) return null;
  const address = addressAt(viewport, x, y);
  const isGrown = page < frame.facts().pages;
  const tileBytes = PAGE_BYTES / (viewport.side * viewport.side);
  return { page, address, isGrown, block: isGrown ? frame.blockAt(address, tileBytes) : 0 };
}
