import { expect, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';

test('the first minute: run, predict, see, change a number, and on', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ firstVisit: true });
  await expect(page.getByRole('heading', { name: /One program, three allocators/ })).toBeVisible();
  // Never empty: the blocks are there.
  expect(await heapscape.position()).toBe(400);
  await page.getByRole('button', { name: 'Run it' }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(600);
  // What is asked about cannot be seen before.
  await heapscape.playhead.press('End');
  expect(await heapscape.position()).toBe(600);
  await page.getByRole('radio', { name: /^30/ }).check();
  await page.getByRole('button', { name: 'Lock in and see' }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(750);
  await expect(page.getByText('You said 30 pages. Measured: 34 pages.')).toBeAttached();
  await expect(page.getByText(/B took 4 new pages/)).toBeVisible();
  await page.locator('.cm-line', { hasText: '50%' }).click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 'free random '.length; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await page.keyboard.type('10');
  await heapscape.idle();
  await expect(page.getByText('B needs no new page after “holes”.')).toBeVisible();
  await expect(page.getByText('Of the script as it was then')).toBeVisible();
  await page.getByRole('button', { name: 'Lesson 1' }).click();
  await expect(page.getByRole('heading', { name: 'One long row of bytes' })).toBeVisible();
  await page.goto('./');
  await heapscape.idle();
  await expect(page.getByText('Hide this guide')).toHaveCount(0);
  await heapscape.expectNoFaults();
});

test('the first minute can be passed over, on a phone too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ firstVisit: true });
  await page.getByRole('button', { name: 'Run it' }).click();
  await heapscape.idle();
  await page.getByRole('button', { name: 'Show without a prediction' }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(750);
  // What was asked for is read first; the number to change is a button away.
  await expect(page.getByText(/B took 4 new pages/)).toBeInViewport();
  await page.getByRole('button', { name: 'Show line 5' }).click();
  await expect(page.locator('.cm-line.script-picked')).toBeInViewport();
  await expect(page.locator('.cm-line.script-picked')).toContainText('50%');
  await page.getByRole('button', { name: 'Hide this guide' }).click();
  await heapscape.idle();
  await expect(page.getByRole('button', { name: 'Metrics' })).toBeVisible();
  await page.reload();
  await heapscape.idle();
  await expect(page.getByText('Hide this guide')).toHaveCount(0);
  await heapscape.expectNoFaults();
});
