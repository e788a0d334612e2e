import type { OwnScenario, Values } from './lab.ts';

/** Page to worker: one run, once. A worker does one run and is ended. */
export interface LabRequest {
  readonly lab: string;
  readonly values: Values;
  readonly own: OwnScenario;
}

/** Worker to page. `data` is the lab's own, whole, as far as it is. */
export type LabReply =
  | {
      readonly type: 'progress';
      readonly done: number;
      readonly total: number;
      readonly what: string;
      readonly data: unknown;
      readonly provenance: Provenance;
    }
  | { readonly type: 'done'; readonly data: unknown; readonly provenance: Provenance }
  | { readonly type: 'missing'; readonly feature: string }
  | { readonly type: 'failed'; readonly message: string };

/** Where, when and how a run was measured. */
export interface Provenance {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly tookMs: number;
  readonly tickMs: number;
  readonly isolated: boolean;
  readonly browser: string;
  readonly system: string;
  readonly cores: number;
  /** Measures that were taken; of them the fewest and the most batches, and the shortest batch aimed at, in ms. */
  readonly measures: number;
  readonly fewestRuns: number;
  readonly mostRuns: number;
  readonly batchMs: number;
}
