import { expect, type Page, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

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
        await expectSound(page);
      }
      await heapscape.expectNoFaults();
    });
  }
}

/** `Page 3, B holds 12.5 KiB more`, as said by a cell. */
const DIFFERENCE = /^Page \d+, (. holds .* more|both hold equally much|only . has it, no live byte|not grown yet)/;

test('the difference of two lanes is there by keyboard alone, says each page and its sums, and follows the playhead', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.playhead.press('d');
  await heapscape.idle();
  const grid = page.getByRole('grid', { name: /Live bytes of B dlmalloc less those of A wee_alloc/ });
  await expect(grid).toBeVisible();
  const cell = grid.getByRole('gridcell');
  await cell.focus();
  const names = new Set<string>();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Control+ArrowRight', 'PageDown', 'Control+ArrowUp']) {
    await cell.press(key);
    const name = (await cell.getAttribute('aria-label'))!;
    expect(name).toMatch(DIFFERENCE);
    names.add(name);
  }
  expect(names.size).toBeGreaterThan(3);
  await cell.press('Enter');
  await expect(cell).toHaveAttribute('aria-label', /, selected$/);

  const sums = page.getByRole('region', { name: 'Difference' });
  const live = await heapscape.metric('live');
  expect(live.length).toBe(3);
  const before = await sums.locator('dl').textContent();
  await heapscape.playhead.press('Home');
  await heapscape.idle();
  expect(await sums.locator('dl').textContent()).not.toBe(before);
  await expect(sums.locator('dl')).toContainText('A holds more0 pages, 0 B');

  // The lane that is picked twice goes to the other's place.
  await sums.getByLabel('Live bytes of').selectOption('0');
  await heapscape.idle();
  await expect(page.getByRole('grid', { name: /Live bytes of A wee_alloc less those of B dlmalloc/ })).toBeVisible();
  await sums.getByLabel('Less').selectOption('2');
  await heapscape.idle();
  await expect(page.getByRole('grid', { name: /less those of C Arena/ })).toBeVisible();
  await heapscape.playhead.press('d');
  await heapscape.idle();
  await expect(page.getByRole('grid', { name: /Pages of lane A/ })).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious in the difference at ${size.width} × ${size.height}, ${theme}`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      await page.getByRole('button', { name: 'Difference' }).click();
      await heapscape.idle();
      await expectSound(page);
      await page.getByRole('button', { name: 'Lanes side by side' }).click();
      await heapscape.idle();
      await expect(page.getByRole('grid', { name: /Pages of lane A/ })).toBeVisible();
      await heapscape.expectNoFaults();
    });
  }
}

test('a lane is saved as a picture that holds the pixels of its map', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ theme: 'dark' });
  await heapscape.playhead.press('c');
  await heapscape.playhead.press('c');
  await page.getByRole('button', { name: 'Options of lane B' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save map as PNG' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('chat-server-b-dlmalloc.png');
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  const found = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const ctx = canvas.getContext('2d')!;
    ctx.drawImage(image, 0, 0);
    const map = document.querySelectorAll<HTMLCanvasElement>('canvas[data-map]')[1]!;
    const { width, height } = map;
    const wanted = map.getContext('2d')!.getImageData(0, 0, width, height).data;
    const there = ctx.getImageData(14 + 62, 14 + 54, width, height).data;
    let different = 0;
    for (let i = 0; i < wanted.length; i += 4) {
      if (wanted[i] !== there[i] || wanted[i + 1] !== there[i + 1] || wanted[i + 2] !== there[i + 2]) different++;
    }
    return { share: different / (width * height), wider: image.width > width, higher: image.height > height };
  }, Buffer.concat(chunks).toString('base64'));
  expect(found).toEqual({ share: 0, wider: true, higher: true });
  await heapscape.expectNoFaults();
});
