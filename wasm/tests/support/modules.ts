import { existsSync, readFileSync } from 'node:fs';

/** An allocator as its module exports it. Addresses come as i32: `>>> 0` them. */
export interface AllocatorExports {
  init(base: number, pages: number, options: number): void;
  alloc(size: number, align: number): number;
  dealloc(block: number, size: number, align: number): void;
  realloc(block: number, size: number, align: number, newSize: number): number;
  usable(block: number, size: number, align: number): number;
  mark?(): number;
  release?(mark: number): void;
  reset?(): void;
}

const compiled = new Map<string, WebAssembly.Module>();

/** Bytes of a built module: `wee`, `wee.counted`, `wee.reader`, `debug/wee`. */
export function moduleBytes(name: string): Uint8Array<ArrayBuffer> {
  const file = new URL(`../../build/${name}.wasm`, import.meta.url);
  if (!existsSync(file)) throw new Error(`wasm/build/${name}.wasm is missing: run \`npm run build:wasm\``);
  return new Uint8Array(readFileSync(file));
}

/** The module, compiled once for a test file. */
export async function loadModule(name: string): Promise<WebAssembly.Module> {
  let module = compiled.get(name);
  if (!module) {
    module = await WebAssembly.compile(moduleBytes(name));
    compiled.set(name, module);
  }
  return module;
}

/** What a proof of a lane needs beside the allocator's own module. */
export async function loadProof(id: string) {
  const [allocator, reader, ledger, prover] = await Promise.all(
    [id, `${id}.reader`, 'ledger', 'prover'].map((name) => loadModule(name)),
  );
  return { allocator: allocator!, reader: reader!, ledger: ledger!, prover: prover! };
}
