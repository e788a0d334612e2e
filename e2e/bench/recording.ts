import { LaneRun } from '../../src/engine/lane-run.ts';
import { MemoryPool } from '../../src/engine/memory-pool.ts';
import { loadLaneModules } from '../../src/engine/modules.ts';
import { modulesFrom } from '../../src/engine/modules-node.ts';
import { parseLaneName } from '../../src/model/lanes.ts';
import { compile, startRun } from '../../src/script/index.ts';

const ROUNDS = 5;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Milliseconds that the bare replay and the recording of all lanes take, medians of interleaved rounds. */
export async function recordingRatio(script: string, names: readonly string[], modules: string) {
  const { program } = compile(script);
  const run = startRun(program!);
  while (run.advance(Number.MAX_SAFE_INTEGER) === 'more');
  const scenario = run.finish();
  const source = modulesFrom(modules);
  const pool = new MemoryPool();
  const bare: number[] = [];
  const recorded: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let bareSum = 0;
    let recordedSum = 0;
    for (const name of names) {
      const loaded = await loadLaneModules(source, parseLaneName(name)!);
      const lane = () => LaneRun.open(scenario, { name, memory: {}, fill: false }, loaded, pool);
      const first = lane();
      let start = performance.now();
      first.machine.replayBare();
      bareSum += performance.now() - start;
      first.dispose();
      const second = lane();
      start = performance.now();
      while (second.advance(1 << 16) !== null);
      recordedSum += performance.now() - start;
      second.dispose();
    }
    bare.push(bareSum);
    recorded.push(recordedSum);
  }
  return { operations: scenario.operations.count, lanes: names.length, bare: median(bare), recorded: median(recorded) };
}
