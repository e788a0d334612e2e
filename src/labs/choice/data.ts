import type { Bytes, Pages } from '../../model/units.ts';
import type { Measure } from '../measure.ts';
import type { Case, Loop } from './workloads.ts';

/** What one allocator made of a scenario. Everything but `time` is exact. */
export interface LaneFigures {
  readonly name: string;
  /** Pages at the end: memory never shrinks, so also the most. */
  readonly pages: Pages;
  /** Requests that returned 0. */
  readonly failures: number;
  /** Committed bytes above the base for each byte at the peak of what was live; null where nothing ever was. */
  readonly overhead: number | null;
  /** 1 − largest hole / all holes at the end; null where there are none. */
  readonly external: number | null;
  readonly searchMean: number | null;
  readonly searchWorst: number | null;
  /** Of the allocator's .wasm file. */
  readonly bytes: Bytes;
  /** Why it came to a standstill before the end, if it did. */
  readonly stopped: string | null;
  /** One operation, recording included. */
  readonly time: Measure;
}

export interface ChoiceData {
  /** Name of the visitor's own scenario; null for a workload of the lab. */
  readonly own: string | null;
  readonly operations: number;
  readonly lanes: readonly LaneFigures[];
  readonly cases: readonly { readonly id: Case; readonly lanes: readonly LaneFigures[] }[];
  /** Times of these are of one pass. */
  readonly loops: readonly { readonly id: Loop; readonly lanes: readonly LaneFigures[] }[];
}
