import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectSound, SIZES } from './support/axe.ts';
import { LabPage } from './support/lab-page.ts';

/** Each lab with a short run. */
const LINKS = ['#lab=boundary&to=1024&runs=quick', '#lab=growth&to=512&runs=quick', '#lab=gc&n=1000&runs=quick'];
const BOUNDARY = '#lab=boundary&to=1024&n=1024&runs=quick';

test('crossing the boundary runs, its results are exact, and its chart shows what was measured', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(BOUNDARY);
  await lab.run();
  await expect(lab.words).toContainText('Measured on this machine now');
  await expect(lab.words).toContainText('all 10 ways brought the same values at each of 3 sizes');
  expect(await lab.transcript('detach')).toEqual([
    'const v = u8.subarray(p, p + 65536)',
    'v.length → 65536',
    'memory.grow(0) → 2, the pages until then',
    'v.length ✕ 0, was 65 536',
    'v[0] ✕ undefined',
    'const v2 = new Uint8Array(memory.buffer).subarray(p, p + 65536)',
    'v2.length → 65536',
    'memory.grow(1) → 2, the pages until then',
    'v2.length ✕ 0, was 65 536',
    'v2.buffer === memory.buffer ✕ false',
  ]);
  // What the clock could not tell from nothing leaves a gap.
  const csv = (await lab.csv()).filter((line) => /^Time for one transfer.*,no,$/.test(line));
  const drawn = await lab
    .figure('transfer')
    .locator('.plot-dot')
    .evaluateAll((dots) => dots.map((dot) => dot.getAttribute('data-value')));
  const written = csv.map((line) => /,(\d+(?:\.\d+)?),\d+(?:\.\d+)?,\d+(?:\.\d+)?,\d+,\d+,no,$/.exec(line)?.[1]);
  expect(drawn).toEqual(written);
  expect(drawn.length).toBeGreaterThan(24);
  await lab.expectNoFaults();
});

test('growing memory runs, its counts are exact, and its charts show what was measured', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab('#lab=growth&to=512&runs=quick');
  await lab.run();
  const said = async (id: string) => (await lab.transcript(id)).map((line) => line.replace(/Error: .*/, 'Error'));
  expect(await said('limits')).toEqual([
    'new WebAssembly.Memory({ initial: 1, maximum: 16 })',
    'memory.grow(15) → 1, the pages until then',
    'memory.grow(1) ✕ RangeError',
    'wasm.grow(1) ✕ -1, inside the module',
    'wasm.careful(64) → asked for 64, got 15, goes on',
    'wasm.careless(1) ✕ RuntimeError',
    'memory.buffer.byteLength / 65536 → 16',
  ]);
  const reach = lab.figure('reach');
  for (const calls of ['511 calls', '64 calls', '32 calls', '9 calls', '1 call', 'no call']) {
    await expect(reach).toContainText(calls);
  }
  await expect(lab.figure('leak')).toContainText('request 341 refused');
  const csv = await lab.csv();
  for (const [id, title] of [
    ['call', 'One call, memory.grow(1)'],
    ['touch', 'First touch of a new page'],
    ['reach', 'Reaching 512 pages from 1'],
  ] as const) {
    const measured = csv.filter((line) => line.replaceAll('"', '').startsWith(title));
    const dots = await lab.figure(id).locator('.plot-dot').count();
    const bounds = await lab.figure(id).locator('[data-below]').count();
    expect(dots, id).toBe(measured.filter((line) => line.includes(',no,')).length);
    expect(bounds, id).toBe(measured.filter((line) => line.includes(',yes,')).length);
  }
  await expect(lab.figure('map').getByRole('img')).toHaveAccessibleName(
    /pages 0 to 299: grown and written to\. pages 300 to 511: grown, never touched$/,
  );
  await page.getByLabel('Map shows').selectOption({ label: 'by 20 %' });
  await expect(lab.figure('map').getByRole('img')).toHaveAccessibleName(/pages 300 to 3\d\d: grown, never touched/);
  await lab.expectNoFaults();
});

test('WasmGC runs beside linear memory, and what is seen of each is exact', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab('#lab=gc&n=1000&runs=quick');
  await lab.run();
  const sum = (999 * 1000) / 2;
  // Tree, ids, scores, and twelve digits a name.
  const scores = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000).reduce((a, b) => a + b, 0);
  const digits = 1000 * 12 * 48 + 3 * 100 * 45;
  await expect(lab.words).toContainText(/All 4 ways built 1.000 nodes and 1.000 records/);
  expect((await lab.words.locator('.lab-lead strong').first().innerText()).replace(/\D/g, '')).toBe(
    String(2 * sum + scores + digits),
  );
  expect(await lab.transcript('seen')).toEqual([
    'const root = gc.root(); typeof root → object',
    'root.value ✕ undefined',
    'Object.keys(root).length → 0',
    'root.value = 1 ✕ TypeError: WebAssembly objects are opaque',
    'gc.value(root) → 5',
    'gc.memory ✕ undefined',
    'const p = linear.root() → 0x00001010',
    'view.getInt32(p, true) → 5',
  ]);
  await expect(lab.figure('sizes').getByRole('row')).toHaveCount(5);
  const csv = (await lab.csv()).filter((line) => line.startsWith('"Build, walk, let go"'));
  expect(csv).toHaveLength(12);
  const drawn = await lab.figure('phases').locator('.plot-dot, [data-below]').count();
  expect(drawn).toBe(12);
  await lab.expectNoFaults();
});

