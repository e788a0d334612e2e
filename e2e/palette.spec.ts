import { expect, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

test('the palette goes to a page, an op, a line and a scenario by keyboard alone', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const go = async (query: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    const palette = page.getByRole('dialog', { name: 'Go to' });
    await palette.getByRole('combobox').fill(query);
    await palette.getByRole('combobox').press('Enter');
    await expect(palette).toBeHidden();
    await heapscape.idle();
  };
  const selected = () => page.evaluate(() => window.heapscape!.app.store.getState().link.selected);

  await go('op 14631');
  expect(await heapscape.position()).toBe(14_631);
  await go('page 45');
  expect(await selected()).toMatchObject({ kind: 'page', page: 45 });
  await go('0x2d1f8');
  expect(await selected()).toMatchObject({ page: 2 });
  await go('line 23');
  expect(await selected()).toEqual({ kind: 'line', line: 23 });
  await go('swiss');
  await expect.poll(() => heapscape.operations()).toBe(6900);
  await heapscape.expectNoFaults();
});

test('the palette says what it does not know, and is sound for assistive technology', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.keyboard.press('ControlOrMeta+k');
  const query = page.getByRole('combobox', { name: 'Page, 0x address, op, line, scenario or command' });
  await query.press('ArrowDown');
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toHaveText(/To the first op/);
  await expectSound(page, { within: 'dialog', any: true });
  await query.fill('zzz');
  await expect(page.getByRole('status').filter({ hasText: 'zzz' })).toBeVisible();
  await query.press('Enter');
  await query.press('Escape');
  await expect(query).toBeHidden();
});

test('panels come back at the size that they were given', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const edge = page.getByRole('separator', { name: 'Width of the script' });
  await edge.press('ArrowRight');
  await edge.press('ArrowRight');
  const width = await edge.getAttribute('aria-valuenow');
  await page.reload();
  await heapscape.idle();
  await expect(edge).toHaveAttribute('aria-valuenow', width!);
  expect(Number(width)).toBe(312);
});
