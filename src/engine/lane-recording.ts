import { type LaneAllocator, type LaneConfig, laneName, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { engineStrings } from '../model/strings/engine.ts';
import type { Position } from '../model/units.ts';
import type { HistoryOptions } from './history.ts';
import { LaneMachine } from './lane-machine.ts';
import { planMemory } from './memory-plan.ts';
import type { MemoryPool } from './memory-pool.ts';
import type { RecordingModules } from './modules.ts';
import type { LaneOpening, LogSlice } from './protocol.ts';

/** A lane's settings that cannot be: the message says which and why. */
export class LaneError extends Error {}

/**
 * One allocator over one scenario, from the first operation to the last: what a map is drawn from. What is read of it
 * afterwards is `LaneRun`'s. `advance` takes about 40 ns an operation and what the allocator takes.
 */
export class LaneRecording {
  readonly opening: LaneOpening;
  readonly machine: LaneMachine;
  readonly scenario: Scenario;
  readonly allocator: LaneAllocator;

  /** Throws LaneError when the name or the memory settings cannot be, RangeError when there is no memory left. */
  constructor(
    scenario: Scenario,
    config: LaneConfig,
    modules: RecordingModules,
    pool: MemoryPool,
    history: HistoryOptions = {},
  ) {
    const allocator = parseLaneName(config.name);
    if (allocator === null) throw new LaneError(engineStrings.unknownLane(config.name));
    const plan = planMemory(config.memory, scenario.memory);
    if (typeof plan === 'string') throw new LaneError(plan);
    this.scenario = scenario;
    this.allocator = allocator;
    this.machine = new LaneMachine(scenario, allocator, plan, config.fill, modules, pool, history);
    this.opening = { name: laneName(allocator), ...plan, moduleBytes: modules.bytes };
  }

  get recorded(): Position {
    return this.machine.recorded;
  }

  /** Is there nothing left to record: all done, or the lane came to a standstill? */
  get complete(): boolean {
    return this.machine.standstill !== null || this.recorded === this.scenario.operations.count;
  }

  /** Records up to `operations` more and returns their log in arrays of its own; null when there are none left. */
  advance(operations: number): LogSlice | null {
    if (this.complete) return null;
    const { machine } = this;
    const before = this.recorded;
    const failures = machine.failures.length;
    const grows = machine.growAt.length;
    const { differs } = machine.record(Math.min(this.scenario.operations.count, before + operations));
    const { address, usable, requested } = machine.log;
    const [from, to] = [before + 1, this.recorded + 1];
    return {
      first: from,
      address: address.slice(from, to),
      usable: usable.slice(from, to),
      requested: differs ? requested.slice(from, to) : null,
      failures: machine.failures.view(failures).slice(),
      growAt: machine.growAt.view(grows).slice(),
      growPages: machine.growPages.view(grows).slice(),
    };
  }

  dispose(): void {
    this.machine.dispose();
  }
}
