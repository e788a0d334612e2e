import { expect, test } from 'vitest';
import { ALL_LANE_NAMES, headerBytes, type LaneConfig, parseLaneName } from '../model/lanes.ts';
import { OpFlag, OpKind, operationAt } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { SpanKind } from '../model/spans.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { LaneError } from './lane-recording.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { GUARDED_LANE_NAMES } from './testing/guarded-lanes.ts';
import { randomScenario } from './testing/random-scenario.ts';

const pool = new MemoryPool();

async function laneOver(scenario: Scenario, name: string, config: Partial<LaneConfig> = {}): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  return LaneRun.open(scenario, { name, memory: { max: 40 }, fill: false, ...config }, modules, pool, { every: 64 });
}

/** The live set once more, from objects and a map, block by block. */
function* slowFacts(scenario: Scenario, run: LaneRun) {
  const { address, usable, requested } = run.machine.log;
  const header = headerBytes(parseLaneName(run.opening.name)!);
  const blocks = new Map<number, { address: number; usable: number; requested: number; chunk: boolean }>();
  const placed = new Map<number, { bytes: number; arena: number }>();
  let peak = 0;
  for (let t = 1; t <= run.recorded; t++) {
    const op = operationAt(scenario.operations, t);
    const entry = { address: address[t]!, usable: usable[t]!, requested: requested[t]! };
    const chunk = (op.flags & OpFlag.Chunk) !== 0;
    if (op.kind === OpKind.Alloc || op.kind === OpKind.Realloc) {
      if (entry.address !== 0) blocks.set(op.id, { ...entry, chunk });
    } else if (op.kind === OpKind.Free) blocks.delete(op.id);
    else if (op.kind === OpKind.Place || op.kind === OpKind.Move) {
      const arena = operationAt(scenario.operations, op.host).host;
      if (entry.address !== 0) placed.set(op.id, { bytes: entry.requested, arena });
    } else if (op.kind === OpKind.Drop) placed.delete(op.id);
    else if (op.kind === OpKind.Rewind) {
      for (const [id, block] of placed) if (block.arena === op.id) placed.delete(id);
    }
    const lane = [...blocks.values()];
    const own = lane.filter((block) => !block.chunk);
    const live = [...own.map((block) => block.requested), ...[...placed.values()].map((block) => block.bytes)];
    const R = live.reduce((a, b) => a + b, 0);
    peak = Math.max(peak, R);
    const pageBytes = new Map<number, number>();
    for (const block of lane) {
      if (block.usable === 0) continue;
      for (let at = block.address - header; at < block.address + block.usable; ) {
        const page = Math.floor(at / PAGE_BYTES);
        const to = Math.min((page + 1) * PAGE_BYTES, block.address + block.usable);
        pageBytes.set(page, (pageBytes.get(page) ?? 0) + to - at);
        at = to;
      }
    }
    yield { t, lane, R, peak, blocks: own.length + placed.size, pageBytes };
  }
}

for (const name of [...ALL_LANE_NAMES, ...GUARDED_LANE_NAMES]) {
  test(`${name}: at every step the bytes that the reader walks add up with what the operations say is live`, async () => {
    for (const seed of [11, 12]) {
      const scenario = randomScenario(seed, 700);
      const run = await laneOver(scenario, name);
      while (run.advance(150) !== null);
      for (const { t, lane, R, peak, blocks, pageBytes } of slowFacts(scenario, run)) {
        const survey = run.survey(t);
        const { metrics } = survey;
        const label = `seed ${seed}, position ${t}`;
        expect(survey.broken, label).toBeNull();
        expect(survey.adds, label).toBe(true);
        const classes = ['static', 'live', 'slack', 'metadata', 'free', 'dead', 'top'] as const;
        const sum = classes.reduce((total, id) => total + metrics[id]!, 0);
        expect(sum, label).toBe(metrics.committed);
        const used = [...survey.spanKind].flatMap((kind, k) => (kind === SpanKind.Used ? [survey.spanStart[k]!] : []));
        const known = lane.filter((block) => block.usable > 0).map((block) => block.address);
        expect(used, label).toEqual(known.sort((a, b) => a - b));
        const U = lane.reduce((total, block) => total + block.usable, 0);
        expect([metrics.live, metrics.peak_live, metrics.blocks, metrics.slack], label).toEqual([
          R,
          peak,
          blocks,
          U - R,
        ]);
        const firstPage = Math.ceil(run.opening.base / PAGE_BYTES);
        const empty = Array.from({ length: metrics.pages! }, (_, page) => page >= firstPage && !pageBytes.get(page));
        expect(metrics.empty_pages, label).toBe(empty.filter((is) => is).length);
        expect(metrics.trailing_pages, label).toBe(empty.length - 1 - empty.lastIndexOf(false));
        const waste = [...pageBytes.values()].reduce((total, bytes) => total + PAGE_BYTES - bytes, 0);
        expect(metrics.pinned_waste, label).toBe(waste);
      }
      run.dispose();
    }
  });

  test(`${name}: a survey is the same whether it is asked for while recording, later, forward or backward`, async () => {
    const scenario = randomScenario(31, 900, { misuseFrom: 600 });
    const [live, later] = [await laneOver(scenario, name), await laneOver(scenario, name)];
    const seen = new Map<number, unknown>();
    while (live.advance(90) !== null) {
      const position = live.recorded - (live.recorded % 7);
      seen.set(position, live.survey(position));
    }
    while (later.advance(10_000) !== null);
    for (const position of [...seen.keys()].reverse())
      expect(later.survey(position), `position ${position}`).toEqual(seen.get(position));
    live.dispose();
    later.dispose();
  });
}

test('settings that cannot be are named', async () => {
  const scenario = randomScenario(1, 10);
  const refused = (memory: LaneConfig['memory']) => laneOver(scenario, 'dlmalloc', { memory });
  await expect(refused({ base: 100 })).rejects.toThrow(LaneError);
  await expect(refused({ base: 100 })).rejects.toThrow(/multiple of 16/);
  await expect(refused({ base: 3 * PAGE_BYTES, initial: 2 })).rejects.toThrow(/beyond the initial memory of 2 pages/);
  await expect(refused({ initial: 9, max: 8 })).rejects.toThrow(/above the maximum of 8/);
  const raised = await laneOver(scenario, 'dlmalloc', { memory: { base: 3 * PAGE_BYTES } });
  expect(raised.opening.initial).toBe(3);
  raised.dispose();
});

test('a setting made on purpose wins over the script, the script over the defaults', async () => {
  const scenario: Scenario = { ...randomScenario(1, 10), memory: { initial: 4, max: 50 } };
  const run = await laneOver(scenario, 'arena', { memory: { max: 60 } });
  expect([run.opening.base, run.opening.initial, run.opening.max]).toEqual([PAGE_BYTES, 4, 60]);
  run.dispose();
});
