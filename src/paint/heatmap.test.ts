import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createHeapViews, type LaneView } from '../engine/heap-view.ts';
import { madeUpLog, randomOperations, seeded, sliceOf } from '../engine/heap-view-fixtures.ts';
import { heapModel } from '../engine/heap-view-model.ts';
import type { LaneOpening, LogSlice } from '../engine/protocol.ts';
import type { Colouring, HeapFrame, RasterTarget } from '../model/heap-frame.ts';
import type { Operations } from '../model/operations.ts';
import { hitMap, paintMap, repaintMap } from './heatmap.ts';
import { expectedPixels, PaperCanvas } from './heatmap-model.ts';
import type { PageOrder } from './page-order.ts';
import type { MapContext } from './raster-target.ts';
import { DARK, forcedTheme, LIGHT, type PaintTheme } from './theme.ts';
import { mapViewport, tileBox, type Viewport } from './viewport.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../wasm/build/view.wasm', import.meta.url)));
const HEADER = 8;
const WEE: LaneOpening = { name: 'wee', base: 65_536, initial: 2, max: 65_536, moduleBytes: 0 };
const ARENA: LaneOpening = { name: 'arena', base: 5632, initial: 1, max: 65_536, moduleBytes: 0 };
const FORCED = forcedTheme((colour) => (colour === 'Canvas' ? 'rgb(0, 0, 0)' : `rgb(255, 255, ${colour.length})`));

