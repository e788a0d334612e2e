import view from '../../wasm/build/view.wasm?url';
import { fetchModule } from './fetch-module.ts';
import type { LoadedModule } from './modules.ts';

/** The one module that runs in the page itself; the addresses of the others are the worker's. */
export const viewModule = (): Promise<LoadedModule> => fetchModule('view', view);
