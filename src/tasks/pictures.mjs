// Makes the gallery's pictures from runs of its scenarios: src/script/generated/gallery-pictures.json, which the gallery
// loads when it is opened. Does nothing while what they are made from is unchanged.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, root } from './ensure.mjs';

const FOLDER = join(root, 'src', 'script', 'generated');
const PICTURES = join(FOLDER, 'gallery-pictures.json');
const STAMP = join(FOLDER, 'gallery-pictures.stamp');

export async function generatePictures() {
  const stamp = fingerprint(
    ...['public/scenarios', 'public/recordings', 'wasm/build/stamp', 'src/script/gallery.ts'],
    ...['src/cli/gallery-pictures.ts', 'src/script/heap.grammar', 'src/tasks/pictures.mjs'],
  );
  if (existsSync(PICTURES) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  const { createServer } = await import('vite');
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false },
  });
  try {
    const { galleryPictures } = await vite.ssrLoadModule('/src/cli/gallery-pictures.ts');
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(PICTURES, `${JSON.stringify(await galleryPictures(root))}\n`);
    writeFileSync(STAMP, stamp);
  } finally {
    await vite.close();
  }
}
