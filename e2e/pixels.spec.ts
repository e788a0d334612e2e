import { expect, test } from '@playwright/test';
import { type Random, seededRandom } from '../src/engine/testing/random-scenario.ts';
import { aloneViewport } from '../src/paint/lane-viewport.ts';
import { forcedTheme, THEMES } from '../src/paint/theme.ts';
import { fixedViewport, type Viewport } from '../src/paint/viewport.ts';
import { HeapscapePage } from './support/heapscape-page.ts';
import {
  expectMaps,
  expectPicture,
  laneOver,
  type Picture,
  pagesOf,
  pictures,
  scenarioOf,
  setLanes,
  spaceOf,
} from './support/map-pixels.ts';
import { TWO_GIBIBYTES } from './support/scripts.ts';

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

// A trace would keep every picture that is read back, and take most of the time.
test.use({ trace: 'off', viewport: { width: 1280, height: 720 } });

/** Seeds, how large the blocks are (from cells of many tiles to cells of one), and the lanes: all seven come up. */
const CASES = [
  {
    ratio: 1,
    theme: 'light',
    cases: [
      [101, 8, ['wee', 'dlmalloc', 'arena', 'pool']],
      [103, 900, ['wee-repaired', 'dlmalloc', 'pool']],
      [104, 4000, ['dlmalloc', 'arena']],
    ],
  },
  {
    ratio: 1.5,
    theme: 'dark',
    cases: [
      [151, 12, ['wee-noclasses', 'arena', 'pool']],
      [152, 300, ['wee-noclasses-repaired', 'dlmalloc']],
    ],
  },
  {
    ratio: 2,
    theme: 'light',
    cases: [
      [201, 6, ['wee', 'wee-repaired', 'arena', 'pool']],
      [202, 120, ['dlmalloc', 'wee-noclasses']],
    ],
  },
] as const;

for (const { ratio, theme, cases } of CASES) {
  test.describe(`at ${ratio} device pixels a CSS pixel`, () => {
    test.use({ deviceScaleFactor: ratio });

    test('every pixel of every map is the one that an independent run of the script and a slow model give', async ({
      page,
    }) => {
      test.setTimeout(180_000);
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      for (const [seed, large, names] of cases) {
        const random = seededRandom(seed);
        const script = randomScript(random, large);
        const scenario = scenarioOf(script);
        await setLanes(heapscape, names);
        await heapscape.write(script);
        expect(await heapscape.operations(), `seed ${seed}`).toBe(scenario.operations.count);
        const lanes = await Promise.all(names.map((name) => laneOver(scenario, name)));
        const box = (await heapscape.playhead.boundingBox())!;
        const places = new Set<number>();
        for (const act of [
          'End',
          'point',
          'scroll',
          'h',
          'point',
          'h',
          'c',
          'point',
          '+',
          'Home',
          'point',
          'c',
          'h',
          'fit',
          'c',
        ] as const) {
          const map = page.locator('.map-cell').first();
          if (act === 'h' || act === 'c') await heapscape.playhead.press(act);
          else if (act === '+') {
            await map.focus();
            for (let i = 0; i < 3; i++) await map.press('+');
          } else if (act === 'fit') {
            const fit = page.getByRole('button', { name: 'Fit cells to the pages' });
            await fit.click();
          } else if (act === 'scroll') {
            const place = (await page.locator('.lane-map').first().boundingBox())!;
            await page.mouse.move(place.x + 20, place.y + 20);
            await page.mouse.wheel(0, 90);
          } else if (act === 'point') {
            // Where a press lands is the page's business; the slider says which operation it was.
            await page.mouse.click(box.x + box.width * (0.15 + random(70) / 100), box.y + box.height / 2);
          } else await heapscape.playhead.press(act);
          await heapscape.idle();
          const position = await heapscape.position();
          places.add(position);
          await expectMaps(page, lanes, scenario, position, ratio, THEMES[theme], `seed ${seed}, ${act}`);
        }
        expect(places.size, `seed ${seed} was seen at different positions`).toBeGreaterThan(2);
      }
      await heapscape.expectNoFaults();
    });

    test('a lane of 2 GiB alone: map, minimap and lens, scrolled and not', async ({ page }) => {
      test.setTimeout(180_000);
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      const scenario = scenarioOf(TWO_GIBIBYTES);
      await heapscape.write(TWO_GIBIBYTES);
      await page.getByRole('button', { name: 'Show lane B alone' }).first().click();
      await expect(page.getByRole('main', { name: /alone/ })).toBeVisible();
      const lane = await laneOver(scenario, 'dlmalloc');
      const finder = page.getByRole('textbox', { name: 'Go to an address or a page' });
      for (const at of ['0', '0x70000000']) {
        await finder.fill(at);
        await finder.press('Enter');
        await heapscape.idle();
        const position = await heapscape.position();
        const { pitch, ...space } = await spaceOf(page);
        const check = (picture: Picture, viewport: Viewport, what: string) =>
          expectPicture(picture, viewport, lane, scenario, position, THEMES[theme], `${what} at ${at}`);
        check((await pictures(page))[0]!, aloneViewport({ ...space, pitch, ratio }, pagesOf(lane)), 'map');
        const [mini, lens] = await pictures(page, '.side-map canvas');
        const cell = Math.max(1, Math.round(ratio));
        check(mini!, fixedViewport({ columns: 256, rows: 256, cell, gap: 0, side: 1 }, { ratio }), 'minimap');
        const unit = Math.round(ratio);
        const size = {
          columns: 16,
          rows: 16,
          cell: Math.floor((17 * ratio - unit) / 4) * 4,
          gap: unit,
          side: 4,
        } as const;
        const firstPage = at === '0' ? 0 : 0x7000;
        check(lens!, fixedViewport(size, { ratio, firstPage }), 'lens');
      }
      await heapscape.expectNoFaults();
    });
  });
}

