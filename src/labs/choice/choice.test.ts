import { expect, test } from 'vitest';
import { LaneRun } from '../../engine/lane-run.ts';
import { MemoryPool } from '../../engine/memory-pool.ts';
import { loadLaneModules } from '../../engine/modules.ts';
import { modulesFromFiles } from '../../engine/modules-node.ts';
import { ALL_LANE_NAMES, parseLaneName } from '../../model/lanes.ts';
import { compile, startRun } from '../../script/index.ts';
import { settled } from '../controls.ts';
import { csvOf } from '../tables.ts';
import { measured } from '../testing.ts';
import type { ChoiceData, LaneFigures } from './data.ts';
import { choiceLab as lab } from './lab.ts';
import { CASES, LOOPS, PASSES, WORKLOADS } from './workloads.ts';

const pool = new MemoryPool();

async function metricsOf(text: string, name: string) {
  const { program, diagnostics } = compile(text);
  expect(diagnostics).toEqual([]);
  const run = startRun(program!);
  while (run.advance(1_000_000) === 'more');
  const scenario = run.finish();
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const lane = LaneRun.open(scenario, { name, memory: {}, fill: false }, modules, pool);
  const { metrics, stopped } = lane.finish();
  lane.dispose();
  return { scenario, metrics, stopped };
}

const SCRIPTS = [
  ...Object.entries(WORKLOADS),
  ...Object.entries(CASES).map(([id, { text }]) => [id, text] as const),
  ...Object.entries(LOOPS),
];

test.each(SCRIPTS)('%s runs without a message or a misuse, and no allocator refuses', async (_, text) => {
  for (const name of ALL_LANE_NAMES) {
    const { scenario, metrics, stopped } = await metricsOf(text, name);
    expect(stopped, name).toBeNull();
    expect(metrics.failures, name).toBe(0);
    expect(metrics.misuses, name).toBe(0);
    expect(metrics.lost, name).toBe(0);
    expect(scenario.operations.count).toBeGreaterThan(4000);
    expect(scenario.operations.count).toBeLessThan(60_000);
  }
});

test('an arena fits phases and nothing else; a pool fits one size and loses pages to each other', async () => {
  const pages = async (id: keyof typeof CASES, name: string) => (await metricsOf(CASES[id].text, name)).metrics.pages!;
  expect(await pages('arenaBest', 'arena')).toBeLessThanOrEqual(await pages('arenaBest', 'dlmalloc'));
  expect(await pages('arenaWorst', 'arena')).toBeGreaterThan(10 * (await pages('arenaWorst', 'dlmalloc')));
  expect(await pages('poolBest', 'pool')).toBeLessThanOrEqual(await pages('poolBest', 'dlmalloc'));
  expect(await pages('poolWorst', 'pool')).toBeGreaterThan(1.4 * (await pages('poolWorst', 'dlmalloc')));
});

test('both loops write the same in as many passes', async () => {
  const writes = async (text: string) => (await metricsOf(text, 'dlmalloc')).scenario.operations.count;
  // Nine writes a pass; the loop that allocates has nine allocations and nine frees in it as well.
  expect(await writes(LOOPS.reuse)).toBe(9 + 9 * PASSES);
  expect(await writes(LOOPS.loop)).toBe(27 * PASSES);
});

function lane(name: string, part: Partial<LaneFigures> = {}): LaneFigures {
  return {
    name,
    pages: 40,
    failures: 0,
    overhead: 1.5,
    external: 0.2,
    searchMean: 1,
    searchWorst: 10,
    bytes: 2000,
    stopped: null,
    time: measured(100),
    ...part,
  };
}

const data = (...lanes: LaneFigures[]): ChoiceData => ({ own: null, operations: 1000, lanes, cases: [], loops: [] });
const report = (of: ChoiceData, values: Record<string, string> = {}) => {
  const { headline, lead, figures } = lab.report(of, settled(lab.controls, values));
  return { headline, lead: lead.map((line) => line.replace(/\s/g, ' ')), figures };
};

