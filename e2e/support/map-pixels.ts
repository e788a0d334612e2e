import { expect, type Page } from '@playwright/test';
import { heapModel } from '../../src/engine/heap-view-model.ts';
import { LaneRun } from '../../src/engine/lane-run.ts';
import { MemoryPool } from '../../src/engine/memory-pool.ts';
import { loadLaneModules } from '../../src/engine/modules.ts';
import { modulesFromFiles } from '../../src/engine/modules-node.ts';
import type { LogSlice } from '../../src/engine/protocol.ts';
import type { Colouring } from '../../src/model/heap-frame.ts';
import { headerBytes, parseLaneName } from '../../src/model/lanes.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { expectedPixels } from '../../src/paint/heatmap-model.ts';
import { type Extent, laneViewport } from '../../src/paint/lane-viewport.ts';
import type { PaintTheme } from '../../src/paint/theme.ts';
import { pageAt, type Viewport } from '../../src/paint/viewport.ts';
import { compile, startRun } from '../../src/script/index.ts';
import type { HeapscapePage } from './heapscape-page.ts';

// Maps read back from their canvases, held against an independent run of the script and a slow model.

export function scenarioOf(script: string): Scenario {
  const { program, diagnostics } = compile(script);
  expect(program, `${script}\n${diagnostics.map(({ message }) => message).join('\n')}`).not.toBeNull();
  const run = startRun(program!);
  while (run.advance(10_000) !== 'done');
  return run.finish();
}

/** A lane of the page once more, run here to its end and kept as what the slow model needs. */
export async function laneOver(scenario: Scenario, name: string) {
  const allocator = parseLaneName(name)!;
  const modules = await loadLaneModules(modulesFromFiles, allocator);
  const run = LaneRun.open(scenario, { name, memory: {}, fill: false }, modules, new MemoryPool());
  const { count } = scenario.operations;
  let log = run.advance(count)!;
  // A misuse ends a stretch: from there on the lane runs the instrumented build.
  for (let more = run.advance(count); more !== null; more = run.advance(count)) log = joined(scenario, log, more);
  expect(run.complete).toBe(true);
  const { opening, recorded } = run;
  run.dispose();
  return { name, opening, recorded, log, header: headerBytes(allocator) };
}

function joined({ operations }: Scenario, a: LogSlice, b: LogSlice): LogSlice {
  const join = (x: Uint32Array, y: Uint32Array) => Uint32Array.of(...x, ...y);
  const requested = (slice: LogSlice) =>
    slice.requested ?? operations.size.slice(slice.first - 1, slice.first - 1 + slice.address.length);
  return {
    first: a.first,
    address: join(a.address, b.address),
    usable: join(a.usable, b.usable),
    requested: a.requested === null && b.requested === null ? null : join(requested(a), requested(b)),
    failures: join(a.failures, b.failures),
    growAt: join(a.growAt, b.growAt),
    growPages: join(a.growPages, b.growPages),
  };
}

export function pagesOf({ log, opening }: { log: LogSlice; opening: { initial: number } }): number {
  return log.growPages.at(-1) ?? opening.initial;
}

export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of the canvas on the screen, in CSS pixels. */
  readonly shown: { readonly width: number; readonly height: number };
  readonly pixels: Uint32Array;
}

/** Canvases read back. */
export async function pictures(page: Page, selector = 'canvas[data-map]'): Promise<Picture[]> {
  const read = await page.locator(selector).evaluateAll((canvases) =>
    Promise.all(
      (canvases as HTMLCanvasElement[]).map(async (canvas) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
        const url = await new Promise<string>((done) => {
          const reader = new FileReader();
          reader.onload = () => done(reader.result as string);
          reader.readAsDataURL(new Blob([data]));
        });
        const box = canvas.getBoundingClientRect();
        return {
          name: canvas.closest<HTMLElement>('[data-lane-name]')?.dataset.laneName ?? '',
          width,
          height,
          shown: { width: box.width, height: box.height },
          base64: url.slice(url.indexOf(',') + 1),
        };
      }),
    ),
  );
  return read.map(({ base64, ...picture }) => {
    const bytes = Buffer.from(base64, 'base64');
    return { ...picture, pixels: new Uint32Array(new Uint8Array(bytes).buffer) };
  });
}

