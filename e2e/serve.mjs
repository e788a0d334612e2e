// Serves the built page under a sub-path for the end-to-end tests.
import { fileURLToPath } from 'node:url';
import { listen, staticServer } from '../src/tasks/serve.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
await listen(staticServer(dist, '/heapscape/'), Number(process.env.HEAPSCAPE_TEST_PORT ?? 4391), false);
