import { PAGE_BYTES } from '../../../src/model/units.ts';
import type { AllocatorExports } from '../support/modules.ts';
import { PROOF_BASE_PAGE, type ProofModules, Prover } from '../support/prover.ts';

/** Turns at loop heads that a program may take: a hundred times what sound ones take. */
const FUEL = 30_000_000;
export const BASE = PROOF_BASE_PAGE * PAGE_BYTES;

export type Answers = readonly number[] | Uint32Array;

/** The turns that are left to a module whose loops are counted. */
export function fuelOf({ allocator }: { readonly allocator: AllocatorExports }): WebAssembly.Global | undefined {
  return (allocator as unknown as { fuel?: WebAssembly.Global }).fuel;
}

/** Gives a heap's loops their fuel: a mutant, and the module that it is held against, count them. */
export function fuel(prover: Prover): void {
  const left = fuelOf(prover);
  if (left !== undefined) left.value = FUEL;
}

/** Turns of loops since the heap was opened: a search that takes longer than the module's own is seen. */
export function turns(prover: Prover): number {
  const left = fuelOf(prover);
  return left === undefined ? 0 : FUEL - left.value;
}

export function expectSound(prover: Prover): void {
  const { wrong } = prover;
  if (wrong !== null) throw new Error(`${wrong.what} at ${wrong.address}`);
  for (const [from, to] of STATIC)
    if (!new Uint8Array(prover.memory.buffer, from, to - from).every((byte) => byte === CANARY))
      throw new Error('static data was written to');
}

/** Static data: neither the words of the instrumented build nor what lies between state and tables is an allocator's to write. */
const STATIC = [
  [0, 16],
  [2048, 0x2000],
] as const;
const CANARY = 0x3c;

export function open(lane: string, modules: ProofModules, max: number, there = 1): Prover {
  const prover = new Prover(lane, modules, { max, there });
  for (const [from, to] of STATIC) new Uint8Array(prover.memory.buffer).fill(CANARY, from, to);
  fuel(prover);
  return prover;
}

export function pagesOf({ memory }: Prover): number {
  return new DataView(memory.buffer).getUint32(16, true);
}
