// `npm run oracles`: wee and dlmalloc against the real allocators, over at least a million operations each.
// HEAPSCAPE_ORACLE_OPERATIONS and HEAPSCAPE_ORACLE_SEED ask for more, and for others.
import { ensureBuilt, run, task } from './ensure.mjs';

await task(async () => {
  await ensureBuilt({ quiet: true });
  const operations = process.env.HEAPSCAPE_ORACLE_OPERATIONS ?? '1050000';
  run('npx', ['--no-install', 'vitest', 'run', 'wasm/tests/oracles.test.ts'], {
    env: { HEAPSCAPE_ORACLE_OPERATIONS: operations },
  });
});
