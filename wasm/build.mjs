// Builds every module of wasm/ into wasm/build/ (debug builds, with assertions, into wasm/build/debug/).
// A module is rebuilt when any source in wasm/, this file or the compiler's version has changed: the whole set takes
// seconds, and a finer rule is not worth being wrong once.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeLibrary } from './library.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
const out = join(here, 'build');

const SPEED = ['-O3', '--noAssert', '--converge'];
const SMALL = ['-O3', '--shrinkLevel', '2', '--noAssert', '--converge'];
/** With the assertions that AssemblyScript's runtime has in every program that does not turn them off. */
const CHECKED = ['-O3', '--shrinkLevel', '1', '--converge'];
const DEBUG = ['--debug'];
/** Allocators and readers work on a memory that is given to them; static data, if any, has one place in every build. */
const GIVEN_MEMORY = ['--runtime', 'stub', '--importMemory', '--noExportMemory', '--memoryBase', '1024'];
/** An assertion that fails traps, without a word to the host. */
const AS_RUNTIME = [...GIVEN_MEMORY, '--use', 'abort='];
/** A view owns its memory and lays it out itself. */
const OWN_MEMORY = ['--runtime', 'stub', '--enable', 'simd'];
/** So does a driver, but several drivers of a lane work on one. */
const SHARED_DESK = [...OWN_MEMORY, '--importMemory'];
/** An allocator is part of the module, and its state lies below what else is static. */
const WITH_ALLOCATOR = ['--runtime', 'stub', '--memoryBase', '2048', '--initialMemory', '1'];
/** With the guard before it, part by part. */
const IN_LAB = [...WITH_ALLOCATOR, '--use', 'GUARD_LAB=1'];
const COUNTED = ['--use', 'COUNT_STEPS=1'];
/** One source, three builds: dlmalloc as wasi-libc, emscripten and Rust's std set it up. */
const DLMALLOCS = {
  dlmalloc: [],
  'dlmalloc-emscripten': ['--use', 'DLMALLOC_EMSCRIPTEN=1'],
  'dlmalloc-rs': ['--use', 'DLMALLOC_RUST=1'],
};
const dlmallocs = Object.entries(DLMALLOCS).flatMap(([name, setup]) => {
  const options = [...GIVEN_MEMORY, ...setup];
  const entry = 'wasm/entries/dlmalloc.ts';
  return [
    [name, { entry, options, optimise: SPEED }],
    [`${name}.counted`, { entry, options: [...options, ...COUNTED], optimise: SPEED }],
    [`${name}.reader`, { entry: 'wasm/allocators/dlmalloc.reader.ts', options, optimise: SPEED }],
  ];
});

