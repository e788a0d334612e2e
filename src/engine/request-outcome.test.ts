import { expect, test } from 'vitest';
import { LaneSeries } from '../model/lane-series.ts';
import { ALL_LANE_NAMES, ALLOCATORS, headerBytes, parseLaneName } from '../model/lanes.ts';
import type { Survey } from '../model/metrics.ts';
import { nextRequest, type RequestOutcome, requestOutcome } from '../model/request-outcome.ts';
import { SpanKind } from '../model/spans.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { GUARDED_LANE_NAMES } from './testing/guarded-lanes.ts';
import { randomScenario } from './testing/random-scenario.ts';

const pool = new MemoryPool();

/** Bytes of a kind that one survey has and the other has not any more, at the place of a chunk. */
function kindAt({ spanKind, spanStart, spanBytes }: Survey, address: number): number | undefined {
  const k = spanStart.findIndex((start, i) => start <= address && address < start + spanBytes[i]!);
  return spanKind[k];
}

for (const name of [...ALL_LANE_NAMES, ...GUARDED_LANE_NAMES]) {
  test(`${name}: what is said of the next request is what its address, its pages and the bytes before and behind it show`, async () => {
    const allocator = parseLaneName(name)!;
    const modules = await loadLaneModules(modulesFromFiles, allocator);
    const seen = new Set<RequestOutcome['kind']>();
    for (const seed of [7, 8]) {
      const scenario = randomScenario(seed, 500, { hugeOneIn: 25 });
      const { operations } = scenario;
      const run = LaneRun.open(scenario, { name, memory: { initial: 5, max: 14 }, fill: false }, modules, pool, {
        every: 64,
      });
      const series = new LaneSeries(run.opening.initial);
      for (let slice = run.advance(100); slice !== null; slice = run.advance(100)) {
        series.growAt.append(slice.growAt);
        series.growPages.append(slice.growPages);
        series.failures.append(slice.failures);
        series.logged = run.recorded;
      }
      const blockOf = (t: number) => {
        const { address, usable } = run.machine.log;
        return address[t] === 0 ? null : { address: address[t]!, usable: usable[t]! };
      };
      for (let position = 0; position < 500; position += 3) {
        const request = nextRequest(operations, position);
        if (request === 0) break;
        const label = `${name}, seed ${seed}, position ${position}, request ${request}`;
        const before = run.survey(position);
        const outcome = requestOutcome(request, operations, before, series, headerBytes(allocator), blockOf);
        seen.add(outcome.kind);
        const last = run.survey(request - 1);
        const after = run.survey(request);
        const grown = after.metrics.pages! - last.metrics.pages!;
        const address = run.machine.log.address[request]!;
        expect(outcome.kind === 'fails', label).toBe(after.metrics.failures! > last.metrics.failures!);
        expect(outcome.kind === 'grows' ? outcome.pages : 0, label).toBe(grown);
        switch (outcome.kind) {
          case 'fails':
            expect(after.metrics.live, label).toBe(last.metrics.live);
            break;
          case 'grows':
          case 'stays':
          case 'freed':
            expect(outcome.address, label).toBe(address);
            break;
          case 'nothing':
            expect(operations.size[request - 1], label).toBe(0);
            break;
          case 'hole': {
            // The hole was there at the position that is shown, and as large as is said.
            const at = before.holeAddress.indexOf(outcome.address);
            const last = at + outcome.holes - 1;
            expect(before.holeAddress[last]! + before.holeBytes[last]! - outcome.address, label).toBe(outcome.bytes);
            expect(outcome.bytes, label).toBeGreaterThanOrEqual(operations.size[request - 1]!);
            expect([SpanKind.Free, SpanKind.Header, SpanKind.Dead], label).toContain(kindAt(before, address));
            expect(kindAt(after, address), label).toBe(SpanKind.Used);
            break;
          }
          case 'top':
            expect(kindAt(before, address), label).toBe(SpanKind.Top);
            if (request === position + 1) expect(after.metrics.top!, label).toBeLessThan(last.metrics.top!);
            break;
          case 'stopped':
            throw new Error(`${label}: nothing stops here`);
        }
      }
      run.dispose();
    }
    expect([...seen], name).toEqual(expect.arrayContaining(['fails', 'grows']));
    const serves = { wee: 'hole', dlmalloc: 'top', tlsf: 'hole', arena: 'top', pool: 'top' } as const;
    expect(seen).toContain(serves[ALLOCATORS[allocator.id].kind]);
    if (allocator.id !== 'arena') expect(seen).toContain('hole');
  });
}
