import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { compileEntry } from '../../build.mjs';
import type { Driven } from './golden.ts';
import { Heap, type HeapSettings } from './heap.ts';

/** An allocator together with the memory it works on. */
export type DrivenMemory = Driven & { readonly memory: WebAssembly.Memory };

/** The real allocator and ours under the same initial conditions, both before their first operation. */
export interface Pair {
  readonly real: DrivenMemory;
  readonly ours: Heap;
}

const require = createRequire(import.meta.url);

/** Imports that a module wants but no allocator calls: to call one is an error. */
export function refuseAll(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    imports[space] ??= {};
    imports[space][name] = () => {
      throw new Error(`the real module called ${space}.${name}`);
    };
  }
  return imports;
}

const pagesOf = (memory: WebAssembly.Memory): number => memory.buffer.byteLength / PAGE_BYTES;

/** A number of a Wasm binary, LEB128, at `at`, and where it ends. */
function unsigned(bytes: Uint8Array, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at]! & 127) * 2 ** shift;
    if (bytes[at]! < 128) return [value, at + 1];
  }
}

/** The same module with a maximum declared for its memory, and not a byte of its code changed. */
function withMaximum(bytes: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  const MEMORY_SECTION = 5;
  for (let at = 8; at < bytes.length; ) {
    const [length, content] = unsigned(bytes, at + 1);
    if (bytes[at] !== MEMORY_SECTION) {
      at = content + length;
      continue;
    }
    const [count, flags] = [bytes[content], bytes[content + 1]];
    if (count !== 1 || flags !== 0) throw new Error('the real module declares another memory than it is known for');
    const initial = bytes.subarray(content + 2, content + length);
    const maximum = [(pages & 127) | 128, ((pages >> 7) & 127) | 128, pages >> 14];
    const section = [MEMORY_SECTION, length + maximum.length, 1, 1, ...initial, ...maximum];
    return new Uint8Array([...bytes.subarray(0, at), ...section, ...bytes.subarray(content + length)]);
  }
  throw new Error('the real module has no memory of its own');
}

interface WeeExports {
  readonly memory: WebAssembly.Memory;
  __wbindgen_malloc(size: number): number;
  __wbindgen_free(block: number, size: number): void;
  __wbindgen_realloc(block: number, size: number, newSize: number): number;
}

/** A request that is refused ends in Rust's abort, after the allocator has returned, or in AssemblyScript's: as good as 0. */
function orZero(request: () => number): number {
  try {
    return request() >>> 0;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError && error.message === 'unreachable') return 0;
    throw error;
  }
}

/** Ours never takes page 65,536, the real one does: the two are the same only in a memory that ends before it. */
const WEE_MOST_PAGES = 65_535;
const weeModules = new Map<number, WebAssembly.Module>();

function weeModule(max: number): WebAssembly.Module {
  let module = weeModules.get(max);
  if (!module) {
    const bytes = new Uint8Array(readFileSync(require.resolve('brotli-wasm/pkg.node/brotli_wasm_bg.wasm')));
    module = new WebAssembly.Module(withMaximum(bytes, max));
    weeModules.set(max, module);
  }
  return module;
}

/** wee_alloc as `brotli-wasm` ships it: as published, with size classes, alignment 4. `name`: our lane. */
export async function openWee(name = 'wee', max = WEE_MOST_PAGES): Promise<Pair> {
  const module = weeModule(max);
  const instance = new WebAssembly.Instance(module, refuseAll(module));
  const exports = instance.exports as unknown as WeeExports;
  const { memory } = exports;
  // wee takes only pages that it grew itself, so all that counts is at which page it begins.
  const ours = await Heap.open(name, { initial: pagesOf(memory), max });
  const real: DrivenMemory = {
    memory,
    get pages() {
      return pagesOf(memory);
    },
    alloc: (size) => orZero(() => exports.__wbindgen_malloc(size)),
    dealloc: (block, size) => exports.__wbindgen_free(block, size),
    realloc: (block, size, _align, newSize) =>
      orZero(() =>
        block === 0 ? exports.__wbindgen_malloc(newSize) : exports.__wbindgen_realloc(block, size, newSize),
      ),
  };
  return { real, ours };
}

interface DlmallocExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): number;
  free(block: number): void;
}

/** `__heap_base` of the module in undici; its memory begins with 2 pages. */
const LLHTTP = { base: 76_992, initial: 2 } as const;

let dlmallocModule: WebAssembly.Module | undefined;

/** dlmalloc of wasi-libc as undici's HTTP parser links it, which has no use for `realloc` and so does not contain it. */
export async function openDlmalloc(settings: HeapSettings = LLHTTP): Promise<Pair> {
  dlmallocModule ??= new WebAssembly.Module(require('undici/lib/llhttp/llhttp-wasm.js'));
  const instance = new WebAssembly.Instance(dlmallocModule, refuseAll(dlmallocModule));
  const exports = instance.exports as unknown as DlmallocExports;
  const { memory } = exports;
  exports._initialize();
  const real: DrivenMemory = {
    memory,
    get pages() {
      return pagesOf(memory);
    },
    alloc: (size) => exports.malloc(size) >>> 0,
    dealloc: (block) => exports.free(block),
    realloc: () => {
      throw new Error('this module has no realloc');
    },
  };
  return { real, ours: await Heap.open('dlmalloc', settings) };
}

interface RustExports {
  readonly memory: WebAssembly.Memory;
  __wbindgen_malloc(size: number): number;
  __wbindgen_free(block: number, size: number): void;
}

let rustModule: WebAssembly.Module | undefined;

