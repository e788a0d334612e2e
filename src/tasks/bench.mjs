// `npm run bench`: ours against the real allocators on four programs; writes the figures into wasm/README.md and draws
// them in wasm/bench.svg. HEAPSCAPE_BENCH_ROUNDS: how many rounds.
import { setFlagsFromString } from 'node:v8';
import { ensureBuilt, root, task } from './ensure.mjs';

// Code is optimised before its first call: what is measured is the code that stays. Functions that are never called
// are not compiled.
setFlagsFromString('--no-liftoff');
setFlagsFromString('--wasm-lazy-compilation');

await task(async () => {
  process.chdir(root);
  await ensureBuilt({ quiet: true });
  const { createServer } = await import('vite');
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false },
  });
  try {
    const { main } = await vite.ssrLoadModule('/wasm/tests/bench/main.ts');
    await main(root);
  } finally {
    await vite.close();
  }
});
