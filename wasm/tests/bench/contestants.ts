import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { laneName, parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { compileEntry } from '../../build.mjs';
import { moduleBytes } from '../support/modules.ts';
import { refuseAll } from '../support/oracles.ts';

/** How an allocator is called, and so which build of the driver calls it. */
export type Calling = 'c' | 'rust' | 'sized';

export interface OpenHeap {
  /** What the driver imports. */
  readonly calls: Record<string, WebAssembly.ExportValue>;
  readonly memory: WebAssembly.Memory;
}

export interface Contestant {
  readonly name: string;
  readonly calling: Calling;
  /** A fresh heap. */
  open(): OpenHeap;
  /** The same with search steps added up in the word at 4; ours only. */
  readonly counted?: () => OpenHeap;
  /** Only pages and search steps are told: it cannot run a program again and again on one heap. */
  readonly untimed?: true;
}

const here = 'wasm/tests/bench';
const require = createRequire(import.meta.url);

/** Heap base and initial pages of wasi-libc's modules; ours begin alike, so that even addresses compare. */
export interface Beginning {
  readonly base: number;
  readonly pages: number;
}
const BEGINNING: Beginning = { base: 2048, pages: 2 };

function ours(name: string, { base, pages }: Beginning): Contestant {
  const { id, options } = parseLaneName(name)!;
  const opener = (file: string) => {
    const module = new WebAssembly.Module(moduleBytes(file));
    return () => {
      const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536 });
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      (exports.init as (base: number, pages: number, options: number) => void)(base, pages, options);
      return { calls: exports, memory };
    };
  };
  return { name: laneName({ id, options }), calling: 'sized', open: opener(id), counted: opener(`${id}.counted`) };
}

function foreign(
  name: string,
  calling: Calling,
  bytes: Uint8Array<ArrayBuffer>,
  names: Readonly<Record<string, string>>,
): Contestant {
  const module = new WebAssembly.Module(bytes);
  const open = () => {
    const { exports } = new WebAssembly.Instance(module, refuseAll(module));
    const calls = Object.fromEntries(Object.entries(names).map(([wanted, theirs]) => [wanted, exports[theirs]!]));
    return { calls, memory: exports.memory as WebAssembly.Memory };
  };
  return { name, calling, open };
}
const C_NAMES = { cMalloc: 'malloc', cFree: 'free', cRealloc: 'realloc' };
const RUST_NAMES = {
  rustAlloc: '__wbindgen_malloc',
  rustFree: '__wbindgen_free',
  rustRealloc: '__wbindgen_realloc',
};

/** Where the modules that only the benchmark needs are built, relative to the project's folder. */
const BUILT = 'wasm/build/bench';
const DRIVERS: Readonly<Record<Calling, number>> = { c: 0, rust: 1, sized: 2 };
const SPEED = ['-O3', '--noAssert', '--converge'];

const bytesOf = (file: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(file));

/** The driver for each way of calling. */
export async function buildDrivers(): Promise<Readonly<Record<Calling, WebAssembly.Module>>> {
  mkdirSync(BUILT, { recursive: true });
  const built = Object.entries(DRIVERS).map(async ([calling, number]) => {
    const file = join(BUILT, `driver-${calling}.wasm`);
    const use = ['--runtime', 'stub', '--importMemory', '--use', `SIZED=${number}`];
    await compileEntry(`${here}/modules/driver.ts`, file, [...use, ...SPEED]);
    return [calling, new WebAssembly.Module(bytesOf(file))] as const;
  });
  return Object.fromEntries(await Promise.all(built)) as Record<Calling, WebAssembly.Module>;
}

/**
 * dlmalloc of wasi-libc, linked from Debian's packages, and the same through `wasm-opt -O3`; null where they are not
 * installed.
 */
