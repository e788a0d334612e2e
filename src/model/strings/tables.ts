import { CellState } from '../heap-frame.ts';
import { count, grouped } from './numbers.ts';

/** Texts of the table twin and of what is taken out of the page as figures or pictures. */
export const tablesStrings = {
  label: 'Tables',
  back: 'Back to the maps',
  what: 'What is shown',
  lane: 'Lane',
  kinds: { pages: 'Pages', holes: 'Hole sizes', timeline: 'Timeline', metrics: 'Metrics' },
  copy: 'Copy CSV',
  copied: 'Copied.',
  notCopied: 'The browser refused the clipboard. Save the CSV instead.',
  save: 'Save CSV',
  sortBy: (column: string) => `Sort by ${column}`,
  rows: (rows: number) => count(rows, 'row', 'rows'),
  captions: {
    pages: (letter: string, position: number) => `Pages of lane ${letter} after op ${grouped(position)}`,
    holes: (position: number) => `Free bytes by size of hole after op ${grouped(position)}`,
    timeline: (every: number) =>
      every <= 1 ? 'Every op of the run' : `The run at every ${grouped(every)} ops and at its end`,
    metrics: (position: number) => `Every metric after op ${grouped(position)}`,
  },
  reading: 'reading the bytes',
  columns: {
    pages: 'Pages',
    address: 'Address',
    state: 'State',
    live: 'Live, B',
    share: 'Live, %',
    holes: 'Holes',
    largest: 'Largest hole, B',
    from: 'From, B',
    below: 'Below, B',
    holesOf: (letter: string) => `${letter} holes`,
    bytesOf: (letter: string) => `${letter} free, B`,
    position: 'Op',
    line: 'Line',
    mark: 'Mark',
    program: 'Live, B',
    pagesOf: (letter: string) => `${letter} pages`,
    failuresOf: (letter: string) => `${letter} failures`,
    stepsOf: (letter: string) => `${letter} steps`,
    metric: 'Metric',
    valueOf: (letter: string, name: string) => `${letter} ${name}`,
  },
  /** Heads of the CSV's first two columns, where the table shows one. */
  csvPages: ['first page', 'last page'] as const,
  run: (first: number, last: number) =>
    first === last ? `page ${grouped(first)}` : `pages ${grouped(first)}–${grouped(last)}`,
  state: (state: number): string => {
    switch (state) {
      case CellState.NotGrown:
        return 'not grown';
      case CellState.Untouched:
        return 'untouched';
      case CellState.Free:
        return 'no live byte';
      case CellState.Dead:
        return 'dead';
      case CellState.Static:
        return 'static';
      default:
        return 'live';
    }
  },
  keys: 'Arrow keys go from row to row, Enter selects it.',

  export: {
    title: 'Export',
    intro: 'Everything is made in this tab, from what is shown now.',
    pictures: 'Pictures',
    figures: 'Figures',
    comparison: 'Comparison, PNG',
    comparisonNote: 'lanes with their metrics, maps, holes and the timeline as one picture',
    timelineSvg: 'Timeline, SVG',
    holesSvg: 'Hole sizes, SVG',
    csv: (name: string) => `${name}, CSV`,
    pagesOf: (letter: string) => `Pages of lane ${letter}`,
    print: 'Print…',
    printNote: 'the comparison on one page, in patterns that need no colour',
    failed: 'The picture could not be made: the browser refused a canvas of this size.',
    saved: (name: string) => `${name} is saved.`,
    at: (position: number, total: number) => `after op ${grouped(position)} of ${grouped(total)}`,
  },
} as const;
