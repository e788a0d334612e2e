import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { fixture, HeapscapePage } from './support/heapscape-page.ts';

test('an edit of one number runs at once and changes what is seen', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 10 { alloc 1000 }');
  expect(await heapscape.operations()).toBe(10);
  await heapscape.write('repeat 200 { alloc 1000 }');
  expect(await heapscape.operations()).toBe(200);
  await page.keyboard.press('Escape');
  await heapscape.playhead.press('End');
  await heapscape.idle();
  expect(await heapscape.metric('live')).toEqual([200_000, 200_000, 200_000]);
  await heapscape.expectNoFaults();
});

test('a syntax error keeps the last good run, and its fix is one click away', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 20 { alloc 64 }');
  await heapscape.write('repeat 20 { malloc 64 }');
  await expect(page.locator('.diagnostics')).toContainText('alloc');
  expect(await heapscape.operations()).toBe(20);
  await page.locator('.diagnostics').getByRole('button', { name: /alloc/ }).last().click();
  await heapscape.idle();
  await expect(page.locator('.diagnostics [data-severity="error"]')).toHaveCount(0);
  await heapscape.expectNoFaults();
});

for (const [name, operations] of [
  ['cc1.mtrace', 5164],
  ['git-log.mtrace', 27_527],
  ['ls.valgrind', 6000],
  ['sqlite-wasm.ops', 84_332],
] as const) {
  test(`the recording ${name} opens when it is dropped`, async ({ page }) => {
    const heapscape = new HeapscapePage(page);
    await heapscape.open();
    await heapscape.drop(name, readFileSync(fixture(name)));
    await expect.poll(() => heapscape.operations()).toBe(operations);
    await heapscape.expectNoFaults();
  });
}

test('the playhead is moved by keys and by the mouse', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const { playhead } = heapscape;
  await playhead.press('Home');
  expect(await heapscape.position()).toBe(0);
  await playhead.press('ArrowRight');
  await playhead.press('Shift+ArrowRight');
  expect(await heapscape.position()).toBe(101);
  await playhead.press('ArrowLeft');
  expect(await heapscape.position()).toBe(100);
  await playhead.press(']');
  const mark = await heapscape.position();
  expect(mark).toBeGreaterThan(100);
  await playhead.press('End');
  expect(await heapscape.position()).toBe(await heapscape.operations());

  const box = (await playhead.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.2, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 8 });
  const middle = await heapscape.position();
  await page.mouse.move(box.x + box.width * 0.3, y, { steps: 8 });
  await page.mouse.up();
  expect(await heapscape.position()).toBeLessThan(middle);
  await heapscape.expectNoFaults();
});

test('an endless script is stopped at the limit, what ran is kept, and the page answers meanwhile', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('repeat 1000000000 { a = alloc 1; free a }');
  await page.getByRole('button', { name: 'Stop' }).click();
  await heapscape.idle();
  await expect(page.locator('.status-bar')).toContainText('kept');
  expect(await heapscape.operations()).toBeGreaterThan(0);
  await heapscape.write('alloc 64');
  expect(await heapscape.operations()).toBe(1);
  await heapscape.expectNoFaults();
});

test('a wrong file says what it seems to be and leaves the work alone', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('alloc 64');
  await heapscape.drop('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
  await expect(page.getByRole('alert')).toContainText(/PNG/i);
  expect(await heapscape.operations()).toBe(1);
  await heapscape.expectNoFaults();
});

test('text that is no recording is a script, whatever its name', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.drop('anything.txt', 'repeat 7 { alloc 100 }\n');
  await expect.poll(() => heapscape.operations()).toBe(7);
  await heapscape.expectNoFaults();
});
