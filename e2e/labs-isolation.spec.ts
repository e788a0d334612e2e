import { expect, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { LabPage } from './support/lab-page.ts';

const ISOLATION = '#lab=isolation&runs=quick';

test('isolation and corruption runs, and what happens to the bytes is exact', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(ISOLATION);
  await lab.run();
  await expect(lab.words.getByRole('heading', { level: 2 })).toContainText('inside of one 4 of 4 overflows did');
  const lines = await lab.transcript('borders');
  expect(lines.slice(0, 3)).toEqual(['one.put(0x2010, 1, 65)', 'one.get(0x2010) → 65', 'two.get(0x2010) → 0']);
  expect(lines.at(-1)).toContain('RuntimeError');
  await expect(lab.figure('header').locator('[data-changed]')).toHaveCount(1);
  await expect(lab.figure('header')).toContainText('Two owners, no trap.');
  await expect(lab.figure('payload').locator('[data-changed]')).toHaveCount(12);
  await expect(lab.figure('guards').getByRole('row', { name: /^all of them/ })).toContainText('reported');
  await expect(lab.figure('cost').locator('.plot-dot')).toHaveCount(7);
  await lab.figure('static').getByRole('button', { name: 'Table' }).click();
  await expect(lab.figure('static').getByRole('row', { name: /0x1010/ })).toContainText('written over');
  expect((await lab.csv()).length).toBeGreaterThan(200);
  await lab.expectNoFaults();
});

test('a lane takes the guard as an option, says that sizes are larger, and lists what the guard found', async ({
  page,
}) => {
  const heapscape = new LabPage(page);
  await heapscape.open();
  await heapscape.write('a = alloc 28\nb = alloc 28\nwrite a 1 at 28\nfree a');
  await page.getByRole('button', { name: 'Options of lane B' }).click();
  const options = page.getByRole('form', { name: 'Options of lane B' });
  await expect(options.getByText('Sizes are larger')).toHaveCount(0);
  await options.getByRole('checkbox', { name: /^Guard/ }).check();
  await expect(options.getByText('Sizes are larger')).toBeVisible();
  await options.getByRole('button', { name: 'Apply' }).click();
  await heapscape.idle();
  await expect(page.getByText(/^blocks 36 B larger, best fit/)).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^B guard: a write past a block’s end is over its canary/ }),
  ).toBeVisible();
  const slack = await heapscape.metric('slack');
  expect(slack[1]).toBe(32);
  await heapscape.expectNoFaults();
  // The setting is a part of the lane's name, and so of every link.
  const link = await page.evaluate(() => window.heapscape!.app.store.getState().lanes.map(({ config }) => config.name));
  expect(link).toEqual(['wee', 'dlmalloc-guard', 'arena']);
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(size);
      const lab = new LabPage(page);
      await lab.openLab(ISOLATION, { theme });
      await lab.run();
      await expectSound(page);
      await lab.expectNoFaults();
    });
  }
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`with text twice as large every byte and chart can be seen at ${size.width} × ${size.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    const lab = new LabPage(page);
    await lab.openLab('#lab=isolation&runs=quick');
    await lab.run();
    await page.addStyleTag({ content: ':root { font-size: 200% }' });
    const maps = page.locator('.byte-map');
    await expect(maps).toHaveCount(4);
    await expect
      .poll(() => maps.evaluateAll((all) => all.filter((map) => map.scrollWidth > map.clientWidth + 1).length))
      .toBe(0);
    // What is wider than the page scrolls in its own box, the page never sideways.
    const chart = lab.figure('cost').locator('svg');
    const plot = lab.figure('cost').locator('.plot');
    expect((await chart.boundingBox())!.width).toBeLessThanOrEqual(
      await plot.evaluate((box) => Math.max(box.scrollWidth, box.clientWidth)),
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    await lab.expectNoFaults();
  });
}
