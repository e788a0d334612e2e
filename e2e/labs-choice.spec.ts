import { expect, test } from '@playwright/test';
import { ALL_LANE_NAMES, ALLOCATOR_IDS } from '../src/model/lanes.ts';
import { expectSound } from './support/axe.ts';
import { LabPage } from './support/lab-page.ts';

const CHOICE = '#lab=choice&work=phases&runs=quick';

test('choosing an allocator runs every allocator, and its figures are those of the comparison', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(CHOICE);
  await lab.run();
  await expect(lab.words).toContainText(`operations through ${ALL_LANE_NAMES.length} allocators`);
  const bars = lab.figure('order').locator('.plot-length');
  await expect(bars).toHaveCount(ALL_LANE_NAMES.length);
  const drawn = await bars.evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('data-value'))));
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  const csv = (await lab.csv()).filter((line) => line.startsWith('Peak memory,'));
  expect(csv.map((line) => Number(line.split(',').at(-1)))).toEqual(drawn);
  expect(await lab.figure('cases').getByRole('row').count()).toBe(5);
  await expect(lab.figure('loops').locator('.plot-dot')).toHaveCount(2 * ALLOCATOR_IDS.length);
  // The same script in the comparison commits as many pages.
  const table = lab.figure('figures');
  const pages = async (name: string) =>
    Number.parseInt(
      await table
        .getByRole('row', { name: new RegExp(`^${name} `) })
        .getByRole('cell')
        .first()
        .innerText(),
      10,
    );
  const [wee, dlmalloc] = [await pages('wee'), await pages('dlmalloc')];
  await page.getByRole('button', { name: 'Open as scenario' }).click();
  await lab.idle();
  await lab.playhead.press('End');
  await lab.idle();
  expect((await lab.metric('pages')).slice(0, 2)).toEqual([wee, dlmalloc]);
  await lab.expectNoFaults();
});

test('the order follows what matters without another run, and the table sorts by its headings', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(CHOICE);
  await lab.run();
  await page.getByLabel('What matters most').selectOption('bytes');
  await expect(page.getByRole('heading', { name: 'Size of the module' })).toBeVisible();
  await expect(lab.status).toHaveAttribute('data-run', 'done');
  const table = lab.figure('figures');
  const names = () => table.locator('tbody th').allInnerTexts();
  expect(await names()).toEqual([...ALL_LANE_NAMES]);
  await table.getByRole('button', { name: 'Allocator' }).click();
  expect(await names()).toEqual([...ALL_LANE_NAMES].sort());
  await table.getByRole('button', { name: 'Allocator' }).press('Enter');
  expect(await names()).toEqual([...ALL_LANE_NAMES].sort().reverse());
  await expect(table.getByRole('columnheader', { name: 'Allocator' })).toHaveAttribute('aria-sort', 'descending');
  await lab.expectNoFaults();
});

test('the visitor’s own scenario runs at a maximum that some allocators cannot hold, and Stop ends it', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.openLab('#lab=choice&work=vectors&max=33&runs=quick');
  await lab.run();
  await expect(lab.words).toContainText('Refused requests, and so last in every order:');
  await page.getByLabel('Workload', { exact: true }).selectOption('own');
  await expect(page.getByRole('button', { name: 'Open as scenario' })).toHaveCount(0);
  await lab.runButton.click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(lab.status).toContainText('Stopped by you');
  await lab.run();
  await expect(lab.words).toContainText('operations through');
  await lab.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(size);
      const lab = new LabPage(page);
      await lab.openLab(CHOICE, { theme });
      await lab.run();
      await expectSound(page);
      await lab.expectNoFaults();
    });
  }
}
