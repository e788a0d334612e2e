import { performance } from 'node:perf_hooks';
import { LaneError } from '../engine/lane-recording.ts';
import { LaneRun } from '../engine/lane-run.ts';
import { MemoryPool } from '../engine/memory-pool.ts';
import { loadLaneModules, type ModuleSource } from '../engine/modules.ts';
import type { LaneOpening, LaneResult, LogSlice } from '../engine/protocol.ts';
import { parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { cliStrings as say } from '../model/strings/cli.ts';
import { addressLines } from './addresses.ts';
import { BadInput, type ReplayArguments } from './arguments.ts';
import { jsonReport } from './json.ts';
import { place, readScenario } from './scenario-file.ts';
import { tableReport } from './table.ts';

/** What one allocator made of the scenario. */
export interface LaneReport {
  readonly name: string;
  readonly opening: LaneOpening;
  readonly result: LaneResult;
  readonly log: readonly LogSlice[];
  readonly operationsPerSecond: number;
}

/** Runs a file on the lanes asked for and prints; resolves to whether every check held and nothing was stopped. */
export async function replay(wanted: ReplayArguments, modules: ModuleSource): Promise<boolean> {
  const scenario = await readScenario(wanted.file);
  const reports: LaneReport[] = [];
  for (const name of wanted.lanes) reports.push(await runLane(scenario, name, wanted, modules));

  switch (wanted.output) {
    case 'table':
      await print(tableReport(scenario, reports));
      break;
    case 'json':
      await print([`${JSON.stringify(jsonReport(scenario, reports))}\n`]);
      break;
    case 'addresses':
      await print(addressLines(scenario, reports[0]!));
      break;
  }
  return tellOutcome(wanted, scenario, reports);
}

async function runLane(
  scenario: Scenario,
  name: string,
  wanted: ReplayArguments,
  modules: ModuleSource,
): Promise<LaneReport> {
  const allocator = parseLaneName(name)!;
  const loaded = await loadLaneModules(modules, allocator);
  try {
    const run = LaneRun.open(scenario, { name, memory: wanted.memory, fill: false }, loaded, new MemoryPool());
    const log: LogSlice[] = [];
    const start = performance.now();
    for (let slice = run.advance(1 << 18); slice !== null; slice = run.advance(1 << 18)) log.push(slice);
    const seconds = (performance.now() - start) / 1000;
    if (wanted.output !== 'addresses') while (run.count(1 << 18) !== null);
    const result = run.finish();
    const report = { name, opening: run.opening, result, log, operationsPerSecond: result.executed / seconds };
    run.dispose();
    return report;
  } catch (error) {
    if (error instanceof LaneError) throw new BadInput(`${name}: ${error.message}`);
    throw error;
  }
}

/** Says on standard error what did not hold, stopped, or was not checked. */
function tellOutcome({ file, lanes }: ReplayArguments, scenario: Scenario, reports: readonly LaneReport[]): boolean {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  for (const diagnostic of scenario.diagnostics) tell(place(file, diagnostic));
  let held = scenario.stopped === null;
  for (const { lane, line } of scenario.checks) {
    if (lane !== null && !lanes.includes(lane)) tell(say.checkNotRun(file, line, lane));
  }
  for (const { name, result } of reports) {
    if (result.stopped !== null) tell(say.laneStopped(name, result.stopped.message));
    result.checks.forEach((check, k) => {
      if (check.held !== false) return;
      held = false;
      tell(say.checkFailed(file, check.line, name, scenario.checks[k]!.text, String(check.value ?? say.noValueThere)));
    });
  }
  return held;
}

/** Writes to standard output as fast as its reader takes it; a reader that went away ends the writing. */
async function print(lines: Iterable<string>): Promise<void> {
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length < 1 << 16) continue;
    await write(block);
    block = '';
  }
  await write(block);
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}
