import type { LoadedModule } from './modules.ts';

/**
 * Compiled from the bytes, not while they stream in: the largest is a few KiB, its size is shown, and a host that does
 * not know `application/wasm` serves it all the same.
 */
export async function fetchModule(name: string, address: string): Promise<LoadedModule> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${name}.wasm could not be loaded: ${response.status} ${response.statusText}`);
  const bytes = await response.arrayBuffer();
  return { module: await WebAssembly.compile(bytes), bytes: bytes.byteLength };
}
