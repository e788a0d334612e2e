// `npm run dev`: the page with hot reload; Wasm modules and grammar are rebuilt when their sources change.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, root, task } from './ensure.mjs';

await task(async () => {
  await ensureBuilt();
  const { createServer } = await import('vite');
  const server = await createServer({ root, server: { port: Number(process.env.PORT ?? 5173) } });
  await server.listen();
  server.printUrls();

  let pending = null;
  const rebuild = (_event, name) => {
    if (name === null || !/\.(ts|mjs|grammar)$/.test(name) || name.startsWith('build')) return;
    clearTimeout(pending);
    // Editors save in several steps; a moment's rest makes one rebuild of them.
    pending = setTimeout(async () => {
      try {
        await ensureBuilt();
        server.hot.send({ type: 'full-reload' });
      } catch (error) {
        console.error(error.message);
      }
    }, 150);
  };
  watch(join(root, 'wasm'), { recursive: true }, rebuild);
  watch(join(root, 'src', 'script'), (event, name) => name?.endsWith('.grammar') && rebuild(event, name));
});
