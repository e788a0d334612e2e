import { expect, type Page, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';
import { ONE_LONG_LANE, TWO_GIBIBYTES } from './support/scripts.ts';

async function openHuge(page: Page, theme: 'light' | 'dark' = 'light'): Promise<HeapscapePage> {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ theme });
  await heapscape.write(TWO_GIBIBYTES);
  return heapscape;
}

const firstPage = (page: Page) => page.evaluate(() => window.heapscape!.app.store.getState().firstPage);
/** The cell that has the focus, by its name. */
const focusedPage = async (page: Page) => {
  const name = await page.locator('.map-cell:focus').getAttribute('aria-label');
  return Number(/page ([\d\u202f]+)/.exec(name ?? '')?.[1]?.replace(/\u202f/g, ''));
};

test('a lane of 32,000 pages alone: found by address, by page and by key, scrolled, and left with Escape', async ({
  page,
}) => {
  const heapscape = await openHuge(page);
  await page.getByRole('button', { name: 'Show lane B alone' }).first().click();
  await heapscape.idle();
  const alone = page.getByRole('main', { name: 'Lane B, dlmalloc, alone' });
  await expect(alone).toBeVisible();
  await expect(alone.getByText(/pages, 1\.96 GiB committed of a 4 GiB maximum/)).toBeVisible();
  await expect(page.getByRole('region', { name: /All 65.536 pages/ })).toBeVisible();

  const finder = page.getByRole('textbox', { name: 'Go to an address or a page' });
  await finder.fill('the end');
  await finder.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'is no page and no address' })).toBeVisible();
  await finder.fill('65536');
  await finder.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'does not exist' })).toBeVisible();
  await finder.fill('0x7000_0000');
  await finder.press('Enter');
  await heapscape.idle();
  expect(await page.evaluate(() => window.heapscape!.app.store.getState().link.selected)).toMatchObject({
    kind: 'page',
    page: 0x7000,
  });
  expect(await firstPage(page)).toBeGreaterThan(0);
  await expect(page.getByRole('region', { name: /Lens, pages 28.672 to 28.927/ })).toBeVisible();

  // Home of the map: rows go by as the focus leaves the sight.
  const cell = page.locator('.map-cell');
  await cell.focus();
  const start = await focusedPage(page);
  await cell.press('ArrowRight');
  expect(await focusedPage(page)).toBe(start + 1);
  await cell.press('Control+ArrowRight');
  expect(await focusedPage(page)).toBeGreaterThan(start + 1);
  for (let i = 0; i < 20; i++) await cell.press('PageUp');
  await heapscape.idle();
  expect(await firstPage(page)).toBe(0);
  for (let i = 0; i < 20; i++) await cell.press('PageDown');
  await heapscape.idle();
  expect(await firstPage(page)).toBeGreaterThan(0);

  // Space pins the lens; the playhead stays where it is.
  const position = await heapscape.position();
  const pin = page.getByRole('button', { name: 'Pin the lens' });
  await cell.press(' ');
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  expect(await heapscape.position()).toBe(position);
  await cell.press('PageUp');
  await cell.press(' ');
  await expect(pin).toHaveAttribute('aria-pressed', 'false');

  await page.keyboard.press('Escape');
  await expect(alone).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(alone).toHaveCount(0);
  await expect(page.locator('.lane-map')).toHaveCount(3);
  await heapscape.expectNoFaults();
});

test('the wheel over one long lane scrolls all maps by rows, and cells keep their tiles', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(ONE_LONG_LANE);
  await expect(page.getByText(/Pages 0 to \d+ of/)).toBeVisible();
  // No dots: a cell that can be pointed at.
  expect((await page.locator('.map-cell').first().boundingBox())!.width).toBeGreaterThanOrEqual(8);
  const map = (await page.locator('.lane-map').first().boundingBox())!;
  await page.mouse.move(map.x + 40, map.y + 40);
  await page.mouse.wheel(0, 200);
  await heapscape.idle();
  const scrolled = await firstPage(page);
  expect(scrolled).toBeGreaterThan(0);
  expect(scrolled % 16).toBe(0);
  await page.mouse.wheel(0, 100_000);
  await heapscape.idle();
  const last = await firstPage(page);
  await page.mouse.wheel(0, 100_000);
  await heapscape.idle();
  expect(await firstPage(page)).toBe(last);
  await page.mouse.wheel(0, -200_000);
  await heapscape.idle();
  expect(await firstPage(page)).toBe(0);

  // Larger and smaller cells by key, and back to what fits.
  const cell = page.locator('.map-cell').first();
  await cell.focus();
  const width = (await cell.boundingBox())!.width;
  await cell.press('+');
  await heapscape.idle();
  expect((await cell.boundingBox())!.width).toBeGreaterThan(width);
  await page.getByRole('button', { name: 'Fit cells to the pages' }).click();
  await heapscape.idle();
  expect((await cell.boundingBox())!.width).toBe(width);
  await page.getByRole('button', { name: 'Show lane C alone' }).last().click();
  await expect(page.getByRole('main', { name: 'Lane C, Arena, alone' })).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in a lane alone, ${theme}`, async ({ page }) => {
    await openHuge(page, theme);
    await page.getByRole('button', { name: 'Show lane A alone' }).first().click();
    await expect(page.getByRole('main', { name: /alone/ })).toBeVisible();
    await expectSound(page);
  });
}