/** Each module: its entry file, its options, how the released build is optimised. */
export const MODULES = {
  wee: { entry: 'wasm/entries/wee.ts', options: GIVEN_MEMORY, optimise: SMALL },
  ...Object.fromEntries(dlmallocs),
  arena: { entry: 'wasm/entries/arena.ts', options: GIVEN_MEMORY, optimise: SMALL },
  pool: { entry: 'wasm/entries/pool.ts', options: GIVEN_MEMORY, optimise: SMALL },
  'wee.counted': { entry: 'wasm/entries/wee.ts', options: [...GIVEN_MEMORY, ...COUNTED], optimise: SMALL },
  'arena.counted': { entry: 'wasm/entries/arena.ts', options: [...GIVEN_MEMORY, ...COUNTED], optimise: SMALL },
  'pool.counted': { entry: 'wasm/entries/pool.ts', options: [...GIVEN_MEMORY, ...COUNTED], optimise: SMALL },
  'wee.reader': { entry: 'wasm/allocators/wee.reader.ts', options: GIVEN_MEMORY, optimise: SPEED },
  'arena.reader': { entry: 'wasm/allocators/arena.reader.ts', options: GIVEN_MEMORY, optimise: SPEED },
  'pool.reader': { entry: 'wasm/allocators/pool.reader.ts', options: GIVEN_MEMORY, optimise: SPEED },
  tlsf: { entry: 'wasm/entries/tlsf.ts', options: AS_RUNTIME, optimise: CHECKED },
  'tlsf.counted': { entry: 'wasm/entries/tlsf.ts', options: [...AS_RUNTIME, ...COUNTED], optimise: CHECKED },
  'tlsf.reader': { entry: 'wasm/allocators/tlsf.reader.ts', options: GIVEN_MEMORY, optimise: SPEED },
  guard: { entry: 'wasm/entries/guard.ts', options: GIVEN_MEMORY, optimise: SPEED },
  driver: { entry: 'wasm/driver.ts', options: SHARED_DESK, optimise: SPEED },
  hands: { entry: 'wasm/hands.ts', options: [...GIVEN_MEMORY, '--enable', 'simd'], optimise: SPEED },
  spans: { entry: 'wasm/spans.ts', options: OWN_MEMORY, optimise: SPEED },
  ledger: { entry: 'wasm/proof/ledger.ts', options: [...GIVEN_MEMORY, '--enable', 'simd'], optimise: SPEED },
  prover: { entry: 'wasm/proof/prover.ts', options: GIVEN_MEMORY, optimise: SPEED },
  view: { entry: 'wasm/view.ts', options: OWN_MEMORY, optimise: SPEED },
  'labs.isolation': { entry: 'wasm/labs/isolation.ts', options: IN_LAB, optimise: SPEED },
  'labs.growth': { entry: 'wasm/labs/growth.ts', options: GIVEN_MEMORY, optimise: SPEED },
  'labs.gc': { entry: 'wasm/labs/gc.wat', options: ['--enable-gc', '--enable-reference-types'], optimise: [] },
  'labs.linear': { entry: 'wasm/labs/linear.ts', options: WITH_ALLOCATOR, optimise: SPEED },
  'labs.collector': { entry: 'wasm/labs/collector.ts', options: WITH_ALLOCATOR, optimise: SPEED },
  'labs.boundary': { entry: 'wasm/labs/boundary.ts', options: OWN_MEMORY, optimise: SPEED },
};

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'build' || entry.name === 'tests' ? [] : sourceFiles(path);
      return /\.(ts|mjs|wat)$/.test(entry.name) ? [path] : [];
    });
}

/** Changes whenever a build could come out differently. */
export function fingerprint() {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url)('assemblyscript/package.json').version;
  hash.update(compiler);
  for (const path of sourceFiles(here)) hash.update(relative(here, path)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Compiles one file with asc; paths are relative to the project's folder. */
export async function compileEntry(entry, file, options) {
  const { default: asc } = await import('assemblyscript/asc');
  const messages = [];
  const write = (text) => messages.push(String(text));
  const sink = { write };
  const { error } = await asc.main([entry, '--outFile', file, '--baseDir', root, ...options], {
    stdout: sink,
    stderr: sink,
  });
  if (error) throw new Error(`${entry} does not compile.\n${messages.join('')}`);
}

/** Text of WebAssembly goes through binaryen's own assembler, which comes with the compiler. */
function assemble(entry, file, options) {
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  const assembler = join(dirname(createRequire(compiler).resolve('binaryen')), 'bin', 'wasm-as');
  const args = [assembler, entry, '-o', file, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${entry} does not assemble.\n${stderr}`);
}

function compile(name, { entry, options, optimise }, debug) {
  const file = join(relative(root, out), debug ? 'debug' : '', `${name}.wasm`);
  if (entry.endsWith('.wat')) return assemble(entry, file, debug ? [...options, '-g'] : options);
  return compileEntry(entry, file, [...options, ...(debug ? DEBUG : optimise)]);
}

/** Bytes of each released module. */
const sizes = () =>
  Object.fromEntries(Object.keys(MODULES).map((name) => [name, statSync(join(out, `${name}.wasm`)).size]));

/** Builds what is missing or stale. `names` narrows it to some modules, for work on one of them. */
export async function build({ names = Object.keys(MODULES), quiet = false } = {}) {
  const stampFile = join(out, 'stamp');
  const stamp = fingerprint();
  const whole = names.length === Object.keys(MODULES).length;
  if (whole && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  mkdirSync(join(out, 'debug'), { recursive: true });
  writeLibrary(out);
  for (const name of names) {
    await compile(name, MODULES[name], false);
    await compile(name, MODULES[name], true);
    if (!quiet) console.log(`${name}.wasm ${readFileSync(join(out, `${name}.wasm`)).length} B`);
  }
  if (whole) {
    writeFileSync(join(out, 'sizes.json'), `${JSON.stringify(sizes(), null, 2)}\n`);
    writeFileSync(stampFile, stamp);
  }
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  try {
    await build(names.length > 0 ? { names } : {});
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