test('a browser without WasmGC is told so by name', async ({ page }) => {
  const lab = new LabPage(page);
  // The lab asks this of its worker; a worker that says no stands for a browser that cannot.
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `WebAssembly.validate = () => false;\n${await response.text()}` });
  });
  await lab.openLab('#lab=gc&n=1000&runs=quick');
  await lab.runButton.click();
  await expect(lab.status).toContainText('WasmGC');
  await expect(lab.status).toHaveAttribute('data-run', 'missing');
});

test('a chart is read point by point with the arrow keys, and as a table', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(BOUNDARY);
  await lab.run();
  const chart = page.getByRole('group', { name: /Time for one transfer, as a chart/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.figure('transfer').getByRole('status')).toContainText('make a view, subarray(), 64 B:');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(lab.figure('transfer').getByRole('status')).toContainText('copy in, set(), 256 B:');
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: 'Time for one transfer, as a table' }).getByRole('row')).toHaveCount(4);
  await page.keyboard.press('Enter');
  await expect(chart).toBeVisible();
  await lab.expectNoFaults();
});

test('Stop ends a run at once and keeps what was measured', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab('#lab=boundary&kind=numbers');
  await lab.runButton.click();
  await expect(lab.figure('transfer').locator('.plot-dot').first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(lab.status).toContainText('Stopped by you.');
  const before = await lab.figure('transfer').locator('.plot-dot').count();
  expect(before).toBeGreaterThan(0);
  await expect(lab.runButton).toBeEnabled();
  expect(await lab.figure('transfer').locator('.plot-dot').count()).toBe(before);
  await lab.expectNoFaults();
});

test('the code that ran is fetched when it is opened, file by file, and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = new LabPage(page);
  await lab.openLab('#lab=boundary');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByText('The code that ran').click();
  const text = page.getByRole('region', { name: 'src/labs/boundary/bytes-ways.ts' });
  await expect(text).toContainText('export function bytesWays');
  expect(asked.filter((path) => /-ways-/.test(path))).toHaveLength(1);
  await page.getByLabel('File').selectOption('wasm/labs/boundary.ts');
  await expect(page.getByRole('region', { name: 'wasm/labs/boundary.ts' })).toContainText('export function reserve');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    readFileSync(new URL('../wasm/labs/boundary.ts', import.meta.url), 'utf8'),
  );
  await lab.expectNoFaults();
});

test('code that cannot be fetched is told, and the rest of the page goes on', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(BOUNDARY);
  await lab.run();
  await page.route(/bytes-ways-/, (route) => route.abort());
  await page.getByText('The code that ran').click();
  await expect(page.getByText('This file could not be fetched')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeDisabled();
  await page.getByLabel('File').selectOption('src/labs/boundary/way.ts');
  await expect(page.getByText('export interface Way')).toBeVisible();
});

test('settings come from the link and go into it; a look at another size needs no run', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = new LabPage(page);
  await lab.openLab('#lab=boundary&to=4096&n=64&dir=in&kind=strings&runs=quick&bogus=1');
  await expect(page.getByLabel('Payload')).toHaveValue('strings');
  await expect(page.getByLabel('Direction')).toHaveValue('in');
  await lab.run();
  await expect(page.getByRole('heading', { name: 'At 64 B', exact: true })).toBeVisible();
  await page.getByLabel('Table at').selectOption('1024');
  await expect(page.getByRole('heading', { name: 'At 1 KiB', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(lab.status).toContainText('copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toBe('#lab=boundary&kind=strings&dir=in&n=1024&to=4096&runs=quick');
  await page.getByLabel('Direction').selectOption('out');
  await page.getByRole('button', { name: 'CSV' }).focus();
  await lab.expectNoFaults();
});

test('a link that names no lab shows the first one', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab('#lab=nothing&to=%22');
  await expect(page.getByRole('combobox', { name: 'Lab', exact: true })).toHaveValue('boundary');
  await lab.expectNoFaults();
});

test('the labs are one of the page’s parts, and the comparison is as it was left', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.playhead.press('Home');
  await page.getByRole('button', { name: 'Labs' }).click();
  await expect(lab.runButton).toBeVisible();
  await page.getByRole('button', { name: 'Compare' }).click();
  await lab.idle();
  expect(await lab.position()).toBe(0);
  await lab.expectNoFaults();
});

test('a lab on paper is its question, settings, conclusion, charts and provenance, on white', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.openLab(BOUNDARY, { theme: 'dark' });
  await lab.run();
  await page.locator('.print-sheet').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(lab.words).toContainText('JavaScript and Wasm share one buffer.');
  await expect(page.getByText(/JavaScript and Wasm share one buffer/)).toBeVisible();
  await expect(page.getByLabel('Payload')).toBeVisible();
  await expect(page.getByText('Measured on this machine now')).toBeVisible();
  await expect(lab.figure('transfer')).toBeVisible();
  await expect(page.locator('.print-sheet')).toBeEmpty();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(lab.runButton).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(lab.runButton).toBeVisible();
  await lab.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    test(`axe finds nothing serious in labs that have run at ${size.width} × ${size.height}, ${theme}`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      const lab = new LabPage(page);
      for (const link of LINKS) {
        await lab.openLab(link, { theme });
        await lab.run();
        await expectSound(page);
      }
      await lab.expectNoFaults();
    });
  }
}
