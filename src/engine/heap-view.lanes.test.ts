import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MOST_BLOCKS } from '../model/heap-frame.ts';
import { ALL_LANE_NAMES, headerBytes, parseLaneName } from '../model/lanes.ts';
import { OpFlag, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { SpanKind } from '../model/spans.ts';
import { createHeapViews, type LaneView } from './heap-view.ts';
import { heapModel } from './heap-view-model.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import type { LogSlice } from './protocol.ts';
import { GUARDED_LANE_NAMES } from './testing/guarded-lanes.ts';
import { randomScenario } from './testing/random-scenario.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../wasm/build/view.wasm', import.meta.url)));
const pool = new MemoryPool();

/** A real lane recorded to its end, and its replay, which got the log in the slices that the worker would send. */
async function recorded(scenario: Scenario, name: string) {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: { max: 60 }, fill: false }, modules, pool, { every: 64 });
  const frame = createHeapViews(module, scenario.operations).lane(run.opening);
  const slices: LogSlice[] = [];
  for (let slice = run.advance(170); slice !== null; slice = run.advance(170)) {
    slices.push(slice);
    frame.append(slice);
  }
  return { run, frame, slices };
}

/** A whole log of its slices. */
function joined(slices: readonly LogSlice[], size: Uint32Array): LogSlice {
  const flat = (column: (slice: LogSlice) => Uint32Array) =>
    Uint32Array.from(slices.flatMap((slice) => [...column(slice)]));
  const requestedOf = (slice: LogSlice) =>
    slice.requested ?? size.subarray(slice.first - 1, slice.first - 1 + slice.address.length);
  return {
    first: 1,
    address: flat((slice) => slice.address),
    usable: flat((slice) => slice.usable),
    requested: flat(requestedOf),
    failures: flat((slice) => slice.failures),
    growAt: flat((slice) => slice.growAt),
    growPages: flat((slice) => slice.growPages),
  };
}

const owners = new Uint32Array(MOST_BLOCKS);
const isPlaced = (kind: number) => kind === OpKind.Place || kind === OpKind.Move;

function statesOf(frame: LaneView, pages: number): number[] {
  return Array.from({ length: (pages + 1) * 64 }, (_, index) => frame.tileState(Math.floor(index / 64), index % 64, 8));
}

for (const name of [...ALL_LANE_NAMES, ...GUARDED_LANE_NAMES]) {
  test(`${name}: what the replay says of a real run is what its bytes and the slow model say`, async () => {
    for (const [seed, misuseFrom] of [
      [51, Number.POSITIVE_INFINITY],
      [52, 500],
    ] as const) {
      const scenario = randomScenario(seed, 900, { misuseFrom });
      const { run, frame, slices } = await recorded(scenario, name);
      const log = joined(slices, scenario.operations.size);
      const header = headerBytes(parseLaneName(name)!);
      const firstMisuse = scenario.operations.flags.findIndex((flags) => (flags & OpFlag.Misuse) !== 0);
      for (let position = run.recorded; position >= 0; position -= 37) {
        frame.seek(position);
        const label = `seed ${seed}, position ${position}`;
        const model = heapModel(scenario.operations, log, run.opening, header, position);
        const states = Array.from({ length: (model.pages + 1) * 64 }, (_, index) =>
          model.tileState(Math.floor(index / 64), index % 64, 8),
        );
        expect(statesOf(frame, model.pages), label).toEqual(states);
        for (let page = 0; page <= model.pages; page++) {
          const found = [...owners.subarray(0, frame.blocksIn(page, owners))];
          const granted = found.filter((t) => !isPlaced(scenario.operations.kind[t - 1]!));
          expect(granted, `${label}, page ${page}`).toEqual([...model.blocksIn(page)].sort((a, b) => b - a));
        }
        const { metrics, spanKind, spanStart } = run.survey(position);
        const facts = frame.facts();
        expect(facts, label).toMatchObject({
          pages: metrics.pages,
          grows: metrics.grows,
          failures: metrics.failures,
          blocks: metrics.blocks,
          live: metrics.live,
          peakLive: metrics.peak_live,
          usable: metrics.slack! + metrics.live!,
          emptyPages: metrics.empty_pages,
          trailingPages: metrics.trailing_pages,
          pinnedWaste: metrics.pinned_waste,
        });
        if (name === 'arena' && (firstMisuse < 0 || position <= firstMisuse)) {
          const top = spanKind.indexOf(SpanKind.Top);
          expect(frame.bump, label).toBe(top < 0 ? facts.pages * 65_536 : spanStart[top]);
        }
      }
      run.dispose();
    }
  });
}
