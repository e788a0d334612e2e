import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Day of the newest commit, so that two builds of one state are alike; today's outside of a checkout. */
function dateOfSources(): string {
  try {
    return execFileSync('git', ['log', '-1', '--format=%cs'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return new Date().toISOString().slice(0, 10);
  }
}

/**
 * The page needs nothing from anywhere else and may run nothing but its own files. In the built page only: the
 * development server injects inline scripts.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />`),
  },
};

/** The part of what the bundler knows of modules that grouping them needs. */
type ModuleLookup = (id: string) => { readonly importedIds: readonly string[] } | null;

/** A module of the sources and all that it imports before it runs. */
function closure(path: string, lookUp: ModuleLookup): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of lookUp(id)?.importedIds ?? []) add(next);
  };
  add(fileURLToPath(new URL(path, import.meta.url)));
  return found;
}

/**
 * What the first map is drawn with lies in one file: it compresses better than twenty do, and is asked for once. It holds
 * the first visit's page too, some 4 kB that other visits do not need.
 */
function chunkOf(id: string, graph: { getModuleInfo: ModuleLookup }): string | null {
  const lookUp: ModuleLookup = (other) => graph.getModuleInfo(other);
  firstVisit ??= new Set([...closure('src/main.tsx', lookUp), ...closure('src/views/guide/guide.tsx', lookUp)]);
  return firstVisit.has(id) ? 'page' : null;
}
let firstVisit: ReadonlySet<string> | null = null;

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy],
  define: {
    HEAPSCAPE_VERSION: JSON.stringify(
      JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version,
    ),
    HEAPSCAPE_DATE: JSON.stringify(dateOfSources()),
  },
  build: {
    assetsInlineLimit: 0,
    target: 'es2022',
    // A part that is fetched later asks for its own imports: to name them all here would be a kilobyte of the first visit.
    modulePreload: {
      resolveDependencies: (_file, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: chunkOf }] } } },
  },
  worker: { format: 'es' },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'wasm/tests/**/*.test.ts'],
    testTimeout: 120_000,
  },
});
