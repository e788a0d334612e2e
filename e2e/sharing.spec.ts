import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { defaultState } from '../src/state/link/defaults-1.ts';
import { writeLink } from '../src/state/link/hash.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

/** Every canvas of the page as a hash of its pixels. */
async function pixels(page: Page): Promise<string[]> {
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll('canvas')].map((canvas) => {
      const { width, height } = canvas;
      const data = width * height === 0 ? [] : canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
      return `${width} ${height} ${[...data].join()}`;
    }),
  );
  return drawn.map((canvas) => createHash('sha256').update(canvas).digest('hex'));
}

/** What the page says it shows, apart from names that are its own. */
async function shown(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const state = window.heapscape!.app.store.getState();
    const { document, position, reached, colour, order, view, zoom, firstPage, tableOpen, link, lanes } = state;
    const { scriptOpen, inspectorOpen, focusedLane } = state;
    const lane = (key: string) => lanes.findIndex((other) => other.key === key);
    const target = link.selected;
    const selected = target !== null && 'lane' in target ? { ...target, lane: lane(target.lane) } : target;
    return {
      text: document.kind === 'script' ? document.text : document.name,
      lanes: lanes.map(({ config, survey }) => ({ config, metrics: survey?.metrics })),
      focus: lane(focusedLane),
      ...{ position, reached, colour, order, view, zoom, firstPage, tableOpen, scriptOpen, inspectorOpen, selected },
    };
  });
}

/** Opens an address in a profile that has never seen the page. */
async function fresh(browser: Browser, address: string): Promise<HeapscapePage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const heapscape = new HeapscapePage(page);
  await page.goto(address);
  await heapscape.idle();
  return heapscape;
}

/** The link of the share dialog. */
async function linkOf({ page }: HeapscapePage): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  return link;
}

const overflowLink = writeLink(defaultState({ kind: 'gallery', id: 'overflow' }));
const OVERFLOW = overflowLink.kind === 'link' ? overflowLink.hash : '';
const SCRIPT = `seed 3
repeat 300 as i { a[i] = alloc 200..9k }
mark "full"
free random 50% of a
repeat 150 { alloc 3k..12k }
`;

test('a shared view opens in a fresh profile with the same state and the same pixels', async ({ page, browser }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  await page.evaluate(() => {
    const { app } = window.heapscape!;
    const { lanes } = app.store.getState();
    app.lanes.configure(lanes[0]!.key, { name: 'wee-repaired', memory: { initial: 3 }, fill: true });
    app.lanes.remove(lanes[2]!.key);
    app.lanes.add('pool');
    app.lanes.move(lanes[1]!.key, 1);
  });
  await heapscape.idle();
  await page.evaluate(() => {
    const { app } = window.heapscape!;
    const { lanes } = app.store.getState();
    app.playback.seek(411);
    app.lanes.focus(lanes[1]!.key);
    app.point.select({ kind: 'page', lane: lanes[1]!.key, page: 5 });
  });
  await page.mouse.move(700, 20);
  await heapscape.idle();
  const link = await linkOf(heapscape);
  await heapscape.idle();
  const other = await fresh(browser, link);
  await other.page.mouse.move(700, 20);
  await other.idle();
  expect(await shown(other.page)).toEqual(await shown(page));
  expect(await pixels(other.page)).toEqual(await pixels(page));
  await heapscape.expectNoFaults();
  await other.expectNoFaults();
  await other.page.context().close();
});

