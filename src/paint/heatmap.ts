import type { Colouring, HeapFrame, RasterTarget } from '../model/heap-frame.ts';
import { type Addr, type CssPx, MAX_PAGES, PAGE_BYTES } from '../model/units.ts';
import { canvasGeneration } from './canvas-loss.ts';
import { type MapContext, paintSheet, rasterTarget } from './raster-target.ts';
import { cellSprites } from './sprites.ts';
import type { PaintTheme } from './theme.ts';
import { addressAt, pageAt, sameViewport, type Viewport } from './viewport.ts';

/** What can be drawn on a map: a lane's frame, or a picture made otherwise. */
export type MapSource = Pick<HeapFrame, 'prepare' | 'raster'>;

interface Surface {
  frame: MapSource | null;
  viewport: Viewport;
  theme: PaintTheme;
  generation: number;
  target: RasterTarget;
}

/** A colouring that was never asked for follows the log so long a frame and lane, so many operations at a time. */
const PREPARING_MS = 4;
const PREPARED_AT_ONCE = 2048;

/** Makes a colouring ready, or goes on with it for a few milliseconds: false where it takes another frame. */
export function prepareColouring(frame: MapSource, colouring: Colouring): boolean {
  const until = performance.now() + PREPARING_MS;
  while (!frame.prepare(colouring, PREPARED_AT_ONCE)) if (performance.now() > until) return false;
  return true;
}

const surfaces = new WeakMap<MapContext, Surface>();

/**
 * Paints a lane's map: its pages at the frame's position. What has not changed since the last call on this canvas is not
 * touched; the canvas must be as large as the viewport says, and nothing else may draw on it. `frame` null gives an empty
 * sheet. Another canvas that shows the same lane takes another `slot`.
 *
 * False where the colouring is not ready: the canvas keeps what is on it, and the call is to be made again next frame.
 */
export function paintMap(
  ctx: MapContext,
  frame: MapSource | null,
  viewport: Viewport,
  theme: PaintTheme,
  slot = 0,
  colouring: Colouring = 'live',
): boolean {
  let surface = surfaces.get(ctx);
  const ready = frame === null || prepareColouring(frame, colouring);
  if (!ready && surface !== undefined) return false;
  if (
    surface === undefined ||
    surface.frame !== frame ||
    surface.theme !== theme ||
    surface.generation !== canvasGeneration() ||
    surface.target.slot !== slot ||
    surface.target.colouring !== colouring ||
    !sameViewport(surface.viewport, viewport)
  ) {
    surface = {
      frame,
      viewport,
      theme,
      generation: canvasGeneration(),
      target: rasterTarget(ctx, viewport, theme, spritesFor(viewport, theme, colouring), slot, colouring),
    };
    surfaces.set(ctx, surface);
    paintSheet(ctx, viewport, theme);
  }
  if (ready) frame?.raster(surface.target);
  return ready;
}

/** Draws everything anew at the next call: after the canvas lost what was on it. */
export function repaintMap(ctx: MapContext): void {
  surfaces.delete(ctx);
}

/** The last sprites made: all maps of a page are mostly of one size, theme and colouring. */
let sprites: { viewport: Viewport; theme: PaintTheme; colouring: Colouring; pixels: Uint32Array } | null = null;

function spritesFor(viewport: Viewport, theme: PaintTheme, colouring: Colouring): Uint32Array {
  const { cell, side, unit } = viewport;
  const last = sprites;
  if (
    last?.theme !== theme ||
    last.colouring !== colouring ||
    last.viewport.cell !== cell ||
    last.viewport.side !== side ||
    last.viewport.unit !== unit
  ) {
    sprites = { viewport, theme, colouring, pixels: cellSprites(theme, cell, side, unit, colouring) };
  }
  return sprites!.pixels;
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
