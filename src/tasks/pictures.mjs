// What the page shows of the gallery before anything has run there, made from the same sources: src/script/generated/
// gallery-pictures.json, drawn from runs of every scenario, and first-scenario.json, the operations of a first visit.
// Does nothing while what they are made from is unchanged.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, root } from './ensure.mjs';

const FOLDER = join(root, 'src', 'script', 'generated');
const PICTURES = join(FOLDER, 'gallery-pictures.json');
const FIRST = join(FOLDER, 'first-scenario.json');
const STAMP = join(FOLDER, 'gallery.stamp');
/** What can change what a scenario comes down to, where its blocks lie, or how they are pictured. */
const SOURCES = [
  ...['public/scenarios', 'public/recordings', 'wasm/build/stamp', 'src/engine'],
  ...['src/cli/gallery-pictures.ts', 'src/tasks/pictures.mjs'],
];

export async function generatePictures() {
  const language = readdirSync(join(root, 'src', 'script')).filter((name) => name !== 'generated');
  const stamp = fingerprint(...SOURCES, ...language.map((name) => `src/script/${name}`));
  const there = [PICTURES, FIRST, STAMP].every((file) => existsSync(file));
  if (there && readFileSync(STAMP, 'utf8') === stamp) return;
  const { createServer } = await import('vite');
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false },
  });
  try {
    const { firstScenario, galleryPictures } = await vite.ssrLoadModule('/src/cli/gallery-pictures.ts');
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(PICTURES, `${JSON.stringify(await galleryPictures(root))}\n`);
    writeFileSync(FIRST, `${JSON.stringify(await firstScenario(root))}\n`);
    writeFileSync(STAMP, stamp);
  } finally {
    await vite.close();
  }
}
