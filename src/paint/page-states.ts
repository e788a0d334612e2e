import { CellState, type RasterTarget } from '../model/heap-frame.ts';
import type { MapSource } from './heatmap.ts';

/**
 * A map's picture from states alone, one a page, without operations behind them: what `paintMap` draws of memories that
 * are no lane's. Drawn whole each time it is asked for a new version, nothing between.
 */
export function pagePicture(states: readonly CellState[]): MapSource {
  let drawn = 0;
  return {
    prepare: () => true,
    raster(target) {
      if (target.version === drawn) return;
      drawn = target.version;
      const { columns, rows, cell, gap, paper } = target;
      const width = columns * (cell + gap) + gap;
      const height = rows * (cell + gap) + gap;
      const pixels = new Uint32Array(width * height).fill(paper);
      for (let i = 0; i < columns * rows; i++) {
        const state = states[target.firstPage + i] ?? CellState.NotGrown;
        const x = gap + (i % columns) * (cell + gap);
        const y = gap + Math.floor(i / columns) * (cell + gap);
        if (state === CellState.NotGrown) tick(pixels, width, height, x + cell, y + cell, target);
        else copyCell(pixels, width, x, y, state, target);
      }
      target.blit(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, height);
    },
  };
}

function copyCell(pixels: Uint32Array, width: number, x: number, y: number, state: CellState, target: RasterTarget) {
  const { cell, sprites } = target;
  for (let row = 0; row < cell; row++) {
    const from = (state * cell + row) * cell;
    pixels.set(sprites.subarray(from, from + cell), (y + row) * width + x);
  }
}

/** A graticule tick where memory does not exist yet: a cross in the gaps at the cell's lower right corner. */
function tick(pixels: Uint32Array, width: number, height: number, x: number, y: number, target: RasterTarget) {
  const { gap, tick: colour } = target;
  for (let row = y - gap; row < Math.min(y + 2 * gap, height); row++) {
    const wide = row >= y && row < y + gap;
    pixels.fill(
      colour,
      row * width + (wide ? x - gap : x),
      row * width + (wide ? Math.min(x + 2 * gap, width) : x + gap),
    );
  }
}
