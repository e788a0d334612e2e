import type { Operations } from './operations.ts';
import type { Scenario } from './scenario.ts';

/** For tests: a scenario of operations and nothing else, but for the parts given. */
export function bareScenario(operations: Operations, parts: Partial<Scenario> = {}): Scenario {
  return {
    format: 'script',
    operations,
    fills: { bytes: new Uint8Array(0), start: new Uint32Array(1) },
    blocks: { count: 0, names: [], name: new Uint32Array(0), index: new Float64Array(0) },
    marks: [],
    notes: [],
    pauses: [],
    checks: [],
    memory: {},
    findings: [],
    findingsLeftOut: 0,
    misuseAt: new Uint32Array(0),
    lostAt: new Uint32Array(0),
    anomalies: [],
    anomaliesLeftOut: 0,
    diagnostics: [],
    stopped: null,
    ...parts,
  };
}
