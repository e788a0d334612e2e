import { readFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';
import { RawTab } from './support/raw-tab.ts';

/** A page of a context, opened as by somebody who has been here before. */
async function tab(context: BrowserContext, address = './'): Promise<HeapscapePage> {
  const page = await context.newPage();
  const heapscape = new HeapscapePage(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
  await page.goto(address);
  await heapscape.idle();
  return heapscape;
}

const saved = (page: Page) => expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();

async function edit(heapscape: HeapscapePage, text: string): Promise<void> {
  await heapscape.write(text);
  await saved(heapscape.page);
}

test('text, lanes and position come back after a reload', async ({ context }) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  await heapscape.write('repeat 40 { alloc 100 }');
  await page.evaluate(() => {
    const { app } = window.heapscape!;
    app.lanes.remove(app.store.getState().lanes[1]!.key);
    app.playback.seek(17);
    app.look.setColour('age');
  });
  await saved(page);
  await page.waitForTimeout(1500);
  await page.reload();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('repeat 40 { alloc 100 }');
  expect(await heapscape.position()).toBe(17);
  const state = await page.evaluate(() => {
    const { lanes, colour } = window.heapscape!.app.store.getState();
    return [...lanes.map(({ config }) => config.name), colour];
  });
  expect(state).toEqual(['wee', 'arena', 'age']);
  await heapscape.expectNoFaults();
});

test('a recording comes back after a reload', async ({ context }) => {
  const heapscape = await tab(context);
  await heapscape.drop('mine.ops', 'a 0 100\na 1 5000\nf 0\na 2 64\n');
  await saved(heapscape.page);
  await heapscape.page.reload();
  await heapscape.idle();
  expect(await heapscape.operations()).toBe(4);
  const kind = () => heapscape.page.evaluate(() => window.heapscape!.app.store.getState().document.name);
  expect(await kind()).toBe('mine.ops');
  await heapscape.expectNoFaults();
});

test('a recording above 64 MiB opens, and the page says that it is not kept', async ({ context }) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  await page.evaluate(async () => {
    const { app } = window.heapscape!;
    const filler = new Blob([`# ${'x'.repeat(4000)}\n`]);
    const data = new Blob(['a 0 100\n', ...Array.from({ length: 17_000 }, () => filler)]);
    app.runs.open({ kind: 'recording', name: 'huge.ops', data, origin: { kind: 'own' } });
  });
  await expect(page.getByText(/Not kept: this recording has/)).toBeVisible({ timeout: 40_000 });
  await heapscape.idle();
  expect(await heapscape.operations()).toBe(1);
});

test('L03: where the browser stores nothing the page says so and offers a file', async ({ context }) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Refused', 'SecurityError');
    };
  });
  const heapscape = await tab(context);
  await heapscape.editor.click();
  await heapscape.page.keyboard.type('#');
  await expect(heapscape.page.getByRole('alert')).toContainText('does not let the page store');
  await expect(heapscape.page.getByRole('button', { name: 'Not saved' })).toBeVisible();
  await heapscape.page.getByRole('button', { name: 'Save as file' }).click();
  await expect(heapscape.page.getByRole('dialog', { name: 'Share this view' })).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const [how, inject] of [
  [
    'at once',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full', 'QuotaExceededError');
      };
    },
  ],
  [
    'as it commits',
    () => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...args) {
        const request = put.apply(this, args);
        Object.defineProperty(this.transaction, 'error', { value: new DOMException('Full', 'QuotaExceededError') });
        request.addEventListener('success', () => this.transaction.abort());
        return request;
      };
    },
  ],
] as const) {
  test(`L04: a full disk, told ${how}, is said and the save before it stands`, async ({ context }) => {
    const heapscape = await tab(context);
    const { page } = heapscape;
    await edit(heapscape, 'alloc 64');
    await page.evaluate(inject);
    await heapscape.editor.click();
    await page.keyboard.type('#');
    await expect(page.getByRole('alert')).toContainText('storage is full');
    await page.reload();
    await heapscape.idle();
    await expect(heapscape.editor).toHaveText('alloc 64');
    await heapscape.write('alloc 65');
    await saved(page);
    await heapscape.expectNoFaults();
  });
}

/** Writes straight into the page's store of records. */
async function plant(page: Page, values: readonly (readonly [string, unknown])[]): Promise<void> {
  await page.evaluate(async (all) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('heapscape');
      asked.onsuccess = () => resolve(asked.result);
    });
    await new Promise((resolve) => {
      const transaction = database.transaction('work', 'readwrite');
      for (const [id, value] of JSON.parse(all)) transaction.objectStore('work').put(value, id);
      transaction.oncomplete = resolve;
    });
    database.close();
  }, JSON.stringify(values));
}

/** All that a store of the page holds, by its keys. */
async function stored(page: Page, name: string): Promise<Record<string, unknown>> {
  const text = await page.evaluate(async (store) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('heapscape');
      asked.onsuccess = () => resolve(asked.result);
    });
    const objects = database.transaction(store).objectStore(store);
    const got = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const keys = await got(objects.getAllKeys());
    const values = await got(objects.getAll());
    database.close();
    return JSON.stringify(Object.fromEntries(keys.map((key, k) => [String(key), values[k]])));
  }, name);
  return JSON.parse(text);
}

