import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ModuleSource, remembering } from './modules.ts';

const folder = new URL('../../wasm/build/', import.meta.url);

/** Modules from wasm/build/, compiled once a process. */
export const modulesFromFiles: ModuleSource = remembering(async (name) => {
  const bytes = await readFile(fileURLToPath(new URL(`${name}.wasm`, folder)));
  return { module: await WebAssembly.compile(bytes), bytes: bytes.length };
});