/**
 * dlmalloc-rs as Rust's std links it, in `lz4-wasm`, which has no use for `realloc` and does not export it. A request for
 * nothing never reaches the allocator there.
 */
export async function openDlmallocRs(): Promise<Pair> {
  rustModule ??= new WebAssembly.Module(readFileSync(require.resolve('lz4-wasm/lz4_wasm_bg.wasm')));
  const { exports } = new WebAssembly.Instance(rustModule, refuseAll(rustModule)) as unknown as {
    exports: RustExports;
  };
  const { memory } = exports;
  const ours = await Heap.open('dlmalloc-rs', { initial: pagesOf(memory) });
  const real: DrivenMemory = {
    memory,
    get pages() {
      return pagesOf(memory);
    },
    alloc: (size) => orZero(() => exports.__wbindgen_malloc(size)),
    dealloc: (block, size) => exports.__wbindgen_free(block, size),
    realloc: () => {
      throw new Error('this module has no realloc');
    },
  };
  return { real, ours };
}

/** Where sbrk begins in the module of `@sqlite.org/sqlite-wasm`; its memory is imported, at least 256 pages of at most 32,768. */
const SQLITE = { base: 656_336, initial: 256, max: 32_768 } as const;

interface EmscriptenExports {
  __wasm_call_ctors(): void;
  malloc(size: number): number;
  free(block: number): void;
  realloc(block: number, size: number): number;
}

let emscriptenModule: WebAssembly.Module | undefined;

/**
 * dlmalloc of emscripten 3.1 as SQLite's own Wasm build links it, with `realloc`. Its memory is ours to give, and grows as a
 * module without JavaScript grows it: by the pages that the break needs (emscripten's JavaScript takes a fifth more).
 */
export async function openDlmallocEmscripten(): Promise<Pair> {
  const folder = dirname(require.resolve('@sqlite.org/sqlite-wasm/package.json'));
  emscriptenModule ??= new WebAssembly.Module(readFileSync(join(folder, 'sqlite-wasm', 'jswasm', 'sqlite3.wasm')));
  const { base, initial, max } = SQLITE;
  const memory = new WebAssembly.Memory({ initial, maximum: max });
  const grow = (bytes: number): number => {
    try {
      memory.grow(Math.ceil((bytes >>> 0) / PAGE_BYTES) - pagesOf(memory));
      return 1;
    } catch {
      return 0;
    }
  };
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = refuseAll(emscriptenModule);
  imports.env = { ...imports.env, memory, emscripten_resize_heap: grow };
  // Its constructors ask for the environment, which is empty.
  imports.wasi_snapshot_preview1 = {
    ...imports.wasi_snapshot_preview1,
    environ_sizes_get: () => 0,
    environ_get: () => 0,
  };
  const { exports } = new WebAssembly.Instance(emscriptenModule, imports) as unknown as { exports: EmscriptenExports };
  exports.__wasm_call_ctors();
  const real: DrivenMemory = {
    memory,
    get pages() {
      return pagesOf(memory);
    },
    alloc: (size) => exports.malloc(size) >>> 0,
    dealloc: (block) => exports.free(block),
    realloc: (block, _size, _align, newSize) => exports.realloc(block, newSize) >>> 0,
  };
  const ours = await Heap.open('dlmalloc-emscripten', { base, initial, max });
  // The real one's constructors have one block by now: a list of environment variables with nothing but its end.
  ours.alloc(4);
  return { real, ours };
}

/** The library's `__alloc`, `__realloc` and `__free`: a request that cannot be met traps. */
export interface ShippedTlsf {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  realloc(block: number, size: number): number;
  free(block: number): void;
}

const tlsfModules = new Map<number, Promise<WebAssembly.Module>>();

async function compiledTlsf(staticData: number): Promise<WebAssembly.Module> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folder = mkdtempSync(join(root, 'wasm', 'build', 'shipped-'));
  try {
    const file = join(folder, 'tlsf.wasm');
    const options = [
      '--runtime',
      'minimal',
      '--use',
      'abort=',
      '--memoryBase',
      `${staticData}`,
      '--initialMemory',
      '1',
    ];
    await compileEntry('wasm/tests/bench/modules/tlsf.ts', file.slice(root.length), [...options, '-O3']);
    return new WebAssembly.Module(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** AssemblyScript's TLSF on a memory of its own, compiled from the library as it is shipped, with static data from `staticData` on. */
export async function openShippedTlsf(staticData: number): Promise<ShippedTlsf> {
  let compiled = tlsfModules.get(staticData);
  if (!compiled) {
    compiled = compiledTlsf(staticData);
    tlsfModules.set(staticData, compiled);
  }
  return new WebAssembly.Instance(await compiled).exports as unknown as ShippedTlsf;
}

/** From the heap's base to its first block: the root, and what aligns a payload. */
const TLSF_ROOT = 1584;

/** TLSF as the compiler ships it, and ours. Both have one block of 100 bytes, which tells where the heap begins. */
export async function openTlsf(staticData = 2048): Promise<Pair> {
  const shipped = await openShippedTlsf(staticData);
  const { memory } = shipped;
  const initial = pagesOf(memory);
  const base = (shipped.malloc(100) >>> 0) - TLSF_ROOT;
  const real: DrivenMemory = {
    memory,
    get pages() {
      return pagesOf(memory);
    },
    alloc: (size) => orZero(() => shipped.malloc(size)),
    dealloc: (block) => shipped.free(block),
    realloc: (block, _size, _align, newSize) =>
      orZero(() => (block === 0 ? shipped.malloc(newSize) : shipped.realloc(block, newSize))),
  };
  const ours = await Heap.open('tlsf', { base, initial });
  ours.alloc(100);
  return { real, ours };
}
