import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_LANE_NAMES, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { scenarioFacts } from './scenario-facts.ts';
import { evaluateScript } from './testing/run-script.ts';

const folder = new URL('../../public/scenarios/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.heap'));
const pool = new MemoryPool();

const evaluate = (file: string) => evaluateScript(readFileSync(new URL(file, folder), 'utf8'));

async function record(scenario: Scenario, name: string): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: {}, fill: false }, modules, pool);
  while (run.advance(1 << 16) !== null);
  return run;
}

test('the gallery is there', () => {
  expect(files.length).toBeGreaterThanOrEqual(16);
});

test.each(files)('%s: what it expects holds in every lane', async (file) => {
  const scenario = evaluate(file);
  for (const name of ALL_LANE_NAMES) {
    const run = await record(scenario, name);
    const { checks } = run.finish();
    const failed = checks.filter(({ held }) => held === false);
    expect(failed, name).toEqual([]);
    expect(checks.length, name).toBe(scenario.checks.length);
    run.dispose();
  }
});

test.each(files)('%s: at every step up to the first misuse the classes add up to what is committed', async (file) => {
  const scenario = evaluate(file);
  const last = Math.min(scenario.operations.count, scenarioFacts(scenario).firstMisuse - 1);
  for (const name of ALL_LANE_NAMES) {
    const run = await record(scenario, name);
    const wrong: number[] = [];
    for (let position = 0; position <= last; position++) if (!run.addsUpAt(position)) wrong.push(position);
    expect(wrong, name).toEqual([]);
    for (let position = 0; position <= last; position += Math.ceil(last / 20) || 1) {
      expect(run.survey(position).broken, `${name}, position ${position}`).toBeNull();
    }
    run.dispose();
  }
});
