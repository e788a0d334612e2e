import arenaCounted from '../../wasm/build/arena.counted.wasm?url';
import arenaReader from '../../wasm/build/arena.reader.wasm?url';
import arena from '../../wasm/build/arena.wasm?url';
import dlmallocCounted from '../../wasm/build/dlmalloc.counted.wasm?url';
import dlmallocReader from '../../wasm/build/dlmalloc.reader.wasm?url';
import dlmalloc from '../../wasm/build/dlmalloc.wasm?url';
import dlmallocEmscriptenCounted from '../../wasm/build/dlmalloc-emscripten.counted.wasm?url';
import dlmallocEmscriptenReader from '../../wasm/build/dlmalloc-emscripten.reader.wasm?url';
import dlmallocEmscripten from '../../wasm/build/dlmalloc-emscripten.wasm?url';
import dlmallocRsCounted from '../../wasm/build/dlmalloc-rs.counted.wasm?url';
import dlmallocRsReader from '../../wasm/build/dlmalloc-rs.reader.wasm?url';
import dlmallocRs from '../../wasm/build/dlmalloc-rs.wasm?url';
import driver from '../../wasm/build/driver.wasm?url';
import guard from '../../wasm/build/guard.wasm?url';
import hands from '../../wasm/build/hands.wasm?url';
import poolCounted from '../../wasm/build/pool.counted.wasm?url';
import poolReader from '../../wasm/build/pool.reader.wasm?url';
import pool from '../../wasm/build/pool.wasm?url';
import spans from '../../wasm/build/spans.wasm?url';
import tlsfCounted from '../../wasm/build/tlsf.counted.wasm?url';
import tlsfReader from '../../wasm/build/tlsf.reader.wasm?url';
import tlsf from '../../wasm/build/tlsf.wasm?url';
import view from '../../wasm/build/view.wasm?url';
import weeCounted from '../../wasm/build/wee.counted.wasm?url';
import weeReader from '../../wasm/build/wee.reader.wasm?url';
import wee from '../../wasm/build/wee.wasm?url';
import { fetchModule } from './fetch-module.ts';
import { type ModuleName, type ModuleSource, remembering } from './modules.ts';

const ADDRESSES: Readonly<Record<ModuleName, string>> = {
  arena,
  'arena.counted': arenaCounted,
  'arena.reader': arenaReader,
  dlmalloc,
  'dlmalloc.counted': dlmallocCounted,
  'dlmalloc.reader': dlmallocReader,
  'dlmalloc-emscripten': dlmallocEmscripten,
  'dlmalloc-emscripten.counted': dlmallocEmscriptenCounted,
  'dlmalloc-emscripten.reader': dlmallocEmscriptenReader,
  'dlmalloc-rs': dlmallocRs,
  'dlmalloc-rs.counted': dlmallocRsCounted,
  'dlmalloc-rs.reader': dlmallocRsReader,
  driver,
  guard,
  hands,
  pool,
  'pool.counted': poolCounted,
  'pool.reader': poolReader,
  spans,
  view,
  tlsf,
  'tlsf.counted': tlsfCounted,
  'tlsf.reader': tlsfReader,
  wee,
  'wee.counted': weeCounted,
  'wee.reader': weeReader,
};

/** Modules from beside the page, each fetched and compiled once. */
export const modulesFromPage: ModuleSource = remembering((name) => fetchModule(name, ADDRESSES[name]));
