import { expect, type Page, test } from '@playwright/test';
import { THEMES } from '../src/paint/theme.ts';
import { HeapscapePage } from './support/heapscape-page.ts';
import { expectMaps, type LaneAgain, laneOver, scenarioOf } from './support/map-pixels.ts';

const LANES = ['wee', 'dlmalloc', 'arena'];
const SCRIPT = `repeat 300 { a[] = alloc 1k..60k mostly small }
free random 40% of a
repeat 60 { b[] = alloc 2k..30k }`;

test.use({ trace: 'off' });

/** Opens the page on a small scenario, and what an independent run of it says. */
async function openSmall(page: Page) {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  const scenario = scenarioOf(SCRIPT);
  const lanes: LaneAgain[] = await Promise.all(LANES.map((name) => laneOver(scenario, name)));
  const expectRight = async (ratio: number, what: string) =>
    expectMaps(page, lanes, scenario, await heapscape.position(), ratio, THEMES.light, what);
  return { heapscape, expectRight };
}

/** Which of the timeline's two canvases, the still one and the moving one, have nothing on them; first emptied, if so asked. */
function blankTimelines(page: Page, emptied = false): Promise<boolean[]> {
  return page.locator('.timeline-canvas').evaluateAll(
    (canvases, empty) =>
      (canvases as HTMLCanvasElement[]).map((canvas) => {
        const context = canvas.getContext('2d')!;
        if (empty) context.reset();
        return context.getImageData(0, 0, canvas.width, canvas.height).data.every((byte) => byte === 0);
      }),
    emptied,
  );
}

test('the graphics process crashes: within a second of its return every pixel is right again', async ({ page }) => {
  const { heapscape, expectRight } = await openSmall(page);
  const session = await page.context().browser()!.newBrowserCDPSession();
  // The command ends with the process that would answer it.
  void session.send('Browser.crashGpuProcess').catch(() => {});
  await expect(async () => expectRight(1, 'after the crash')).toPass({ timeout: 15_000 });
  await heapscape.playhead.press('ArrowLeft');
  await heapscape.idle();
  await expectRight(1, 'a step later');
  expect(await blankTimelines(page)).toEqual([false, false]);
});

test('canvases that were emptied while the page was hidden are drawn anew when it is shown', async ({ page }) => {
  const { heapscape, expectRight } = await openSmall(page);
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll('canvas')) canvas.getContext('2d')!.reset();
  });
  await expect(expectRight(1, 'emptied')).rejects.toThrow();
  // Emptied once more as they are looked at: a frame that was due may have drawn the moving one.
  expect(await blankTimelines(page, true)).toEqual([true, true]);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await heapscape.idle();
  await expectRight(1, 'shown again');
  expect(await blankTimelines(page)).toEqual([false, false]);
  await heapscape.expectNoFaults();
});

test('a browser that gives no canvas: the page says so and says everything in words', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await expect(page.getByText(/gives the page no canvas/).first()).toBeVisible();
  await expect(page.locator('td[data-metric="pages"]').first()).toContainText(/\d+ pages/);
  await expect(page.getByRole('gridcell').first()).toHaveAccessibleName(/Lane A, page 0/);
  await heapscape.playhead.press('Home');
  await heapscape.idle();
  expect(await heapscape.position()).toBe(0);
  await heapscape.expectNoFaults();
});

test('another screen and browser zoom from 50 to 300 %: the pixels are those of the new resolution', async ({
  page,
}) => {
  const { heapscape, expectRight } = await openSmall(page);
  const session = await page.context().newCDPSession(page);
  const change = async (width: number, height: number, ratio: number) => {
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: ratio,
      mobile: false,
    });
    await page.waitForFunction((wanted) => Math.abs(window.devicePixelRatio - wanted) < 0.001, ratio);
    // 1.1 is not the same number in single precision.
    const exact = await page.evaluate(() => window.devicePixelRatio);
    await expect(async () => {
      await heapscape.idle();
      await expectRight(exact, `${width} × ${height} at ${ratio}`);
    }).toPass({ timeout: 15_000 });
  };
  // The emulation tells the page of another resolution only with another size.
  await change(1438, 900, 2);
  // Zoom changes both: the same screen in larger or smaller pixels.
  for (const zoom of [0.5, 0.8, 1.1, 1.75]) await change(Math.round(1440 / zoom), Math.round(900 / zoom), zoom);
  await change(1436, 900, 3);
  await change(1440, 900, 1);
  await heapscape.expectNoFaults();
});

test('a window of one pixel throws nothing, and one of 3,840 × 2,160 is drawn right', async ({ page }) => {
  const { heapscape, expectRight } = await openSmall(page);
  for (const [width, height] of [
    [1, 1],
    [300, 1],
    [1, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await heapscape.idle();
  }
  await page.setViewportSize({ width: 3840, height: 2160 });
  await heapscape.idle();
  await expectRight(1, '3,840 × 2,160');
  await heapscape.expectNoFaults();
});

test('with reduced motion nothing is animated, and playing still reaches the end', async ({ page }) => {
  const { heapscape } = await openSmall(page);
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
  await heapscape.playhead.press('Home');
  await page.getByRole('combobox', { name: /speed/i }).selectOption('20000');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => heapscape.position()).toBe(await heapscape.operations());
  await heapscape.expectNoFaults();
});
