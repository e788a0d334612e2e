import { expect, test } from 'vitest';
import { LISTED_HOLES } from '../model/inspection.ts';
import { ALL_LANE_NAMES, headerBytes, parseLaneName } from '../model/lanes.ts';
import { OpFlag, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { SpanKind } from '../model/spans.ts';
import { allocators } from '../model/strings/allocators.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { GUARDED_LANE_NAMES } from './testing/guarded-lanes.ts';
import { randomScenario } from './testing/random-scenario.ts';

const pool = new MemoryPool();
const CLASSES = ['static', 'live', 'slack', 'metadata', 'free', 'dead', 'top'] as const;

async function recorded(scenario: Scenario, name: string): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: { max: 40 }, fill: false }, modules, pool, { every: 64 });
  while (run.advance(1 << 16) !== null);
  return run;
}

/** Requests to the lane with the stay of each block, kept in a map of ids. */
function stays(scenario: Scenario, run: LaneRun) {
  const { kind, flags, id, count } = scenario.operations;
  const { address, usable } = run.machine.log;
  const open = new Map<number, number>();
  const list: { birth: number; end: number; address: number; usable: number }[] = [];
  for (let t = 1; t <= count; t++) {
    const what = kind[t - 1];
    const given = (what === OpKind.Alloc || what === OpKind.Realloc) && address[t] !== 0;
    const failed = run.machine.failures.upTo(t) > run.machine.failures.upTo(t - 1);
    if ((given && !failed) || what === OpKind.Free) {
      const before = open.get(id[t - 1]!);
      if (before !== undefined) list[before]!.end = t;
      open.delete(id[t - 1]!);
    }
    if (given && !failed) {
      open.set(id[t - 1]!, list.length);
      list.push({ birth: t, end: Number.POSITIVE_INFINITY, address: address[t]!, usable: usable[t]! });
    }
  }
  expect(flags.some((flag) => flag & OpFlag.Misuse)).toBe(false);
  return list;
}

