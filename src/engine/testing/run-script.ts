import { parseLaneName } from '../../model/lanes.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Pages } from '../../model/units.ts';
import { compile, startRun } from '../../script/index.ts';
import type { HistoryOptions } from '../history.ts';
import { LaneRun } from '../lane-run.ts';
import { MemoryPool } from '../memory-pool.ts';
import { loadLaneModules } from '../modules.ts';
import { modulesFromFiles } from '../modules-node.ts';

const pool = new MemoryPool();

/** A script, run to its end. Throws with its first message and its text where it cannot run. */
export function evaluateScript(text: string): Scenario {
  const { program, diagnostics } = compile(text);
  if (program === null) throw new Error(`${diagnostics[0]?.message}\n${text}`);
  const evaluation = startRun(program);
  while (evaluation.advance(1_000_000) === 'more');
  return evaluation.finish();
}

interface ScriptLane {
  readonly max?: Pages;
  readonly fill?: boolean;
  readonly history?: HistoryOptions;
}

/** A script on a lane of at most `max` pages, opened and not yet run. */
export async function openScript(
  text: string,
  name: string,
  { max = 64, fill = false, history = {} }: ScriptLane = {},
): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  return LaneRun.open(evaluateScript(text), { name, memory: { max }, fill }, modules, pool, history);
}
