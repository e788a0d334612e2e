import type { AllocatorId } from '../model/lanes.ts';
import type { Bytes } from '../model/units.ts';

/** Names of the modules, as wasm/build.mjs builds them: what a lane is made of, and the page's view of it. */
export type ModuleName =
  | AllocatorId
  | `${AllocatorId}.counted`
  | `${AllocatorId}.reader`
  | 'driver'
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
  /** Where the reader's findings are collected. */
  readonly spans: WebAssembly.Module;
  /** Size of the plain module's file. */
  readonly bytes: Bytes;
}

export async function loadLaneModules(source: ModuleSource, id: AllocatorId): Promise<LaneModules> {
  const [plain, counted, reader, driver, hands, spans] = await Promise.all([
    source(id),
    source(`${id}.counted`),
    source(`${id}.reader`),
    source('driver'),
    source('hands'),
    source('spans'),
  ]);
  return {
    plain: plain.module,
    counted: counted.module,
    reader: reader.module,
    driver: driver.module,
    hands: hands.module,
    spans: spans.module,
    bytes: plain.bytes,
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
