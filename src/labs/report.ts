import type { CellState } from '../model/heap-frame.ts';
import type { Addr } from '../model/units.ts';
import type { Measure } from './measure.ts';

/** What a lab says: words first, then figures, in reading order. Plain data that views draw. */
export interface Report {
  /** The measured conclusion. */
  readonly headline: string;
  /** Backticks mark code, asterisks the number that matters. */
  readonly lead: readonly string[];
  /** Large figures beside the words. */
  readonly figures: readonly Figure[];
  /** Small ones under the provenance. */
  readonly asides: readonly Figure[];
  readonly advice: string;
}

export type Figure =
  | ByteFigure
  | LineFigure
  | RowFigure
  | BarFigure
  | StepFigure
  | PageFigure
  | CardFigure
  | TranscriptFigure
  | TableFigure;

interface Named {
  /** Stays the same between runs; unique in a report. */
  readonly id: string;
  readonly title: string;
  /** What is plotted, in which unit. */
  readonly note: string;
}

/** How a series is told apart: the n-th colour with the dash and the marker that go with it. */
export type Style = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Time over size, both axes logarithmic: a line of medians, a band, gaps where the clock could not tell. */
export interface LineFigure extends Named {
  readonly kind: 'lines';
  readonly xLabel: string;
  /** Sizes in bytes, ascending. */
  readonly xs: readonly number[];
  readonly series: readonly LineSeries[];
  /** A size that is marked, and its words. */
  readonly mark: { readonly x: number; readonly label: string } | null;
  /** Speeds in bytes a second whose lines are drawn behind. */
  readonly speeds: readonly { readonly perSecond: number; readonly label: string }[];
}

export interface LineSeries {
  readonly id: string;
  readonly label: string;
  readonly style: Style;
  /** The line that the others are held against. */
  readonly strong: boolean;
  /** One for each x; null where it was not measured. */
  readonly points: readonly (Measure | null)[];
}

/** A row for each case, a dot for each series in it, its band as a bar; what is below the clock is hatched. */
export interface RowFigure extends Named {
  readonly kind: 'rows';
  readonly series: readonly { readonly id: string; readonly label: string; readonly style: Style }[];
  readonly rows: readonly {
    readonly label: string;
    readonly note: string;
    /** One for each series. */
    readonly points: readonly (Measure | null)[];
  }[];
}

/** A bar a row from 0 on, in the order given; `low` and `high` are a measured amount's band. */
export interface BarFigure extends Named {
  readonly kind: 'bars';
  /** What a row is. */
  readonly rowLabel: string;
  readonly rows: readonly {
    readonly label: string;
    /** Null where there is none: no bar, only the text. */
    readonly value: number | null;
    readonly band: readonly [low: number, high: number] | null;
    readonly text: string;
    /** The row that the headline speaks of. */
    readonly strong: boolean;
  }[];
}

/** Bytes of a memory, sixteen a row, each a part of something; what was written over is marked. */
export interface ByteFigure extends Named {
  readonly kind: 'bytes';
  readonly from: Addr;
  readonly bytes: readonly number[];
  /** One for each byte: index into `legend`. */
  readonly parts: readonly number[];
  readonly changed: readonly boolean[];
  readonly legend: readonly string[];
  /** What came of it. */
  readonly after: string;
}

/** Amounts over steps: lines that hold until the next step. `filled` is drawn as an area. */
export interface StepFigure extends Named {
  readonly kind: 'steps';
  readonly xLabel: string;
  readonly series: readonly {
    readonly id: string;
    readonly label: string;
    readonly style: Style;
    readonly filled: boolean;
    readonly values: readonly number[];
  }[];
  readonly marks: readonly { readonly at: number; readonly label: string }[];
}

/** Pages of a memory, drawn as on the map. */
export interface PageFigure extends Named {
  readonly kind: 'pages';
  readonly pages: readonly CellState[];
  /** What the states mean here, in the order of the legend. */
  readonly legend: readonly { readonly state: CellState; readonly label: string }[];
}

/** One amount a card, side by side: the values at one size. */
export interface CardFigure extends Named {
  readonly kind: 'cards';
  readonly cards: readonly {
    readonly label: string;
    readonly code: string;
    readonly value: string;
    readonly note: string;
    readonly style: Style;
  }[];
}

/** Code and what it gave, line by line. */
export interface TranscriptFigure extends Named {
  readonly kind: 'transcript';
  readonly lines: readonly {
    readonly code: string;
    readonly result: string;
    readonly tone: 'plain' | 'good' | 'bad';
  }[];
  readonly after: string;
}

export interface TableFigure extends Named {
  readonly kind: 'table';
  readonly table: Table;
}

/** The first column names the row. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What each cell sorts by, null last, where the reader may sort; the columns' headings become buttons. */
  readonly keys?: readonly (readonly (number | string | null)[])[];
}

/** A source that ran. Its text is fetched when somebody wants to read it: together they weigh as much as the labs. */
export interface CodeFile {
  /** Path in the repository. */
  readonly path: string;
  /** The text as the default export of a module, as the bundler gives a file's text. */
  text(): Promise<{ readonly default: string }>;
}