test('a gallery scenario is shared by its id, and its lanes come with it', async ({ page, browser }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('overflow');
  await heapscape.idle();
  await page.mouse.move(700, 20);
  await heapscape.idle();
  const link = await linkOf(heapscape);
  expect(link).toMatch(/#1\.&g=overflow&c=[0-9a-f]{8}$/);
  const other = await fresh(browser, link);
  await other.page.mouse.move(700, 20);
  await other.idle();
  expect(await other.page.evaluate(() => window.heapscape!.app.store.getState().lanes.length)).toBe(4);
  expect(await shown(other.page)).toEqual(await shown(page));
  expect(await pixels(other.page)).toEqual(await pixels(page));
  await other.page.context().close();
});

test('H12: a link to a script without end runs within its budgets, is stopped, and can be edited', async ({
  page,
  browser,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('repeat 1000000000 { a = alloc 1; free a }');
  await page.getByRole('button', { name: 'Stop' }).click();
  await heapscape.idle();
  const link = await linkOf(heapscape);
  const context = await browser.newContext();
  const opened = new HeapscapePage(await context.newPage());
  await opened.page.goto(link);
  await opened.page.getByRole('button', { name: 'Stop' }).click();
  await opened.idle();
  await expect(opened.editor).toContainText('1000000000');
  await opened.write('alloc 64');
  expect(await opened.operations()).toBe(1);
  await opened.expectNoFaults();
  await context.close();
});

test('H16: a damaged link in the address leaves unsaved edits alone and says so', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 7 { alloc 100 }');
  for (const [hash, text] of [
    ['#1.AAAA&c=00000000', 'checksum'],
    ['#2.AAAA&c=00000000', 'newer Heapscape'],
    ['#deck=nowhere', 'newer Heapscape'],
    ['#%E0%A4%A', 'no link of Heapscape’s'],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await expect(page.getByRole('alert')).toContainText(text);
    await expect(page.getByRole('alert')).toContainText('Your own work is as it was.');
    await heapscape.idle();
    await expect(heapscape.editor).toHaveText('repeat 7 { alloc 100 }');
    expect(await heapscape.operations()).toBe(7);
  }
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await heapscape.expectNoFaults();
});

test('a first visit by a link shows what is in it and no guide; typing leaves the address alone', async ({
  page,
  browser,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  const link = await linkOf(heapscape);
  const other = await fresh(browser, link);
  await expect(other.page.getByText('Hide this guide')).toHaveCount(0);
  await other.write('alloc 64');
  expect(other.page.url()).toBe(link);
  await other.page.context().close();
});

test('a link opened over work is undone with one key, and done again with another', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 7 { alloc 100 }');
  const mine = await shown(page);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, OVERFLOW);
  await heapscape.idle();
  const overflow = await shown(page);
  await heapscape.playhead.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await heapscape.idle();
  expect(await shown(page)).toEqual(mine);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await heapscape.idle();
  expect(await shown(page)).toEqual(overflow);
  await heapscape.expectNoFaults();
});

test('lanes and colour are undone step by step', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const names = () =>
    page.evaluate(() => {
      const { lanes, colour } = window.heapscape!.app.store.getState();
      return [...lanes.map(({ config }) => config.name), colour].join(' ');
    });
  await heapscape.playhead.focus();
  await page.evaluate(() => window.heapscape!.app.lanes.remove(window.heapscape!.app.store.getState().lanes[1]!.key));
  await page.evaluate(() => window.heapscape!.app.look.setColour('age'));
  await page.evaluate(() => window.heapscape!.app.lanes.add('pool'));
  await heapscape.idle();
  const steps = ['wee arena pool age', 'wee arena age', 'wee arena live', 'wee dlmalloc arena live'];
  for (const step of steps) {
    expect(await names()).toBe(step);
    await page.keyboard.press('ControlOrMeta+z');
    await heapscape.idle();
  }
  expect(await names()).toBe(steps[3]);
  for (let times = 0; times < 3; times++) await page.keyboard.press('ControlOrMeta+Shift+z');
  await heapscape.idle();
  expect(await names()).toBe(steps[0]);
});

test('the dialog says what each part costs, and parts can be left out', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write(SCRIPT);
  await heapscape.playhead.press('Home');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Share this view' });
  const address = dialog.getByRole('textbox', { name: 'Link' });
  expect(await address.inputValue()).toContain('&t=0&');
  await dialog.getByRole('checkbox', { name: /Position/ }).uncheck();
  expect(await address.inputValue()).not.toContain('&t=0');
  const code = dialog.getByRole('img', { name: 'The link as a QR code' });
  await expect(code).toBeVisible();
  // For a projector: as large as the screen. Escape ends that, and the dialog is still there.
  await dialog.getByRole('button', { name: 'Show full screen' }).click();
  const full = page.getByRole('dialog', { name: 'The link as a QR code' });
  const drawn = (await full.getByRole('img').boundingBox())!;
  expect(Math.min(drawn.width, drawn.height)).toBeGreaterThan(0.8 * page.viewportSize()!.height);
  await page.keyboard.press('Escape');
  await expect(full).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Show full screen' })).toBeFocused();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save the QR code as SVG' }).click();
  expect((await saving).suggestedFilename()).toBe('heapscape-link.svg');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('V06: where the clipboard is refused the link is selected to be copied by hand', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await heapscape.open();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The browser does not let the page copy.')).toBeVisible();
  const selected = await page.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  expect(selected).toBe(await page.getByRole('textbox', { name: 'Link' }).inputValue());
});

for (const recording of [false, true]) {
  test(`a saved file opens the same state, ${recording ? 'its recording with it' : 'of a script'}`, async ({
    page,
    browser,
  }) => {
    const heapscape = new HeapscapePage(page);
    await heapscape.open();
    if (recording) await heapscape.drop('mine.ops', 'a 0 100\na 1 5000\nf 0\na 2 64\n');
    else await heapscape.write(SCRIPT);
    await heapscape.idle();
    await heapscape.playhead.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await heapscape.idle();
    await page.getByRole('button', { name: 'Share' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as file' }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/\.heapscape\.json$/);
    await page.keyboard.press('Escape');
    const other = await fresh(browser, page.url());
    await other.drop('anything.json', await readFile(await saved.path()));
    expect(await shown(other.page)).toEqual(await shown(page));
    await other.expectNoFaults();
    await other.page.context().close();
  });
}
