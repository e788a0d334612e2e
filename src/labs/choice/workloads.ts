import arenaBest from './workloads/arena-best.heap?raw';
import arenaWorst from './workloads/arena-worst.heap?raw';
import frames from './workloads/frames.heap?raw';
import loop from './workloads/loop.heap?raw';
import mixed from './workloads/mixed.heap?raw';
import phases from './workloads/phases.heap?raw';
import poolBest from './workloads/pool-best.heap?raw';
import poolWorst from './workloads/pool-worst.heap?raw';
import reuse from './workloads/reuse.heap?raw';
import small from './workloads/small.heap?raw';
import vectors from './workloads/vectors.heap?raw';

/** Scripts of the lab, by name: what the visitor chooses from. */
export const WORKLOADS = { small, mixed, phases, frames, vectors } as const;
export type Workload = keyof typeof WORKLOADS;
export const WORKLOAD_IDS = Object.keys(WORKLOADS) as Workload[];

/** The two allocators with a policy of one idea, where it fits and where it does not. */
export const CASES = {
  arenaBest: { lane: 'arena', text: arenaBest },
  arenaWorst: { lane: 'arena', text: arenaWorst },
  poolBest: { lane: 'pool', text: poolBest },
  poolWorst: { lane: 'pool', text: poolWorst },
} as const;
export type Case = keyof typeof CASES;
export const CASE_IDS = Object.keys(CASES) as Case[];

/** The same work of `PASSES` passes, allocated in each of them and allocated once. */
export const LOOPS = { loop, reuse } as const;
export type Loop = keyof typeof LOOPS;
export const LOOP_IDS = Object.keys(LOOPS) as Loop[];
export const PASSES = 1500;
