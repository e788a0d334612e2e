// `npm run --silent heapscape -- …`: the command line. Installs and builds what it needs without a word on standard
// output, then hands over to src/cli/main.ts, bundled for Node (which cannot run TypeScript by itself yet).
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, fingerprint, root, task } from './ensure.mjs';

/** Path of the bundle; its folder is named for its sources, so runs side by side never see half a build. */
async function bundle() {
  const cache = join(root, 'node_modules', '.cache');
  const folder = join(
    cache,
    `heapscape-cli-${fingerprint('src', 'package-lock.json', 'wasm/build/stamp').slice(0, 16)}`,
  );
  const file = join(folder, 'main.js');
  if (existsSync(file)) return file;
  const { build } = await import('vite');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: { ssr: 'src/cli/main.ts', outDir: unfinished, target: 'node20', emptyOutDir: true },
  });
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another run was faster; its bundle is the same.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return file;
}

await task(async () => {
  await ensureBuilt({ quiet: true });
  const { main } = await import(pathToFileURL(await bundle()).href);
  process.exitCode = await main(process.argv.slice(2), root);
});
