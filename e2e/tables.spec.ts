import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

const SCRIPT = `seed 3
mark "fill"
repeat 600 as i { m[i] = alloc 40..4000 }
mark "thin"
free random 50% of m`;

/** Lines of a CSV without quoted cells, as cells. */
const cells = (text: string) =>
  text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

test('T turns maps and charts into tables with the same figures and the same selection, and back', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  await page.keyboard.press('Escape');
  await heapscape.playhead.press('End');
  await heapscape.idle();
  await page.keyboard.press('t');
  const grid = page.getByRole('region', { name: 'Tables' }).getByRole('grid');
  await expect(grid).toBeVisible();

  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await expect(grid.getByRole('row', { selected: true })).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { level: 2 })).toContainText(
    'Lane A, page',
  );

  await page.getByRole('button', { name: 'Live, B' }).click();
  await page.getByRole('button', { name: 'Live, B' }).click();
  await expect(page.getByRole('columnheader', { name: 'Live, B' })).toHaveAttribute('aria-sort', 'descending');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV' }).click();
  const saved = cells(readFileSync(await (await saving).path(), 'utf8'));
  expect(saved[0]?.slice(0, 2)).toEqual(['first page', 'last page']);
  const pages = saved.slice(1).reduce((sum, row) => sum + Number(row[1]) - Number(row[0]) + 1, 0);
  await page.getByRole('button', { name: 'Metrics', exact: true }).click();
  await expect(grid).toContainText('Largest hole');
  await page.keyboard.press('t');
  await expect(page.locator('.lane-map')).toHaveCount(3);
  expect((await heapscape.metric('pages'))[0]).toBe(pages);
  await heapscape.expectNoFaults();
});

test('a row of the timeline’s table takes the playhead to its op', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'As tables' }).click();
  await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  const grid = page.getByRole('region', { name: 'Tables' }).getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await heapscape.position()).toBe(2);

  // Of the rows only those in view are in the page, and the one that the keys are at is wholly in view.
  const active = grid.locator('tr[data-active]');
  const inSight = async () => {
    const [row, box, head] = await Promise.all(
      [active, page.locator('.data-table'), grid.locator('thead')].map(async (part) => (await part.boundingBox())!),
    );
    return row!.y >= head!.y + head!.height - 1 && row!.y + row!.height <= box!.y + box!.height;
  };
  for (const key of ['End', 'PageUp', 'ArrowUp', 'Home', 'PageDown', 'ArrowDown']) {
    await page.keyboard.press(key);
    await expect(active, key).toHaveCount(1);
    await expect.poll(inSight, key).toBe(true);
  }
  expect(await grid.getByRole('row').count()).toBeLessThan(100);
  await heapscape.expectNoFaults();
});

test('the histogram says what became of the next request in each lane', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('a = alloc 5000\nb = alloc 64\nfree a\nc = alloc 3000\nd = alloc 200000');
  await page.keyboard.press('Escape');
  await heapscape.playhead.press('Home');
  for (let i = 0; i < 3; i++) await heapscape.playhead.press('ArrowRight');
  await heapscape.idle();
  const said = page.locator('.histogram-outcome');
  await expect(said.nth(0)).toContainText(/goes into a hole of .* B at 0x/);
  await expect(said.nth(1)).toContainText(/goes into a hole of .* B at 0x/);
  await expect(said.nth(2)).toContainText('is cut from the top');
  await heapscape.playhead.press('ArrowRight');
  await heapscape.idle();
  await expect(said.nth(0)).toContainText(/must grow by \d pages/);
  await heapscape.playhead.press('ArrowRight');
  await heapscape.idle();
  await expect(said.nth(0)).toContainText('No request follows');
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the tables, ${theme}`, async ({ page }) => {
    const heapscape = new HeapscapePage(page);
    await heapscape.open({ theme });
    await page.keyboard.press('t');
    for (const kind of ['Pages', 'Hole sizes', 'Timeline', 'Metrics']) {
      await page.locator('.table-choice').getByRole('button', { name: kind, exact: true }).click();
      await heapscape.idle();
      await expectSound(page, { within: '.table-twin', state: kind });
    }
  });
}
