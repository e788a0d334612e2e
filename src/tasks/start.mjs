// `npm start`: installs, builds and serves the page; prints one line with its address.
import { join } from 'node:path';
import { ensurePackages, root, task } from './ensure.mjs';

await task(async () => {
  const wanted = process.env.PORT;
  if (wanted !== undefined && !/^\d{1,5}$/.test(wanted)) throw new Error(`PORT is a number; it was "${wanted}".`);
  ensurePackages({ quiet: true });
  const { buildPage } = await import('./build.mjs');
  const { listen, staticServer } = await import('./serve.mjs');
  await buildPage({ quiet: true });
  const server = staticServer(join(root, 'dist'));
  const port = await listen(server, wanted === undefined ? 4173 : Number(wanted), wanted === undefined);
  console.log(`Heapscape runs at http://localhost:${port}/`);
});
