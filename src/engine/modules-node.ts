import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ModuleSource, remembering } from './modules.ts';

/** Modules from a folder of .wasm files, each compiled once. */
export function modulesFrom(folder: string): ModuleSource {
  return remembering(async (name) => {
    const bytes = await readFile(join(folder, `${name}.wasm`));
    return { module: await WebAssembly.compile(bytes), bytes: bytes.length };
  });
}

/** Modules from wasm/build/, for tests that run from the sources. */
export const modulesFromFiles: ModuleSource = modulesFrom(fileURLToPath(new URL('../../wasm/build/', import.meta.url)));
