import { readFileSync } from 'node:fs';
import { build } from '../../build.mjs';

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
let built: Promise<boolean> | undefined;

/** Bytes of a built module: `wee`, `wee.counted`, `wee.reader`, `debug/wee`. */
export function moduleBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));
}

/** The module, compiled once for a test file. Builds all modules first if a source has changed. */
export async function loadModule(name: string): Promise<WebAssembly.Module> {
  built ??= process.env.SKIP_BUILD ? Promise.resolve(false) : build({ quiet: true });
  await built;
  let module = compiled.get(name);
  if (!module) {
    module = new WebAssembly.Module(moduleBytes(name));
    compiled.set(name, module);
  }
  return module;
}
