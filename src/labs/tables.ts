import { duration, size, labsStrings as words } from '../model/strings/labs.ts';
import { grouped } from '../model/strings/numbers.ts';
import type { Measure } from './measure.ts';
import type { Figure, Report, Table } from './report.ts';

/** A measure in words: its median with its band, or what bounds it. */
export function measureText(measure: Measure | null): string {
  if (measure === null) return words.figure.notMeasured;
  if (measure.below) return words.figure.belowClock(duration(measure.median));
  const { median, low, high, runs } = measure;
  return words.figure.value(duration(median), duration(low), duration(high), runs);
}

/** The same figure as rows and columns: what a chart's table twin shows. */
export function tableOf(figure: Figure): Table {
  switch (figure.kind) {
    case 'lines':
      return {
        head: [figure.xLabel, ...figure.series.map(({ label }) => label)],
        rows: figure.xs.map((x, i) => [size(x), ...figure.series.map(({ points }) => measureText(points[i] ?? null))]),
      };
    case 'rows':
      return {
        head: [figure.note, ...figure.series.map(({ label }) => label)],
        rows: figure.rows.map(({ label, note, points }) => [
          note === '' ? label : `${label}, ${note}`,
          ...points.map(measureText),
        ]),
      };
    case 'bars':
      return {
        head: [figure.rowLabel, figure.title],
        rows: figure.rows.map(({ label, text }) => [label, text]),
      };
    case 'bytes':
      return {
        head: words.figure.bytesHead,
        rows: figure.bytes.map((byte, i) => [
          hex(figure.from + i, 4),
          hex(byte, 2),
          figure.legend[figure.parts[i]!] ?? '',
          figure.changed[i] ? words.figure.writtenOver : '',
        ]),
      };
    case 'steps':
      return {
        head: [figure.xLabel, ...figure.series.map(({ label }) => label)],
        rows: turns(figure.series.map(({ values }) => values)).map((at) => [
          grouped(at),
          ...figure.series.map(({ values }) => (at < values.length ? grouped(values[at]!) : '')),
        ]),
      };
    case 'pages':
      return {
        head: [figure.title, figure.note],
        rows: runsOf(figure.pages).map(([from, to, state]) => [
          words.figure.pageRange(from, to),
          figure.legend.find((entry) => entry.state === state)?.label ?? '',
        ]),
      };
    case 'cards':
      return {
        head: [figure.title, '', '', ''],
        rows: figure.cards.map(({ label, code, value, note }) => [label, code, value, note]),
      };
    case 'transcript':
      return { head: [figure.title, ''], rows: figure.lines.map(({ code, result }) => [code, result]) };
    case 'table':
      return figure.table;
  }
}

/** Steps at which some series turns, the first and the last; every step where there are few. */
function turns(series: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...series.map((values) => values.length));
  const all = Array.from({ length }, (_, at) => at);
  if (length <= 64) return all;
  return all.filter(
    (at) =>
      at === 0 ||
      at === length - 1 ||
      series.some(
        (values) => values[at] !== values[at - 1] && values[at]! - values[at - 1]! !== values[at + 1]! - values[at]!,
      ),
  );
}

/** Runs of equal values: first, last, value. */
export function runsOf(values: readonly number[]): [from: number, to: number, value: number][] {
  const runs: [number, number, number][] = [];
  values.forEach((value, at) => {
    const last = runs.at(-1);
    if (last !== undefined && last[2] === value) last[1] = at;
    else runs.push([at, at, value]);
  });
  return runs;
}

/** A whole report as CSV (RFC 4180): one line a point, unrounded. */
export function csvOf(report: Report): string {
  const head = words.csvHead;
  const lines: (string | number)[][] = [Object.values(head)];
  const point = (figure: Figure, series: string, at: string | number, measure: Measure | null) => {
    if (measure === null) return;
    const { median, low, high, runs, times, below } = measure;
    lines.push([figure.title, plotted(figure), series, at, median, low, high, runs, times, below ? 'yes' : 'no', '']);
  };
  const plain = (figure: Figure, series: string, at: string | number, value: string | number) => {
    lines.push([figure.title, plotted(figure), series, at, '', '', '', '', '', '', value]);
  };
  for (const figure of [...report.figures, ...report.asides]) {
    switch (figure.kind) {
      case 'lines':
        for (const { label, points } of figure.series) {
          for (const [i, x] of figure.xs.entries()) point(figure, label, x, points[i] ?? null);
        }
        break;
      case 'rows':
        for (const row of figure.rows) {
          for (const [i, { label }] of figure.series.entries()) {
            point(figure, label, `${row.label} ${row.note}`.trim(), row.points[i] ?? null);
          }
        }
        break;
      case 'steps':
        for (const { label, values } of figure.series)
          for (const [at, value] of values.entries()) plain(figure, label, at, value);
        break;
      case 'bars':
        for (const { label, value } of figure.rows) plain(figure, '', label, value ?? '');
        break;
      default: {
        const { head: columns, rows } = tableOf(figure);
        for (const [name, ...cells] of rows) {
          for (const [i, cell] of cells.entries()) plain(figure, columns[i + 1] ?? '', name ?? '', cell);
        }
      }
    }
  }
  return `${lines.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}

/** What a figure's numbers are, in which units: those of its values, and of its places where they are plain numbers. */
function plotted(figure: Figure): string {
  const places = figure.kind === 'lines' || figure.kind === 'steps' ? figure.xLabel : '';
  return [figure.note, places === '' ? '' : words.csvAt(places)].filter((part) => part !== '').join('; ');
}

/** `0x2008`, `0x41`: at least so many digits. */
export const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
