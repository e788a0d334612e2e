import { PAGE_BYTES } from '../../model/units.ts';
import type { Records } from '../../state/records.ts';
import type { AppState, Lane } from '../../state/store.ts';
import type { LaneFacts, RowScales } from './metric-values.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Facts that are written over, for whoever asks for them in every frame. */
export type ReusedFacts = Mutable<Omit<LaneFacts, 'facts'>> & { facts: LaneFacts['facts'] | null };

export function reusedFacts(): ReusedFacts {
  return { facts: null, base: 0, survey: null, searchMean: undefined, arena: false };
}

/**
 * A lane's facts at the playhead, or null before its first operation is logged; written into `into`. Seeks the lane's frame
 * there.
 */
export function laneFacts(records: Records, state: AppState, lane: Lane, into = reusedFacts()): LaneFacts | null {
  const { frame, steps } = records.lane(lane.key);
  if (frame === null) return null;
  const position = Math.min(state.position, frame.logged);
  frame.seek(position);
  into.facts = frame.facts();
  into.base = frame.base;
  into.survey = lane.survey;
  into.searchMean = steps === null ? undefined : steps.mean(position);
  into.arena = lane.config.name === 'arena';
  return into as LaneFacts;
}

/** Is what was read from a lane's bytes that of the operation drawn? */
export function isFresh(state: AppState, lane: Lane): boolean {
  if (lane.survey === null || lane.result === null) return false;
  return lane.survey.position === Math.min(state.position, lane.result.executed);
}

/** Ends of the rows' lines over all lanes of the run, into `scales`. */
export function rowScales(records: Records, lanes: readonly Lane[], scales: Mutable<RowScales>): void {
  let pages = 1;
  let failures = 0;
  let steps = 1;
  for (const lane of lanes) {
    const record = records.lane(lane.key);
    pages = Math.max(pages, record.series.finalPages);
    failures = Math.max(failures, record.series.failures.length);
    steps = Math.max(steps, record.steps?.most ?? 1);
  }
  scales.pages = pages;
  scales.bytes = pages * PAGE_BYTES;
  scales.steps = steps;
  scales.failures = failures;
}
