// `npm run kills`: kills the browser 20 times and crashes its page 20 times while somebody types; no acknowledged work may be
// lost. `npm test` does both twice.
import { spawnSync } from 'node:child_process';
import { ensureBrowser } from './browser.mjs';
import { buildPage } from './build.mjs';
import { ensureBuilt, ensurePackages, root, task } from './ensure.mjs';

await task(async () => {
  ensurePackages();
  await ensureBuilt({ quiet: true });
  const browser = ensureBrowser();
  await buildPage({ quiet: true });
  const { status } = spawnSync(
    'npx',
    ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', '--workers=1', 'e2e/kills.spec.ts'],
    {
      cwd: root,
      env: { HEAPSCAPE_KILLS: '20', ...process.env, ...(browser ? { HEAPSCAPE_CHROMIUM: browser } : {}) },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  process.exitCode = status ?? 1;
});
