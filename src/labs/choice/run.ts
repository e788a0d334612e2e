import { Breath } from '../../engine/breath.ts';
import { LaneError } from '../../engine/lane-recording.ts';
import { LaneRun } from '../../engine/lane-run.ts';
import { MemoryPool } from '../../engine/memory-pool.ts';
import { loadLaneModules } from '../../engine/modules.ts';
import { modulesFromPage } from '../../engine/modules-page.ts';
import type { Source } from '../../engine/protocol.ts';
import { obtainScenario } from '../../engine/sources.ts';
import { ALL_LANE_NAMES, ALLOCATOR_IDS, parseLaneName } from '../../model/lanes.ts';
import type { MemorySettings, Scenario } from '../../model/scenario.ts';
import { choiceStrings as words } from '../../model/strings/labs-choice.ts';
import { samplingOf } from '../controls.ts';
import type { LabContext, LabRun } from '../lab.ts';
import type { Sampling } from '../measure.ts';
import type { ChoiceData, LaneFigures } from './data.ts';
import { CASE_IDS, CASES, LOOP_IDS, LOOPS, PASSES, WORKLOADS, type Workload } from './workloads.ts';

const SLICE = 1 << 18;
/** Runs that make one batch, at most: a script of a few operations stays below the clock, and is said to be. */
const MOST_RUNS = 64;

/** Runs the chosen scenario through every allocator, then the cases and loops of the lab. */
export const runChoice: LabRun = async (values, context) => {
  const sampling = samplingOf(values);
  const own = values.work === 'own' ? context.own : null;
  const scenario = await read(own?.source ?? script(WORKLOADS[values.work as Workload] ?? WORKLOADS.small));
  const memory: MemorySettings = values.max === 'own' ? {} : { max: Number(values.max) };
  const lanes: LaneFigures[] = [];
  const cases: ChoiceData['cases'][number][] = [];
  const loops: ChoiceData['loops'][number][] = [];
  const data = (): ChoiceData => ({
    own: own?.name ?? null,
    operations: scenario.operations.count,
    lanes,
    cases,
    loops,
  });
  const total = ALL_LANE_NAMES.length + CASE_IDS.length + LOOP_IDS.length;
  const told = (what: string) => context.tell(lanes.length + cases.length + loops.length, total, what, data());
  for (const name of ALL_LANE_NAMES) {
    lanes.push(await measureLane(context, sampling, scenario, name, memory));
    await told(name);
  }
  for (const id of CASE_IDS) {
    const { lane, text } = CASES[id];
    const names = [lane, 'dlmalloc', 'wee'];
    cases.push({ id, lanes: await measureLanes(context, sampling, await read(script(text)), names) });
    await told(id);
  }
  for (const id of LOOP_IDS) {
    const looped = await read(script(LOOPS[id]));
    loops.push({ id, lanes: await measureLanes(context, sampling, looped, ALLOCATOR_IDS, PASSES) });
    await told(id);
  }
  return data();
};

const script = (text: string): Source => ({ kind: 'script', text });

/** The operations of a source; throws what is wrong with it as a sentence. */
async function read(source: Source): Promise<Scenario> {
  const breath = new Breath();
  let wrong = '';
  try {
    const scenario = await obtainScenario(source, new AbortController().signal, breath, (reply) => {
      if (reply.type === 'refused') wrong = reply.message;
      if (reply.type === 'text') wrong = words.noRecording(reply.name);
      if (reply.type === 'rejected') {
        const first = reply.diagnostics.find(({ code }) => code.startsWith('E'));
        wrong = first === undefined ? words.empty : words.mistake(first.line, first.message);
      }
    });
    if (scenario === null || scenario.operations.count === 0) throw new Error(wrong || words.empty);
    return scenario;
  } finally {
    breath.close();
  }
}

async function measureLanes(
  context: LabContext,
  sampling: Sampling,
  scenario: Scenario,
  names: readonly string[],
  passes?: number,
): Promise<LaneFigures[]> {
  const figures: LaneFigures[] = [];
  for (const name of names) figures.push(await measureLane(context, sampling, scenario, name, {}, passes));
  return figures;
}

/** Exact figures of one run, then the time of more; an operation's, or that of one of `passes`. */
async function measureLane(
  context: LabContext,
  sampling: Sampling,
  scenario: Scenario,
  name: string,
  memory: MemorySettings,
  passes?: number,
): Promise<LaneFigures> {
  const allocator = parseLaneName(name)!;
  const modules = await loadLaneModules(modulesFromPage, allocator);
  const pool = new MemoryPool();
  const start = () => {
    try {
      return LaneRun.open(scenario, { name, memory, fill: false }, modules, pool);
    } catch (error) {
      if (error instanceof LaneError) throw new Error(words.settings(error.message));
      throw error;
    }
  };
  const exact = start();
  while (exact.advance(SLICE) !== null);
  while (exact.count(SLICE) !== null);
  const { metrics, stopped, executed } = exact.finish();
  const { moduleBytes } = exact.opening;
  exact.dispose();
  const number = (id: string) => metrics[id] ?? null;

  /** Only the allocator's work and the recording are timed: the memory is there, and cleared, before. */
  const timeOne = () => {
    const run = start();
    const from = context.clock();
    while (run.advance(SLICE) !== null);
    const ms = context.clock() - from;
    run.dispose();
    return ms;
  };
  const first = timeOne();
  const runs = Math.max(1, Math.min(MOST_RUNS, Math.ceil(sampling.batchMs / Math.max(first, context.tickMs))));
  const batches: number[] = [];
  let spent = 0;
  while (batches.length < sampling.least) {
    if (spent > sampling.budgetMs && batches.length >= 3) break;
    let ms = 0;
    for (let k = 0; k < runs; k++) ms += timeOne();
    batches.push(ms);
    spent += ms;
  }
  return {
    name,
    pages: number('pages') ?? 0,
    failures: number('failures') ?? 0,
    overhead: number('peak_overhead'),
    external: number('external_fragmentation'),
    searchMean: number('search_mean'),
    searchWorst: number('search_worst'),
    bytes: moduleBytes,
    stopped: stopped?.message ?? null,
    time: context.timed(batches, runs * (passes ?? Math.max(1, executed))),
  };
}