for (const name of [...ALL_LANE_NAMES, ...GUARDED_LANE_NAMES]) {
  test(`${name}: how full a page was over the run is what its live blocks came to at each operation`, async () => {
    const seed = 44;
    const count = 300;
    const scenario = randomScenario(seed, count, { arenas: false });
    const run = await recorded(scenario, name);
    const all = stays(scenario, run);
    const header = headerBytes(parseLaneName(name)!);
    const pages = run.survey(count).metrics.pages!;
    for (const page of [1, pages >> 1, pages - 1]) {
      const { history } = run.page(0, page, true);
      expect(history!.length).toBe(count);
      const [from, to] = [page * PAGE_BYTES, (page + 1) * PAGE_BYTES];
      for (let t = 1; t <= count; t++) {
        let live = 0;
        for (const { birth, end, address, usable } of all)
          if (usable > 0 && birth <= t && end > t)
            live += Math.max(0, Math.min(to, address + usable) - Math.max(from, address - header));
        expect(history![t - 1], `seed ${seed}, page ${page} after ${t}`).toBe(Math.ceil((8 * live) / PAGE_BYTES));
      }
    }
    run.dispose();
  });

  test(`${name}: every free list is counted, added up and begun as the pages' own holes say`, async () => {
    const seed = 43;
    const run = await recorded(randomScenario(seed, 900), name);
    for (const position of [0, 333, 900]) {
      const label = `seed ${seed}, position ${position}`;
      const { pages } = run.survey(position).metrics;
      const { lists } = run.page(position, 0, true);
      expect(run.page(position, 0).lists).toBeNull();
      const sums = new Map<number, number>();
      for (let page = 0; page < pages!; page++) {
        const { spans } = run.page(position, page);
        for (let k = 0; k < spans.kind.length; k++) {
          // A span that reaches into the page was met on the page before.
          if (spans.list[k]! < 0 || Math.floor(spans.start[k]! / PAGE_BYTES) !== page) continue;
          const list = [...lists!.number].indexOf(spans.list[k]!);
          expect(lists!.holes[list], label).toBe(spans.length[k]);
          sums.set(list, (sums.get(list) ?? 0) + spans.bytes[k]!);
          if (spans.place[k]! > LISTED_HOLES) continue;
          const entry = lists!.of.indexOf(list) + spans.place[k]! - 1;
          expect([lists!.of[entry], lists!.address[entry], lists!.size[entry]], label).toEqual([
            list,
            spans.start[k],
            spans.bytes[k],
          ]);
        }
      }
      expect(
        [...sums].sort(([a], [b]) => a - b),
        label,
      ).toEqual([...lists!.bytes].map((bytes, list) => [list, bytes]));
    }
    run.dispose();
  });

  test(`${name}: the pages of a heap add up to its survey, class by class and to the byte`, async () => {
    const scenario = randomScenario(41, 900);
    const run = await recorded(scenario, name);
    for (const position of [0, 1, 300, 611, 900]) {
      const { metrics } = run.survey(position);
      const sums = Object.fromEntries(CLASSES.map((id) => [id, 0]));
      for (let page = 0; page < metrics.pages!; page++) {
        const { classes, adds, spans } = run.page(position, page);
        expect(adds).toBe(true);
        expect(CLASSES.reduce((sum, id) => sum + classes[id], 0)).toBe(PAGE_BYTES);
        expect(spans.start[0]).toBeLessThanOrEqual(page * PAGE_BYTES);
        for (const id of CLASSES) sums[id]! += classes[id];
      }
      for (const id of CLASSES) expect(sums[id], `${id} at ${position}`).toBe(metrics[id]);
      const beyond = run.page(position, metrics.pages!);
      expect([beyond.spans.kind.length, beyond.blocks.operation.length, beyond.since.kind]).toEqual([
        0,
        0,
        'untouched',
      ]);
    }
    run.dispose();
  });

  test(`${name}: a page names its blocks, since when it is held, who holds it longest, and since when holes are holes`, async () => {
    const scenario = randomScenario(42, 900, { arenas: false });
    const run = await recorded(scenario, name);
    const all = stays(scenario, run);
    const header = headerBytes(parseLaneName(name)!);
    for (const position of [120, 480, 900]) {
      const pages = run.survey(position).metrics.pages!;
      for (let page = 0; page < pages; page++) {
        const reading = run.page(position, page);
        const [from, to] = [page * PAGE_BYTES, (page + 1) * PAGE_BYTES];
        const touching = all.filter(
          (one) =>
            one.usable > 0 && one.birth <= position && one.address - header < to && one.address + one.usable > from,
        );
        const live = touching.filter(({ end }) => end > position);
        const label = `page ${page} at ${position}`;
        expect(
          [...reading.blocks.operation].sort((a, b) => a - b),
          label,
        ).toEqual(live.map(({ birth }) => birth));
        const longest = live.reduce<(typeof live)[number] | null>(
          (best, one) => (best === null || one.end > best.end ? one : best),
          null,
        );
        expect(reading.keeper, label).toBe(longest?.birth ?? 0);
        // Step back while the page holds a live byte, or holds none.
        const holds = (t: number) => touching.some((one) => one.birth <= t && one.end > t);
        let since = position;
        while (since > 0 && holds(since - 1) === holds(position)) since--;
        expect(reading.since, label).toEqual(
          holds(position)
            ? { kind: 'live', operation: since }
            : touching.length > 0
              ? { kind: 'empty', operation: since }
              : { kind: 'untouched', operation: 0 },
        );
        const { spans } = reading;
        spans.kind.forEach((kind, k) => {
          if (kind !== SpanKind.Free && kind !== SpanKind.Dead && kind !== SpanKind.Top) return;
          const [start, end] = [spans.start[k]!, spans.start[k]! + spans.bytes[k]!];
          const given = all.filter(
            (one) => one.end <= position && one.address < end && one.address + one.usable > start,
          );
          expect(spans.since[k], label).toBe(Math.max(0, ...given.map((one) => one.end)));
        });
      }
    }
    run.dispose();
  });

  test(`${name}: holes of a page stand at their place in a free list, beside the holes that the bytes link them with`, async () => {
    const run = await recorded(randomScenario(43, 900), name);
    const pages = run.survey(900).metrics.pages!;
    let linked = 0;
    for (let page = 0; page < pages; page++) {
      const { spans } = run.page(900, page);
      for (let k = 0; k < spans.kind.length; k++) {
        if (spans.kind[k] !== SpanKind.Free || spans.list[k]! < 0) continue;
        linked++;
        expect(spans.place[k]).toBeGreaterThan(0);
        expect(spans.place[k]).toBeLessThanOrEqual(spans.length[k]!);
        expect(spans.before[k] === 0).toBe(spans.place[k] === 1);
        expect(spans.after[k] === 0).toBe(spans.place[k] === spans.length[k]);
        const { fields } = run.bytes(900, 0, 0, { payload: spans.start[k]!, free: true });
        const next = fields.find(({ id }) => id === 6 || id === 20);
        // wee's links name cells, pool's the slots themselves.
        if (next?.id === 6) expect(next.value).toBe(spans.after[k] === 0 ? 0 : spans.after[k]! - 8);
        if (next?.id === 20) expect(next.value).toBe(spans.after[k]);
      }
    }
    expect(linked > 0).toBe(name !== 'arena');
    run.dispose();
  });
}

test('fields of a header say what the spans say, and each has a name', async () => {
  for (const name of ['wee-repaired', 'dlmalloc', 'pool'] as const) {
    const run = await recorded(randomScenario(44, 500), name);
    const { spanKind, spanStart, spanBytes } = run.survey(500);
    const seen = new Set<number>();
    for (let k = 0; k < spanKind.length; k++) {
      if (spanKind[k] !== SpanKind.Used && spanKind[k] !== SpanKind.Free) continue;
      const free = spanKind[k] === SpanKind.Free;
      const [payload, bytes] = [spanStart[k]!, spanBytes[k]!];
      const { fields } = run.bytes(500, 0, 0, { payload, free });
      const value = new Map(fields.map((field) => [field.id, field.value]));
      for (const { id, address, bytes: length } of fields) {
        seen.add(id);
        expect(allocators.field(id).name.length).toBeGreaterThan(0);
        expect(address + length).toBeLessThanOrEqual(spanStart.at(-1)! + spanBytes.at(-1)!);
      }
      if (name === 'wee-repaired') expect([value.get(1), value.get(3)]).toEqual([payload + bytes, free ? 0 : 1]);
      if (name === 'dlmalloc') {
        expect([value.get(9), value.get(10)]).toEqual([bytes + 4, free ? 0 : 1]);
        if (free) expect(value.get(17)).toBe(bytes + 4);
      }
      if (name === 'pool' && value.has(19)) expect(value.get(19)).toBe(bytes);
    }
    expect(seen.size, name).toBeGreaterThan(name === 'pool' ? 1 : 4);
    run.dispose();
  }
});
