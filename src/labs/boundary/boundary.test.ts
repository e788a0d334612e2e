import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settled } from '../controls.ts';
import type { LabContext } from '../lab.ts';
import type { LineFigure } from '../report.ts';
import { csvOf, tableOf } from '../tables.ts';
import { measured } from '../testing.ts';
import type { BoundaryData } from './data.ts';
import type { Exports } from './exports.ts';
import { boundaryLab as lab } from './lab.ts';
import { KINDS, sumOf } from './payload.ts';
import { runBoundary } from './run.ts';
import { waysOf } from './ways.ts';

const module = readFile('wasm/build/labs.boundary.wasm').then((bytes) => WebAssembly.compile(bytes));
const instance = async () => (await WebAssembly.instantiate(await module)).exports as unknown as Exports;

test.each(KINDS)('every way brings the same %s, at every size', async (kind) => {
  const wasm = await instance();
  for (const bytes of [64, 4096, 65_536]) {
    const sum = sumOf(kind, bytes);
    for (const way of waysOf(kind, wasm, bytes, true)) {
      expect(way.check(), `${way.id} ${way.direction} ${bytes}`).toBe(sum);
    }
  }
});

/** Runs the lab with a clock on which nothing takes time. */
async function run(settings: Record<string, string>): Promise<BoundaryData> {
  const context: LabContext = {
    own: { name: '', source: { kind: 'script', text: '' } },
    clock: () => 0,
    tickMs: 0.1,
    time: (operation) => {
      operation(1);
      return measured(50);
    },
    timed: () => measured(50),
    module: async () => ({ module: await module, bytes: 0 }),
    tell: async () => {},
  };
  return (await runBoundary(settled(lab.controls, settings), context)) as BoundaryData;
}

test('a run measures every way at every size, and what happens to views is exact', async () => {
  const data = await run({ to: '4096' });
  expect(data.xs).toEqual([64, 256, 1024, 4096]);
  expect(data.ways.map(({ id }) => id)).toEqual([
    'view',
    'in',
    'out',
    'encode',
    'decode',
    'call',
    'clone',
    'json',
    'inside',
    'ask',
  ]);
  expect(data.ways.every(({ points }) => points.every((point) => point !== null))).toBe(true);
  expect(data.sums).toEqual([64, 256, 1024, 4096].map((bytes) => sumOf('bytes', bytes)));
  expect(data.detached).toEqual({
    before: 65_536,
    grewBy0: 2,
    after0: 0,
    value0: 'undefined',
    madeAgain: 65_536,
    grewBy1: 2,
    after1: 0,
    sameBuffer: false,
  });
});

test('a direction leaves the ways of the other one out', async () => {
  const into = await run({ to: '1024', dir: 'in', kind: 'strings' });
  expect(into.ways.map(({ id }) => id)).toEqual(['view', 'encode', 'call', 'clone', 'json', 'inside', 'ask']);
});

function faked(view: readonly number[], copy: readonly number[]): BoundaryData {
  const xs = [64, 65_536, 16_777_216];
  return {
    xs,
    ways: [
      { id: 'view', points: view.map((ns) => measured(ns)) },
      { id: 'in', points: copy.map((ns) => measured(ns)) },
      { id: 'json', points: [measured(900), null, null] },
    ],
    sums: [1, 2, 3],
    detached: {
      before: 65_536,
      grewBy0: 2,
      after0: 0,
      value0: 'undefined',
      madeAgain: 65_536,
      grewBy1: 2,
      after1: 0,
      sameBuffer: false,
    },
  };
}

test('the headline follows the data', () => {
  const values = settled(lab.controls, {});
  const headline = (data: BoundaryData) => lab.report(data, values).headline.replaceAll('\u00a0', ' ');
  expect(headline(faked([50, 52, 48], [30, 700, 800_000]))).toBe(
    'A view costs the same at 64 B and at 16 MiB. A copy does not.',
  );
  expect(headline(faked([50, 52, 48], [30, 33, 60]))).toBe(
    'From 64 B to 16 MiB a view stays level, and a copy takes only 2.0× as long.',
  );
  expect(headline(faked([50, 400, 55], [30, 700, 3000]))).toBe(
    'A view varied by 8.0× here, but not with its size. From 64 B to 16 MiB a copy took 100× as long.',
  );
  expect(headline(faked([50, 900, 5000], [30, 700, 800_000]))).toBe(
    'Here even a view grows: it takes 100× as long at 16 MiB as at 64 B.',
  );
  expect(headline({ ...faked([], []), ways: [] })).toBe('Not enough was measured to say what crossing costs here.');
});

test('the cards stand at the size that was chosen, in the order of their cost', () => {
  const cards = (n: string) => {
    const report = lab.report(faked([50, 52, 48], [30, 700, 800_000]), settled(lab.controls, { n }));
    const figure = report.figures.find(({ kind }) => kind === 'cards');
    return figure?.kind === 'cards' ? figure.cards.map(({ value }) => value.replaceAll('\u00a0', ' ')) : [];
  };
  expect(cards('65536')).toEqual(['52 ns', '700 ns']);
  expect(cards('64')).toEqual(['30 ns', '50 ns', '900 ns']);
});

test('table twin and CSV hold what the chart shows, and say what was not measured', () => {
  const report = lab.report(faked([50, 52, 48], [30, 700, 800_000]), settled(lab.controls, {}));
  const chart = report.figures[0] as LineFigure;
  const table = tableOf(chart);
  expect(table.rows).toHaveLength(3);
  expect(table.rows[2]!.at(-1)).toBe('not measured');
  const lines = csvOf(report).split('\r\n');
  expect(lines).toContain(
    'Time for one transfer,both axes logarithmic; at: bytes transferred,"copy in, set()",16777216,800000,720000,880000.0000000001,7,1,no,',
  );
  expect(lines.filter((line) => line.includes(',JSON,'))).toHaveLength(1);
});

test('a run that was stopped before the size of the table shows no table of it', () => {
  const kinds = (n: string) =>
    lab.report(faked([50], [30]), settled(lab.controls, { n })).figures.map(({ kind }) => kind);
  expect(kinds('64')).toEqual(['lines', 'cards']);
  expect(kinds('65536')).toEqual(['lines']);
});

test('a control takes only its own choices', () => {
  expect(settled(lab.controls, { n: '65537', kind: 'structs', dir: '__proto__', extra: 'x' })).toEqual({
    kind: 'structs',
    dir: 'both',
    n: '65536',
    to: '16777216',
    runs: 'stable',
  });
});
