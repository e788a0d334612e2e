import { expect, type Page, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { startedWith } from './support/started-with.ts';

const SCRIPT = `seed 3
repeat 900 as i { m[i] = alloc 40..900 }
free random 50% of m
repeat 50 as i { n[i] = alloc 40..90 }`;

const near = (page: Page) => page.getByRole('main', { name: /from near$/ });
const blocks = (page: Page) => near(page).getByRole('listbox');
const step = (page: Page, name: RegExp | string) =>
  near(page).getByRole('navigation', { name: 'How near' }).getByRole('button', { name });

const started = (page: Page, theme?: 'light' | 'dark') => startedWith(page, SCRIPT, theme);

/** How many colours a page's picture has: a picture that was not drawn has one. */
async function colours(page: Page): Promise<number> {
  return near(page)
    .locator('canvas[data-blocks]')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
}

test('by keyboard alone: into a page, to a block, to its bytes, to the next lane, and up again to where one came from', async ({
  page,
}) => {
  const heapscape = await started(page);
  await page.keyboard.press('2');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName('Lane B, page 2 from near');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0);
  await expect(blocks(page)).toBeFocused();
  await expect(step(page, /^page 2/)).toHaveAttribute('aria-current', 'step');
  expect(await colours(page)).toBeGreaterThan(3);
  await expect(
    near(page)
      .getByRole('region', { name: /^Free list/ })
      .getByRole('listitem'),
  ).not.toHaveCount(0);

  // Down without anything chosen goes to the page's first chunk, arrows along them.
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await page.keyboard.press('PageDown');
  await heapscape.idle();
  await expect(step(page, /^(block|hole) 0x/)).toHaveAttribute('aria-current', 'step');
  const option = blocks(page).getByRole('option');
  for (let k = 0; k < 40 && !/^[mn]\[/.test((await option.textContent()) ?? ''); k++) {
    await page.keyboard.press('ArrowDown');
    await heapscape.idle();
  }
  const name = /^[mn]\[\d+\]/.exec((await option.textContent())!)![0];
  await expect(near(page).getByRole('region', { name: `Block ${name}` })).toContainText('Requested');
  await expect(near(page).getByRole('table', { name: 'Header fields' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(step(page, 'bytes')).toHaveAttribute('aria-current', 'step');
  await expect(near(page).locator('.hex-scroll')).toBeFocused();

  // The same block in the next lane, from the bytes too.
  await page.keyboard.press('b');
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName(/^Lane C, page \d+ from near$/);
  await expect(near(page).getByRole('table', { name: 'Bytes of the chunk' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(near(page).getByRole('region', { name: `Block ${name}` })).toBeVisible();
  await expect(blocks(page)).toBeFocused();
  await page.keyboard.press('2');
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName('Lane B, page 2 from near');

  // Up, level by level, to the map, at the page that one came from.
  await page.keyboard.press('Escape');
  await expect(step(page, /^page 2/)).toHaveAttribute('aria-current', 'step');
  await page.keyboard.press('-');
  await expect(near(page)).toHaveCount(0);
  await expect(page.getByRole('gridcell', { name: /^Lane B, page 2,/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Follows the playhead');
  await heapscape.expectNoFaults();
});

test('by mouse: a double click, the wheel, the list of holes, all pages, and the way back', async ({ page }) => {
  const heapscape = await started(page);
  await page.locator('.lane-map[data-lane="B"]').dblclick({ position: { x: 60, y: 10 } });
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName(/^Lane B, page \d+ from near$/);
  const picture = (await blocks(page).boundingBox())!;
  await page.mouse.move(picture.x + picture.width / 2, picture.y + picture.height / 2);
  await page.mouse.wheel(0, -200);
  await heapscape.idle();
  await expect(step(page, /^(block|hole) 0x/)).toHaveAttribute('aria-current', 'step');
  await page.waitForTimeout(400);
  await page.mouse.wheel(0, 200);
  await heapscape.idle();
  await expect(step(page, /^page/)).toHaveAttribute('aria-current', 'step');

  // A hole of the lists, wherever in memory it is.
  const hole = near(page)
    .getByRole('region', { name: /^Free list/ })
    .getByRole('button')
    .first();
  const address = /0x[0-9a-f]{8}/.exec((await hole.getAttribute('aria-label'))!)![0];
  await hole.click();
  await heapscape.idle();
  await expect(step(page, new RegExp(`^hole ${address}`))).toHaveAttribute('aria-current', 'step');
  await expect(near(page).getByRole('region', { name: `Hole at ${address}` })).toContainText('In its list');

  const all = near(page).getByRole('region', { name: 'All pages' });
  await all.locator('.zoom-map').click({ position: { x: 4, y: 4 } });
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName('Lane B, page 0 from near');
  await near(page).getByRole('button', { name: 'Show in lane C' }).click();
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName('Lane C, page 0 from near');
  await expect(near(page).getByRole('region', { name: /^Free list/ })).toContainText('keeps no free list');
  await step(page, /pages$/).click();
  await expect(near(page)).toHaveCount(0);
  await heapscape.expectNoFaults();
});

test('the picture follows the playhead, and a shared link comes back as near', async ({ page }) => {
  const heapscape = await started(page);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await heapscape.idle();
  const drawn = () =>
    near(page)
      .locator('canvas[data-blocks]')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const end = await drawn();
  await heapscape.playhead.press('Home');
  await heapscape.idle();
  expect(await drawn()).not.toBe(end);
  await heapscape.playhead.press('End');
  await heapscape.idle();
  expect(await drawn()).toBe(end);
  await page.keyboard.press('s');
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  await page.goto(link);
  await page.reload();
  await heapscape.idle();
  await expect(near(page)).toHaveAccessibleName('Lane A, page 1 from near');
  expect(await drawn()).toBe(end);
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious at any level, at three widths, ${theme}`, async ({ page }) => {
    const heapscape = await started(page, theme);
    const sound = async (state = '') => {
      await heapscape.idle();
      await expectSound(page, { within: '.zoom', state });
    };
    await page.locator('.lane-map[data-lane="B"]').dblclick({ position: { x: 24, y: 10 } });
    await expect(near(page)).toBeVisible();
    await sound();
    await blocks(page).press('Enter');
    await blocks(page).press('PageDown');
    for (const width of [1440, 1280, 900]) {
      await page.setViewportSize({ width, height: 720 });
      await sound(`${width}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await blocks(page).press('Enter');
    await sound();
    await heapscape.expectNoFaults();
  });
}
