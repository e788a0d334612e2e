import type { MetricId } from '../../model/metrics.ts';
import { lessonStrings as strings } from '../../model/strings/lessons.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import type { Lane } from '../../state/store.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useMeasured } from './use-measured.ts';
import '../lanes/lane-badge.css';

/** The few numbers that a step is about, lane beside lane, read from the bytes at the needle. */
export function LessonFacts({ metrics }: { metrics: readonly string[] }) {
  const { point } = useApp();
  const lanes = useFact((state) => state.lanes);
  return (
    <table className="lesson-facts">
      <caption>{strings.facts.title}</caption>
      <thead>
        <tr>
          <td />
          {lanes.map((lane, i) => (
            <th key={lane.key} scope="col" data-lane={laneLetter(i)}>
              <span className="lane-badge" aria-hidden="true">
                {laneLetter(i)}
              </span>
              <span className="visually-hidden">{strings.facts.lane(laneLetter(i), laneTitle(lane))}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => {
          const lights = metric === 'largest_hole' || metric === 'free' ? ({ kind: 'metric', metric } as const) : null;
          return (
            <tr
              key={metric}
              onPointerEnter={lights === null ? undefined : () => point.hover(lights)}
              onPointerLeave={lights === null ? undefined : () => point.hover(null)}
            >
              <th scope="row">{metricStrings.metric.ids[metric as MetricId]}</th>
              {lanes.map((lane) => (
                <Fact key={lane.key} lane={lane} metric={metric} />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Fact({ lane, metric }: { lane: Lane; metric: string }) {
  const { text, fresh } = useMeasured(lane, metric);
  return <td data-stale={!fresh || undefined}>{text}</td>;
}