test('in forced colours every state is told by its pattern: the pixels are those of the visitor’s own colours', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const random = seededRandom(301);
  const script = randomScript(random, 12);
  const scenario = scenarioOf(script);
  await heapscape.write(script);
  const lanes = await Promise.all(['wee', 'dlmalloc', 'arena'].map((name) => laneOver(scenario, name)));
  const colours = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    const all = ['Canvas', 'CanvasText', 'GrayText', 'Highlight', 'LinkText'].map((colour) => {
      probe.style.color = colour;
      return [colour, getComputedStyle(probe).color];
    });
    probe.remove();
    return Object.fromEntries(all) as Record<string, string>;
  });
  const theme = forcedTheme((colour) => colours[colour]!);
  expect(theme.patternsOnly).toBe(true);
  await heapscape.idle();
  await expectMaps(page, lanes, scenario, await heapscape.position(), 1, theme, 'forced colours');
  await heapscape.expectNoFaults();
});

test('after a misuse that was passed on every pixel is still what the log says', async ({ page }) => {
  const script = `${randomScript(seededRandom(302), 8)}
m = alloc 40k
n = alloc 9k
free m
free m
repeat 30 { z[] = alloc 100..9k }
write n 9000..9200
free n`;
  const scenario = scenarioOf(script);
  expect(scenario.findings.length).toBeGreaterThan(0);
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(script);
  const names = ['wee', 'dlmalloc', 'arena'];
  const lanes = await Promise.all(names.map((name) => laneOver(scenario, name)));
  await heapscape.playhead.press('End');
  await heapscape.idle();
  await expectMaps(page, lanes, scenario, await heapscape.position(), 1, THEMES.light, 'misuse');
  for (let i = 0; i < 12; i++) await heapscape.playhead.press('ArrowLeft');
  await heapscape.idle();
  await expectMaps(page, lanes, scenario, await heapscape.position(), 1, THEMES.light, 'misuse, before');
  await heapscape.expectNoFaults();
});
