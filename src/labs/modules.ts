import dlmalloc from '../../wasm/build/dlmalloc.wasm?url';
import boundary from '../../wasm/build/labs.boundary.wasm?url';
import collector from '../../wasm/build/labs.collector.wasm?url';
import gc from '../../wasm/build/labs.gc.wasm?url';
import growth from '../../wasm/build/labs.growth.wasm?url';
import isolation from '../../wasm/build/labs.isolation.wasm?url';
import linear from '../../wasm/build/labs.linear.wasm?url';
import type { LabContext, LabModule } from './lab.ts';

const ADDRESSES: Readonly<Record<LabModule, string>> = {
  'labs.boundary': boundary,
  'labs.growth': growth,
  'labs.isolation': isolation,
  'labs.gc': gc,
  'labs.linear': linear,
  'labs.collector': collector,
  dlmalloc,
};

const known = new Map<LabModule, ReturnType<LabContext['module']>>();

/** A module from beside the page, fetched and compiled once. Rejects when it cannot be loaded or compiled. */
export const labModule: LabContext['module'] = (name) => {
  let loaded = known.get(name);
  if (loaded === undefined) {
    loaded = load(name);
    known.set(name, loaded);
    loaded.catch(() => known.delete(name));
  }
  return loaded;
};

async function load(name: LabModule) {
  const response = await fetch(ADDRESSES[name]);
  if (!response.ok) throw new Error(`${name}.wasm could not be loaded: ${response.status} ${response.statusText}`);
  const bytes = await response.arrayBuffer();
  return { module: await WebAssembly.compile(bytes), bytes: bytes.byteLength };
}
