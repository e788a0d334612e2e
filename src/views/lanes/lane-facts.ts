import { parseLaneName } from '../../model/lanes.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import type { Records } from '../../state/records.ts';
import type { AppState, Lane } from '../../state/store.ts';
import type { LaneFacts, RowScales } from './metric-values.ts';

/** A lane's facts at the playhead, or null before its first operation is logged. Seeks the lane's frame there. */
export function laneFacts(records: Records, state: AppState, lane: Lane): LaneFacts | null {
  const { frame, steps } = records.lane(lane.key);
  if (frame === null) return null;
  const position = Math.min(state.position, frame.logged);
  frame.seek(position);
  return {
    facts: frame.facts(),
    base: frame.base,
    survey: lane.survey,
    searchMean: steps === null ? undefined : steps.mean(position),
    arena: parseLaneName(lane.config.name)?.id === 'arena',
  };
}

/** Is what was read from a lane's bytes that of the operation drawn? */
export function isFresh(state: AppState, lane: Lane): boolean {
  if (lane.survey === null || lane.result === null) return false;
  return lane.survey.position === Math.min(state.position, lane.result.executed);
}

/** Ends of the rows' lines over all lanes of the run. */
export function rowScales(records: Records, lanes: readonly Lane[]): RowScales {
  let pages = 1;
  let failures = 0;
  let steps = 1;
  for (const lane of lanes) {
    const record = records.lane(lane.key);
    pages = Math.max(pages, record.series.finalPages);
    failures = Math.max(failures, record.series.failures.length);
    steps = Math.max(steps, record.steps?.most ?? 1);
  }
  return { pages, bytes: pages * PAGE_BYTES, steps, failures };
}
