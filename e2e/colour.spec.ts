import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'critical' || impact === 'serious');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const pressed = (page: Page) =>
  page.getByRole('group', { name: 'Colour maps by' }).getByRole('button', { pressed: true }).textContent();

test('C goes through the colourings, the legend shows and sets them, and a cell says what its colour says', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('user[] = alloc 64\nrepeat 200 { user[] = alloc 2k }\nrepeat 300 { alloc 100 }');
  expect(await pressed(page)).toBe('Live %');
  await page.getByRole('slider', { name: 'Playhead' }).press('1');
  const cell = page.getByRole('gridcell').first();
  await cell.press('ArrowRight');
  await cell.press('ArrowRight');
  await cell.press('ArrowRight');
  await expect(cell).toHaveAttribute('aria-label', /live/);
  await cell.press('c');
  await heapscape.idle();
  expect(await pressed(page)).toBe('Age');
  await expect(cell).toHaveAttribute('aria-label', /page 3, .*mean age \d+ ops/);
  await cell.press('c');
  await heapscape.idle();
  expect(await pressed(page)).toBe('Script line');
  await expect(cell).toHaveAttribute('aria-label', /most of it from line 2/);
  await expect(page.getByLabel('What the map shows')).toContainText(/line\s*2\s*3\s*1\s*others/);
  // The bar of the line has the line's colour.
  await expect(page.locator('.script-bar[data-site="1"]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Live %' }).click();
  await heapscape.idle();
  await expect(page.locator('.script-bar[data-site]')).toHaveCount(0);
  await heapscape.expectNoFaults();
});

test('in Hilbert order the keys go to the page beside the focused one', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.playhead.press('h');
  await heapscape.idle();
  await expect(page.getByRole('button', { name: 'Hilbert order' })).toHaveAttribute('aria-pressed', 'true');
  await heapscape.playhead.press('1');
  const cell = page.getByRole('gridcell').first();
  const visited = [];
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown']) {
    await cell.press(key);
    visited.push(/page (\d+)/.exec((await cell.getAttribute('aria-label'))!)![1]);
  }
  const columns = Number(await page.getByRole('grid').first().getAttribute('aria-colcount'));
  // The curve starts down the first column where a band is one square wide, along the first row where it is more.
  expect(visited).toEqual(columns === 16 ? ['3', '2', '1', '14'] : ['1', '2', '3', '4']);
  await cell.press('Enter');
  await expect(cell).toHaveAttribute('aria-selected', 'true');
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious in any colouring at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(size);
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      await page.keyboard.press('h');
      for (let colouring = 0; colouring < 3; colouring++) {
        await page.keyboard.press('c');
        await heapscape.idle();
        expect(await seriousFaults(page)).toEqual([]);
      }
      await heapscape.expectNoFaults();
    });
  }
}
