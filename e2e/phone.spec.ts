import { expect, type Page, test } from '@playwright/test';
import { Fingers } from './support/fingers.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** A few pages more than fit in sight. */
const LONG = 'repeat 1100 { alloc 64k }\n';

async function opened(page: Page, script?: string): Promise<HeapscapePage> {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  if (script !== undefined) {
    await page.getByRole('button', { name: 'Script', exact: true }).tap();
    await heapscape.write(script);
    await page.getByRole('button', { name: 'Map', exact: true }).tap();
    await heapscape.idle();
  }
  return heapscape;
}

const lanes = (page: Page) => page.getByRole('region', { name: 'Lanes' });
const shownLane = (page: Page) => lanes(page).locator('[aria-pressed="true"]').getAttribute('data-lane');
const map = async (page: Page) => (await page.locator('.lane-map').boundingBox())!;
const look = (page: Page) =>
  page.evaluate(() => {
    const { firstPage, pitch } = window.heapscape!.app.store.getState();
    return { firstPage, pitch };
  });

test('a stroke sideways over the map goes to the next lane and back, one down the page does not', async ({ page }) => {
  const heapscape = await opened(page);
  const fingers = await Fingers.on(page);
  const { x, y, width, height } = await map(page);
  const [left, right, middle] = [x + 40, x + width - 40, y + height / 2];
  expect(await shownLane(page)).toBe('A');
  await fingers.draw([
    { x: right, y: middle },
    { x: left, y: middle + 10 },
  ]);
  await expect.poll(() => shownLane(page)).toBe('B');
  await fingers.draw([
    { x: left, y: middle },
    { x: right, y: middle + 10 },
  ]);
  await expect.poll(() => shownLane(page)).toBe('A');
  // The last one's neighbour is the first.
  await fingers.draw([
    { x: left, y: middle },
    { x: right, y: middle },
  ]);
  await expect.poll(() => shownLane(page)).toBe('C');
  await fingers.draw([
    { x: left, y: middle + 60 },
    { x: left + 20, y: middle - 60 },
  ]);
  expect(await shownLane(page)).toBe('C');
  await heapscape.expectNoFaults();
});

test('one finger scrolls a long map by rows and selects nothing, a tap selects', async ({ page }) => {
  const heapscape = await opened(page, LONG);
  const fingers = await Fingers.on(page);
  await expect(page.getByText(/^0 to \d+ of/)).toBeVisible();
  const { x, y, width, height } = await map(page);
  const up = { x: x + width / 2, y: y + 20 };
  const down = { x: x + width / 2, y: y + height - 20 };
  await fingers.draw([down, up]);
  await expect.poll(async () => (await look(page)).firstPage).toBeGreaterThan(0);
  const there = (await look(page)).firstPage;
  await fingers.draw([up, down]);
  await expect.poll(async () => (await look(page)).firstPage).toBeLessThan(there);
  // Sideways it is the next lane's turn here too.
  await fingers.draw([
    { x: x + width - 30, y: up.y },
    { x: x + 30, y: up.y },
  ]);
  await expect.poll(() => shownLane(page)).toBe('B');
  await expect(page.getByRole('region', { name: /^Page / })).toHaveCount(0);
  // While the stroke's momentum lasts, which is the browser's, a tap only ends it.
  await expect(async () => {
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    await expect(page.getByRole('region', { name: /^Page / })).toBeVisible({ timeout: 2000 });
  }).toPass({ intervals: [2000] });
  await heapscape.expectNoFaults();
});

test('two fingers apart make cells larger, together smaller; Fit gives back what fits', async ({ page }) => {
  const heapscape = await opened(page);
  const fingers = await Fingers.on(page);
  const cell = async () => (await page.locator('.map-cell').first().boundingBox())!.width;
  const fits = await cell();
  const { x, y, width, height } = await map(page);
  const middle = { x: x + width / 2, y: y + height / 2 };
  const beside = (by: number) => ({ x: middle.x + by, y: middle.y });
  await fingers.draw([beside(-20), beside(-110)], [beside(20), beside(110)]);
  await expect.poll(cell).toBeGreaterThan(fits);
  expect(await shownLane(page)).toBe('A');
  const large = await cell();
  await fingers.draw([beside(-110), beside(-20)], [beside(110), beside(20)]);
  await expect.poll(cell).toBeLessThan(large);
  // The page itself was not magnified.
  expect(await page.evaluate(() => window.visualViewport!.scale)).toBe(1);
  await page.getByRole('button', { name: 'Fit cells to the pages' }).tap();
  await expect.poll(cell).toBe(fits);
  await heapscape.expectNoFaults();
});

test('cells stay where they are when one is selected, and what is beneath can be scrolled to', async ({ page }) => {
  const heapscape = await opened(page);
  const before = await map(page);
  await page.touchscreen.tap(before.x + 60, before.y + 60);
  await expect(page.getByRole('button', { name: 'Open blocks' })).toBeVisible();
  expect(await map(page)).toEqual(before);
  await page.getByRole('button', { name: 'Export…' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Export…' }).tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await heapscape.expectNoFaults();
});

test('findings and checks have a tab of their own, which says how many there are', async ({ page }) => {
  const heapscape = await opened(page, 'a = alloc 10\nb = alloc 10\nfree a\nfree a\nexpect blocks == 7\n');
  const tab = page.getByRole('button', { name: /^Findings/ });
  await tab.tap();
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings.getByRole('listitem').first()).toContainText('line 4');
  // What was found, and the one check that no lane holds.
  const found = await findings.locator('.findings-go').count();
  await expect(tab).toHaveText(`Findings${found + 1}`);
  await expect(findings).toContainText('expect blocks == 7');
  await findings.getByRole('listitem').first().getByRole('button').tap();
  expect(await heapscape.position()).toBe(4);
  await page.getByRole('button', { name: 'Script', exact: true }).tap();
  await expect(page.getByRole('region', { name: 'Findings' })).toHaveCount(0);
  await heapscape.expectNoFaults();
});
