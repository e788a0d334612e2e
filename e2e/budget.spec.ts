import { expect, type Page, type Request, test } from '@playwright/test';
import { FIRST_MAP_MARK } from '../src/views/shared/after-first-map.ts';
import { builtFiles, builtText, sentBytes, withImports } from './support/built-files.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

/** Bytes, compressed. A visitor who knows the page, with an empty cache, needs the language too: that visit is held where it is. */
const BUDGET = { firstVisit: 150_000, laterVisit: 226_000, editor: 125_000, rest: 120_000, fonts: 190_000 } as const;

const EDITOR = ['lazy-editor'];
/** Dialogs, lists, sharing, importing, the inspector and the labs; the sources that a lab shows are fetched file by file. */
const REST = [
  'gallery',
  'export-dialog',
  'inspector',
  'inspector-dialog',
  'page-summary',
  'key-sheet',
  'metric-table',
  'table-twin',
  'recent-dialog',
  'recordings-dialog',
  'save-dialog',
  'language-dialog',
  'palette',
  'share-dialog',
  'arrivals',
  'labs',
  'lab',
];

/** Opens the page and gives what it and its worker asked the server for until the first map was drawn. */
async function filesBeforeFirstMap(page: Page, baseURL: string, firstVisit: boolean): Promise<Set<string>> {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ firstVisit });
  const drawn = await page.evaluate((mark) => {
    const entry = performance.getEntriesByName(mark)[0];
    return entry === undefined ? null : performance.timeOrigin + entry.startTime;
  }, FIRST_MAP_MARK);
  // When a request began is known once it was answered.
  await Promise.all(requests.map((request) => request.response()));
  expect(drawn, 'a map was drawn').not.toBeNull();
  await heapscape.expectNoFaults();
  const before = new Set<string>();
  for (const request of requests) {
    if (!request.url().startsWith(baseURL)) continue;
    if (request.timing().startTime > drawn!) continue;
    before.add(new URL(request.url()).pathname.slice(new URL(baseURL).pathname.length) || 'index.html');
  }
  return before;
}

function sum(title: string, files: Iterable<string>): number {
  const sizes = [...files].map((path) => [sentBytes(path), path] as const).sort(([a], [b]) => b - a);
  const total = sizes.reduce((all, [bytes]) => all + bytes, 0);
  console.log([`\n${title}: ${total} B`, ...sizes.map(([bytes, path]) => `  ${bytes} ${path}`)].join('\n'));
  return total;
}

for (const firstVisit of [true, false]) {
  const visitor = firstVisit ? 'a first visitor' : 'a visitor who comes back';
  test(`what loads before ${visitor} sees a map stays within its budget`, async ({ page, baseURL }) => {
    const files = await filesBeforeFirstMap(page, baseURL!, firstVisit);
    // The page's own scripts, the worker's, and the modules that either of them opens.
    expect([...files].filter((path) => /\/(page|index|worker|view|driver)-/.test(path)).length).toBeGreaterThan(3);
    const bytes = sum(`Before the first map, ${visitor}`, files);
    expect([...files].filter((path) => /lazy-editor|timeline|\.woff2/.test(path))).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(firstVisit ? BUDGET.firstVisit : BUDGET.laterVisit);
  });
}

test('the page is built for production: nothing of it is made for developers', () => {
  const scripts = builtFiles('.js');
  expect(scripts.length).toBeGreaterThan(20);
  expect(scripts.filter((path) => builtText(path).includes('jsxDEV'))).toEqual([]);
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const) {
  test(`nothing moves when what was put off arrives, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    // Scripts, styles and faces that are asked for once the map is drawn wait until all else has come to rest.
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held: string[] = [];
    let drawn = false;
    await page.exposeFunction('firstMapDrawn', () => {
      drawn = true;
    });
    await page.addInitScript((mark) => {
      new PerformanceObserver((list) => {
        if (list.getEntriesByName(mark).length > 0) (window as unknown as { firstMapDrawn(): void }).firstMapDrawn();
      }).observe({ type: 'mark', buffered: true });
    }, FIRST_MAP_MARK);
    await page.route(
      /\/(timeline|script-panel|map-grid|dialogs|use-shortcuts|drop-target|lazy-editor)-/,
      async (route) => {
        held.push(route.request().url());
        await released;
        await route.continue();
      },
    );
    const heapscape = new HeapscapePage(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('./');
    await expect.poll(() => drawn).toBe(true);
    await page.waitForFunction(() => window.heapscape!.app.store.getState().status.kind === 'done');
    const places = () =>
      page.evaluate(async () => {
        await document.fonts.ready;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return [...document.querySelectorAll('[data-map]')].map((map) => {
          const { x, y, width, height } = map.getBoundingClientRect();
          return [x, y, width, height];
        });
      });
    await expect.poll(() => held.length).toBeGreaterThan(2);
    await expect
      .poll(async () => {
        const first = JSON.stringify(await places());
        return first === JSON.stringify(await places());
      })
      .toBe(true);
    const before = await places();
    expect(before.length).toBe(3);
    release();
    await heapscape.idle();
    await expect(page.getByRole('slider', { name: 'Playhead' })).toBeAttached();
    expect(await places()).toEqual(before);
    await heapscape.expectNoFaults();
  });
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`a first visit on a slow machine hardly moves what is shown already, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const heapscape = new HeapscapePage(page);
    await page.goto('./');
    await heapscape.idle();
    await page.evaluate(() => document.fonts.ready);
    const shifted = await page.evaluate(() =>
      (window as unknown as { shifts: number[] }).shifts.reduce((sum, one) => sum + one, 0),
    );
    // Of web.dev's scale, on which 0.1 is good: a typeface that arrives is all that may.
    expect(shifted).toBeLessThan(0.06);
  });
}

test('what loads later stays within the budgets of its groups', async ({ page, baseURL }) => {
  const before = await filesBeforeFirstMap(page, baseURL!, false);
  // The rest of the screen comes right after the first map, on its own.
  const panels = withImports(['script-panel', 'timeline', 'hole-histogram', 'live-region']);
  const editor = withImports(EDITOR);
  const later = (files: Set<string>) => [...files].filter((path) => !before.has(path) && !panels.has(path));
  expect(sum('The editor', later(editor))).toBeLessThanOrEqual(BUDGET.editor);
  const rest = later(withImports(REST)).filter((path) => !editor.has(path));
  expect(sum('Dialogs, lists, sharing, importing, inspector, labs', rest)).toBeLessThanOrEqual(BUDGET.rest);
  expect(sum('Fonts', builtFiles('.woff2'))).toBeLessThanOrEqual(BUDGET.fonts);
});
