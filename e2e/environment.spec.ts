import { expect, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';

for (const [what, says] of [
  ['WebAssembly', 'This browser runs no WebAssembly'],
  ['Worker', 'This browser has no web workers'],
] as const) {
  test(`a browser without ${what} is told so by name`, async ({ page }) => {
    await page.addInitScript((name) => Reflect.deleteProperty(globalThis, name), what);
    await page.goto('./');
    await expect(page.getByRole('alert')).toContainText('This page could not start.');
    await expect(page.getByRole('alert')).toContainText(says);
  });
}

test('a module that does not come is said, and reloading the page mends it', async ({ page }) => {
  await page.route(/\/view-[\w-]{8}\.wasm/, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('Something that it needs did not come.');
  await page.unroute(/\/view-[\w-]{8}\.wasm/);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  const heapscape = new HeapscapePage(page);
  await heapscape.idle();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a worker that does not come is said within seconds, and started again by a button', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
  await page.route(/\/worker-[\w-]{8}\.js/, (route) => route.abort());
  await page.goto('./');
  const again = page.getByRole('button', { name: 'Start it again' });
  await expect(again).toBeVisible();
  await page.unroute(/\/worker-[\w-]{8}\.js/);
  await again.click();
  const heapscape = new HeapscapePage(page);
  await heapscape.idle();
  expect(await heapscape.operations()).toBe(19_617);
});
