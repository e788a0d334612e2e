import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LaneRun } from '../engine/lane-run.ts';
import { MemoryPool } from '../engine/memory-pool.ts';
import { loadLaneModules } from '../engine/modules.ts';
import { modulesFromFiles } from '../engine/modules-node.ts';
import { parseLaneName } from '../model/lanes.ts';
import { operationOfBlock } from '../model/lesson-actions.ts';
import { placeOf } from '../model/lesson-places.ts';
import { compile, startRun } from '../script/index.ts';
import { corruption } from './corruption.ts';
import { CHANGED_LINE, FIRST_MINUTE } from './first-minute.ts';

/** What lessons say that is no number: where blocks lie, and where a lane stops. */
async function run(script: string, lane: string) {
  const started = startRun(compile(script).program!);
  while (started.advance(1_000_000) === 'more');
  const scenario = started.finish();
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(lane)!);
  const lanes = LaneRun.open(scenario, { name: lane, memory: {}, fill: false }, modules, new MemoryPool());
  const address = [0];
  for (let slice = lanes.advance(1 << 18); slice !== null; slice = lanes.advance(1 << 18)) {
    for (const at of slice.address) address.push(at);
  }
  const { stopped } = lanes.finish();
  const broken = (place: string) => lanes.survey(placeOf(place, scenario)!).broken;
  return {
    stopped: stopped?.operation ?? null,
    line: stopped?.line ?? null,
    broken,
    at: (name: string) => address[operationOfBlock(name, scenario, scenario.operations.count)!],
  };
}

const script = (step: number) => corruption.steps[step - 1]!.script!;

test('an overflow is seen by the check of the bytes at once, believed by dlmalloc at a free, by wee_alloc at a request', async () => {
  const dlmalloc = await run(script(1), 'dlmalloc');
  expect(dlmalloc.broken('mark:sound')).toBeNull();
  expect(dlmalloc.broken('mark:written too far')).not.toBeNull();
  expect(dlmalloc.line).toBe(9);
  const wee = await run(script(1), 'wee');
  expect(wee.broken('mark:written too far')).not.toBeNull();
  expect(wee.line).toBe(11);
  for (const lane of ['arena', 'pool']) {
    const { stopped, broken } = await run(script(1), lane);
    expect([stopped, broken('mark:written too far')], lane).toEqual([null, null]);
  }
});

test('a stale name reaches the block that lies where its own lay, and the third one gets the same place', async () => {
  for (const lane of ['dlmalloc', 'pool']) {
    const { at } = await run(script(3), lane);
    expect([at('bob'), at('carl')], lane).toEqual([at('ada'), at('ada')]);
  }
  const arena = await run(script(3), 'arena');
  expect(arena.at('bob')).not.toBe(arena.at('ada'));
});

test('a block that is freed twice has two owners in a pool, or the lane is stopped', async () => {
  const pool = await run(script(4), 'pool');
  expect(pool.at('x')).toBe(pool.at('y'));
});

test('the first minute asks about the scenario that a first visit opens', () => {
  const file = readFileSync(new URL('../../public/scenarios/first-look.heap', import.meta.url), 'utf8');
  expect(FIRST_MINUTE.script).toBe(file.trimEnd());
  expect(file.split('\n')[CHANGED_LINE - 1]).toContain('50%');
});
