import { expect, test } from 'vitest';
import { ALL_LANE_NAMES, parseLaneName } from '../model/lanes.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { LaneMachine } from './lane-machine.ts';
import type { MemoryPlan } from './memory-plan.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { randomScenario, seededRandom } from './testing/random-scenario.ts';
import { SlowDriver } from './testing/slow-driver.ts';

const PLAN: MemoryPlan = { base: PAGE_BYTES, initial: 1, max: 24 };
const SEEDS = [1, 2, 3, 4, 5, 6];
const pool = new MemoryPool();

/** The heap up to its last page, without the words of the instrumented build. */
function heapOf(memory: WebAssembly.Memory, pages: number): Uint8Array {
  return new Uint8Array(memory.buffer, 16, pages * PAGE_BYTES - 16);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

async function prepare(name: string) {
  const allocator = parseLaneName(name)!;
  return { allocator, modules: await loadLaneModules(modulesFromFiles, allocator) };
}

for (const name of ALL_LANE_NAMES) {
  for (const misuse of [false, true]) {
    test(`${name}: the driver and the slow one agree in log and bytes${misuse ? ', through misuse' : ''}`, async () => {
      const { allocator, modules } = await prepare(name);
      for (const seed of SEEDS) {
        const scenario = randomScenario(seed, 1500, misuse ? { misuseFrom: 900 } : {});
        const fill = seed % 2 === 0;
        const machine = new LaneMachine(scenario, allocator, PLAN, fill, modules, pool);
        const slow = new SlowDriver(scenario, allocator, PLAN, fill, modules);
        const { count } = scenario.operations;
        for (let to = 0; to < count; ) {
          to = Math.min(count, to + 400);
          machine.record(to);
          slow.run(to);
        }
        const label = `seed ${seed}, stopped: ${machine.standstill?.message}`;
        expect(machine.recorded, label).toBe(slow.executed);
        expect(machine.standstill !== null, label).toBe(slow.stopped);
        const { address, usable, requested } = machine.log;
        const log = slow.log.map((_, t) => ({ address: address[t]!, usable: usable[t]!, requested: requested[t]! }));
        expect(log, label).toEqual(slow.log);
        expect([...machine.failures.view()], label).toEqual(slow.failures);
        expect(
          [...machine.growAt.view()].map((at, k) => [at, machine.growPages.view()[k]]),
          label,
        ).toEqual(slow.grows);
        if (machine.standstill === null) {
          expect(machine.pages, label).toBe(slow.pages);
          expect(sameBytes(heapOf(machine.memory, machine.pages), heapOf(slow.memory, slow.pages)), label).toBe(true);
        }
        machine.dispose();
      }
    });
  }

  test(`${name}: back at any position the bytes are those of a straight run, and recording goes on from there`, async () => {
    const { allocator, modules } = await prepare(name);
    for (const seed of SEEDS) {
      const scenario = randomScenario(seed + 100, 1200, {
        misuseFrom: seed % 2 === 0 ? 700 : Number.POSITIVE_INFINITY,
      });
      const machine = new LaneMachine(scenario, allocator, PLAN, false, modules, pool, {
        every: 100,
        limit: 4_000_000,
      });
      const random = seededRandom(seed);
      const { count } = scenario.operations;
      const positions: number[] = [];
      while (machine.recorded < count && machine.standstill === null) {
        machine.record(Math.min(count, machine.recorded + 1 + random(250)));
        for (let k = 0; k < 3; k++) positions.push(random(machine.recorded + 1));
        for (const position of positions.slice(-3)) machine.seek(position);
      }
      const executed = machine.recorded;
      positions.push(executed, 0);
      for (const position of positions) {
        machine.seek(position);
        const straight = new SlowDriver(scenario, allocator, PLAN, false, modules);
        straight.run(position);
        const label = `seed ${seed}, position ${position} of ${executed}`;
        expect(machine.pages, label).toBe(straight.pages);
        expect(sameBytes(heapOf(machine.memory, machine.pages), heapOf(straight.memory, straight.pages)), label).toBe(
          true,
        );
        const above = new Uint8Array(machine.memory.buffer).subarray(machine.pages * PAGE_BYTES);
        expect(
          above.every((byte) => byte === 0),
          `${label}: above the break`,
        ).toBe(true);
      }
      machine.dispose();
    }
  });

  test(`${name}: the instrumented build comes to the same addresses, and says how far it searched`, async () => {
    const { allocator, modules } = await prepare(name);
    for (const seed of SEEDS) {
      const scenario = randomScenario(seed + 200, 1500, {
        misuseFrom: seed % 2 === 0 ? 900 : Number.POSITIVE_INFINITY,
      });
      const machine = new LaneMachine(scenario, allocator, PLAN, false, modules, pool);
      machine.record(scenario.operations.count);
      const counter = machine.startCounting();
      while (counter.done < machine.recorded) counter.advance(333);
      expect(counter.steps.length).toBe(machine.recorded);
      expect(
        counter.steps.some((steps) => steps > 0),
        `seed ${seed}`,
      ).toBe(true);
      machine.dispose();
    }
  });
}