test('the choice is explained with the figures, and other data give another sentence', () => {
  const one = report(data(lane('wee', { pages: 50, time: measured(50) }), lane('dlmalloc')));
  expect(one.headline).toBe('dlmalloc needs the least memory here, by 1.3×.');
  expect(one.lead[0]).toBe('`dlmalloc`: *40 pages, 2.50 MiB*; next is `wee` with *50 pages, 3.13 MiB*.');
  expect(one.lead[1]).toBe('What `dlmalloc` costs elsewhere: speed *10.0 M ops/s* against *20.0 M ops/s* of `wee`.');
  const other = report(data(lane('wee', { pages: 30, searchWorst: 900 }), lane('dlmalloc')));
  expect(other.headline).toBe('wee needs the least memory here, by 1.3×.');
  expect(other.lead[1]).toBe('What `wee` costs elsewhere: worst search *900 steps* against *10 steps* of `dlmalloc`.');
});

test('nobody is best by 3 % or less, or where bands overlap; what comes second decides', () => {
  const close = report(
    data(
      lane('wee', { pages: 100, time: measured(200) }),
      lane('dlmalloc', { pages: 103 }),
      lane('pool', { pages: 104 }),
    ),
  );
  expect(close.headline).toBe('Two are level in memory: dlmalloc and wee.');
  expect(close.lead[1]).toBe(
    'Among these `dlmalloc` is ahead in what comes second: *10.0 M ops/s* against *5.0 M ops/s* of `wee`.',
  );
  // A tenth apart, and the bands are a tenth to each side.
  const fast = report(data(lane('wee', { time: measured(100) }), lane('dlmalloc', { time: measured(110) })), {
    by: 'speed',
  });
  expect(fast.headline).toBe('Two are level in speed: dlmalloc and wee.');
});

test('who is level stands by name, and of none of them it is said what it costs', () => {
  const { headline, lead, figures } = report(data(lane('wee'), lane('pool'), lane('dlmalloc', { searchWorst: 3 })));
  expect(headline).toBe('Three are level in memory: dlmalloc, pool and wee.');
  expect(lead[0]).toBe('`dlmalloc`, `pool` and `wee`, by name: *40 pages, 2.50 MiB* each.');
  expect(lead[1]).toMatch(/^In what comes second, speed, none of these is ahead either/);
  expect(lead.join()).not.toContain('costs elsewhere');
  const bars = figures.find(({ kind }) => kind === 'bars');
  expect(bars?.kind === 'bars' && bars.rows.map(({ label }) => label)).toEqual(['dlmalloc', 'pool', 'wee']);
});

test('who refuses requests comes last whatever it saved, and is named', () => {
  const { headline, lead, figures } = report(
    data(lane('arena', { pages: 9, failures: 12 }), lane('wee'), lane('pool', { pages: 60 })),
  );
  expect(headline).toBe('wee needs the least memory here, by 1.5×.');
  expect(lead).toContain('Refused requests, and so last in every order: `arena` *12*.');
  const bars = figures.find(({ kind }) => kind === 'bars');
  expect(bars?.kind === 'bars' && bars.rows.map(({ label }) => label)).toEqual(['wee', 'pool', 'arena']);
  expect(report(data(lane('arena', { failures: 1 }), lane('wee', { failures: 2 }))).headline).toBe(
    'No allocator serves this scenario within this maximum.',
  );
  expect(report(data(lane('wee'))).headline).toBe('Not enough has run to compare allocators.');
});

test('the CSV has every allocator and figure, and every lane name is run', () => {
  const all = data(...ALL_LANE_NAMES.map((name) => lane(name)));
  const csv = csvOf(lab.report(all, settled(lab.controls, {})));
  for (const name of ALL_LANE_NAMES) expect(csv).toContain(`,Worst search,${name},`);
});

test('a workload of the lab can be opened, the visitor’s own is open already', () => {
  expect(lab.script?.({ work: 'frames' })).toEqual({ name: 'game frames', text: WORKLOADS.frames.trimEnd() });
  expect(lab.script?.({ work: 'own' })).toBeNull();
});
