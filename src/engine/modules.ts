import { type AllocatorId, isGuarded, type LaneAllocator } from '../model/lanes.ts';
import type { Bytes } from '../model/units.ts';

/** Names of the modules, as wasm/build.mjs builds them: what a lane is made of, and the page's view of it. */
export type ModuleName =
  | AllocatorId
  | `${AllocatorId}.counted`
  | `${AllocatorId}.reader`
  | 'driver'
  | 'guard'
  | 'hands'
  | 'spans'
  | 'view';

export interface LoadedModule {
  readonly module: WebAssembly.Module;
  /** Size of the .wasm file. */
  readonly bytes: Bytes;
}

/** Where modules come from: files in Node, addresses in the page. Rejects when one is missing or no module. */
export type ModuleSource = (name: ModuleName) => Promise<LoadedModule>;

/** All that one lane needs, compiled. Compiled modules are shared between lanes and runs. */
export interface LaneModules {
  readonly plain: WebAssembly.Module;
  /** The same source instrumented: counts search steps, stops endless walks. */
  readonly counted: WebAssembly.Module;
  readonly reader: WebAssembly.Module;
  readonly driver: WebAssembly.Module;
  readonly hands: WebAssembly.Module;
  /** What stands between driver and allocator; null where nothing does. */
  readonly guard: WebAssembly.Module | null;
  /** Where the reader's findings are collected. */
  readonly spans: WebAssembly.Module;
  /** Size of the plain module's file, and of the guard's. */
  readonly bytes: Bytes;
}

export async function loadLaneModules(source: ModuleSource, lane: LaneAllocator): Promise<LaneModules> {
  const { id } = lane;
  const [plain, counted, reader, driver, hands, spans, guard] = await Promise.all([
    source(id),
    source(`${id}.counted`),
    source(`${id}.reader`),
    source('driver'),
    source('hands'),
    source('spans'),
    isGuarded(lane) ? source('guard') : null,
  ]);
  return {
    plain: plain.module,
    counted: counted.module,
    reader: reader.module,
    driver: driver.module,
    hands: hands.module,
    spans: spans.module,
    guard: guard?.module ?? null,
    bytes: plain.bytes + (guard?.bytes ?? 0),
  };
}

/** Asks a source once for each name; a failure is forgotten, so that a later try can succeed. */
export function remembering(source: ModuleSource): ModuleSource {
  const known = new Map<ModuleName, Promise<LoadedModule>>();
  return (name) => {
    let promise = known.get(name);
    if (promise === undefined) {
      promise = source(name);
      known.set(name, promise);
      promise.catch(() => known.delete(name));
    }
    return promise;
  };
}
