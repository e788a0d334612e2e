import type { Measure } from '../measure.ts';
import type { WayId } from './way.ts';

/** 64 B to 16 MiB, four times as much at each step. */
export const SIZES = Array.from({ length: 10 }, (_, i) => 64 * 4 ** i);

export interface BoundaryData {
  /** Payload sizes in bytes. */
  readonly xs: readonly number[];
  /** Each way with one measure a size; null where it was not measured (yet, or it would take too long). */
  readonly ways: readonly { readonly id: WayId; readonly points: readonly (Measure | null)[] }[];
  /** The sum that every way brought, one a size measured. */
  readonly sums: readonly number[];
  readonly detached: Detached;
}

/** What became of a view when its memory grew, as it happened. */
export interface Detached {
  readonly before: number;
  /** What `memory.grow(0)` and `memory.grow(1)` gave: pages until then. */
  readonly grewBy0: number;
  readonly after0: number;
  readonly value0: string;
  readonly madeAgain: number;
  readonly grewBy1: number;
  readonly after1: number;
  readonly sameBuffer: boolean;
}
