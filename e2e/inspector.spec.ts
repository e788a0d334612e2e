import { expect, type Page, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { startedWith } from './support/started-with.ts';

const SCRIPT = `seed 3
repeat 400 as i { m[i] = alloc 40..900 }
free random 50% of m
expect blocks == 200`;

const near = (page: Page) => page.getByRole('main', { name: /from near$/ });
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** The budget's bytes, class by class. */
async function budget(page: Page): Promise<number[]> {
  const rows = inspector(page).locator('.budget tr[data-bytes]');
  return rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-bytes'))));
}

const started = (page: Page, theme?: 'light' | 'dark') => startedWith(page, SCRIPT, theme);

test('by mouse: from a page to a block, to its bytes, to the same block in another lane', async ({ page }) => {
  const heapscape = await started(page);
  await page.locator('[data-lane="A"] .map-grid').first().scrollIntoViewIfNeeded();
  const map = page.locator('.lane-map[data-lane="B"]');
  await map.click({ position: { x: 24, y: 10 } });
  await heapscape.idle();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Lane B, page');
  expect((await budget(page)).reduce((a, b) => a + b, 0)).toBe(65_536);

  // A live block of the page, wherever one is.
  await inspector(page).getByText('Held longest by').getByRole('button').click();
  await heapscape.idle();
  const facts = inspector(page).getByRole('region', { name: /^Block m/ });
  await expect(facts).toContainText('Requested');
  await expect(facts).toContainText(/op \d+, line 2/);
  await facts.getByRole('button', { name: /Show it in lane A/ }).click();
  await heapscape.idle();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Lane A, page');
  await expect(facts).toBeVisible();

  // Its bytes take the place of the maps; what the inspector said is not said twice.
  await facts.getByRole('button', { name: 'Show bytes' }).click();
  await heapscape.idle();
  await expect(near(page).getByRole('table', { name: 'Bytes of the chunk' }).getByRole('row')).not.toHaveCount(0);
  await expect(inspector(page)).toHaveCount(0);
  await near(page)
    .getByRole('button', { name: /pages$/ })
    .click();
  await expect(inspector(page)).toBeVisible();
  await heapscape.expectNoFaults();
});

test('by keyboard alone: a page is selected, its chunks are gone along, and it is let go of again', async ({
  page,
}) => {
  const heapscape = await started(page);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Lane A, page 1');
  const chunks = inspector(page).getByRole('listbox', { name: 'Chunks of page 1' });
  await chunks.focus();
  await page.keyboard.press('ArrowDown');
  await heapscape.idle();
  const first = await chunks.getByRole('option').textContent();
  await page.keyboard.press('ArrowDown');
  await heapscape.idle();
  expect(await chunks.getByRole('option').textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect(inspector(page).getByRole('button', { name: 'page', exact: true })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await page.keyboard.press('Escape');
  await expect(inspector(page)).toContainText('Follows the playhead');
  await page.keyboard.press('i');
  await expect(inspector(page)).toHaveCount(0);
  await page.keyboard.press('i');
  await expect(inspector(page)).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the inspector's states, ${theme}`, async ({ page }) => {
    const heapscape = await started(page, theme);
    const sound = async () => {
      await heapscape.idle();
      await expectSound(page, { within: '.inspector' });
    };
    await sound();
    await page.locator('.lane-map[data-lane="B"]').click({ position: { x: 24, y: 10 } });
    await sound();
    await inspector(page).getByText('Held longest by').getByRole('button').click();
    await sound();
    await page.setViewportSize({ width: 1024, height: 768 });
    await sound();
  });
}
