import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createHeapViews } from '../engine/heap-view.ts';
import { madeUpLog, seeded, steadyOperations } from '../engine/heap-view-fixtures.ts';
import { paintMap } from './heatmap.ts';
import { RecentChanges } from './heatmap-changes.ts';
import type { MapContext } from './raster-target.ts';
import { leftByFrames } from './testing/left-by-frames.ts';
import { LIGHT } from './theme.ts';
import { mapViewport } from './viewport.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../wasm/build/view.wasm', import.meta.url)));
const OPENING = { name: 'dlmalloc', base: 65_536, initial: 2, max: 65_536, moduleBytes: 0 };
const FRAMES = 20_000;

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

test('frames of scrubbing leave nothing for the garbage collector but a few numbers', () => {
  const count = 60_000;
  const operations = steadyOperations(1, count);
  const frame = createHeapViews(module, operations).lane(OPENING, 4);
  frame.append(madeUpLog(operations, OPENING, 4, 'firstFit', 1));
  const viewport = mapViewport({ width: 282, height: 310, ratio: 1, stacked: false, pages: 20 });
  const ctx = { fillRect() {}, putImageData() {} } as unknown as MapContext;
  const changes = new RecentChanges();
  const random = seeded(1);
  const positions = Int32Array.from({ length: FRAMES }, () => random(count));
  let blocks = 0;
  const scrub = (frames: number) => {
    for (let i = 0; i < frames; i++) {
      frame.seek(positions[i]!);
      paintMap(ctx, frame, viewport, LIGHT);
      changes.update(frame, operations, 4, 1, 100);
      blocks += frame.facts().blocks;
    }
  };
  const perFrame = leftByFrames(scrub, FRAMES);
  expect(blocks).toBeGreaterThan(0);
  // Numbers that cross from Wasm are boxed, 16 bytes each; an object, a view or a closure a frame would be more.
  expect(perFrame).toBeLessThan(24);
});
