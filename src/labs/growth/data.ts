import type { CellState } from '../../model/heap-frame.ts';
import type { Pages } from '../../model/units.ts';
import type { Measure } from '../measure.ts';

/** Ways to come from one page to many. */
export const POLICIES = ['one', 'eight', 'fifth', 'double', 'once', 'ready'] as const;
export type Policy = (typeof POLICIES)[number];

/** Pages that are there already when one call is timed. */
export const SIZES: readonly Pages[] = [1, 16, 64, 256, 1024, 8192];
/** Pages that a call asks for when it is held against the first touch. */
export const STEPS: readonly Pages[] = [1, 8, 64, 256];
/** The declared maximum of the memories that have one. */
export const MAXIMUM: Pages = 32_768;
/** What the program on the map needs. */
export const NEED: Pages = 300;

export const LEAK = { bytes: 49_152, maximum: 256, cap: 1024 } as const;

/** What was measured so far; lists have an entry for each size, step or policy that is done. */
export interface GrowthData {
  /** One call of `memory.grow(1)`, by pages already there. */
  readonly call: { readonly without: readonly Measure[]; readonly maximum: readonly Measure[] };
  /** Time for a page: its share of the call, the first write to it, any later write. */
  readonly touch: readonly { readonly call: Measure; readonly first: Measure; readonly again: Measure }[];
  /** From one page to `to`. `calls` is exact. */
  readonly reach: readonly { readonly policy: Policy; readonly calls: number; readonly time: Measure }[];
  /** Exact from here on. The state of each page of the map's memory, by policy. */
  readonly maps: Readonly<Record<Exclude<Policy, 'ready'>, readonly CellState[]>>;
  readonly ratchet: Ratchet;
  readonly limits: Limits;
  readonly leak: { readonly without: readonly Pages[]; readonly maximum: readonly Pages[]; readonly refusedAt: number };
  readonly resizable: Resizable | null;
}

/** Pages committed and pages' worth of live bytes after each request or free of dlmalloc. */
export interface Ratchet {
  readonly committed: readonly Pages[];
  readonly live: readonly Pages[];
  /** Where each round begins. */
  readonly rounds: readonly number[];
}

/** What a memory of 1 to 16 pages gave. */
export interface Limits {
  readonly upTo: number;
  readonly outside: string;
  readonly inside: number;
  /** Pages that the careful program got of those it asked for. */
  readonly careful: { readonly asked: Pages; readonly got: Pages };
  readonly careless: string;
  readonly pagesAfter: Pages;
}

/** What a buffer that grows along did. */
export interface Resizable {
  readonly before: number;
  readonly after: number;
  /** What `TextDecoder` said to a view of it: text, or an error. */
  readonly decode: string;
}
