import { expect, test } from 'vitest';
import { ALL_LANE_NAMES, askedBytes, laneName, parseLaneName } from '../model/lanes.ts';
import { SpanKind } from '../model/spans.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { GUARDED_LANE_NAMES } from './testing/guarded-lanes.ts';
import { randomScenario } from './testing/random-scenario.ts';
import { openScript } from './testing/run-script.ts';

const pool = new MemoryPool();

const runOn = (text: string, name: string, max = 64) => openScript(text, name, { max, history: { every: 2 } });

/** What the guard of a lane found: operation and message, without the address. */
async function found(text: string, name: string): Promise<string[]> {
  const run = await runOn(text, name);
  const { findings } = run.finish();
  run.dispose();
  return findings
    .filter(({ kind }) => kind === 'guard')
    .map(({ operation, message }) => `${operation}: ${message.replace(/0x[0-9a-f]{8}/, 'X')}`);
}

test('every allocator that frees can be guarded, the arena cannot', () => {
  for (const name of ALL_LANE_NAMES) {
    const guarded = parseLaneName(`${name}-guard`);
    if (name === 'arena') expect(guarded).toBeNull();
    else expect(laneName(guarded!)).toBe(`${name}-guard`);
  }
  expect(laneName(parseLaneName('wee-guard-repaired')!)).toBe('wee-repaired-guard');
});

test.each(GUARDED_LANE_NAMES)('%s tells of each mistake where it can first be seen, and of no other', async (name) => {
  const blocks = 'a = alloc 28\nb = alloc 28\nc = alloc 28\n';
  const seen = (text: string) => found(blocks + text, name);
  const past = 'guard: a write past a block’s end is over its canary, at X';
  expect(await seen('free a\nfree b\nfree c')).toEqual([]);
  expect(await seen('write b 1 at 28\nfree b')).toEqual([`5: ${past}`]);
  expect(await seen('write b 1 at 28')).toEqual([`4: ${past} (seen in the end)`]);
  expect(await seen('write b 1 at 28\nrealloc b to 40')).toEqual([`5: ${past}`]);
  expect(await seen('write b 4 at 36\nfree b')).toEqual(['5: guard: a write behind a block is in its red zone, at X']);
  expect(await seen('write b 1 at -1\nfree b')).toEqual(['5: guard: a write before a block is in its red zone, at X']);
  expect(await seen('free b\nwrite b 4')).toEqual([
    '5: guard: a block in quarantine was written to, at X (seen in the end)',
  ]);
  expect(await seen('free b\nfree b')).toEqual(['5: guard: X was freed already, and still waits in quarantine']);
});

test.each(GUARDED_LANE_NAMES)('%s tells of a write after free when the block leaves quarantine', async (name) => {
  const text = 'a = alloc 28\nfree a\nwrite a 4\nrepeat 300 { b = alloc 28; free b }';
  const seen = await found(text, name);
  expect(seen).toHaveLength(1);
  // 256 wait; the one that comes next lets the first go.
  expect(seen[0]).toMatch(/^515: guard: a block in quarantine was written to/);
});

test.each(GUARDED_LANE_NAMES)('%s gives all of quarantine back before a request fails', async (name) => {
  const run = await runOn('repeat 40 { a = alloc 40000; free a }', name, 4);
  expect(run.finish().metrics.failures).toBe(0);
  run.dispose();
});

test.each(GUARDED_LANE_NAMES)('%s finds nothing where nothing is wrong, and the same on every way', async (name) => {
  const scenario = randomScenario(77, 1500);
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: { max: 60 }, fill: true }, modules, pool, { every: 64 });
  const { findings } = run.finish();
  expect(findings).toEqual([]);
  run.survey(400);
  expect(run.survey(run.recorded).adds).toBe(true);
  expect(run.machine.guardFaults).toEqual([]);
  run.dispose();
});

test.each(GUARDED_LANE_NAMES)('%s takes what is asked of its allocator, the guard’s part included', async (name) => {
  for (const [ask, align] of [
    ['a = alloc 28', 0],
    ['a = alloc 28 align 64', 64],
  ] as const) {
    const run = await runOn(ask, name);
    run.finish();
    const { spanKind, spanStart, spanBytes } = run.survey(1);
    const used = spanKind.indexOf(SpanKind.Used);
    const taken = spanStart[used]! + spanBytes[used]! - run.machine.log.address[1]! + Math.max(16, align);
    expect(taken, ask).toBeGreaterThanOrEqual(askedBytes(parseLaneName(name)!, 28, align));
    run.dispose();
  }
  expect(askedBytes(parseLaneName(name)!, 28, 0)).toBe(64);
  expect(askedBytes(parseLaneName('wee')!, 28, 64)).toBe(28);
});

test('bytes of a guarded block: what lies in front is metadata, behind it is slack, quarantine is dead', async () => {
  const run = await runOn('a = alloc 28\nb = alloc 28\nfree a', 'dlmalloc-guard');
  run.finish();
  const [before, after] = [run.survey(2).metrics, run.survey(3).metrics];
  // 28 + 36 bytes and a header of 4 are a chunk of 80: 16 + 4 in front, 28 asked for, 32 behind and rounded.
  expect([before.live, before.slack, before.dead]).toEqual([56, 64, 0]);
  expect([after.live, after.slack, after.dead]).toEqual([28, 32, 76]);
  expect(before.metadata! - after.metadata!).toBe(16);
  const guarded = run.machine.log.address;
  expect(guarded[2]! - guarded[1]!).toBe(80);
  run.dispose();
});

test('the words before a block are the allocator’s and the guard’s; a block without them is a fault of the heap', async () => {
  const run = await runOn('a = alloc 28\nb = alloc 28\nwrite a 40 at 28\nfree b', 'dlmalloc-guard');
  const { findings } = run.finish();
  const messages = findings.filter(({ kind }) => kind === 'guard').map(({ message }) => message);
  expect(messages[0]).toMatch(/^guard: no block’s words at 0x/);
  expect(run.survey(4).broken).not.toBeNull();
  run.dispose();
});
