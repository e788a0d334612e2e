// `npm run exhaustive`: every sequence of 8 allocations and frees over five sizes, on each allocator.
// HEAPSCAPE_EXHAUSTIVE_LENGTH asks for another length.
import { ensureBuilt, run, task } from './ensure.mjs';

await task(async () => {
  await ensureBuilt({ quiet: true });
  const length = process.env.HEAPSCAPE_EXHAUSTIVE_LENGTH ?? '8';
  run('npx', ['--no-install', 'vitest', 'run', 'wasm/tests/exhaustive.test.ts', '--disable-console-intercept'], {
    env: { HEAPSCAPE_EXHAUSTIVE_LENGTH: length },
  });
});
