import { expect, type Page, test } from '@playwright/test';
import { heapModel } from '../src/engine/heap-view-model.ts';
import { LaneRun } from '../src/engine/lane-run.ts';
import { MemoryPool } from '../src/engine/memory-pool.ts';
import { loadLaneModules } from '../src/engine/modules.ts';
import { modulesFromFiles } from '../src/engine/modules-node.ts';
import type { LogSlice } from '../src/engine/protocol.ts';
import { type Random, seededRandom } from '../src/engine/testing/random-scenario.ts';
import { ALLOCATORS, parseLaneName } from '../src/model/lanes.ts';
import type { Scenario } from '../src/model/scenario.ts';
import { expectedPixels } from '../src/paint/heatmap-model.ts';
import type { PageOrder } from '../src/paint/page-order.ts';
import { THEMES } from '../src/paint/theme.ts';
import { mapViewport, pageAt, type Viewport } from '../src/paint/viewport.ts';
import { compile, startRun } from '../src/script/index.ts';
import { COLOURS } from '../src/state/link/share-state.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

/** A script with blocks of all sizes, holes, resizes, scopes and an arena of its own; `large` decides how many pages it takes. */
function randomScript(random: Random, large: number): string {
  const few = (from: number, to: number) => from + random(to - from + 1);
  const top = () => few(1, large) * 1024;
  const parts = [
    () => `repeat ${few(20, 90)} { a[] = alloc 16..${top()} mostly small }`,
    () => `repeat ${few(10, 40)} { b[] = alloc ${few(1, 300)}..${top()} align ${2 ** few(2, 12)} }`,
    () => `repeat ${few(20, 60)} { alloc 8..${top()} free after 1..${few(2, 200)} keep ${few(1, 20)}% }`,
    () => `free random ${few(10, 90)}% of a`,
    () => `free every ${few(4, 9)}th of b`,
    () => `realloc random ${few(5, 30)}% of a to ${few(30, 400)}%`,
    () => `scope { repeat ${few(5, 30)} { alloc 100..${top()} } }`,
    () => `repeat ${few(5, 40)} { t[] = alloc 300..9k in frame }`,
    () => 'reset frame',
    () => `alloc ${few(1, 6 * large)} KiB zeroed`,
  ];
  const lines = Array.from({ length: few(10, 16) }, () => parts[random(parts.length)]!());
  return [
    `seed ${random(1000)}`,
    'arena frame',
    'a[] = alloc 64',
    'b[] = alloc 64',
    't[] = alloc 9 in frame',
    ...lines,
  ].join('\n');
}

function scenarioOf(script: string): Scenario {
  const { program, diagnostics } = compile(script);
  expect(program, `${script}\n${diagnostics.map(({ message }) => message).join('\n')}`).not.toBeNull();
  const run = startRun(program!);
  while (run.advance(10_000) !== 'done');
  return run.finish();
}

/** A lane of the page once more, run here to its end and kept as what the slow model needs. */
async function laneOver(scenario: Scenario, name: string) {
  const { id } = parseLaneName(name)!;
  const modules = await loadLaneModules(modulesFromFiles, id);
  const run = new LaneRun(scenario, { name, memory: {}, fill: false }, modules, new MemoryPool());
  const log = run.advance(scenario.operations.count)!;
  expect(run.complete).toBe(true);
  const { opening, recorded } = run;
  run.dispose();
  return { name, opening, recorded, log, header: ALLOCATORS[id].header };
}

function pagesOf({ log, opening }: { log: LogSlice; opening: { initial: number } }): number {
  return log.growPages.at(-1) ?? opening.initial;
}

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of the place that the layout leaves for a map, in CSS pixels. */
  readonly space: { readonly width: number; readonly height: number };
  /** Of the canvas on the screen, in CSS pixels. */
  readonly shown: { readonly width: number; readonly height: number };
  readonly pixels: Uint32Array;
}

