// `npm run scores`: what Lighthouse gives the built page, as a desktop and as a phone, the median of five loads each. It is
// fetched when it is asked for: nothing else needs it. Its throttled loads are simulated; a busy machine lowers performance.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { buildPage } from './build.mjs';
import { ensureBuilt, ensurePackages, root, task } from './ensure.mjs';
import { listen, staticServer } from './serve.mjs';

/** The last that runs on Node 20. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const LOADS = 5;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const FIGURES = {
  'first-contentful-paint': 'first paint',
  'largest-contentful-paint': 'largest paint',
  'total-blocking-time': 'blocked',
  'cumulative-layout-shift': 'shift',
};

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** One load of `address`; its report. Not awaited by a thread that stands still: the server is in this process. */
async function load(address, browser, preset, folder) {
  const file = join(folder, 'report.json');
  const flags = [
    '--quiet',
    '--output=json',
    `--output-path=${file}`,
    `--only-categories=${CATEGORIES}`,
    '--chrome-flags=--headless=new --no-sandbox',
    ...(preset === 'desktop' ? ['--preset=desktop'] : []),
  ];
  const child = spawn('npx', ['--yes', LIGHTHOUSE, address, ...flags], {
    cwd: root,
    env: { ...process.env, CHROME_PATH: browser },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error('Lighthouse failed.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

await task(async () => {
  ensurePackages();
  await ensureBuilt({ quiet: true });
  await buildPage({ quiet: true });
  const browser = ensureBrowser() ?? chromium.executablePath();
  const server = staticServer(join(root, 'dist'), '/', { compress: true });
  const address = `http://localhost:${await listen(server, 4760, true)}/`;
  const folder = mkdtempSync(join(tmpdir(), 'heapscape-scores-'));
  try {
    for (const preset of ['desktop', 'phone']) {
      const reports = [];
      for (let n = 0; n < LOADS; n++) reports.push(await load(address, browser, preset, folder));
      const scores = CATEGORIES.map(
        (id) => `${id} ${Math.round(median(reports.map(({ categories }) => categories[id].score)) * 100)}`,
      );
      const figures = Object.entries(FIGURES).map(([id, name]) => {
        const value = median(reports.map(({ audits }) => audits[id].numericValue));
        return `${name} ${id === 'cumulative-layout-shift' ? value.toFixed(3) : `${Math.round(value)} ms`}`;
      });
      console.log(`${preset}: ${scores.join(', ')} (${figures.join(', ')})`);
      for (const id of CATEGORIES) {
        const { auditRefs } = reports[0].categories[id];
        for (const { id: name, weight } of auditRefs) {
          const audit = reports[0].audits[name];
          if (weight > 0 && audit.score !== null && audit.score < 0.9)
            console.log(`  ${id}: ${audit.title} ${audit.displayValue ?? ''}`);
        }
      }
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
