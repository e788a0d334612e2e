import type { OperationNumber } from '../model/units.ts';

/**
 * What the pointer, the keyboard or a click points at. Every view publishes these and draws them: that is how a line of
 * the script, a page of the map and a stretch of the timeline come to light up together.
 */
export type Target =
  /** A page: the same one in every lane. `lane` is the lane it was pointed at in. */
  | { readonly kind: 'page'; readonly lane: string; readonly page: number }
  /** A block, named by the operation that gave it its place: the same allocation in every lane. */
  | { readonly kind: 'block'; readonly lane: string; readonly operation: OperationNumber; readonly page: number }
  /** A line of the script: the blocks it holds live. */
  | { readonly kind: 'line'; readonly line: number }
  /** An operation on the timeline. */
  | { readonly kind: 'operation'; readonly operation: OperationNumber }
  /** Holes of `from` to `to` bytes in one lane. */
  | { readonly kind: 'holes'; readonly lane: string; readonly from: number; readonly to: number }
  /** What a metric is made of, in every lane: the largest hole, or all holes. */
  | { readonly kind: 'metric'; readonly metric: 'largest_hole' | 'free' };

/** Hover is transient; a click locks it as the selection until Escape or a click on nothing. */
export interface Link {
  readonly hover: Target | null;
  readonly selected: Target | null;
}

export const NO_LINK: Link = { hover: null, selected: null };

/** Do both point at the same thing? Lets a pointer that moves within one cell publish nothing. */
export function sameTarget(a: Target | null, b: Target | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'page':
      return a.lane === (b as typeof a).lane && a.page === (b as typeof a).page;
    case 'block': {
      const other = b as typeof a;
      return a.lane === other.lane && a.operation === other.operation && a.page === other.page;
    }
    case 'line':
      return a.line === (b as typeof a).line;
    case 'operation':
      return a.operation === (b as typeof a).operation;
    case 'holes':
      return a.lane === (b as typeof a).lane && a.from === (b as typeof a).from;
    case 'metric':
      return a.metric === (b as typeof a).metric;
  }
}

/** What lights up: the pointer's target while there is one, else the selection. */
export function lit(link: Link): Target | null {
  return link.hover ?? link.selected;
}
