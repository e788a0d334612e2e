import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';

/** What a browser alone shows of hostile scripts and files; the rest of the fault list's S and T rows is beside the code. */

interface Dropped {
  readonly files?: readonly (readonly [name: string, text: string])[];
  readonly link?: string;
}

/** Drops files or a link somewhere on the page. */
async function drop(page: Page, what: Dropped): Promise<void> {
  const data = await page.evaluateHandle(({ files = [], link }) => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name));
    if (link !== undefined) transfer.setData('text/uri-list', link);
    return transfer;
  }, what);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: data });
  }
}

test('S10: markup in texts, names and messages stays text everywhere', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const markup = '<img src=x onerror=window.__x=1>';
  await heapscape.write(`mark "${markup}"\nnote "${markup}"\na = alloc 40\nwrite a with "${markup}"\nfree a\nfree a`);
  await heapscape.playhead.press('Home');
  await page.keyboard.press(']');
  await page.keyboard.press('f');
  await heapscape.idle();
  await heapscape.write(`${markup} = alloc 8`);
  await expect(page.locator('.diagnostics')).toBeVisible();
  await heapscape.drop(`${markup}.png`, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  await expect(page.getByRole('alert')).toContainText(markup);
  expect(await page.evaluate(() => '__x' in window)).toBe(false);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await heapscape.expectNoFaults();
});

test('S12: a script beyond 1 MiB is refused by its size and stays in the editor', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('alloc 64');
  await page.evaluate(() => window.heapscape!.app.runs.edit(`alloc 65\n#${'x'.repeat(1_048_576)}`));
  await heapscape.idle();
  await expect(page.locator('.diagnostics [data-severity="error"]')).toHaveCount(1);
  expect(await heapscape.operations()).toBe(1);
  const length = () =>
    page.evaluate(() => {
      const { document } = window.heapscape!.app.store.getState();
      return document.kind === 'script' ? document.text.length : 0;
    });
  expect(await length()).toBe(1_048_586);
  await heapscape.expectNoFaults();
});

test('S13: edited during a run and run 50 times in a row, one worker is alive and the last script stands', async ({
  page,
}) => {
  const workers: string[] = [];
  page.on('worker', (worker) => {
    workers.push(worker.url());
    worker.on('close', () => workers.splice(workers.indexOf(worker.url()), 1));
  });
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const before = workers.length;
  await page.evaluate(() => {
    const { runs } = window.heapscape!.app;
    for (let k = 1; k <= 50; k++) {
      runs.edit(`repeat ${k * 1000} { alloc 64 free after 10 }`);
      runs.runNow();
    }
    runs.edit('repeat 12 { alloc 64 }');
    runs.runNow();
  });
  await heapscape.idle();
  expect(await heapscape.operations()).toBe(12);
  expect(workers.length).toBe(before);
  await heapscape.expectNoFaults();
});

test('T05: reading a long recording is cancelled and the page answers', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.evaluate(() => {
    const pair = new Blob(['a 0 8\nf 0\n'.repeat(10_000)]);
    const data = new Blob(Array.from({ length: 200 }, () => pair));
    window.heapscape!.app.runs.open({ kind: 'recording', name: 'long.ops', data, origin: { kind: 'own' } });
  });
  await page.getByRole('button', { name: 'Stop' }).click();
  await heapscape.idle();
  const kept = await heapscape.operations();
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(4_000_000);
  await heapscape.expectNoFaults();
});

test('T11: a file that is gone when it is read is said to be, and the work stands', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'heapscape-gone-'));
  const file = join(folder, 'gone.ops');
  await writeFile(file, 'a 0 8\n'.repeat(100_000));
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('alloc 64');
  await page.evaluate(() => {
    // The file is chosen, and changed on the disk before anything reads it.
    window.addEventListener('change', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  });
  await page.locator('.top-bar').getByRole('button', { name: 'Open…' }).click();
  const input = page.locator('input[type="file"]').first();
  await input.setInputFiles(file);
  await rm(folder, { recursive: true });
  await input.dispatchEvent('change');
  await heapscape.idle();
  await expect(page.getByRole('alert')).toContainText('gone.ops');
  expect(await heapscape.operations()).toBe(1);
  await heapscape.expectNoFaults();
});

test('T12: of 50 files the first opens; a link and nothing at all are refused; the page never leaves', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const { page: tab } = heapscape;
  const address = tab.url();
  const files = Array.from({ length: 50 }, (_, k) => [`${k}.ops`, `a 0 ${k + 1}\nf 0\na 1 9\n`] as const);
  await drop(tab, { files });
  await expect.poll(() => heapscape.operations()).toBe(3);
  await heapscape.idle();
  await drop(tab, { link: 'https://example.org/x.ops' });
  await expect(tab.getByRole('alert')).toBeVisible();
  expect(await heapscape.operations()).toBe(3);
  await drop(tab, {});
  expect(tab.url()).toBe(address);
  expect(await heapscape.operations()).toBe(3);
  await heapscape.expectNoFaults();
});
