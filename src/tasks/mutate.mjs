// `npm run mutate`: changes one instruction of each allocator's module at a time, and looks whether the suite notices.
// Names of allocators narrow it; HEAPSCAPE_MUTANTS takes about so many of each, evenly spread.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root, task } from './ensure.mjs';

/** The command and its worker as Node can run them, which has no TypeScript yet. */
async function bundle() {
  const { build } = await import('vite');
  // Of its own, so that several can run at a time.
  const outDir = join(root, 'node_modules', '.cache', `heapscape-mutate-${process.pid}`);
  const folder = join(root, 'wasm', 'tests', 'mutate');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    // Files are found from the folder of the sources, not from that of the bundle.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(folder, 'main.ts')).href) },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      emptyOutDir: true,
      rollupOptions: { input: { main: join(folder, 'main.ts'), worker: join(folder, 'worker.ts') } },
    },
  });
  return { outDir, file: (name) => pathToFileURL(join(outDir, `${name}.js`)) };
}

await task(async () => {
  await ensureBuilt({ quiet: true });
  const { outDir, file } = await bundle();
  try {
    const { main } = await import(file('main').href);
    const most = Number(process.env.HEAPSCAPE_MUTANTS ?? Number.POSITIVE_INFINITY);
    if (!(await main(file('worker'), { only: process.argv.slice(2), most }))) process.exitCode = 1;
  } finally {
    rmSync(outDir, { recursive: true });
  }
});
