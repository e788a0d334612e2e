// `npm run build`: the page as static files in dist/, for any host and any sub-path.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, fingerprint, root, task } from './ensure.mjs';

/**
 * Builds the page into dist/ unless nothing that goes into it has changed. `quiet`: only what went wrong is printed; the one
 * line of `npm start` is the address.
 */
export async function buildPage({ quiet = false } = {}) {
  await ensureBuilt({ quiet });
  const stampFile = join(root, 'node_modules', '.cache', 'heapscape-page');
  const stamp = fingerprint('src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'wasm/build');
  const built = existsSync(join(root, 'dist', 'index.html'));
  if (built && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { build } = await import('vite');
  // Vite keeps what it finds here, and drawing the gallery's pictures leaves "development": React would be twice the size.
  process.env.NODE_ENV = 'production';
  await build({ root, logLevel: quiet ? 'error' : 'info' });
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await task(() => buildPage());
