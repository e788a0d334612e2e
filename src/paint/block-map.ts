import type { Colouring } from '../model/heap-frame.ts';
import type { DevicePx } from '../model/units.ts';
import { type BlockGeometry, nextStrip, type Strip, shownFrom, shownTo } from './block-geometry.ts';
import { BLOCK_FILLS, BlockFill, type BlockRuns } from './block-runs.ts';
import { cellSprites } from './sprites.ts';
import { type PaintTheme, pixelOf } from './theme.ts';

/** Patterns repeat after so many hairlines, both ways. */
const TILE = 8;
/** A stretch has its left edge drawn from so many hairlines on. */
const EDGE_FROM = 4;

/** How each fill looks, as pixels in memory order. */
export interface BlockSprites {
  /** Side of a pattern's tile. */
  readonly side: DevicePx;
  /** A tile a fill, row by row. */
  readonly pixels: Uint32Array;
  /** Left edge of a stretch of each fill, 0 for none. */
  readonly edges: Uint32Array;
  readonly paper: number;
}

/**
 * Fills and patterns of the map, with 45° hatching for holes, a checker for rounding and ink before headers. `parted`: blocks
 * without a header between them are told apart by a line of paper.
 */
export function blockSprites(theme: PaintTheme, unit: DevicePx, colouring: Colouring, parted: boolean): BlockSprites {
  const side = TILE * unit;
  const pixels = new Uint32Array(BLOCK_FILLS * side * side);
  pixels.set(cellSprites(theme, side, 2, unit, colouring));
  const draw = (fill: number, paper: string, ink: string, isInk: (x: number, y: number) => boolean) => {
    const tile = pixels.subarray(fill * side * side, (fill + 1) * side * side);
    const [ground, mark] = [pixelOf(paper), pixelOf(ink)];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++)
        tile[y * side + x] = isInk(Math.floor(x / unit), Math.floor(y / unit)) ? mark : ground;
    }
  };
  draw(BlockFill.Free, theme.field, theme.ctl, (x, y) => (x + y) % 4 === 3);
  draw(BlockFill.Rounding, theme.slack, theme.field, (x, y) => (x + y) % 2 === 0);
  draw(BlockFill.Header, theme.meta, theme.meta, () => false);
  const edges = new Uint32Array(BLOCK_FILLS);
  edges[BlockFill.Header] = pixelOf(theme.patternsOnly ? theme.field : theme.ink);
  edges[BlockFill.Free] = pixelOf(theme.ctl);
  const live = BlockFill.Dead - BlockFill.Live1;
  if (parted) edges.fill(pixelOf(theme.field), BlockFill.Live1, BlockFill.Live1 + live);
  return { side, pixels, edges, paper: pixelOf(theme.field) };
}

const strip: Strip = { x: 0, y: 0, width: 0, height: 0, first: false, last: false };

/**
 * Draws a page into `width` × `rows` · `pitch` pixels. Every stretch is there, however small: a pixel shows the topmost of those
 * that have a byte in it. Costs a word a pixel and layer, 1 to 3 ms for a page of a screen's height.
 */
export function rasterBlocks(
  pixels: Uint32Array,
  geometry: BlockGeometry,
  runs: BlockRuns,
  { side, pixels: tiles, edges, paper }: BlockSprites,
): void {
  const { width, unit } = geometry;
  pixels.fill(paper, 0, width * geometry.pitch * geometry.rows);
  for (let run = 0; run < runs.count; run++) {
    const fill = runs.fill[run]!;
    const from = runs.from[run]!;
    const to = runs.to[run]!;
    const tile = fill * side * side;
    const edge = edges[fill]!;
    const end = shownTo(geometry, to);
    for (let at = shownFrom(geometry, from); at < end; ) {
      at = nextStrip(geometry, from, to, at, strip);
      const right = strip.x + strip.width;
      for (let y = strip.y; y < strip.y + strip.height; y++) {
        const source = tile + (y % side) * side;
        const target = y * width;
        for (let x = strip.x; x < right; x++) pixels[target + x] = tiles[source + (x % side)]!;
        if (edge !== 0 && strip.first && strip.width >= EDGE_FROM * unit)
          for (let x = strip.x; x < strip.x + unit; x++) pixels[target + x] = edge;
      }
    }
  }
}
