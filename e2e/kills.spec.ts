import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { OwnBrowser } from './support/own-browser.ts';
import { RawTab } from './support/raw-tab.ts';

/** Times that the browser is killed, and a page of it crashed; `npm run kills` asks for 20 of each. */
const TIMES = Number(process.env.HEAPSCAPE_KILLS ?? 2);
/** Between the last save and the kill, in ms; taken in turn. */
const DELAYS = [0, 50, 400, 1000, 3000, 0, 100, 700, 2000, 10_000, 0, 20, 200, 500, 5000, 0, 80, 300, 1500, 30_000];

/** Types a text after the other and says which was acknowledged last, in `window.acked`. */
const TYPING = `(() => {
  const { app } = window.heapscape;
  app.look.leaveGuide();
  let n = Number(/\\d+/.exec(app.store.getState().document.text ?? '')?.[0] ?? 0) % 1000000;
  window.acked = 0;
  const type = () => { n++; window.typed = n; app.runs.edit('alloc ' + n); };
  const watch = ({ saved, document }) => {
    if (saved.kind !== 'saved' || document.text !== 'alloc ' + n) return;
    window.acked = n;
    setTimeout(type, 20);
  };
  app.store.subscribe(watch);
  type();
})()`;
const SHOWN = `Number(/\\d+/.exec(window.heapscape.app.store.getState().document.text)[0])`;

async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => window.heapscape !== undefined);
  await page.evaluate(() => window.heapscape!.whenIdle());
}

test(`L01: ${TIMES} times the browser is killed and no acknowledged work is lost`, async ({ baseURL }, info) => {
  test.setTimeout(60_000 + TIMES * 60_000);
  const executable = info.project.use.launchOptions?.executablePath ?? chromium.executablePath();
  const profile = await mkdtemp(join(tmpdir(), 'heapscape-kills-'));
  let acked = 0;
  const losses: number[] = [];
  try {
    for (let time = 0; time <= TIMES; time++) {
      const own = await OwnBrowser.launch(executable, profile);
      const context = own.browser.contexts()[0]!;
      const page = await context.newPage();
      await page.goto(baseURL!);
      await settled(page);
      if (time > 0) {
        // The disk may take a while to be put in order; what was acknowledged comes back then.
        const shown = async () => Number(await page.evaluate(SHOWN));
        await expect.poll(shown, { message: `after kill ${time}` }).toBeGreaterThanOrEqual(acked);
        losses.push(Math.max(0, acked - (await shown())));
      }
      if (time < TIMES) {
        await page.evaluate(TYPING);
        await page.waitForFunction(() => (window as { acked?: number }).acked! > 0);
        await page.waitForTimeout(DELAYS[time % DELAYS.length]!);
        acked = await page.evaluate(() => (window as { acked?: number }).acked!);
      }
      await own.kill();
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(`Killed ${losses.length} times; acknowledged edits lost: ${losses.reduce((sum, one) => sum + one, 0)}`);
  expect(losses).toHaveLength(TIMES);
});

test(`L02: ${TIMES} times the page crashes while somebody types and no acknowledged work is lost`, async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(60_000 + TIMES * 30_000);
  const tab = await RawTab.open(browser);
  let acked = 0;
  let crashes = 0;
  for (let time = 0; time <= TIMES; time++) {
    await tab.goto(baseURL!);
    // So many crashes in a row are not the loop that safe mode ends.
    await tab.evaluate('sessionStorage.setItem("heapscape.starts", "0")');
    if (time > 0) {
      crashes++;
      await tab.until(`${SHOWN} >= ${acked}`);
    }
    await tab.evaluate(TYPING);
    await tab.until('window.acked > 0');
    await new Promise((resolve) => setTimeout(resolve, Math.min(2000, DELAYS[time % DELAYS.length]!)));
    acked = Number(await tab.evaluate('window.acked'));
    await tab.crash();
  }
  console.log(`Crashed ${crashes} times; acknowledged edits lost: 0`);
});
