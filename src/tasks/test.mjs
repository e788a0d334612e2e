// `npm test`: everything that must hold before a change lands. Each step runs even when one before it failed, so that
// one run tells all; the last line counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, root, task } from './ensure.mjs';

const reports = join(root, 'test-results');

function step(title, args, env = {}) {
  console.log(`\n── ${title}`);
  const { status } = spawnSync('npx', ['--no-install', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Counts of a runner that writes a JSON report; a runner that failed without a report is one failure. */
function counted(title, args, env, report, read) {
  const ok = step(title, args, env);
  try {
    const counts = read(JSON.parse(readFileSync(report, 'utf8')));
    return ok || counts.failed > 0 ? counts : { passed: counts.passed, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

await task(async () => {
  ensurePackages();
  await ensureBuilt({ quiet: true });
  mkdirSync(reports, { recursive: true });
  const results = [];
  const check = (title, args) => {
    const ok = step(title, args);
    results.push({ title, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
  };

  check('Types', ['tsc', '--noEmit', '-p', 'tsconfig.json']);
  check('Lint and format', ['biome', 'ci', '--log-level=warn', '.']);

  const unitReport = join(reports, 'unit.json');
  const unit = counted(
    'Unit, contract and golden tests',
    ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`],
    {},
    unitReport,
    (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
  );
  results.push({ title: 'Unit, contract and golden tests', ...unit });

  const { ensureBrowser } = await import('./browser.mjs');
  const { buildPage } = await import('./build.mjs');
  const browser = ensureBrowser();
  await buildPage({ quiet: true });
  const endReport = join(reports, 'end-to-end.json');
  const end = counted(
    'End-to-end tests in Chromium',
    ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=line,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: endReport, ...(browser ? { HEAPSCAPE_CHROMIUM: browser } : {}) },
    endReport,
    ({ stats }) => {
      if (stats.flaky > 0) console.log(`${stats.flaky} passed only at the second try.`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
  );
  results.push({ title: 'End-to-end tests in Chromium', ...end });

  console.log('');
  for (const { title, passed, failed } of results) console.log(`${title}: ${passed} passed, ${failed} failed`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
});
