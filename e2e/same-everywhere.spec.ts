import { createHash } from 'node:crypto';
import { openAsBlob, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { LaneRun } from '../src/engine/lane-run.ts';
import { MemoryPool } from '../src/engine/memory-pool.ts';
import { loadLaneModules } from '../src/engine/modules.ts';
import { modulesFromFiles } from '../src/engine/modules-node.ts';
import { LANE_NAMES, parseLaneName } from '../src/model/lanes.ts';
import { readRecording } from '../src/trace/index.ts';
import { fixture, HeapscapePage } from './support/heapscape-page.ts';

/** The page shows four lanes at most, so the seven run in two rounds. */
const ROUNDS = [LANE_NAMES.slice(0, 4), LANE_NAMES.slice(4)];

/** What a run came to, small enough to compare: every address as a hash, pages and metrics as they are. */
interface Outcome {
  addresses: string;
  pages: unknown;
  metrics: unknown;
}

const hashOf = (addresses: readonly number[]) => createHash('sha256').update(addresses.join()).digest('hex');

async function inNode(name: string, lane: string): Promise<Outcome> {
  const blob = await openAsBlob(fixture(name));
  const read = await readRecording(blob, blob.size, {
    name,
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  if (read.kind !== 'scenario') throw new Error(`${name} is no recording`);
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(lane)!);
  const run = LaneRun.open(read.scenario, { name: lane, memory: {}, fill: false }, modules, new MemoryPool());
  const addresses: number[] = [];
  for (let slice = run.advance(1 << 16); slice !== null; slice = run.advance(1 << 16)) {
    const { kind } = read.scenario.operations;
    slice.address.forEach((address, k) => {
      // Allocations and reallocations give addresses; other entries say something else.
      if ([0, 2].includes(kind[slice.first - 1 + k]!)) addresses.push(address);
    });
  }
  while (run.count(1 << 16) !== null);
  const { metrics } = run.finish();
  run.dispose();
  return { addresses: hashOf(addresses), pages: metrics.pages, metrics };
}

for (const name of ['cc1.mtrace', 'git-log.mtrace', 'ls.valgrind', 'sqlite-wasm.ops']) {
  test(`${name} gives the same addresses, pages and metrics in the page and in Node, on all seven lanes`, async ({
    page,
  }) => {
    const heapscape = new HeapscapePage(page);
    await heapscape.open();
    await heapscape.drop(name, readFileSync(fixture(name)));
    for (const lanes of ROUNDS) {
      await page.evaluate((names) => {
        const { app } = window.heapscape!;
        for (const { key } of app.store.getState().lanes) app.lanes.remove(key);
        for (const lane of names) app.lanes.add(lane);
      }, lanes);
      await heapscape.idle();
      await page.evaluate(() => {
        const { app } = window.heapscape!;
        app.playback.seek(app.records.operations!.count);
      });
      await heapscape.idle();
      const shown = await page.evaluate(() => {
        const { app } = window.heapscape!;
        const { kind, count } = app.records.operations!;
        return app.store.getState().lanes.map(({ key, config, survey }) => {
          const { frame } = app.records.lane(key);
          const addresses: number[] = [];
          for (let operation = 1; operation <= count; operation++) {
            if (![0, 2].includes(kind[operation - 1]!)) continue;
            addresses.push(frame!.blockOf(operation)?.address ?? 0);
          }
          return { lane: config.name, addresses, pages: survey!.metrics.pages, metrics: survey!.metrics };
        });
      });
      expect(shown.map(({ lane }) => lane)).toEqual([...lanes]);
      for (const { lane, addresses, ...rest } of shown) {
        const node = await inNode(name, lane);
        expect({ lane, addresses: hashOf(addresses), ...rest }).toEqual({ lane, ...node });
      }
    }
    await heapscape.expectNoFaults();
  });
}
