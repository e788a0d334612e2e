import type { CsvCell } from '../../model/csv.ts';
import type { HeapFrame } from '../../model/heap-frame.ts';
import { binEnd, binFrom, FIRST_BIN, HOLE_BINS, holeBins, LAST_BIN } from '../../model/hole-bins.ts';
import { METRIC_IDS, type MetricId, type Survey } from '../../model/metrics.ts';
import type { Scenario } from '../../model/scenario.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { type Bytes, PAGE_BYTES, type Pages, type Position } from '../../model/units.ts';
import type { LaneRecord, Records } from '../../state/records.ts';
import { metricText } from '../lanes/metric-table.tsx';

/** A table as plain figures. `text` is what people read; `rows` is what is sorted, compared and saved. */
export interface TableData {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
  /** Columns of words, set from the start of the line; all others hold figures. */
  readonly wordColumns: readonly number[];
  readonly text: (row: readonly CsvCell[], column: number) => string;
  /** Column that only the file has: shown as part of the one before. */
  readonly hidden?: number;
}

const plain = (row: readonly CsvCell[], column: number) => {
  const cell = row[column] ?? null;
  return cell === null ? '' : typeof cell === 'number' ? grouped(cell) : cell;
};

/**
 * The pages of a lane at its frame's position, runs of equal ones as one row: first page, last page, address, state, live
 * bytes and their share, holes that begin in the page and the largest of them. `survey` null: not read yet. Costs a look at
 * every page.
 */
export function pagesTable(frame: HeapFrame, survey: Survey | null): TableData {
  const rows: CsvCell[][] = [];
  const holes = survey === null ? null : holesByPage(survey);
  const pages = Math.max(frame.facts().pages, frame.finalPages);
  let last: CsvCell[] | null = null;
  for (let page = 0; page < pages; page++) {
    const state = words.state(frame.tileState(page, 0, 1));
    const live = frame.pageLive(page);
    const held = holes === null ? null : (holes.count.get(page) ?? 0);
    const largest = holes === null ? null : (holes.largest.get(page) ?? 0);
    if (last !== null && last[3] === state && last[4] === live && last[6] === held && last[7] === largest) {
      last[1] = page;
      continue;
    }
    last = [page, page, page * PAGE_BYTES, state, live, (100 * live) / PAGE_BYTES, held, largest];
    rows.push(last);
  }
  const { columns } = words;
  return {
    heads: [
      ...words.csvPages,
      columns.address,
      columns.state,
      columns.live,
      columns.share,
      columns.holes,
      columns.largest,
    ],
    rows,
    wordColumns: [0, 2, 3],
    hidden: 1,
    text: (row, column) => {
      if (column === 0) return words.run(Number(row[0]), Number(row[1]));
      if (column === 2) return viewsStrings.address(Number(row[2]));
      if (column === 5) return `${shareText(Number(row[5]))} %`;
      return column >= 6 && row[column] === null ? words.reading : plain(row, column);
    },
  };
}

const shareText = (percent: number) => (percent > 0 && percent < 10 ? percent.toFixed(1) : percent.toFixed(0));

function holesByPage({ holeAddress, holeBytes }: Survey) {
  const count = new Map<number, number>();
  const largest = new Map<number, Bytes>();
  for (let k = 0; k < holeAddress.length; k++) {
    const page = Math.floor(holeAddress[k]! / PAGE_BYTES);
    count.set(page, (count.get(page) ?? 0) + 1);
    largest.set(page, Math.max(largest.get(page) ?? 0, holeBytes[k]!));
  }
  return { count, largest };
}

export interface TableLane {
  readonly letter: string;
  readonly name: string;
  readonly survey: Survey | null;
  readonly record: LaneRecord;
}