test('L05: damaged records are put aside as they are, a newer one is left alone, and the page begins', async ({
  context,
}) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  let deep: unknown = 'x';
  for (let depth = 0; depth < 500; depth++) deep = [deep];
  const planted: [string, unknown][] = [
    ['null', null],
    ['empty', {}],
    ['garbage', 'garbage'],
    ['deep', deep],
    ['v0', { schema: 0, revision: 900, saved: 1, own: true, name: 'x', text: 'alloc 1' }],
    ['v99', { schema: 99, revision: 901, anything: true }],
    ['proto', JSON.parse('{"schema":1,"revision":"902","__proto__":{"polluted":1}}')],
  ];
  await plant(page, planted);
  await page.reload();
  await heapscape.idle();
  await expect(page.getByRole('alert')).toContainText('6 saved pieces of work are damaged');
  await expect(page.getByRole('alert')).toContainText('made by a newer Heapscape');
  expect(await heapscape.operations()).toBe(19_617);
  expect(await stored(page, 'quarantine')).toEqual(Object.fromEntries(planted.filter(([id]) => id !== 'v99')));
  expect((await stored(page, 'work')).v99).toEqual(planted[5]![1]);
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await edit(heapscape, 'alloc 64');
  await page.reload();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('alloc 64');
  await heapscape.expectNoFaults();
});

test('L07: two tabs of the same work, edited in turn, keep an edit each and lose none', async ({ context }) => {
  const first = await tab(context);
  await edit(first, 'alloc 64');
  const second = await tab(context);
  await expect(second.editor).toHaveText('alloc 64');
  const type = (heapscape: HeapscapePage, text: string) =>
    heapscape.page.evaluate((next) => {
      window.heapscape!.app.runs.edit(next);
      return window.heapscape!.app.keeper!.flush();
    }, text);
  for (let k = 1; k <= 100; k++) {
    await type(first, `alloc ${k}\n# first`);
    await type(second, `alloc ${k}\n# second`);
  }
  for (const [heapscape, name] of [
    [first, 'first'],
    [second, 'second'],
  ] as const) {
    await heapscape.page.reload();
    await heapscape.idle();
    expect(await heapscape.editor.innerText()).toContain(`alloc 100\n# ${name}`);
  }
  await first.expectNoFaults();
  await second.expectNoFaults();
});

test('L08: site data cleared while the page is open: the next change is saved again', async ({ context }) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  await edit(heapscape, 'alloc 64');
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' });
  await edit(heapscape, 'alloc 65');
  await page.reload();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('alloc 65');
});

test('L09: after three starts that died the fourth opens nothing and offers the raw data', async ({
  browser,
  baseURL,
}) => {
  const tab = await RawTab.open(browser);
  const text = 'window.heapscape.app.store.getState().document.text';
  await tab.goto(baseURL!);
  await tab.evaluate('window.heapscape.app.look.leaveGuide(), window.heapscape.app.runs.edit("alloc 64")');
  await tab.until('window.heapscape.app.store.getState().saved.kind === "saved"');
  for (let deaths = 0; deaths < 3; deaths++) {
    await tab.goto(baseURL!);
    expect(await tab.evaluate(text)).toBe('alloc 64');
    await tab.crash();
  }
  await tab.goto(baseURL!);
  expect(await tab.evaluate(text)).not.toBe('alloc 64');
  expect(await tab.evaluate('document.querySelector("[role=alert]").textContent')).toContain('three times in a row');
  await tab.evaluate('[...document.querySelectorAll("button")].find((b) => b.textContent === "Open my work").click()');
  await tab.until(`${text} === "alloc 64"`);
});

test('the raw data hold every record as it is stored', async ({ context }) => {
  const heapscape = await tab(context);
  await edit(heapscape, 'alloc 64');
  await heapscape.page.evaluate(async () => {
    const { app } = window.heapscape!;
    app.look.notify({ key: 'kept', text: 'x', alert: true, ways: ['export'] });
  });
  const [raw] = await Promise.all([
    heapscape.page.waitForEvent('download'),
    heapscape.page.getByRole('button', { name: 'Save raw data' }).click(),
  ]);
  expect(raw.suggestedFilename()).toBe('heapscape-raw-data.json');
  const { work } = JSON.parse(await readFile(await raw.path(), 'utf8'));
  expect(Object.fromEntries(work)).toEqual(await stored(heapscape.page, 'work'));
});

test('a link in the address never overwrites work: it stays under Recent work', async ({ context }) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  await edit(heapscape, 'repeat 5 { alloc 64 }');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  await edit(heapscape, 'repeat 6 { alloc 64 }');
  await page.goto(link);
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('repeat 5 { alloc 64 }');
  // Edited and reloaded, the tab keeps the edit and not the link.
  await edit(heapscape, 'repeat 7 { alloc 64 }');
  await page.reload();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('repeat 7 { alloc 64 }');
  await page.getByRole('button', { name: 'Saved', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Recent work' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: /^Open / }).click();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('repeat 6 { alloc 64 }');
  await heapscape.expectNoFaults();
});

test('what was typed right before something else was opened is kept', async ({ context }) => {
  const heapscape = await tab(context);
  const { page } = heapscape;
  await page.evaluate(async () => {
    const { app } = window.heapscape!;
    app.runs.edit('# typed last');
    await app.openGallery('sawtooth');
    await app.keeper!.flush();
  });
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('recent');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Open / })
    .click();
  await heapscape.idle();
  await expect(heapscape.editor).toHaveText('# typed last');
});
