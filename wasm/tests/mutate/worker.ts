import { parentPort, workerData } from 'node:worker_threads';
import { withFuel } from './binary.ts';
import { answersOf, killedBy, type Suite } from './suite.ts';

/** What a worker is begun with: an allocator, the modules around it, and its recordings. */
export interface WorkerData {
  readonly id: string;
  readonly allocator: Uint8Array<ArrayBuffer>;
  readonly others: Record<'reader' | 'ledger' | 'prover', WebAssembly.Module>;
  readonly suite: Suite;
}

const { id, allocator, others, suite } = workerData as WorkerData;
const modulesOf = (bytes: Uint8Array<ArrayBuffer>) => ({
  ...others,
  allocator: new WebAssembly.Module(withFuel(bytes)),
});
const expected = [...answersOf(id, modulesOf(allocator), suite)].map(({ answers }) => answers);

parentPort!.on('message', (module: Uint8Array<ArrayBuffer>) => {
  parentPort!.postMessage(killedBy(id, modulesOf(module), suite, expected));
});
parentPort!.postMessage('ready');
