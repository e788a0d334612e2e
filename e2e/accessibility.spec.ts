import { expect, test } from '@playwright/test';
import { expectSound, SIZES, THEMES } from './support/axe.ts';
import { DIALOGS } from './support/dialogs.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

for (const theme of THEMES) {
  for (const size of SIZES) {
    for (const firstVisit of [true, false]) {
      const who = firstVisit ? 'first visit' : 'comparison';
      test(`axe finds nothing serious in the ${who} at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
        await page.setViewportSize(size);
        const heapscape = new HeapscapePage(page);
        await heapscape.open({ firstVisit, theme });
        await expectSound(page);
        await heapscape.expectNoFaults();
      });
    }
  }
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`text twice as large takes the room it needs at ${width} × ${height}: nothing lies over anything, nothing is lost`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      const enlarge = () => document.documentElement?.style.setProperty('font-size', '200%');
      new MutationObserver(enlarge).observe(document, { childList: true });
      enlarge();
    });
    const heapscape = new HeapscapePage(page);
    await heapscape.open();
    if (width < 700) await page.evaluate(() => window.heapscape!.app.look.showTab('metrics'));
    await heapscape.idle();
    const faults = await page.evaluate(() => {
      const beside = ['.top-bar > *', '.bottom-tab', '.phone-transport > *', '.metric-name button, .metric-value'];
      const found = beside.flatMap((selector) => {
        const all = [...document.querySelectorAll<HTMLElement>(selector)]
          .filter((element) => element.checkVisibility())
          .map((element) => ({ text: element.innerText || element.className, box: element.getBoundingClientRect() }));
        return all.flatMap(({ text, box }, i) =>
          all.slice(i + 1).flatMap((other) => {
            const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
            const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
            return across > 1 && down > 1 ? [`${text} over ${other.text}`] : [];
          }),
        );
      });
      const wider = document.documentElement.scrollWidth - window.innerWidth;
      return wider > 0 ? [...found, `${wider} px wider than the window`] : found;
    });
    expect(faults).toEqual([]);
    // The needle of the larger chart goes where the pointer is.
    const slider = heapscape.playhead;
    const box = (await slider.boundingBox())!;
    const needleAt = async (share: number) => {
      const x = box.x + box.width * share;
      await page.mouse.click(x, box.y + 30);
      await heapscape.idle();
      return heapscape.position();
    };
    const [quarter, third, half] = [await needleAt(0.25), await needleAt(1 / 3), await needleAt(0.5)];
    expect((half - quarter) / (third - quarter)).toBeCloseTo(3, 1);
    await page.mouse.move(box.x + box.width / 2, box.y + 30);
    await page.mouse.down();
    await page.mouse.up();
    expect(await heapscape.position()).toBe(half);
    for (const dialog of DIALOGS) {
      await page.evaluate((name) => window.heapscape!.app.look.open(name), dialog);
      await expect(page.getByRole('dialog').first(), dialog).toBeVisible();
      await heapscape.idle();
      expect(await page.evaluate(cutOff), dialog).toEqual([]);
      await page.evaluate(() => window.heapscape!.app.look.open(null));
    }
    await heapscape.expectNoFaults();
  });
}

/** What of the open dialog lies beyond its edge and cannot be scrolled to. */
function cutOff(): string[] {
  const dialog = document.querySelector('dialog[open]')!;
  const { left, right } = dialog.getBoundingClientRect();
  const found: string[] = [];
  for (const element of dialog.querySelectorAll<HTMLElement>('*')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || (box.left >= left - 1 && box.right <= right + 1)) continue;
    let at: HTMLElement | null = element.parentElement;
    while (at !== null && at !== dialog && !/auto|scroll/.test(getComputedStyle(at).overflowX)) at = at.parentElement;
    if (at === null || at === dialog) found.push(`${element.tagName} ${element.className}`);
  }
  return found;
}

test('in forced colours what is chosen, and what is broken, is still seen', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.emulateMedia({ forcedColors: 'active' });
  await heapscape.write('a = alloc 3k; b = alloc 3k; free a; free a; c = alloc 40k; d = alloc 64');
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const mark = page.locator('.findings-mark').first();
  await expect(mark).toBeVisible();
  expect(await mark.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(paper);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const colours = await options.evaluateAll((all) => all.map((option) => getComputedStyle(option).backgroundColor));
  expect(colours[0]).not.toBe(colours[1]);
  await heapscape.expectNoFaults();
});
