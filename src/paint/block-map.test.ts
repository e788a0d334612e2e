import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createHeapViews } from '../engine/heap-view.ts';
import { LaneRun } from '../engine/lane-run.ts';
import { MemoryPool } from '../engine/memory-pool.ts';
import { loadLaneModules } from '../engine/modules.ts';
import { modulesFromFiles } from '../engine/modules-node.ts';
import { GUARDED_LANE_NAMES } from '../engine/testing/guarded-lanes.ts';
import { randomScenario } from '../engine/testing/random-scenario.ts';
import { ALL_LANE_NAMES, headerBytes, parseLaneName } from '../model/lanes.ts';
import { PAGE_BYTES } from '../model/units.ts';
import {
  addressAt,
  type BlockGeometry,
  blockGeometry,
  PICTURE_ROWS,
  ROW_BYTES,
  WHOLE_PAGE,
  windowOf,
} from './block-geometry.ts';
import { type BlockSprites, blockSprites, rasterBlocks } from './block-map.ts';
import { BLOCK_FILLS, BlockFill, BlockRuns, runsOfFrame, runsOfReading } from './block-runs.ts';
import { DARK, LIGHT } from './theme.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../wasm/build/view.wasm', import.meta.url)));
const pool = new MemoryPool();

async function recorded(name: string, seed: number) {
  const scenario = randomScenario(seed, 900);
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: { max: 40 }, fill: false }, modules, pool, { every: 64 });
  const frame = createHeapViews(module, scenario.operations).lane(run.opening);
  for (let slice = run.advance(1 << 16); slice !== null; slice = run.advance(1 << 16)) frame.append(slice);
  return { run, frame, operations: scenario.operations, header: headerBytes(parseLaneName(name)!) };
}

/** Pixel by pixel, from the definition: which stretch, of those with a byte in it, lies on top? */
function slowly(geometry: BlockGeometry, runs: BlockRuns, { side, pixels, edges, paper }: BlockSprites): Uint32Array {
  const { width, pitch, gap, unit, start, rows, rowBytes } = geometry;
  const out = new Uint32Array(width * pitch * rows);
  for (let y = 0; y < pitch * rows; y++) {
    const first = start + Math.floor(y / pitch) * rowBytes;
    const here = Array.from({ length: runs.count }, (_, k) => runs.count - 1 - k).filter(
      (k) => runs.from[k]! < first + rowBytes && runs.to[k]! > first && y % pitch < pitch - gap,
    );
    for (let x = 0; x < width; x++) {
      let colour = paper;
      for (const k of here) {
        const from = Math.max(runs.from[k]!, first) - first;
        const to = Math.min(runs.to[k]!, first + rowBytes) - first;
        // Bytes of this pixel, in fractions of a byte: [x, x + 1) · rowBytes / width.
        if (from >= to || from * width >= (x + 1) * rowBytes || to * width <= x * rowBytes) continue;
        const fill = runs.fill[k]!;
        const left = Math.floor((from * width) / rowBytes);
        const begins = from + first === runs.from[k] && x < left + unit;
        const wide = Math.ceil((to * width) / rowBytes) - left >= 4 * unit;
        colour =
          begins && wide && edges[fill] !== 0
            ? edges[fill]!
            : pixels[fill * side * side + (y % side) * side + (x % side)]!;
        break;
      }
      out[y * width + x] = colour;
    }
  }
  return out;
}

/** One colour a fill, so that pixels can be counted. */
function plainSprites(): BlockSprites {
  return {
    side: 1,
    pixels: Uint32Array.from({ length: BLOCK_FILLS }, (_, fill) => fill + 1),
    edges: new Uint32Array(BLOCK_FILLS),
    paper: 0,
  };
}

function counts(runs: BlockRuns): number[] {
  const geometry: BlockGeometry = { ...WHOLE_PAGE, ratio: 1, unit: 1, width: ROW_BYTES, pitch: 1, gap: 0 };
  const pixels = new Uint32Array(PAGE_BYTES);
  rasterBlocks(pixels, geometry, runs, plainSprites());
  const out = new Array<number>(BLOCK_FILLS + 1).fill(0);
  for (const pixel of pixels) out[pixel]!++;
  return out;
}