function linkRealDlmalloc(): { linked: Uint8Array<ArrayBuffer>; optimised: Uint8Array<ArrayBuffer> } | null {
  const source = join(BUILT, 'malloc.c');
  writeFileSync(source, '#include <stdlib.h>\nvoid *keep(size_t n) { return malloc(n); }\n');
  const linked = join(BUILT, 'wasi-libc.wasm');
  const exported = ['malloc', 'free', 'realloc', '__heap_base'].map((name) => `-Wl,--export=${name}`);
  const options = ['--target=wasm32-wasi', '-O2', '-nostartfiles', '-Wl,--no-entry', ...exported, '-Wl,--strip-all'];
  // clang runs a wasm-opt that it finds; npm puts ours on the path. As linked means as linked.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const env = { ...process.env, PATH: path.join(delimiter) };
  if (spawnSync('clang-14', [...options, source, '-o', linked], { env }).status !== 0) return null;
  const optimised = join(BUILT, 'wasi-libc.O3.wasm');
  const wasmOpt = require.resolve('binaryen/bin/wasm-opt');
  const { status, stderr } = spawnSync(process.execPath, [wasmOpt, '-O3', linked, '-o', optimised]);
  if (status !== 0) throw new Error(`wasm-opt failed on ${linked}.\n${stderr}`);
  return { linked: bytesOf(linked), optimised: bytesOf(optimised) };
}

function beginningOf(bytes: Uint8Array<ArrayBuffer>): Beginning {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, __heap_base } = exports as { memory: WebAssembly.Memory; __heap_base: WebAssembly.Global };
  return { base: __heap_base.value, pages: memory.buffer.byteLength / PAGE_BYTES };
}

async function assemblyScriptTlsf(): Promise<Contestant> {
  const file = join(BUILT, 'tlsf.wasm');
  await compileEntry(`${here}/modules/tlsf.ts`, file, ['--runtime', 'minimal', ...SPEED]);
  return foreign('TLSF of AssemblyScript', 'c', bytesOf(file), C_NAMES);
}

async function nothing(): Promise<Contestant> {
  const file = join(BUILT, 'nothing.wasm');
  await compileEntry(`${here}/modules/nothing.ts`, file, ['--runtime', 'stub', ...SPEED]);
  const module = new WebAssembly.Module(bytesOf(file));
  const open = () => {
    const { exports } = new WebAssembly.Instance(module);
    return { calls: exports, memory: exports.memory as WebAssembly.Memory };
  };
  return { name: DRIVER_ALONE, calling: 'sized', open };
}

export const OUR_DLMALLOC = 'dlmalloc';
export const OUR_WEE = 'wee';
export const REAL_DLMALLOC = 'dlmalloc of wasi-libc';
export const REAL_DLMALLOC_O3 = `${REAL_DLMALLOC}, -O3`;
export const REAL_WEE = 'wee_alloc of brotli-wasm';
export const DRIVER_ALONE = 'the driver alone';

/** All that run. Without Debian's packages the real dlmalloc is missing. */
export async function contestants(): Promise<readonly Contestant[]> {
  mkdirSync(BUILT, { recursive: true });
  const real = linkRealDlmalloc();
  const beginning = real ? beginningOf(real.linked) : BEGINNING;
  const weeBytes = bytesOf(require.resolve('brotli-wasm/pkg.node/brotli_wasm_bg.wasm'));
  const theirs = real
    ? [foreign(REAL_DLMALLOC, 'c', real.linked, C_NAMES), foreign(REAL_DLMALLOC_O3, 'c', real.optimised, C_NAMES)]
    : [];
  return [
    ours(OUR_DLMALLOC, beginning),
    ...theirs,
    ours('dlmalloc-emscripten', beginning),
    ours('dlmalloc-rs', beginning),
    ours(OUR_WEE, beginning),
    foreign(REAL_WEE, 'rust', weeBytes, RUST_NAMES),
    ours('wee-repaired', beginning),
    ours('tlsf', beginning),
    await assemblyScriptTlsf(),
    ours('pool', beginning),
    // An arena takes nothing back, and wee without size classes loses memory, or repaired walks for minutes.
    ...['arena', 'wee-noclasses', 'wee-noclasses-repaired'].map((name) => ({
      ...ours(name, beginning),
      untimed: true as const,
    })),
    await nothing(),
  ];
}
