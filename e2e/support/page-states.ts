import { expect, type Locator, type Page } from '@playwright/test';
import type { HeapscapePage } from './heapscape-page.ts';

/** What can lie over the page or be said on it, as a visitor meets it. Each is entered from the comparison and left to it. */
export interface PageState {
  readonly name: string;
  enter(heapscape: HeapscapePage): Promise<void>;
  leave(heapscape: HeapscapePage): Promise<void>;
}

const DIALOGS = [
  ...['share', 'recordings', 'save', 'export', 'metrics', 'reference', 'gallery', 'recent', 'keys', 'palette'],
  'inspector',
] as const;

const dialog = (name: (typeof DIALOGS)[number]): PageState => ({
  name,
  async enter({ page }) {
    // Its module is fetched at its first opening.
    await page.evaluate((which) => window.heapscape!.app.look.open(which as never), name);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
  },
  async leave({ page }) {
    await page.evaluate(() => window.heapscape!.app.look.open(null));
    await expect(page.getByRole('dialog')).toBeHidden();
  },
});

/** Typed, wherever the editor is. */
async function edit(heapscape: HeapscapePage, text: string): Promise<void> {
  await heapscape.page.evaluate((script) => window.heapscape!.app.runs.edit(script), text);
  await heapscape.idle();
}

/** A script and what the page shows of it, in the tab of a phone that tells it. */
const script = (
  name: string,
  text: string,
  shown: (page: Page) => Locator,
  tab: 'script' | 'findings' = 'script',
): PageState => ({
  name,
  async enter(heapscape) {
    await edit(heapscape, text);
    await heapscape.page.evaluate((which) => window.heapscape!.app.look.showTab(which), tab);
    await expect(shown(heapscape.page).first()).toBeVisible();
  },
  async leave(heapscape) {
    await edit(heapscape, 'repeat 9 { alloc 40k }');
    await heapscape.page.evaluate(() => window.heapscape!.app.look.showTab('map'));
  },
});

const MISUSE = 'a = alloc 100\nb = alloc 100\nfree a\nfree a\nc[] = alloc 100\nc[] = alloc 100\nfree b\nalloc 200';

export const PAGE_STATES: readonly PageState[] = [
  ...DIALOGS.map(dialog),
  {
    name: 'lane options',
    async enter({ page }) {
      await page.evaluate(() => window.heapscape!.app.look.showTab('metrics'));
      await page.getByRole('button', { name: 'Options of lane A' }).click();
      await expect(page.getByRole('form', { name: 'Options of lane A' })).toBeVisible();
    },
    async leave({ page }) {
      await page.getByRole('button', { name: 'Options of lane A' }).press('Escape');
      await page.evaluate(() => window.heapscape!.app.look.showTab('map'));
    },
  },
  {
    name: 'wrong file',
    async enter(heapscape) {
      await heapscape.drop('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
      await expect(heapscape.page.getByRole('alert')).toContainText(/PNG/i);
    },
    async leave(heapscape) {
      await edit(heapscape, 'repeat 9 { alloc 40k }');
    },
  },
  script('syntax error', 'repeat 9 {\n  a = alloc 40k\n}\nfre a', (page) =>
    page.locator('.diagnostics [data-severity="error"]'),
  ),
  script('endless script', 'repeat 1000000000 { a = alloc 1; free a }', (page) => page.getByText(/What ran is kept/)),
  script('out of memory', 'memory max 4 pages\nrepeat 20 as i { a[i] = alloc 40k }\nexpect failures == 0', (page) =>
    page.getByText(/could not serve 40/),
  ),
  script('misuse', MISUSE, (page) => page.getByText(/already freed/), 'findings'),
  {
    name: 'worker lost',
    async enter(heapscape) {
      await heapscape.page.evaluate(() => {
        for (const worker of (window as unknown as { workers: Worker[] }).workers) {
          worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
        }
      });
      await expect(heapscape.page.getByRole('alert').getByRole('button')).toBeVisible();
    },
    async leave({ page }) {
      await page.getByRole('alert').getByRole('button').click();
    },
  },
];

/** Before the page is opened: its workers can then be lost on purpose. */
export async function keepWorkers({ page }: HeapscapePage): Promise<void> {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(window, { workers });
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    };
  });
}
