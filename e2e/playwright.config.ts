import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const named = process.env.HEAPSCAPE_CHROMIUM;
const executablePath = named ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Two checkouts on one machine take two ports. */
const port = process.env.HEAPSCAPE_TEST_PORT ?? '4391';

/** The built page on a static server of its own; one browser, as few workers as the smallest machine has cores. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/end-to-end',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  // A slow machine is no fault of the page: what takes long is for the benchmarks to say.
  timeout: 180_000,
  retries: process.env.CI === undefined ? 0 : 1,
  expect: { timeout: 30_000 },
  use: {
    baseURL: `http://localhost:${port}/heapscape/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    // A trace of every test costs a sixth of the whole run's time; `--trace on` takes one.
    trace: 'on-first-retry',
  },
  webServer: {
    // Under a sub-path, as most static hosts serve it.
    command: 'node e2e/serve.mjs',
    cwd: '..',
    url: `http://localhost:${port}/heapscape/`,
    reuseExistingServer: false,
  },
});
