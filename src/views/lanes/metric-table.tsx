import { METRIC_IDS, METRICS, type MetricDefinition, type MetricId } from '../../model/metrics.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped, memory } from '../../model/strings/numbers.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePosition } from '../shared/use-position.ts';
import { laneTitle } from './lane-names.ts';
import './metric-table.css';

/** Needs a size or a range that a table has no room for. */
const LEFT_OUT: readonly MetricId[] = ['hole_bytes'];

/** Every metric of every lane at the playhead with its formula and its source. */
export function MetricTable({ onClose }: { onClose: () => void }) {
  const lanes = useFact((state) => state.lanes);
  const position = usePosition();
  return (
    <DialogFrame title={metricStrings.metric.tableTitle(position)} onClose={onClose} className="metric-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it */}
      <section className="frame-body" aria-label={metricStrings.metric.tableTitle(position)} tabIndex={0}>
        <table className="metric-table">
          <thead>
            <tr>
              <th scope="col">{metricStrings.metric.tableHead.metric}</th>
              {lanes.map((lane, index) => (
                <th key={lane.key} scope="col" data-lane={laneLetter(index)}>
                  <b>{laneLetter(index)}</b> {laneTitle(lane)}
                </th>
              ))}
              <th scope="col">{metricStrings.metric.tableHead.formula}</th>
              <th scope="col">{metricStrings.metric.tableHead.source}</th>
            </tr>
          </thead>
          <tbody>
            {METRIC_IDS.filter((id) => !LEFT_OUT.includes(id)).map((id) => (
              <tr key={id}>
                <th scope="row">{metricStrings.metric.ids[id]}</th>
                {lanes.map((lane) => {
                  const value = lane.survey?.metrics[id];
                  return (
                    <td key={lane.key} data-metric={id} data-value={value ?? undefined}>
                      {value === undefined ? '' : value === null ? metricStrings.metric.none : metricText(id, value)}
                    </td>
                  );
                })}
                <td className="metric-formula">{METRICS[id].formula}</td>
                <td className="metric-source">{METRICS[id].source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </DialogFrame>
  );
}

/** Overheads and ratchets are multiples, not shares. */
const MULTIPLES: readonly MetricId[] = ['peak_overhead', 'ratchet', 'search_mean'];

/** A metric's value with its unit. */
export function metricText(id: MetricId, value: number): string {
  const { unit }: MetricDefinition = METRICS[id];
  switch (unit) {
    case 'bytes':
      return value < 1024 ? memory(value) : `${memory(value)} (${grouped(value)} B)`;
    case 'pages':
    case 'count':
      return grouped(value);
    case 'ratio':
      return MULTIPLES.includes(id) ? value.toFixed(2) : words.percent(value);
    case 'word':
      return String(value);
  }
}
