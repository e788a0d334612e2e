import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createHeapViews } from '../../engine/heap-view.ts';
import { LaneRun } from '../../engine/lane-run.ts';
import { MemoryPool } from '../../engine/memory-pool.ts';
import { loadLaneModules } from '../../engine/modules.ts';
import { modulesFromFiles } from '../../engine/modules-node.ts';
import { randomScenario } from '../../engine/testing/random-scenario.ts';
import { type CsvCell, csv } from '../../model/csv.ts';
import { LaneSeries } from '../../model/lane-series.ts';
import { headerBytes, LANE_NAMES, parseLaneName } from '../../model/lanes.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { Records } from '../../state/records.ts';
import {
  holesTable,
  metricsTable,
  pagesOf,
  pagesTable,
  sortedRows,
  timelineStep,
  timelineTable,
} from './table-data.ts';

const module = new WebAssembly.Module(readFileSync(new URL('../../../wasm/build/view.wasm', import.meta.url)));
const pool = new MemoryPool();

async function lane(name: string, seed = 51, count = 900) {
  const scenario = randomScenario(seed, count);
  const allocator = parseLaneName(name)!;
  const modules = await loadLaneModules(modulesFromFiles, allocator);
  const run = LaneRun.open(scenario, { name, memory: { max: 60 }, fill: false }, modules, pool, { every: 64 });
  const records = new Records();
  records.begin(scenario.operations);
  const record = records.lane('x');
  record.series = new LaneSeries(run.opening.initial);
  const frame = createHeapViews(module, scenario.operations).lane(run.opening, headerBytes(allocator));
  for (let slice = run.advance(170); slice !== null; slice = run.advance(170)) {
    frame.append(slice);
    record.series.growAt.append(slice.growAt);
    record.series.growPages.append(slice.growPages);
    record.series.failures.append(slice.failures);
    record.series.logged = run.recorded;
  }
  return { scenario, run, frame, records, record };
}

for (const name of LANE_NAMES) {
  test(`${name}: the rows of the pages table give every page what the map shows of it, each page once`, async () => {
    const { run, frame } = await lane(name);
    for (const position of [0, 250, 900]) {
      frame.seek(position);
      const survey = run.survey(position);
      const { rows } = pagesTable(frame, survey);
      expect(pagesOf(rows)).toBe(Math.max(frame.facts().pages, frame.finalPages));
      let page = 0;
      let holes = 0;
      for (const [first, last, address, state, live, share, held, largest] of rows) {
        expect([first, address]).toEqual([page, page * PAGE_BYTES]);
        for (; page <= Number(last); page++) {
          expect(live, `page ${page} at ${position}`).toBe(frame.pageLive(page));
          expect(share).toBeCloseTo((100 * frame.pageLive(page)) / PAGE_BYTES, 9);
          expect(state).toBe(words.state(frame.tileState(page, 0, 1)));
          const own = [...survey.holeAddress.keys()].filter(
            (k) => Math.floor(survey.holeAddress[k]! / PAGE_BYTES) === page,
          );
          holes += own.length;
          expect([held, largest]).toEqual([own.length, Math.max(0, ...own.map((k) => survey.holeBytes[k]!))]);
        }
      }
      expect(holes).toBe(survey.holeBytes.length);
      const unread = pagesTable(frame, null);
      expect(unread.rows.every((row) => row[6] === null)).toBe(true);
      expect(unread.text(unread.rows[0]!, 6)).toBe(words.reading);
    }
    run.dispose();
  });
}

test('sizes of holes and metrics are the survey’s, lane by lane', async () => {
  const { run, record } = await lane('wee');
  const survey = run.survey(700);
  const lanes = [
    { letter: 'A', name: 'wee_alloc', survey, record },
    { letter: 'B', name: 'wee_alloc', survey: null, record },
  ];
  const holes = holesTable(lanes).rows;
  expect(holes.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(survey.metrics.holes);
  expect(holes.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(survey.metrics.free);
  expect(holes.every((row) => row[4] === null && row[5] === null)).toBe(true);
  const metrics = metricsTable(lanes);
  const values = metrics.rows.map((row) => row[1]);
  for (const id of ['pages', 'live', 'holes', 'free'] as const) expect(values).toContain(survey.metrics[id]);
  expect(metrics.text(metrics.rows[0]!, 2)).toBe('n/a');
  run.dispose();
});

test('the timeline’s rows are its curves at every so many ops, and at the end', async () => {
  const { scenario, run, records, record } = await lane('dlmalloc', 52, 5003);
  const { rows } = timelineTable(scenario, records, [{ letter: 'A', name: 'dlmalloc', survey: null, record }]);
  const step = timelineStep(scenario.operations.count);
  expect(step).toBe(3);
  expect(rows.at(-1)![0]).toBe(5003);
  for (const row of rows.filter((_, k) => k % 97 === 0)) {
    const position = Number(row[0]);
    expect(position % step).toBe(0);
    const { metrics } = run.survey(position);
    expect(row[4]).toBe(metrics.pages);
    expect(row[5]).toBe(metrics.failures);
    expect(row[3]).toBe(records.program!.liveAt(position));
  }
  run.dispose();
});

test('rows sort by figure or by alphabet, both ways, what is missing last, and the file has every figure plainly', () => {
  const rows: CsvCell[][] = [
    [2, 'b'],
    [null, 'a'],
    [10, null],
    [1, 'c'],
  ];
  const firsts = (column: number, descending: boolean) => sortedRows(rows, column, descending).map((row) => row[0]);
  expect(firsts(0, false)).toEqual([1, 2, 10, null]);
  expect(firsts(0, true)).toEqual([10, 2, 1, null]);
  expect(firsts(1, false)).toEqual([null, 2, 1, 10]);
  expect(sortedRows(rows, null, false)).toBe(rows);
  expect(csv(['n', 'word'], rows).split('\r\n')).toEqual(['n,word', '2,b', ',a', '10,', '1,c', '']);
});
