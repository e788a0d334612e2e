import { expect, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

test('the gallery shows a picture of every run and opens scenarios and recordings by keyboard alone', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption({ label: 'Gallery with pictures…' });
  const gallery = page.getByRole('dialog', { name: 'Gallery' });
  const entries = gallery.getByRole('listitem');
  await expect(entries).toHaveCount(19);
  // Each picture says what it shows, and something of it is painted.
  for (const entry of await entries.all()) {
    await expect(entry).toContainText(/Pages at .*: \w+ \d/);
    const painted = await entry.locator('canvas').evaluateAll((all) =>
      all.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const data = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
        return data.some((value) => value !== 0);
      }),
    );
    expect(painted.length).toBeGreaterThan(2);
    expect(painted).not.toContain(false);
  }
  await expectSound(page, { within: 'dialog', any: true });

  await gallery.getByRole('button', { name: 'Open SQLite, compiled to WebAssembly' }).press('Enter');
  await expect(gallery).toBeHidden();
  await expect.poll(() => heapscape.operations()).toBe(84_332);
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('recorded-sqlite');
  await heapscape.expectNoFaults();
});
