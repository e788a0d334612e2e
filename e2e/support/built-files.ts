import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const ASSETS = 'assets/';

/** Bytes of a file of the built page as a server sends it: gzip, but for what is compressed already. */
export function sentBytes(path: string): number {
  const bytes = readFileSync(DIST + path);
  return /\.(woff2|png|jpg)$/.test(path) ? bytes.length : gzipSync(bytes).length;
}

export function builtText(path: string): string {
  return readFileSync(DIST + path, 'utf8');
}

/** Files of the built page by kind, as paths from its root. */
export function builtFiles(ending: string): string[] {
  return readdirSync(DIST + ASSETS)
    .filter((name) => name.endsWith(ending))
    .map((name) => ASSETS + name);
}

/** `assets/share-dialog-C0MB94y0.js` → `share-dialog`. */
function chunkName(path: string): string {
  return path.slice(ASSETS.length).replace(/-[\w-]{8}\.\w+$/, '');
}

/** Every script that the page itself can load, now or later; those of workers are not among them. */
function pageScripts(): string[] {
  const found = new Set<string>();
  const visit = (text: string) => {
    for (const [, name] of text.matchAll(/["'`](?:\.\/)?(?:assets\/)?([\w.-]+\.js)["'`]/g)) {
      const path = ASSETS + name;
      if (chunkName(path) === 'worker' || found.has(path)) continue;
      found.add(path);
      visit(readFileSync(DIST + path, 'utf8'));
    }
  };
  visit(readFileSync(`${DIST}index.html`, 'utf8'));
  return [...found];
}

/** Chunks of these names, the styles of the same names, and whatever scripts they import before they run. */
export function withImports(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    if (!path.endsWith('.js')) return;
    const text = readFileSync(DIST + path, 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) add(ASSETS + name);
  };
  const files = [...pageScripts(), ...builtFiles('.css')];
  for (const name of names) {
    const own = files.filter((path) => chunkName(path) === name);
    if (own.length === 0) throw new Error(`There is no chunk ${name} in the built page`);
    own.forEach(add);
  }
  return found;
}
