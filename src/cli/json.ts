import { PLAIN_METRIC_IDS } from '../model/metrics.ts';
import type { Scenario } from '../model/scenario.ts';
import type { LaneReport } from './replay.ts';

/** The report of `--json`, version 1. Keys may be added; readers ignore those that they do not know. */
export function jsonReport(scenario: Scenario, reports: readonly LaneReport[]) {
  return {
    version: 1,
    operations: scenario.operations.count,
    anomalies: scenario.anomalies.map(({ kind, line, operation }) => ({ kind, line, operation })),
    anomaliesLeftOut: scenario.anomaliesLeftOut,
    allocators: Object.fromEntries(reports.map((report) => [report.name, laneReport(report)])),
  };
}

function laneReport({ result, operationsPerSecond }: LaneReport) {
  const { metrics } = result;
  return {
    // Memory never shrinks: its last size is its largest.
    peakPages: metrics.pages,
    finalPages: metrics.pages,
    peakLive: metrics.peak_live,
    failures: metrics.failures,
    metrics: Object.fromEntries(PLAIN_METRIC_IDS.map((id) => [id, metrics[id] ?? null])),
    findings: result.findings.map(({ kind, operation, line, address }) => ({ kind, operation, line, address })),
    checks: result.checks.map(({ line, held, value }) => ({ line, held, value })),
    opsPerSecond: Math.round(operationsPerSecond),
  };
}
