import { readFileSync } from 'node:fs';
import { type Download, expect, type Page, test } from '@playwright/test';
import { expectSound } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

/** What a button of the dialog saves. */
async function saved(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('pictures and figures are valid files of what is shown', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.playhead.press('End');
  await heapscape.idle();
  const pages = await heapscape.metric('pages');
  await page.getByRole('button', { name: 'Export…' }).click();

  const picture = await saved(page, 'Comparison, PNG');
  expect(picture.name).toBe('chat-server-comparison.png');
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  const size = await page.evaluate(
    async (data) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const ctx = canvas.getContext('2d')!;
      ctx.drawImage(bitmap, 0, 0);
      const { data: pixels } = ctx.getImageData(0, 0, bitmap.width, bitmap.height);
      const colours = new Set<number>();
      for (let i = 0; i < pixels.length; i += 4)
        colours.add((pixels[i]! << 16) | (pixels[i + 1]! << 8) | pixels[i + 2]!);
      return { width: bitmap.width, height: bitmap.height, colours: colours.size };
    },
    [...picture.bytes],
  );
  expect(size.width).toBeGreaterThan(1500);
  expect(size.height).toBeGreaterThan(800);
  expect(size.colours).toBeGreaterThan(30);

  for (const [button, file] of [
    ['Timeline, SVG', 'chat-server-timeline.svg'],
    ['Hole sizes, SVG', 'chat-server-holes.svg'],
  ] as const) {
    const chart = await saved(page, button);
    expect(chart.name).toBe(file);
    const faults = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [parsed.querySelector('parsererror')?.textContent ?? '', parsed.querySelectorAll('path, rect').length];
    }, chart.bytes.toString('utf8'));
    expect(faults[0]).toBe('');
    expect(Number(faults[1])).toBeGreaterThan(10);
  }

  const timeline = (await saved(page, 'Timeline, CSV')).bytes.toString('utf8').trim().split('\r\n');
  const last = timeline.at(-1)!.split(',');
  expect(Number(last[0])).toBe(await heapscape.operations());
  expect([last[4], last[7], last[10]].map(Number)).toEqual(pages);
  const metrics = (await saved(page, 'Metrics, CSV')).bytes.toString('utf8').split('\r\n');
  expect(
    metrics
      .find((line) => line.startsWith('"Footprint, pages"'))
      ?.split(',')
      .slice(2)
      .map(Number),
  ).toEqual(pages);
  await heapscape.expectNoFaults();
});

test('on paper the comparison is one page, black on white in either theme', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ theme: 'dark' });
  // What makes it is fetched some time after the lanes have run.
  await page.locator('.print-sheet').waitFor({ state: 'attached' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  const sheet = page.getByRole('img', { name: /Chat server/ });
  await expect(sheet).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  const corner = await sheet.evaluate((canvas: HTMLCanvasElement) => [
    ...canvas.getContext('2d')!.getImageData(2, 2, 1, 1).data,
  ]);
  expect(corner).toEqual([255, 255, 255, 255]);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByRole('banner')).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the export dialog, ${theme}`, async ({ page }) => {
    const heapscape = new HeapscapePage(page);
    await heapscape.open({ theme });
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
    await expectSound(page, { within: 'dialog' });
  });
}