/** Every map of the page, read back from its canvas. */
async function pictures(page: Page): Promise<Picture[]> {
  const read = await page.locator('canvas[data-map]').evaluateAll((canvases) =>
    Promise.all(
      (canvases as HTMLCanvasElement[]).map(async (canvas) => {
        const { width, height } = canvas;
        const slot = document.querySelector('.map-slot')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
        const url = await new Promise<string>((done) => {
          const reader = new FileReader();
          reader.onload = () => done(reader.result as string);
          reader.readAsDataURL(new Blob([data]));
        });
        const box = canvas.getBoundingClientRect();
        return {
          name: canvas.closest<HTMLElement>('[data-lane-name]')!.dataset.laneName!,
          width,
          height,
          space: { width: slot.clientWidth, height: slot.clientHeight },
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

/** The geometry that fits the canvas, of the two that the page chooses from. */
function geometryOf({ space, width, height }: Picture, ratio: number, pages: number, order: PageOrder): Viewport {
  const choices = [false, true].map((stacked) => mapViewport({ ...space, ratio, stacked, pages, order }));
  const fitting = choices.find((choice) => choice.width === width && choice.height === height);
  expect(fitting, `no geometry for ${pages} pages gives a canvas of ${width} × ${height}`).toBeDefined();
  return fitting!;
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

// A trace would keep every picture that is read back, and take most of the time.
test.use({ trace: 'off', viewport: { width: 1280, height: 720 } });

for (const [ratio, theme, cases] of [
  // The second number of a case is how large its blocks are: from cells of many tiles to cells of one.
  [
    1,
    'light',
    [
      [101, 8],
      [103, 900],
    ],
  ],
  [
    1.5,
    'dark',
    [
      [151, 12],
      [152, 300],
    ],
  ],
  [
    2,
    'light',
    [
      [201, 6],
      [202, 120],
    ],
  ],
] as const) {
  test.describe(`at ${ratio} device pixels a CSS pixel`, () => {
    test.use({ deviceScaleFactor: ratio });

    test('every pixel of every map is the one that an independent run of the script and a slow model give', async ({
      page,
    }) => {
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      for (const [seed, large] of cases) {
        const random = seededRandom(seed);
        const script = randomScript(random, large);
        const scenario = scenarioOf(script);
        const { count } = scenario.operations;
        await heapscape.write(script);
        expect(await heapscape.operations(), `seed ${seed}`).toBe(count);
        const names = await page
          .locator('[data-lane-name]')
          .evaluateAll((maps) => maps.map((map) => map.getAttribute('data-lane-name')!));
        expect(names.length).toBeGreaterThan(1);
        const lanes = await Promise.all(names.map((name) => laneOver(scenario, name)));
        const room = Math.max(...lanes.map(pagesOf));
        const box = (await heapscape.playhead.boundingBox())!;
        const places = new Set<number>();
        let order: PageOrder = 'address';
        let colour: (typeof COLOURS)[number] = 'live';
        for (const seek of ['End', 'point', 'Home', 'point', 'c', 'h', 'point', 'c', 'h', 'point', 'c'] as const) {
          if (seek === 'c') {
            await heapscape.playhead.press('c');
            colour = COLOURS[(COLOURS.indexOf(colour) + 1) % COLOURS.length]!;
          } else if (seek === 'h') {
            await heapscape.playhead.press('h');
            order = order === 'address' ? 'hilbert' : 'address';
          } else if (seek === 'point') {
            // Where a press lands is the page's business; the slider says which operation it was.
            await page.mouse.click(box.x + box.width * (0.15 + random(70) / 100), box.y + box.height / 2);
          } else await heapscape.playhead.press(seek);
          await heapscape.idle();
          const position = await heapscape.position();
          places.add(position);
          for (const [index, picture] of (await pictures(page)).entries()) {
            const { name, opening, recorded, log, header } = lanes[index]!;
            const label = `seed ${seed}, ${name}, ${order} order, by ${colour}, position ${position} of ${count}`;
            expect(picture.name, label).toBe(name);
            expect(picture.shown.width * ratio, label).toBeCloseTo(picture.width, 1);
            expect(picture.shown.height * ratio, label).toBeCloseTo(picture.height, 1);
            const viewport = geometryOf(picture, ratio, room, order);
            const model = heapModel(scenario.operations, log, opening, header, Math.min(position, recorded));
            const pixels = expectedPixels(
              viewport,
              THEMES[theme],
              (at, tile) => model.tileState(at, tile, viewport.side, colour),
              colour,
            );
            expect(firstDifference(pixels, picture, viewport), label).toBeNull();
          }
        }
        expect(places.size, `seed ${seed} was seen at different positions`).toBeGreaterThan(2);
      }
      await heapscape.expectNoFaults();
    });
  });
}