beforeAll(() => {
  // Node has no pictures; the page's own are these three fields.
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

interface Lane {
  readonly frame: LaneView;
  readonly operations: Operations;
  readonly log: LogSlice;
  readonly opening: LaneOpening;
}

function lane(opening: LaneOpening, seed: number, count = 250): Lane {
  const operations = randomOperations(seed, count);
  const log = madeUpLog(operations, opening, HEADER, opening === ARENA ? 'bump' : 'firstFit', seed);
  const frame = createHeapViews(module, operations).lane(opening, HEADER);
  frame.append(sliceOf(log, 1, count));
  return { frame, operations, log, opening };
}

function paper(viewport: Viewport): { canvas: PaperCanvas; ctx: MapContext } {
  const canvas = new PaperCanvas(viewport.width, viewport.height);
  return { canvas, ctx: canvas as unknown as MapContext };
}

function wrongPixels(
  { operations, log, opening }: Lane,
  viewport: Viewport,
  theme: PaintTheme,
  position: number,
  colouring: Colouring = 'live',
) {
  const model = heapModel(operations, log, opening, HEADER, position);
  const stateOf = (page: number, tile: number) => model.tileState(page, tile, viewport.side, colouring);
  const expected = expectedPixels(viewport, theme, stateOf, colouring);
  return (canvas: PaperCanvas) =>
    canvas.pixels.reduce((wrong, pixel, index) => wrong + (pixel === expected[index] ? 0 : 1), 0);
}

const space = (width: number, height: number, ratio: number, pages = 1, order: PageOrder = 'address') => ({
  width,
  height,
  ratio,
  stacked: false,
  pages,
  order,
});

for (const ratio of [1, 1.25, 1.5, 2, 3]) {
  test(`at ratio ${ratio} every pixel of every map is the model's, however the playhead moves`, () => {
    const random = seeded(ratio * 100);
    for (const [seed, opening, theme, width, height, pages, order, colouring] of [
      [1, WEE, LIGHT, 282, 120, 1, 'address', 'live'],
      [2, ARENA, DARK, 282, 130, 1, 'address', 'age'],
      [3, ARENA, LIGHT, 430, 120, 1, 'address', 'live'],
      [4, WEE, DARK, 560, 80, 1, 'address', 'line'],
      [5, ARENA, FORCED, 360, 90, 1, 'address', 'live'],
      [6, WEE, LIGHT, 160, 60, 1, 'address', 'line'],
      [7, WEE, DARK, 282, 60, 500, 'address', 'age'],
      [8, WEE, LIGHT, 230, 230, 1, 'hilbert', 'line'],
      [9, ARENA, DARK, 282, 90, 1500, 'hilbert', 'live'],
      [10, ARENA, FORCED, 430, 120, 1, 'address', 'line'],
      [11, WEE, FORCED, 282, 120, 1, 'address', 'age'],
    ] as const) {
      const subject = lane(opening, seed);
      const viewport = mapViewport(space(width, height, ratio, pages, order));
      const { canvas, ctx } = paper(viewport);
      for (const position of [250, 0, random(251), random(251), random(251)]) {
        subject.frame.seek(position);
        paintMap(ctx, subject.frame, viewport, theme, 0, colouring);
        const wrong = wrongPixels(subject, viewport, theme, position, colouring)(canvas);
        expect(
          wrong,
          `seed ${seed}, ${colouring}, cell ${viewport.cell}, side ${viewport.side}, position ${position}`,
        ).toBe(0);
      }
    }
  });
}

test('a change of theme, size, place, lane, order or colouring draws everything anew on the same canvas', () => {
  const [first, second] = [lane(WEE, 11), lane(ARENA, 12)];
  const large = mapViewport(space(290, 285, 1));
  const scrolled = mapViewport({ ...space(290, 285, 1), firstPage: 40 });
  const curved = mapViewport(space(290, 285, 1, 1, 'hilbert'));
  const { canvas, ctx } = paper(large);
  for (const [subject, viewport, theme, colouring] of [
    [first, large, LIGHT, 'live'],
    [first, large, DARK, 'live'],
    [second, large, DARK, 'live'],
    [second, large, DARK, 'line'],
    [second, large, DARK, 'age'],
    [first, scrolled, DARK, 'live'],
    [first, curved, DARK, 'live'],
    [first, large, DARK, 'live'],
  ] as const) {
    subject.frame.seek(200);
    paintMap(ctx, subject.frame, viewport, theme, 0, colouring);
    expect(wrongPixels(subject, viewport, theme, 200, colouring)(canvas)).toBe(0);
  }
});

test('a canvas that lost what was on it is drawn again when asked', () => {
  const subject = lane(WEE, 13);
  const viewport = mapViewport(space(290, 200, 1));
  const { canvas, ctx } = paper(viewport);
  subject.frame.seek(120);
  paintMap(ctx, subject.frame, viewport, LIGHT);
  canvas.pixels.fill(0);
  repaintMap(ctx);
  paintMap(ctx, subject.frame, viewport, LIGHT);
  expect(wrongPixels(subject, viewport, LIGHT, 120)(canvas)).toBe(0);
});

test('two canvases of one lane, each with its slot, stay right side by side', () => {
  const subject = lane(ARENA, 14);
  const map = mapViewport(space(290, 200, 1));
  const mini = mapViewport(space(90, 90, 1, 4000));
  const [one, two] = [paper(map), paper(mini)];
  for (const position of [10, 200, 90]) {
    subject.frame.seek(position);
    paintMap(one.ctx, subject.frame, map, LIGHT);
    paintMap(two.ctx, subject.frame, mini, LIGHT, 1);
    expect(wrongPixels(subject, map, LIGHT, position)(one.canvas)).toBe(0);
    expect(wrongPixels(subject, mini, LIGHT, position)(two.canvas)).toBe(0);
  }
});

test('where nothing changed nothing is put, and a step puts only the rows that it changed', () => {
  const subject = lane(WEE, 15);
  const viewport = mapViewport(space(290, 300, 1));
  const { canvas, ctx } = paper(viewport);
  subject.frame.seek(250);
  paintMap(ctx, subject.frame, viewport, LIGHT);
  canvas.rowsPut();
  paintMap(ctx, subject.frame, viewport, LIGHT);
  expect(canvas.rowsPut()).toBe(0);
  let least = Number.POSITIVE_INFINITY;
  for (let position = 249; position > 150; position--) {
    subject.frame.seek(position);
    paintMap(ctx, subject.frame, viewport, LIGHT);
    const rows = canvas.rowsPut();
    if (rows > 0) least = Math.min(least, rows);
  }
  expect(least).toBeLessThanOrEqual(viewport.pitch + 2 * viewport.gap);
});

test('a lane without a log yet is an empty sheet', () => {
  const viewport = mapViewport(space(290, 100, 2));
  const { canvas, ctx } = paper(viewport);
  paintMap(ctx, null, viewport, LIGHT);
  const colours = new Set(canvas.pixels);
  expect(colours.size).toBe(2);
});

test('a page more of static data moves the picture by exactly one page', () => {
  const operations = randomOperations(21, 200);
  const shifted = (pages: number): Lane => {
    const opening = { ...ARENA, name: 'pool', base: 65_536 * (1 + pages), initial: 1 + pages };
    const log = madeUpLog(operations, opening, 0, 'bump', 21);
    const frame = createHeapViews(module, operations).lane(opening, 0);
    frame.append(log);
    frame.seek(200);
    return { frame, operations, log, opening };
  };
  const [here, moved] = [shifted(0), shifted(1)];
  const { pages } = here.frame.facts();
  expect(moved.frame.facts().pages).toBe(pages + 1);
  for (let page = 1; page < pages; page++) {
    for (let tile = 0; tile < 64; tile++) {
      expect(moved.frame.tileState(page + 1, tile, 8)).toBe(here.frame.tileState(page, tile, 8));
    }
  }
});

test('a point over a cell finds its page, its tile and the block there', () => {
  const subject = lane(WEE, 31);
  const viewport = mapViewport(space(290, 300, 1.5));
  const random = seeded(31);
  subject.frame.seek(230);
  const model = heapModel(subject.operations, subject.log, WEE, HEADER, 230);
  const box = { x: 0, y: 0, width: 0, height: 0 };
  const tiles = viewport.side ** 2;
  let found = 0;
  for (let i = 0; i < 200; i++) {
    const [page, tile] = [random(model.pages), random(tiles)];
    if (!tileBox(viewport, page, tile, box)) continue;
    const hit = hitMap(subject.frame, viewport, (box.x + box.width / 2) / 1.5, (box.y + box.height / 2) / 1.5)!;
    const bytes = 65_536 / tiles;
    const start = page * 65_536 + tile * bytes;
    expect(hit).toMatchObject({ page, address: start, isGrown: true });
    const owners = new Set<number>();
    for (let at = start; at < start + bytes; at += 4) for (const owner of model.owners(at)) owners.add(owner);
    expect(hit.block).toBe(Math.max(0, ...owners));
    if (hit.block > 0) found++;
  }
  expect(found).toBeGreaterThan(20);
  expect(hitMap(subject.frame, viewport, -5, 10)).toBeNull();
  expect(hitMap(subject.frame, viewport, 10, 5000)).toBeNull();
});

/** A frame whose picture goes wrong in one way; the comparison above must see it. */
type Fault = (frame: HeapFrame) => HeapFrame;
const instead =
  (methods: (of: HeapFrame) => Partial<HeapFrame>): Fault =>
  (frame) => {
    const own = methods(frame);
    return new Proxy(frame, {
      get: (of, name: keyof HeapFrame) => {
        const value = own[name] ?? of[name];
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  };
const raster = (change: (target: RasterTarget) => RasterTarget) =>
  instead((of) => ({ raster: (target) => of.raster(change(target)) }));
const seeking = (by: number) => instead((of) => ({ seek: (position) => of.seek(position + by) }));
const swapped = (target: RasterTarget, a: number, b: number) => {
  const sprites = target.sprites.slice();
  const size = target.cell ** 2;
  sprites.copyWithin(a * size, b * size, (b + 1) * size);
  return { ...target, sprites };
};
const FAULTS: Record<string, Fault> = {
  'one page too far': raster((target) => ({ ...target, firstPage: target.firstPage + 1 })),
  'one row too far': raster((target) => ({ ...target, firstPage: target.firstPage + target.columns })),
  'last row dropped': raster((target) => ({ ...target, rows: target.rows - 1 })),
  'last column dropped': raster((target) => ({ ...target, columns: target.columns - 1 })),
  'full drawn as nearly full': raster((target) => swapped(target, 10, 9)),
  'nothing drawn as a little': raster((target) => swapped(target, 2, 3)),
  'a little drawn as nothing': raster((target) => swapped(target, 3, 2)),
  'untouched drawn as free': raster((target) => swapped(target, 1, 2)),
  'untouched drawn as bare': raster((target) => swapped(target, 1, 0)),
  'static drawn as free': raster((target) => swapped(target, 12, 2)),
  'tiles too coarse': raster((target) => ({ ...target, side: 1 })),
  'wrong gap': raster((target) => ({ ...target, gap: target.gap + 1 })),
  'wrong paper': raster((target) => ({ ...target, paper: target.paper ^ 1 })),
  'ticks on no paper': raster((target) => ({ ...target, tick: target.paper })),
  'upper rows of pixels lost': raster((target) => ({
    ...target,
    blit: (pixels, from, to) => target.blit(pixels, from + 2 * target.gap, to),
  })),
  'lower rows of pixels lost': raster((target) => ({
    ...target,
    blit: (pixels, from, to) => target.blit(pixels, from, to - 3 * target.gap),
  })),
  'one operation late': seeking(-1),
  'one operation early': seeking(1),
  'nothing after the first time': (frame) => {
    let put = false;
    return raster((target) => ({
      ...target,
      blit: (pixels, from, to) => {
        if (!put) target.blit(pixels, from, to);
        put = true;
      },
    }))(frame);
  },
  'pattern of another cell': raster((target) => ({ ...target, sprites: target.sprites.slice().reverse() })),
};

test(`each of ${Object.keys(FAULTS).length} drawing faults changes pixels that the comparison sees`, () => {
  const subject = lane(WEE, 41);
  const viewport = mapViewport(space(290, 90, 1));
  // A position whose neighbours both look different.
  const position = [...Array(200).keys()]
    .map((k) => 249 - k)
    .find((t) => looksUnlike(subject, t, t - 1) && looksUnlike(subject, t, t + 1))!;
  const count = wrongPixels(subject, viewport, LIGHT, position);
  for (const [name, fault] of Object.entries(FAULTS)) {
    const { canvas, ctx } = paper(viewport);
    const frame = fault(subject.frame);
    for (const t of [position - 1, position]) {
      frame.seek(t);
      paintMap(ctx, frame, viewport, LIGHT);
    }
    expect(count(canvas), name).toBeGreaterThan(0);
  }
});

/** Do two positions differ in a tile of the first rows? */
function looksUnlike({ frame }: Lane, a: number, b: number): boolean {
  const states = (position: number) => {
    frame.seek(position);
    return Array.from({ length: 64 * 16 }, (_, index) => frame.tileState(Math.floor(index / 16), index % 16, 4)).join();
  };
  return states(a) !== states(b);
}
