import type { Scenario } from '../../model/scenario.ts';
import type { Lane } from '../../state/store.ts';
import { laneLetter } from '../shared/lane-letter.ts';

export interface FindingEntry {
  readonly key: string;
  /** The lane that found it; empty where all lanes share it. */
  readonly letters: string;
  readonly message: string;
  readonly operation: number;
  /** From 1. */
  readonly line: number;
  /** A lane's own: its heap is damaged, it trapped or ran in a circle. */
  readonly broken: boolean;
}

type Ran = Pick<Lane, 'key' | 'result'>;

/** Findings of the scenario once, since all lanes share them, and what each lane found by itself, by operation. */
export function findingsOf(scenario: Pick<Scenario, 'findings'> | null, lanes: readonly Ran[]): FindingEntry[] {
  if (scenario === null) return [];
  const entries: FindingEntry[] = scenario.findings.map((finding, i) => ({
    key: `scenario ${i}`,
    letters: '',
    message: finding.message,
    operation: finding.operation,
    line: finding.line,
    broken: false,
  }));
  lanes.forEach((lane, index) => {
    for (const [at, finding] of (lane.result?.findings ?? []).entries()) {
      if (/^F\d/.test(finding.kind)) continue;
      entries.push({
        key: `${lane.key} ${at}`,
        letters: laneLetter(index),
        message: finding.message,
        operation: finding.operation,
        line: finding.line,
        broken: true,
      });
    }
  });
  return entries.sort((a, b) => a.operation - b.operation);
}

/** Checks of the script that some lane does not hold. */
export function failedChecks(lanes: readonly Ran[]): number {
  const failed = new Set<number>();
  for (const { result } of lanes) {
    for (const [index, check] of result?.checks.entries() ?? []) if (check.held === false) failed.add(index);
  }
  return failed.size;
}
