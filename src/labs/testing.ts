import type { Measure } from './measure.ts';

/** A measure as a test would have it: a time in ns with a tenth more or less. */
export function measured(ns: number, below = false): Measure {
  return { median: ns, low: ns * 0.9, high: ns * 1.1, runs: 7, times: 1, below };
}
