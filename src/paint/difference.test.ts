import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createHeapViews } from '../engine/heap-view.ts';
import { madeUpLog, randomOperations, seeded } from '../engine/heap-view-fixtures.ts';
import { heapModel } from '../engine/heap-view-model.ts';
import { DIFFERENCE_STATES, DifferenceState } from '../model/heap-frame.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { differenceSprites, type Pair, paintDifference } from './difference.ts';
import { PaperCanvas } from './heatmap-model.ts';
import type { MapContext } from './raster-target.ts';
import { DARK, forcedTheme, LIGHT } from './theme.ts';
import { cellBox, mapViewport } from './viewport.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../wasm/build/view.wasm', import.meta.url)));
const FORCED = forcedTheme((colour) => (colour === 'Canvas' ? 'rgb(0, 0, 0)' : `rgb(255, 255, ${colour.length})`));
const PAIR: Pair = [0, 1];

beforeAll(() => {
  Object.assign(globalThis, {
    ImageData: class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  });
});

test('each cell is what the pages of two slow models differ by, however the playhead moves', () => {
  for (const [seed, ratio, theme, order] of [
    [1, 1, LIGHT, 'address'],
    [2, 1.5, DARK, 'address'],
    [3, 2, LIGHT, 'hilbert'],
    [4, 1, FORCED, 'address'],
  ] as const) {
    const operations = randomOperations(seed, 250);
    const views = createHeapViews(module, operations);
    const open = (name: string, manner: 'firstFit' | 'bump', initial: number) => {
      const opening = { name, base: 5632, initial, max: 65_536, moduleBytes: 0 };
      const log = madeUpLog(operations, opening, 4, manner, seed);
      const frame = views.lane(opening, 4);
      frame.append(log);
      return { frame, at: (position: number) => heapModel(operations, log, opening, 4, position) };
    };
    const [a, b] = [open('dlmalloc', 'firstFit', 30), open('arena', 'bump', 1)];
    const viewport = {
      ...mapViewport({ width: 300, height: 300, ratio, stacked: false, pages: 200, order }),
      side: 1,
    } as const;
    const sprites = differenceSprites(theme, PAIR, viewport.cell, viewport.unit);
    const canvas = new PaperCanvas(viewport.width, viewport.height);
    const random = seeded(seed);
    const seen = new Set<number>();
    const box = { x: 0, y: 0, width: 0, height: 0 };
    for (const position of [250, 0, random(251), random(251), random(251)]) {
      a.frame.seek(position);
      b.frame.seek(position);
      paintDifference(canvas as unknown as MapContext, a.frame, b.frame, viewport, theme, PAIR);
      const [inA, inB] = [a.at(position), b.at(position)];
      for (let page = 0; page < viewport.rows * viewport.columns; page++) {
        const held = (model: typeof inA) => (page < model.pages ? model.pageLive(page) : 0);
        const more = held(inB) - held(inA);
        const [grownA, grownB] = [page < inA.pages, page < inB.pages];
        const level = Math.ceil((8 * Math.abs(more)) / PAGE_BYTES) - 1;
        const state =
          more !== 0
            ? (more < 0 ? DifferenceState.MoreA1 : DifferenceState.MoreB1) + level
            : grownA
              ? grownB
                ? DifferenceState.Same
                : DifferenceState.OnlyA
              : grownB
                ? DifferenceState.OnlyB
                : DifferenceState.NeitherGrown;
        seen.add(state);
        cellBox(viewport, page, box);
        let wrong = 0;
        for (let y = 0; y < viewport.cell; y++) {
          for (let x = 0; x < viewport.cell; x++) {
            const pixel = canvas.pixels[(box.y + y) * viewport.width + box.x + x];
            if (pixel !== sprites[(state * viewport.cell + y) * viewport.cell + x]) wrong++;
          }
        }
        expect(wrong, `seed ${seed}, position ${position}, page ${page}, state ${state}`).toBe(0);
      }
    }
    expect(seen.size).toBeGreaterThan(6);
    views.dispose();
  }
});

test('no two states of a difference look alike, without colours too', () => {
  for (const theme of [LIGHT, DARK, FORCED]) {
    for (const [cell, unit] of [
      [32, 1],
      [16, 1],
      [12, 1],
      [9, 1],
      [24, 2],
    ] as const) {
      const sprites = differenceSprites(theme, PAIR, cell, unit);
      const looks = new Set<string>();
      for (let state = 1; state < DIFFERENCE_STATES; state++) {
        looks.add(sprites.subarray(state * cell * cell, (state + 1) * cell * cell).join());
      }
      expect(looks.size, `${theme.name}, cell ${cell}`).toBe(DIFFERENCE_STATES - 1);
    }
  }
});

test('from twelve hairlines on a surplus has its sign, the same way round at every size', () => {
  for (const cell of [12, 16, 20, 24, 28, 32, 48]) {
    const sprites = differenceSprites(LIGHT, PAIR, cell, 1);
    const marks = (state: number) => {
      const sprite = sprites.subarray(state * cell * cell, (state + 1) * cell * cell);
      return [...sprite.keys()].filter((at) => sprite[at] !== sprite[0]);
    };
    const [minus, plus] = [marks(DifferenceState.MoreA1), marks(DifferenceState.MoreB1)];
    const rows = (at: number[]) => new Set(at.map((index) => Math.floor(index / cell))).size;
    const columns = (at: number[]) => new Set(at.map((index) => index % cell)).size;
    expect(rows(minus), `cell ${cell}`).toBeLessThan(columns(minus));
    expect(rows(plus), `cell ${cell}`).toBe(columns(plus));
  }
  const small = differenceSprites(LIGHT, PAIR, 11, 1).subarray(
    DifferenceState.MoreA1 * 121,
    (DifferenceState.MoreA1 + 1) * 121,
  );
  expect(new Set(small).size).toBe(1);
});
