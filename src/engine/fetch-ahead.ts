import { ALLOCATOR_IDS } from '../model/lanes.ts';
import type { ModuleSource } from './modules.ts';

/** Brings the language, the readers of recordings and every module into the worker, one after the other. Rejects with the first that does not come. */
export async function fetchAhead(source: ModuleSource): Promise<void> {
  await import('./lane-run.ts');
  await import('../script/index.ts');
  await import('../trace/index.ts');
  for (const id of ALLOCATOR_IDS) {
    for (const name of [id, `${id}.counted`, `${id}.reader`] as const) await source(name);
  }
  await source('guard');
}
