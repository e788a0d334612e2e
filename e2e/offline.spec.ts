import { expect, test } from '@playwright/test';
import { ALLOCATOR_IDS } from '../src/model/lanes.ts';
import { GALLERY } from '../src/script/gallery.ts';
import { DIALOGS } from './support/dialogs.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

const NOT_HERE = 'This part of the page could not be shown.';

test('some seconds after it came the page needs no network: every scenario, allocator, dialog and section', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  let guards = 0;
  page.on('requestfinished', (request) => {
    if (/\/guard-[\w-]{8}\.wasm$/.test(request.url())) guards++;
  });
  await heapscape.open();
  await page.waitForFunction(() => performance.getEntriesByName('fetched-ahead').length > 0);
  // The last that the worker fetches.
  await expect.poll(() => guards).toBe(1);

  await page.context().setOffline(true);
  for (const { id, operations } of GALLERY) {
    await page.evaluate((scenario) => window.heapscape!.app.openGallery(scenario), id);
    await heapscape.idle();
    const ran = await page.evaluate(() => {
      const { status, scenario } = window.heapscape!.app.store.getState();
      return [status.kind, scenario?.operations.count];
    });
    expect(ran, id).toEqual(['done', operations]);
  }
  for (const dialog of DIALOGS) {
    await page.evaluate((name) => window.heapscape!.app.look.open(name), dialog);
    await expect(page.getByRole('dialog').first(), dialog).toBeVisible();
    await heapscape.idle();
    await expect(page.getByText(NOT_HERE), dialog).toHaveCount(0);
    await page.evaluate(() => window.heapscape!.app.look.open(null));
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  const add = page.getByRole('combobox', { name: 'Add lane' });
  for (const id of ALLOCATOR_IDS) {
    const { lanes } = await page.evaluate(() => ({ lanes: window.heapscape!.app.store.getState().lanes.length }));
    if (lanes === 4) {
      await page.getByRole('button', { name: 'Options of lane D' }).click();
      await page.getByRole('button', { name: 'Remove lane' }).click();
      await heapscape.idle();
    }
    await add.selectOption(id);
    await heapscape.idle();
    const last = await page.evaluate(() => window.heapscape!.app.store.getState().lanes.at(-1)?.result !== null);
    expect(last, id).toBe(true);
  }
  await page.getByRole('button', { name: 'As tables' }).click();
  await expect(page.getByRole('table').first()).toBeVisible();
  for (const section of ['Labs', 'Lessons', 'Compare']) {
    await page.getByRole('navigation').getByText(section).click();
    await heapscape.idle();
    await expect(page.getByText(NOT_HERE)).toHaveCount(0);
  }
  await heapscape.expectNoFaults();
});

test('a dialog that does not come is said in its place, and comes once the network is back', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Not here' })).toContainText(NOT_HERE);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog', { name: 'Not here' })).toContainText(NOT_HERE);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
  // The page behind goes on.
  await heapscape.write('a = alloc 3000\n');
  expect(await heapscape.operations()).toBe(1);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Not here' })).toBeVisible();
  await page.context().setOffline(false);
  const share = page.getByRole('dialog', { name: 'Share this view' });
  await expect(share).toBeVisible();
  // Its style sheet came with it.
  await expect(share).toHaveCSS('width', '880px');
});

test('a section that does not come leaves the way back', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.route(/\/labs-[\w-]{8}\.js/, (route) => route.abort());
  await page.getByRole('navigation').getByText('Labs').click();
  await expect(page.getByRole('alert').filter({ hasText: NOT_HERE })).toBeVisible();
  await page.unroute(/\/labs-[\w-]{8}\.js/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Crossing the boundary' })).toBeVisible();
  await page.getByRole('navigation').getByText('Compare').click();
  await expect(heapscape.playhead).toBeVisible();
});

test('a page that was redeployed is loaded anew, once, and the work is there', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('a = alloc 3000\n');
  await page.route(/\/share-dialog-/, (route) => route.fulfill({ status: 404 }));
  await page.route(/\/heapscape\/$/, async (route) => {
    if (route.request().resourceType() === 'fetch') await route.fulfill({ body: '<script src="another.js">' });
    else await route.continue();
  });
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await loaded;
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText(/a = alloc 3000/);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Not here' })).toBeVisible();
});