/** The place that the layout leaves for a map, in CSS pixels, and what the visitor set. */
export async function spaceOf(page: Page) {
  return page.evaluate(() => {
    const slot = document.querySelector('.map-slot')!;
    const { firstPage, order, pitch, colour } = window.heapscape!.app.store.getState();
    return { width: slot.clientWidth, height: slot.clientHeight, firstPage, order, pitch, colour };
  });
}

/** The pages that the lanes take in the whole run. */
function extentOf(lanes: readonly { log: LogSlice; opening: { initial: number } }[]): Extent {
  const lengths = lanes.map(pagesOf).sort((a, b) => b - a);
  return { longest: lengths[0]!, second: lengths[1] ?? 0 };
}

export async function setLanes(heapscape: HeapscapePage, names: readonly string[]) {
  await heapscape.page.evaluate((wanted) => {
    const { app } = window.heapscape!;
    for (const { key } of app.store.getState().lanes) app.lanes.remove(key);
    for (const name of wanted) app.lanes.add(name);
  }, names);
  await heapscape.idle();
}

/** What is wrong and where, or null where every pixel is the model's. */
function firstDifference(expected: Uint32Array, { pixels, width }: Picture, viewport: Viewport): string | null {
  if (pixels.length !== expected.length) return `${pixels.length} pixels instead of ${expected.length}`;
  const first = pixels.findIndex((pixel, index) => pixel !== expected[index]);
  if (first < 0) return null;
  const [x, y] = [first % width, Math.floor(first / width)];
  const page = pageAt(viewport, (x + 0.5) / viewport.ratio, (y + 0.5) / viewport.ratio);
  const wrong = pixels.reduce((sum, pixel, index) => sum + (pixel === expected[index] ? 0 : 1), 0);
  const hex = (pixel: number) => pixel.toString(16);
  return `${wrong} pixels, first at ${x}, ${y} (page ${page}): ${hex(pixels[first]!)}, not ${hex(expected[first]!)}`;
}

export type LaneAgain = Awaited<ReturnType<typeof laneOver>>;

/** The pixels of one canvas against the model of its lane at a position. */
export function expectPicture(
  picture: Picture,
  viewport: Viewport,
  lane: LaneAgain,
  scenario: Scenario,
  position: number,
  theme: PaintTheme,
  label: string,
  colour: Colouring = 'live',
) {
  expect(picture.shown.width * viewport.ratio, label).toBeCloseTo(picture.width, 1);
  expect(picture.shown.height * viewport.ratio, label).toBeCloseTo(picture.height, 1);
  const { log, opening, header, recorded } = lane;
  const model = heapModel(scenario.operations, log, opening, header, Math.min(position, recorded));
  const pixels = expectedPixels(
    viewport,
    theme,
    (at, tile) => model.tileState(at, tile, viewport.side, colour),
    colour,
  );
  expect(firstDifference(pixels, picture, viewport), label).toBeNull();
}

/** All lanes' maps as they stand. */
export async function expectMaps(
  page: Page,
  lanes: readonly LaneAgain[],
  scenario: Scenario,
  position: number,
  ratio: number,
  theme: PaintTheme,
  what: string,
) {
  const space = await spaceOf(page);
  const viewport = laneViewport({ ...space, ratio }, extentOf(lanes));
  const shown = await pictures(page);
  expect(shown.map(({ name }) => name)).toEqual(lanes.map(({ name }) => name));
  for (const [index, picture] of shown.entries()) {
    const label = `${what}, ${picture.name}, ${space.order} order by ${space.colour} from page ${space.firstPage}, position ${position}`;
    expectPicture(picture, viewport, lanes[index]!, scenario, position, theme, label, space.colour);
  }
}
