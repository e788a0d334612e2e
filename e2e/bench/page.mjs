// `npm run bench:page`: a million operations in four lanes. How much longer recording takes than the bare replay of the
// same four (same driver, log off), and how much JavaScript a frame costs while the playhead jumps about. Goals are
// printed beside the figures; nothing here fails.
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../src/tasks/browser.mjs';
import { buildPage } from '../../src/tasks/build.mjs';
import { root } from '../../src/tasks/ensure.mjs';
import { listen, staticServer } from '../../src/tasks/serve.mjs';

const SCRIPT = `repeat 500000 {
  q[] = alloc 16..2k mostly small
  if count(q) > 2000 { free oldest of q }
}
mark "full"
free q`;
const LANES = ['wee-repaired', 'dlmalloc', 'arena', 'pool'];
const FRAMES = 600;

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];

async function scrubbing() {
  const server = staticServer(join(root, 'dist'));
  const port = await listen(server, 4700, true);
  const browser = await chromium.launch({
    executablePath: ensureBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    localStorage.setItem('heapscape.guide', 'seen');
    // All work of a frame runs in frame callbacks: their time is the frame's JavaScript.
    const frames = { now: -1, spent: 0, all: [] };
    window.benchFrames = frames;
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      request((now) => {
        if (now !== frames.now) {
          if (frames.now >= 0) frames.all.push(frames.spent);
          frames.now = now;
          frames.spent = 0;
        }
        const start = performance.now();
        callback(now);
        frames.spent += performance.now() - start;
      });
  });
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => window.heapscape !== undefined);
  await page.evaluate(() => window.heapscape.whenIdle());
  await page.evaluate(
    ({ script, lanes }) => {
      const { app } = window.heapscape;
      for (const { key } of app.store.getState().lanes) app.lanes.remove(key);
      for (const lane of lanes) app.lanes.add(lane);
      app.runs.open({ kind: 'script', name: 'bench', text: script, origin: { kind: 'own' } });
    },
    { script: SCRIPT, lanes: LANES },
  );
  await page.waitForFunction(() => (window.heapscape.app.records.operations?.count ?? 0) >= 1_000_000, null, {
    timeout: 120_000,
  });
  await page.evaluate(() => window.heapscape.whenIdle());
  const spent = await page.evaluate(async (frames) => {
    const { app } = window.heapscape;
    const { count } = app.records.operations;
    window.benchFrames.all.length = 0;
    let seed = 1;
    for (let k = 0; k < frames; k++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      app.playback.seek(Math.floor((seed / 2 ** 32) * count));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return window.benchFrames.all;
  }, FRAMES);
  await browser.close();
  server.close();
  return spent;
}

/** The engine's half is TypeScript: Vite loads it as it is. */
async function recording() {
  const { createServer } = await import('vite');
  const vite = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true } });
  const { recordingRatio } = await vite.ssrLoadModule('/e2e/bench/recording.ts');
  const figures = await recordingRatio(SCRIPT, LANES, join(root, 'wasm', 'build'));
  await vite.close();
  return figures;
}

await buildPage({ quiet: true });
const { operations, bare, recorded, lanes } = await recording();
console.log(`${operations} operations in ${lanes} lanes (medians of interleaved rounds)`);
console.log(
  `bare replay ${bare.toFixed(0)} ms, recording ${recorded.toFixed(0)} ms: ratio ${(recorded / bare).toFixed(2)} (goal: at most 2.5)`,
);
const spent = await scrubbing();
console.log(
  `scrubbing, JavaScript a frame over ${spent.length} frames: median ${percentile(spent, 0.5).toFixed(2)} ms, ` +
    `95th percentile ${percentile(spent, 0.95).toFixed(2)} ms (goal: under 4 ms)`,
);
