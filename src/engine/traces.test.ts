import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LANE_NAMES, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { readRecording, saveOperations } from '../trace/index.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';

const folder = new URL('../../e2e/fixtures/traces/', import.meta.url);
const TRACES = ['cc1.mtrace', 'git-log.mtrace', 'ls.valgrind', 'sqlite-wasm.ops'];
/** Operations between two positions whose bytes are walked. */
const SAMPLE = 50;
const pool = new MemoryPool();

async function read(data: Blob, name: string): Promise<Scenario> {
  const signal = new AbortController().signal;
  const result = await readRecording(data, data.size, { name, onProgress: () => {}, signal });
  if (result.kind !== 'scenario') throw new Error(`${name} is no recording`);
  return result.scenario;
}

async function record(scenario: Scenario, name: string): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!.id);
  const run = new LaneRun(scenario, { name, memory: {}, fill: false }, modules, pool);
  while (run.advance(1 << 16) !== null);
  return run;
}

for (const trace of TRACES) {
  test(`${trace}: every 50th operation the classes add up, in all seven lanes, and saved it gives the same addresses`, async () => {
    const scenario = await read(await openAsBlob(fileURLToPath(new URL(trace, folder))), trace);
    const saved = await read(new Blob([...saveOperations(scenario).chunks]), 'saved.ops');
    expect(saved.operations.count).toBe(scenario.operations.count);
    for (const name of LANE_NAMES) {
      const [run, again] = [await record(scenario, name), await record(saved, name)];
      for (let position = 0; position <= run.recorded; position += SAMPLE) {
        expect(run.addsUpAt(position), `${name}, position ${position}`).toBe(true);
      }
      const survey = run.survey(run.recorded);
      expect([survey.broken, survey.adds], name).toEqual([null, true]);
      expect(again.machine.log.address, name).toEqual(run.machine.log.address);
      expect([...again.machine.growPages.view()], name).toEqual([...run.machine.growPages.view()]);
      run.dispose();
      again.dispose();
    }
  });
}
