import { expect, test } from 'vitest';
import { CellState } from '../model/heap-frame.ts';
import { pagePicture } from './page-states.ts';

/** Sprites whose every pixel is 100 + state. */
const sprites = (cell: number) =>
  Uint32Array.from({ length: 13 * cell * cell }, (_, i) => 100 + Math.floor(i / (cell * cell)));

class Picture {
  readonly data: Uint8ClampedArray;
  constructor(data: Uint8ClampedArray) {
    this.data = data;
  }
}

test('each page is drawn in its place with its state’s sprite, a cross where there is none, once a version', () => {
  globalThis.ImageData = Picture as unknown as typeof ImageData;
  const blits: Uint32Array[] = [];
  const target = {
    columns: 2,
    rows: 2,
    firstPage: 0,
    cell: 3,
    gap: 1,
    side: 1 as const,
    square: null,
    colouring: 'live' as const,
    sprites: sprites(3),
    version: 1,
    paper: 7,
    tick: 9,
    slot: 0,
    blit: (image: ImageData) => blits.push(new Uint32Array(image.data.buffer)),
  };
  const picture = pagePicture([CellState.Live8, CellState.Untouched, CellState.Free]);
  picture.raster(target);
  picture.raster(target);
  expect(blits).toHaveLength(1);
  const at = (x: number, y: number) => blits[0]![y * 9 + x];
  expect(at(0, 0)).toBe(7);
  expect(at(1, 1)).toBe(100 + CellState.Live8);
  expect(at(5, 3)).toBe(100 + CellState.Untouched);
  expect(at(3, 7)).toBe(100 + CellState.Free);
  // The fourth page does not exist: paper, and a tick at its lower right corner.
  expect(at(6, 6)).toBe(7);
  expect(at(8, 8)).toBe(9);
  expect(at(7, 8)).toBe(9);
  picture.raster({ ...target, version: 2 });
  expect(blits).toHaveLength(2);
});
