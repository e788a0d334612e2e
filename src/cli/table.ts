import { METRICS, PLAIN_METRIC_IDS } from '../model/metrics.ts';
import type { Scenario } from '../model/scenario.ts';
import { cliStrings as say } from '../model/strings/cli.ts';
import type { LaneReport } from './replay.ts';

/** Metrics by allocator after the last operation: names to the left, a column a lane, numbers to the right. */
export function* tableReport(scenario: Scenario, reports: readonly LaneReport[]): Generator<string> {
  yield `${say.operations(scenario.operations.count)}\n`;
  const anomalies = scenario.anomalies.length + scenario.anomaliesLeftOut;
  if (anomalies > 0) yield `${say.anomalies(anomalies)}\n`;
  yield '\n';
  const rows = [
    [say.metric, ...reports.map(({ name }) => name)],
    ...PLAIN_METRIC_IDS.map((id) => [id, ...reports.map(({ result }) => cell(id, result.metrics[id] ?? null))]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    const cells = row.map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)));
    yield `${cells.join('  ').trimEnd()}\n`;
  }
}

function cell(id: (typeof PLAIN_METRIC_IDS)[number], value: number | null): string {
  if (value === null) return say.notApplicable;
  return METRICS[id].unit === 'ratio' ? value.toFixed(6) : String(value);
}
