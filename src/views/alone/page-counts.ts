import { CELL_STATES } from '../../model/heap-frame.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';

/** Committed pages by state at the playhead, and behind them those held by less than 1 KiB; at React's pace. */
export function usePageCounts(lane: Lane): Uint32Array {
  const { records } = useApp();
  const position = usePosition();
  const counts = new Uint32Array(CELL_STATES + 1);
  const { frame } = records.lane(lane.key);
  if (frame !== null) {
    frame.seek(Math.min(position, frame.logged));
    frame.countPages(counts);
  }
  return counts;
}
