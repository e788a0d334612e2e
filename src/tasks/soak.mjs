// `npm run soak`: 30 million random operations on each lane, with every block's contents and every overlap looked for.
// HEAPSCAPE_SOAK_OPERATIONS and HEAPSCAPE_SOAK_SEED ask for more, and for others.
import { ensureBuilt, run, task } from './ensure.mjs';

await task(async () => {
  await ensureBuilt({ quiet: true });
  const operations = process.env.HEAPSCAPE_SOAK_OPERATIONS ?? '30000000';
  run('npx', ['--no-install', 'vitest', 'run', 'wasm/tests/soak.test.ts', '--disable-console-intercept'], {
    env: { HEAPSCAPE_SOAK_OPERATIONS: operations },
  });
});
