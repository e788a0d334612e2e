// Serves the built page under a sub-path for the end-to-end tests.
import { fileURLToPath } from 'node:url';
import { listen, staticServer } from '../src/tasks/serve.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
await listen(staticServer(dist, '/heapscape/'), 4391, false);
