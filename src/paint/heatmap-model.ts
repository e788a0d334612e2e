import { CellState, type Colouring } from '../model/heap-frame.ts';
import { cellSprites } from './sprites.ts';
import { type PaintTheme, pixelOf } from './theme.ts';
import type { Viewport } from './viewport.ts';

/**
 * Every pixel that a map's canvas should have, worked out one by one from what the model says each tile shows: RGBA words,
 * row by row. The painter's opposite: it knows no raster, no changes since last time, no memory. Tests read the canvas
 * back and compare.
 */
export function expectedPixels(
  viewport: Viewport,
  theme: PaintTheme,
  stateOf: (page: number, tile: number) => CellState,
  colouring: Colouring = 'live',
): Uint32Array {
  const { width, height, cell, side, unit, columns, rows, firstPage, gap, pitch, origin } = viewport;
  const sprites = cellSprites(theme, cell, side, unit, colouring);
  const [ink, paper, tick] = [pixelOf(theme.ink), pixelOf(theme.ground), pixelOf(theme.rule2)];
  const pages = viewport.order === 'hilbert' ? hilbertPages(columns, rows) : [...Array(rows * columns).keys()];
  const states = pages.map((page) => Array.from({ length: side * side }, (_, tile) => stateOf(firstPage + page, tile)));
  const isBare = (row: number, column: number) => states[row * columns + column]?.[0] === CellState.NotGrown;

  const inPicture = (x: number, y: number) => {
    const column = Math.floor((x - gap) / pitch);
    const row = Math.floor((y - gap) / pitch);
    const inX = x - gap - column * pitch;
    const inY = y - gap - row * pitch;
    if (column >= 0 && row >= 0 && column < columns && row < rows && inX < cell && inY < cell) {
      const size = cell / side;
      const state = states[row * columns + column]![Math.floor(inY / size) * side + Math.floor(inX / size)]!;
      return sprites[(state * cell + inY) * cell + inX]!;
    }
    return isTick(x, y) ? tick : paper;
  };
  // A tick is the cross of two bars, each a gap thick and three gaps long, about the lower right corner of a bare page.
  const isTick = (x: number, y: number) => {
    if (gap === 0) return false;
    const nearest = (at: number) => Math.round((at - gap - cell - gap / 2 + 0.5) / pitch);
    const [column, row] = [nearest(x), nearest(y)];
    if (column < 0 || row < 0 || column >= columns || row >= rows || !isBare(row, column)) return false;
    const fromCorner = (at: number, index: number) => Math.floor((at - gap - index * pitch - cell) / gap);
    const [across, down] = [fromCorner(x, column), fromCorner(y, row)];
    return (across === 0 && Math.abs(down) <= 1) || (down === 0 && Math.abs(across) <= 1);
  };

  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y);
      pixels[y * width + x] = edge < unit ? ink : edge < origin ? paper : inPicture(x - origin, y - origin);
    }
  }
  return pixels;
}

/**
 * The page of each cell in Hilbert order, counted from the first, by walking the curve: in squares of 16 × 16 a pen turns
 * left and right by the rules of Hilbert's curve as a Lindenmayer system.
 */
export function hilbertPages(columns: number, rows: number): number[] {
  const pages = new Array<number>(columns * rows).fill(-1);
  let page = 0;
  for (let top = 0; top < rows; top += 16) {
    for (let left = 0; left < columns; left += 16) {
      let [x, y] = [0, 0];
      // Across a band it sets out downwards and ends at the right; in a single column of squares the other way round.
      let [dx, dy, turn] = columns > 16 ? [0, 1, -1] : [1, 0, 1];
      const put = () => {
        pages[(top + y) * columns + left + x] = page++;
      };
      const rotate = (by: number) => {
        [dx, dy] = by > 0 ? [-dy!, dx!] : [dy!, -dx!];
      };
      const forward = () => {
        x += dx!;
        y += dy!;
        put();
      };
      // A → +BF−AFA−FB+ and B its mirror image.
      const walk = (depth: number, side: number) => {
        if (depth === 0) return;
        rotate(side);
        walk(depth - 1, -side);
        forward();
        rotate(-side);
        walk(depth - 1, side);
        forward();
        walk(depth - 1, side);
        rotate(-side);
        forward();
        walk(depth - 1, -side);
        rotate(side);
      };
      put();
      [dx, dy] = columns > 16 ? [1, 0] : [0, 1];
      walk(4, turn! * -1);
    }
  }
  return pages;
}

/** A canvas in memory, as far as `paintMap` uses one: solid rectangles and pictures put at a place. */
export class PaperCanvas {
  readonly pixels: Uint32Array;
  readonly width: number;
  fillStyle = '#000000';
  /** Rows of pixels put since it was last asked. */
  private put = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.pixels = new Uint32Array(width * height);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const pixel = pixelOf(this.fillStyle);
    for (let row = y; row < y + height; row++) {
      this.pixels.fill(pixel, row * this.width + x, row * this.width + x + width);
    }
  }

  /** What lies beyond the canvas is cut off, as on a real one. */
  putImageData(image: ImageData, x: number, y: number, left: number, top: number, width: number, height: number): void {
    const from = new Uint32Array(image.data.buffer, image.data.byteOffset, image.data.byteLength / 4);
    const wide = Math.min(width, image.width - left, this.width - x - left);
    const last = Math.min(top + height, image.height, this.pixels.length / this.width - y);
    for (let row = top; row < last; row++) {
      const start = row * image.width + left;
      this.pixels.set(from.subarray(start, start + wide), (y + row) * this.width + x + left);
    }
    this.put += height;
  }

  rowsPut(): number {
    const { put } = this;
    this.put = 0;
    return put;
  }
}