/** One row a bin of the histogram: sizes from and below, then holes and free bytes of each lane. */
export function holesTable(lanes: readonly TableLane[]): TableData {
  const bins = lanes.map(({ survey }) => (survey === null ? null : holeBins(survey)));
  const rows = Array.from({ length: HOLE_BINS }, (_, bin): CsvCell[] => [
    // The ends of the axis gather what is smaller and larger.
    bin + FIRST_BIN === FIRST_BIN ? 0 : binFrom(bin),
    bin + FIRST_BIN === LAST_BIN ? null : binEnd(bin),
    ...bins.flatMap((all) => [all?.[bin]?.holes ?? null, all?.[bin]?.bytes ?? null]),
  ]);
  const { columns } = words;
  return {
    heads: [
      columns.from,
      columns.below,
      ...lanes.flatMap(({ letter }) => [columns.holesOf(letter), columns.bytesOf(letter)]),
    ],
    rows,
    wordColumns: [],
    text: plain,
  };
}

/** More rows than these say nothing more to a reader; the step between them is said. */
export const TIMELINE_ROWS = 2000;

export function timelineStep(count: number): number {
  return Math.max(1, Math.ceil(count / TIMELINE_ROWS));
}

/** What the timeline draws, at every so many operations and at the end: the program's live bytes, each lane's series. */
export function timelineTable(scenario: Scenario, records: Records, lanes: readonly TableLane[]): TableData {
  const { count, line } = scenario.operations;
  const step = timelineStep(count);
  const rows: CsvCell[][] = [];
  let mark = 0;
  const row = (position: Position): CsvCell[] => {
    while (mark < scenario.marks.length && scenario.marks[mark]!.position <= position) mark++;
    return [
      position,
      position === 0 ? null : line[position - 1]!,
      mark === 0 ? null : scenario.marks[mark - 1]!.text,
      records.program?.liveAt(position) ?? null,
      ...lanes.flatMap(({ record: { series, steps } }) => {
        const known = position <= series.logged;
        return [
          known ? series.pagesAt(position) : null,
          known ? series.failures.upTo(position) : null,
          steps === null || position === 0 || !known ? null : steps.at(position),
        ];
      }),
    ];
  };
  for (let position = 0; position < count; position += step) rows.push(row(position));
  rows.push(row(count));
  const { columns } = words;
  return {
    heads: [
      columns.position,
      columns.line,
      columns.mark,
      columns.program,
      ...lanes.flatMap(({ letter }) => [columns.pagesOf(letter), columns.failuresOf(letter), columns.stepsOf(letter)]),
    ],
    rows,
    wordColumns: [2],
    text: plain,
  };
}

/** Needs a size or a range that a table has no room for. */
const LEFT_OUT: readonly MetricId[] = ['hole_bytes'];

/** Every metric of every lane, as last read from its bytes. */
export function metricsTable(lanes: readonly TableLane[]): TableData {
  const ids = METRIC_IDS.filter((id) => !LEFT_OUT.includes(id));
  const rows = ids.map((id): CsvCell[] => [
    metricStrings.metric.ids[id],
    ...lanes.map(({ survey }) => survey?.metrics[id] ?? null),
  ]);
  const idOf = new Map(rows.map((row, k) => [row, ids[k]!]));
  return {
    heads: [words.columns.metric, ...lanes.map(({ letter, name }) => words.columns.valueOf(letter, name))],
    rows,
    wordColumns: [0],
    text: (row, column) => {
      const value = row[column] ?? null;
      if (column === 0) return String(value);
      return value === null ? metricStrings.metric.none : metricText(idOf.get(row as CsvCell[])!, Number(value));
    },
  };
}

/** Order of the rows by one column: figures by size, words by alphabet, what is missing last. Stable. */
export function sortedRows(rows: TableData['rows'], column: number | null, descending: boolean): TableData['rows'] {
  if (column === null) return rows;
  const sign = descending ? -1 : 1;
  return [...rows].sort((x, y) => {
    const a = x[column] ?? null;
    const b = y[column] ?? null;
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * String(a).localeCompare(String(b), 'en');
  });
}

/** Pages that the rows of a pages table stand for: each page once. */
export function pagesOf(rows: TableData['rows']): Pages {
  return rows.reduce((sum, row) => sum + Number(row[1]) - Number(row[0]) + 1, 0);
}
