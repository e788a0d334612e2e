// `npm run bench:page`. A million operations in four lanes: how much longer recording takes than the bare replay of the
// same four (same driver, log off). Then, with them and with four lanes of four gigabytes: how much JavaScript a frame
// costs while the playhead jumps about, and what the same cells cost when they are drawn in other ways. Last, how long it
// takes to refuse a link that unpacks to 100 MB. Goals are printed beside the figures; nothing here fails.
//
// Each figure of a frame is measured by the clock and, in a round of its own that is traced, by the processor: on a machine
// that has other things to do the clock counts them as well.
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../src/tasks/browser.mjs';
import { buildPage } from '../../src/tasks/build.mjs';
import { root } from '../../src/tasks/ensure.mjs';
import { listen, staticServer } from '../../src/tasks/serve.mjs';
import { drawCells } from './cells.mjs';
import { processorTime } from './processor.mjs';
import { FOUR_GIBIBYTES, MILLION } from './scenarios.mjs';
import { openScenario, scrub, watchFrames } from './scrub.mjs';

const FRAMES = 600;
const ROUNDS = 3;

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];

function sayFrames(by, { spent, longest }) {
  console.log(
    `  scrubbing, all JavaScript a frame by the ${by}, ${spent.length} frames: median ${percentile(spent, 0.5).toFixed(2)} ms, ` +
      `95th percentile ${percentile(spent, 0.95).toFixed(2)} ms (goal: under 4 ms); ` +
      `longest task ${longest === 0 ? 'under 50' : longest.toFixed(0)} ms (goal: none over 50 ms)`,
  );
}

/** Opens the page in a browser of its own and calls `measure` with it. */
async function inBrowser(flags, measure) {
  const server = staticServer(join(root, 'dist'));
  const port = await listen(server, 4700, true);
  const browser = await chromium.launch({
    executablePath: ensureBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking', ...flags],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchFrames);
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => window.heapscape !== undefined);
  await page.evaluate(() => window.heapscape.whenIdle());
  try {
    await measure(page);
  } finally {
    await browser.close();
    server.close();
  }
}

const ms = (value) => `${value.toFixed(value < 1 ? 3 : 1)} ms`;

function sayCells({ raster, fillRect, svg }, bound) {
  console.log(
    `  JavaScript: raster ${ms(raster.spent)}, fillRect a cell ${ms(fillRect.spent)}: ` +
      `${(fillRect.spent / raster.spent).toFixed(0)} times cheaper (goal: at least 100)`,
  );
  console.log(
    `  frame to frame${bound}: raster ${ms(raster.frame)}, SVG cells ${ms(svg.frame)}: ` +
      `${(svg.frame / raster.frame).toFixed(1)} times shorter (goal: at least 15)`,
  );
}

async function scrubbing(page) {
  for (const scenario of [MILLION, FOUR_GIBIBYTES]) {
    await openScenario(page, scenario);
    const pages = await page.evaluate(() => {
      const { app } = window.heapscape;
      return app.store.getState().lanes.map(({ key }) => app.records.lane(key).series.finalPages);
    });
    console.log(`${scenario.name}, lanes of ${pages.join(', ')} pages`);
    for (let round = 0; round < ROUNDS; round++) sayFrames('clock', await scrub(page, FRAMES));
    sayFrames('processor', await processorTime(page, () => scrub(page, FRAMES)));
  }
  console.log('65,536 cells repainted, all of them');
  sayCells(await drawCells(page), ', at the 60 Hz of a screen, which bound ours');
}

/** The engine's half and the links' are TypeScript: Vite loads them as they are. */
async function inNode(measure) {
  const { createServer } = await import('vite');
  const vite = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true } });
  try {
    return await measure((path) => vite.ssrLoadModule(path));
  } finally {
    await vite.close();
  }
}

await buildPage({ quiet: true });
const { operations, bare, recorded, lanes } = await inNode(async (load) => {
  const { recordingRatio } = await load('/e2e/bench/recording.ts');
  return recordingRatio(MILLION.script, MILLION.lanes, join(root, 'wasm', 'build'));
});
console.log(`${operations} operations in ${lanes} lanes (medians of interleaved rounds)`);
console.log(
  `  bare replay ${bare.toFixed(0)} ms, recording ${recorded.toFixed(0)} ms: ratio ${(recorded / bare).toFixed(2)} (goal: at most 2.5)`,
);
await inBrowser([], scrubbing);
await inBrowser(['--disable-frame-rate-limit', '--disable-gpu-vsync'], async (page) => {
  await openScenario(page, FOUR_GIBIBYTES);
  sayCells(await drawCells(page), ', as fast as they come');
});
const bomb = await inNode(async (load) => (await load('/e2e/bench/links.ts')).refuseBomb());
console.log(
  `a link that unpacks to 100 MB: refused in ${bomb.first.toFixed(0)} ms the first time, ` +
    `${bomb.median.toFixed(0)} ms in the median of ${bomb.rounds} (goal: 50 ms)`,
);
