import { expect, test } from '@playwright/test';
import { expectSound, SIZES, THEMES } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';
import { keepWorkers, PAGE_STATES } from './support/page-states.ts';

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing serious in any dialog or message at ${size.width} × ${size.height}, ${theme}`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      const heapscape = new HeapscapePage(page);
      await keepWorkers(heapscape);
      await heapscape.open({ theme });
      for (const state of PAGE_STATES) {
        await state.enter(heapscape);
        await expectSound(page, { state: state.name });
        await state.leave(heapscape);
      }
    });
  }

  test(`a damaged link, and storage that refuses, are said soundly, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const heapscape = new HeapscapePage(page);
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The user refuses.', 'SecurityError');
      };
    });
    await heapscape.open({ theme });
    await page.goto('./#1.AAAA&c=00000000');
    await heapscape.idle();
    await expect(page.locator('.status-bar')).toContainText(/damaged/);
    await expectSound(page);
  });
}

test('a lane that traps says so in its header, and pushes nothing', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 3 as i { row[i] = alloc 96 }');
  const lane = page.getByRole('heading', { name: 'B dlmalloc' });
  const before = await lane.boundingBox();
  await heapscape.write('repeat 3 as i { row[i] = alloc 96 }\nwrite row[1] 116\nfree row\nrepeat 3 { alloc 96 }');
  await expect(page.getByText(/^stopped at op \d+$/).first()).toBeVisible();
  await expect(page.getByRole('alert').first()).toContainText(/Lane [AB]: trapped/);
  expect(await lane.boundingBox()).toEqual(before);
  await heapscape.expectNoFaults();
});
