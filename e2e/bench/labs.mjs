// `npm run bench:labs`: each lab against a plain page that times the same operations and shares no code with it
// (`e2e/plain/`). Both run in one browser, one after the other; times drift, so what is compared are ratios to one
// operation of the same run. Of each the least disturbed batches count, the 10th percentile in a lab and the fastest of
// seven in a plain page. Printed with the factor between the two; the exit code is 1 when one is beyond 3.
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../src/tasks/browser.mjs';
import { buildPage } from '../../src/tasks/build.mjs';
import { root } from '../../src/tasks/ensure.mjs';
import { listen, staticServer } from '../../src/tasks/serve.mjs';

const FACTOR = 3;

/** A lab's link, its plain page, the operation that the others are held against, and where each one is in the lab's data. */
const LABS = [
  {
    name: 'boundary',
    link: '#lab=boundary&to=65536',
    base: 'call',
    read: ({ xs, ways }) => Object.fromEntries(ways.map(({ id, points }) => [id, points[xs.indexOf(65_536)]?.low])),
  },
  {
    name: 'growth',
    link: '#lab=growth&to=512',
    base: 'first touch',
    read: ({ call, touch }) => ({
      'grow(1)': call.without[0].low,
      'first touch': touch[0].first.low,
      'write again': touch[0].again.low,
    }),
  },
  {
    name: 'gc',
    link: '#lab=gc&n=10000',
    base: 'objects walk',
    read: ({ forms }) => {
      const of = (form) => forms.find((entry) => entry.form === form);
      return {
        'WasmGC build': of('gc').build.low,
        'WasmGC walk': of('gc').walk.low,
        'WasmGC call': of('gc').call.low,
        'objects build': of('objects').build.low,
        'objects walk': of('objects').walk.low,
      };
    },
  },
];

async function runLab(page, address, { link }) {
  await page.goto(`${address}${link}`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('[data-run="done"]').waitFor({ timeout: 180_000 });
  return page.evaluate(async () => {
    const { shown, pages } = (await window.heapscape.app.labs()).store.getState();
    return pages[shown].result.data;
  });
}

async function runPlain(page, address, { name }) {
  await page.goto(`${address}${name}.html`);
  await page.waitForFunction(() => document.title === 'done', null, { timeout: 180_000 });
  return page.evaluate(() => window.result);
}

await buildPage({ quiet: true });
const labs = staticServer(join(root, 'dist'));
const plain = staticServer(join(root, 'e2e', 'plain'));
const [labsPort, plainPort] = [await listen(labs, 4710, true), await listen(plain, 4730, true)];
const browser = await chromium.launch({
  executablePath: ensureBrowser() ?? undefined,
  args: ['--no-sandbox', '--disable-background-networking'],
});
let worst = 1;
for (const lab of LABS) {
  const page = await browser.newPage();
  await page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
  const inLab = lab.read(await runLab(page, `http://localhost:${labsPort}/`, lab));
  const inPlain = await runPlain(page, `http://localhost:${plainPort}/`, lab);
  await page.close();
  console.log(`${lab.name}, ratios to “${lab.base}”`);
  for (const [operation, ns] of Object.entries(inPlain)) {
    if (operation === lab.base) continue;
    const [a, b] = [inLab[operation] / inLab[lab.base], ns / inPlain[lab.base]];
    const factor = Math.max(a / b, b / a);
    worst = Math.max(worst, factor);
    console.log(
      `  ${operation.padEnd(16)} lab ${a.toPrecision(3).padStart(9)}   plain ${b.toPrecision(3).padStart(9)}   ` +
        `factor ${factor.toFixed(2)}${factor > FACTOR ? `, more than ${FACTOR}` : ''}`,
    );
  }
}
await browser.close();
labs.close();
plain.close();
console.log(`largest factor ${worst.toFixed(2)} (goal: at most ${FACTOR})`);
process.exitCode = worst > FACTOR ? 1 : 0;