for (const name of [...ALL_LANE_NAMES, ...GUARDED_LANE_NAMES]) {
  test(`${name}: with a pixel a byte, a page's picture has as many pixels of each kind as the page has bytes of it`, async () => {
    const seed = 71;
    const { run, frame, operations, header } = await recorded(name, seed);
    const runs = new BlockRuns();
    for (const position of [1, 300, 611, 900]) {
      const { pages } = run.survey(position).metrics;
      frame.seek(position);
      for (let page = 0; page < pages!; page++) {
        const label = `seed ${seed}, page ${page} at ${position}`;
        const { classes, ...reading } = run.page(position, page);
        runsOfReading(runs, { classes, ...reading }, operations, 'live');
        const seen = counts(runs);
        expect(
          {
            static: seen[BlockFill.Static + 1],
            live: seen[BlockFill.Live + 1],
            slack: seen[BlockFill.Rounding + 1],
            metadata: seen[BlockFill.Header + 1],
            free: seen[BlockFill.Free + 1],
            dead: seen[BlockFill.Dead + 1],
            top: seen[BlockFill.Untouched + 1],
          },
          label,
        ).toEqual(classes);
        // The log alone knows the same live bytes and roundings; of what is not live only that it is not.
        runsOfFrame(runs, frame, page, header, operations, 'live');
        const known = counts(runs);
        expect([known[BlockFill.Live + 1], known[BlockFill.Rounding + 1]], label).toEqual([
          classes.live,
          classes.slack,
        ]);
      }
    }
    run.dispose();
  });

  test(`${name}: the picture is that of a slow model, pixel by pixel, at any width, in every colouring`, async () => {
    const seed = 72;
    const { run, frame, operations, header } = await recorded(name, seed);
    const runs = new BlockRuns();
    const at = 760;
    const { pages } = run.survey(at).metrics;
    frame.seek(at);
    const spaces = [
      [196, 200, 1],
      [120, 90, 1.5],
      [270, 140, 2],
    ] as const;
    for (const [index, colouring] of (['live', 'age', 'line'] as const).entries()) {
      const [width, height, ratio] = spaces[index]!;
      const window = [WHOLE_PAGE, windowOf(2000, 2048), windowOf(PAGE_BYTES - 5000, PAGE_BYTES)][index]!;
      const geometry = blockGeometry(width, height, ratio, window);
      const sprites = blockSprites(index === 1 ? LIGHT : DARK, geometry.unit, colouring, header === 0);
      const pixels = new Uint32Array(geometry.width * geometry.pitch * geometry.rows);
      for (const page of [1, pages! - 1]) {
        for (const source of ['bytes', 'log'] as const) {
          if (source === 'bytes') runsOfReading(runs, run.page(at, page), operations, colouring);
          else runsOfFrame(runs, frame, page, header, operations, colouring);
          rasterBlocks(pixels, geometry, runs, sprites);
          const expected = slowly(geometry, runs, sprites);
          const wrong = pixels.findIndex((pixel, k) => pixel !== expected[k]);
          expect(wrong, `seed ${seed}, ${colouring}, page ${page} from the ${source}`).toBe(-1);
        }
      }
    }
    run.dispose();
  });
}

test('a page is laid out in whole device pixels, and every byte can be pointed at', () => {
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    for (const [width, height] of [
      [196, 224],
      [511, 300],
      [700, 640],
      [1100, 900],
    ] as const) {
      const geometry = blockGeometry(width, height, ratio);
      expect(Number.isInteger(geometry.width) && Number.isInteger(geometry.pitch)).toBe(true);
      expect(geometry.width).toBeLessThanOrEqual(width * ratio);
      expect(geometry.pitch * PICTURE_ROWS).toBeLessThanOrEqual(Math.max(PICTURE_ROWS, height * ratio));
      for (const [row, byte] of [
        [0, 0],
        [17, 512],
        [63, 1023],
      ] as const) {
        const x = ((byte + 0.5) * geometry.width) / ROW_BYTES / ratio;
        const y = ((row + 0.5) * geometry.pitch) / ratio;
        expect(addressAt(geometry, 3, x, y)).toBe(3 * PAGE_BYTES + row * ROW_BYTES + byte);
      }
      expect(addressAt(geometry, 3, -5, -5)).toBe(3 * PAGE_BYTES);
      expect(addressAt(geometry, 3, 9999, 9999)).toBe(4 * PAGE_BYTES - 1);
    }
  }
});

test('the nearest window holds what is to be seen, and is a part of the page that begins at a round offset', () => {
  expect(windowOf(0, 400)).toEqual({ start: 0, rows: 16, rowBytes: 64 });
  expect(windowOf(1500, 2048)).toEqual({ start: 1024, rows: 16, rowBytes: 64 });
  expect(windowOf(1000, 1100)).toEqual({ start: 0, rows: 16, rowBytes: 256 });
  expect(windowOf(60_000, PAGE_BYTES)).toEqual({ start: 49_152, rows: 16, rowBytes: 1024 });
  expect(windowOf(0, 20_000)).toBe(WHOLE_PAGE);
  const near = blockGeometry(400, 160, 1, windowOf(1500, 2048));
  expect(addressAt(near, 2, 0, 0)).toBe(2 * PAGE_BYTES + 1024);
  expect(addressAt(near, 2, 999, 999)).toBe(2 * PAGE_BYTES + 2047);
});

test('a stretch narrower than a pixel is a pixel wide, and nothing outside of the page is drawn', () => {
  const runs = new BlockRuns();
  runs.add(BlockFill.Free, 0, PAGE_BYTES);
  runs.add(BlockFill.Header, 100, 101);
  runs.add(BlockFill.Header, -50, 0);
  runs.add(BlockFill.Header, PAGE_BYTES, PAGE_BYTES + 8);
  const geometry = blockGeometry(128, 64, 1);
  const pixels = new Uint32Array(128 * 64);
  rasterBlocks(pixels, geometry, runs, plainSprites());
  expect(pixels.filter((pixel) => pixel === BlockFill.Header + 1).length).toBe(1);
  expect(pixels[Math.floor(100 / 8)]).toBe(BlockFill.Header + 1);
});

test('more stretches than there was room for are all kept', () => {
  const runs = new BlockRuns();
  for (let k = 0; k < 5000; k++) runs.add(k % BLOCK_FILLS, k, k + 1);
  expect(runs.count).toBe(5000);
  expect([runs.fill[4999], runs.from[4999], runs.to[4999], runs.from[3]]).toEqual([4999 % BLOCK_FILLS, 4999, 5000, 3]);
});
