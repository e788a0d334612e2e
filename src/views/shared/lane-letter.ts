import { LANE_LETTERS } from '../../paint/charts.ts';

/** A lane's letter comes from its place, so that A is always the first one on screen. */
export function laneLetter(index: number): string {
  return LANE_LETTERS[index] ?? '?';
}
