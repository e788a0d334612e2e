import { METRICS, type MetricId } from '../../model/metrics.ts';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { grouped, memory } from '../../model/strings/numbers.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';

export interface Measured {
  readonly text: string;
  /** It is of the operation drawn; else of the one where the playhead rested last. */
  readonly fresh: boolean;
}

/** A metric of a lane as it was read from its bytes at the playhead, at React's pace. */
export function useMeasured(lane: Lane | undefined, metric: string): Measured {
  const { store } = useApp();
  usePosition();
  if (lane === undefined) return { text: words.facts.none, fresh: true };
  if (lane.survey === null) return { text: words.facts.reading, fresh: false };
  const value = lane.survey.metrics[metric];
  const text = value === null || value === undefined ? words.facts.none : metricText(metric as MetricId, value);
  return { text, fresh: isFresh(store.getState(), lane) };
}

/** A metric's value as it is read: memory in its best unit, ratios of one as percent. */
export function metricText(metric: MetricId, value: number): string {
  switch (METRICS[metric].unit) {
    case 'bytes':
      return memory(value);
    case 'ratio':
      return metric === 'search_mean' || metric === 'ratchet' || metric === 'peak_overhead'
        ? value.toFixed(value < 10 ? 2 : 0)
        : viewsStrings.percent(value);
    default:
      return grouped(value);
  }
}
