import { expect, test } from 'vitest';
import {
  GOLDEN_BASE,
  GOLDEN_INITIAL,
  goldenLines,
  goldenMaximum,
  goldenOperations,
  goldenRuns,
} from '../../wasm/tests/support/golden.ts';
import { parseLaneName } from '../model/lanes.ts';
import { OpKind } from '../model/operations.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { operationsOfRequests, scenarioOf } from './testing/scenarios.ts';

const pool = new MemoryPool();

test.each(goldenRuns())('the driver puts every block of %s where the real %s did', async (trace, lane) => {
  const scenario = scenarioOf(operationsOfRequests(goldenOperations(trace)));
  const { kind, prev, size } = scenario.operations;
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(lane)!);
  const memory = { base: GOLDEN_BASE, initial: GOLDEN_INITIAL, max: goldenMaximum(trace) };
  const run = LaneRun.open(scenario, { name: lane, memory, fill: false }, modules, pool);
  while (run.advance(30_000) !== null);
  const { log, failures, growAt, growPages } = run.machine;
  const failed = new Set(failures.view());
  const pagesAfter = new Map([...growAt.view()].map((at, k) => [at, growPages.view()[k]!]));
  let pages = GOLDEN_INITIAL;
  let differences = 0;
  for (const [k, line] of goldenLines(trace, lane).entries()) {
    const t = k + 1;
    pages = pagesAfter.get(t) ?? pages;
    const free = kind[k] === OpKind.Free;
    const address = failed.has(t) ? 0 : log.address[free ? prev[k]! : t]!;
    // The pointer of an empty block on wee is its alignment: never read, and not compared.
    const dangling = lane.startsWith('wee') && (free ? log.requested[prev[k]!] : size[k]) === 0;
    if ((address !== line.address && !dangling) || pages !== line.pages) differences++;
    if ((line.status === 'fail') !== failed.has(t)) differences++;
  }
  run.dispose();
  expect(differences).toBe(0);
});
