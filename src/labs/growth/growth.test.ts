import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CellState } from '../../model/heap-frame.ts';
import { settled } from '../controls.ts';
import { runsOf, tableOf } from '../tables.ts';
import { measured } from '../testing.ts';
import { type GrowthData, POLICIES, STEPS } from './data.ts';
import { growthLab as lab } from './lab.ts';
import { leakOf, limitsOf, mapOf, ratchetOf, reach, start } from './programs.ts';
import { exactOf } from './run.ts';

const compiled = (name: string) => readFile(`wasm/build/${name}.wasm`).then((bytes) => WebAssembly.compile(bytes));
const growth = compiled('labs.growth');
const dlmalloc = compiled('dlmalloc');

test('each policy takes its own number of calls', async () => {
  const calls: Record<string, number> = {};
  for (const policy of POLICIES) {
    const { memory, program } = await start(await growth, policy === 'ready' ? 1024 : 1);
    calls[policy] = reach(program, policy, 1024);
    expect(memory.buffer.byteLength).toBe(1024 * 65_536);
  }
  expect(calls).toEqual({ one: 1023, eight: 128, fifth: 36, double: 10, once: 1, ready: 0 });
});

test('the map shows what a policy commits beyond what the program touched', async () => {
  const pages = async (policy: (typeof POLICIES)[number]) => runsOf(await mapOf(await growth, policy, 1024));
  expect(await pages('one')).toEqual([
    [0, 299, CellState.Live8],
    [300, 1023, CellState.NotGrown],
  ]);
  expect(await pages('double')).toEqual([
    [0, 299, CellState.Live8],
    [300, 511, CellState.Untouched],
    [512, 1023, CellState.NotGrown],
  ]);
  expect((await pages('once')).at(-1)).toEqual([300, 1023, CellState.Untouched]);
});

test('a maximum is a number inside, a RangeError outside, and a trap for who does not look', async () => {
  const { outside, careless, ...rest } = await limitsOf(await growth);
  expect(rest).toEqual({ upTo: 1, inside: -1, careful: { asked: 64, got: 15 }, pagesAfter: 16 });
  expect(outside).toMatch(/^RangeError: /);
  expect(careless).toMatch(/^RuntimeError: /);
});

test('a leak with a maximum is refused there, one without goes on until the lab stops it', async () => {
  const limited = await leakOf(await growth, 256);
  expect(limited.refused).toBe(true);
  expect(limited.pages).toHaveLength(341);
  expect(limited.pages.at(-1)).toBe(256);
  const endless = await leakOf(await growth);
  expect(endless.refused).toBe(false);
  expect(endless.pages.at(-1)).toBe(1024);
});

test('what dlmalloc committed is never given back, whatever is freed', async () => {
  const { committed, live, rounds } = await ratchetOf(await dlmalloc);
  expect(committed.every((pages, i) => i === 0 || pages >= committed[i - 1]!)).toBe(true);
  expect(live.at(-1)).toBe(0);
  expect(rounds).toEqual([0, 320, 960]);
  // The third round needs less than the second: no page more.
  expect(committed.at(-1)).toBe(committed[960]);
  expect(committed.at(-1)).toBeGreaterThan(Math.max(...live) - 1);
});

/** The exact half as it is, with times of one's own. */
const exact = (async () => exactOf(await growth, await dlmalloc, 512))();
async function faked(call: readonly number[], first: number, below = false): Promise<GrowthData> {
  const calls = call.map((ns) => measured(ns, below));
  return {
    ...(await exact),
    call: { without: calls, maximum: calls },
    touch: STEPS.map(() => ({ call: calls[0]!, first: measured(first), again: measured(300) })),
    reach: [{ policy: 'one', calls: 511, time: measured(900_000) }],
  };
}

test('the headline and the text follow the data', async () => {
  const values = settled(lab.controls, { to: '512' });
  const report = async (call: readonly number[], first: number, below = false) =>
    lab.report(await faked(call, first, below), values);
  const level = [1000, 1000, 1100, 1000, 900, 1000];
  expect((await report(level, 200_000)).headline).toBe('Here the grow call is cheap. Touching the new page is not.');
  expect((await report(level, 200)).headline).toBe('Here the grow call is what costs. Touching the new page is cheap.');
  expect((await report(level, 1500)).headline).toBe(
    'Here a grow call and the first touch of its page cost about the same.',
  );
  expect((await report(level, 200_000)).lead[1]).toContain('The call cost the same');
  const rises = (await report([1000, 2000, 8000, 20_000, 90_000, 900_000], 200_000)).lead[1]!;
  expect(rises.replace(/\s/g, ' ')).toContain('took 900× as long at 8 192 pages as at 1 page');
  expect((await report(level, 200_000, true)).lead[0]).toContain('less than *1.0\u00a0µs*');
});

test('the map follows its control without another run', async () => {
  const data = await faked([1000], 200_000);
  const map = (how: string) =>
    lab.report(data, settled(lab.controls, { to: '512', how })).figures.find(({ id }) => id === 'map')!;
  expect(tableOf(map('once')).rows).toEqual([
    ['pages 0 to 299', 'grown and written to'],
    ['pages 300 to 511', 'grown, never touched'],
  ]);
  expect(tableOf(map('eight')).rows[0]).toEqual(['pages 0 to 299', 'grown and written to']);
});
