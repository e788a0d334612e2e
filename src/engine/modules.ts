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

/** What recording a lane needs, compiled. Compiled modules are shared between lanes and runs. */
export interface RecordingModules {
  readonly plain: WebAssembly.Module;
  /**
   * The same source instrumented: counts search steps, stops endless walks. Null where it comes later: no operation of the
   * program is a misuse.
   */
  readonly counted: WebAssembly.Module | null;
  readonly driver: WebAssembly.Module;
  readonly hands: WebAssembly.Module;
  /** What stands between driver and allocator; null where nothing does. */
  readonly guard: WebAssembly.Module | null;
  /** Size of the plain module's file, and of the guard's. */
  readonly bytes: Bytes;
}

/** All that one lane needs. */
export interface LaneModules extends RecordingModules {
  readonly counted: WebAssembly.Module;
  readonly reader: WebAssembly.Module;
  /** Where the reader's findings are collected. */
  readonly spans: WebAssembly.Module;
}

/** What a lane is recorded with; `misuse`: is any operation of the program one? */
export async function loadRecordingModules(
  source: ModuleSource,
  lane: LaneAllocator,
  misuse: boolean,
): Promise<RecordingModules> {
  const [plain, driver, hands, guard, counted] = await Promise.all([
    source(lane.id),
    source('driver'),
    source('hands'),
    isGuarded(lane) ? source('guard') : null,
    misuse ? source(`${lane.id}.counted`) : null,
  ]);
  return {
    plain: plain.module,
    counted: counted?.module ?? null,
    driver: driver.module,
    hands: hands.module,
    guard: guard?.module ?? null,
    bytes: plain.bytes + (guard?.bytes ?? 0),
  };
}

export async function loadLaneModules(source: ModuleSource, lane: LaneAllocator): Promise<LaneModules> {
  const [recording, counted, reader, spans] = await Promise.all([
    loadRecordingModules(source, lane, false),
    source(`${lane.id}.counted`),
    source(`${lane.id}.reader`),
    source('spans'),
  ]);
  return { ...recording, counted: counted.module, reader: reader.module, spans: spans.module };
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
