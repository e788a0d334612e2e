import type { Source } from '../engine/protocol.ts';
import type { Bytes } from '../model/units.ts';
import type { Clock, Measure, Sampling } from './measure.ts';
import type { CodeFile, Report } from './report.ts';

/** A setting that the visitor makes before a run, and that a link carries. Every value is a text of the list. */
export interface Control {
  /** Also its key in links: lower-case letters. */
  readonly key: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Value where nothing else is said. */
  readonly initial: string;
  /** Changes how the result is looked at, and needs no other run. */
  readonly looksOnly?: boolean;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A lab's settings, complete and each one of its control's choices. */
export type Values = Readonly<Record<string, string>>;

/**
 * One lab: what is asked, and what is made of the answer. Everything here is pure; the work is done by its `LabRun` in the
 * worker. `D` is the lab's own data, plain enough to be posted.
 */
export interface Lab<D = unknown> {
  /** Before a run: what this lab finds out. */
  readonly question: string;
  readonly controls: readonly Control[];
  /** The headline and all figures, from the data alone: other data give another headline. */
  report(data: D, values: Values): Report;
  /** A script of the settings that the comparison can open; null where there is none. */
  script?(values: Values): { readonly name: string; readonly text: string } | null;
  /** The sources that run, as they stand in the repository. */
  readonly code: readonly CodeFile[];
}

/** What is open in the comparison: the visitor's own scenario or recording. */
export interface OwnScenario {
  readonly name: string;
  readonly source: Source;
}

/** What a lab's run is given. */
export interface LabContext {
  readonly clock: Clock;
  /** Smallest step of the clock, in ms. */
  readonly tickMs: number;
  readonly own: OwnScenario;
  /** Median and band of an operation; `sampling` says how long it may take. Blocks for about 100 ms to 400 ms. */
  time(run: (times: number) => void, sampling: Sampling): Measure;
  /** The same of batches that the lab timed itself: `ms` of each, `times` operations in one. */
  timed(batchesMs: readonly number[], times: number): Measure;
  /** Compiles a module of `wasm/build/` and tells the size of its file; the same name gives the same module. */
  module(name: LabModule): Promise<{ readonly module: WebAssembly.Module; readonly bytes: Bytes }>;
  /** Shows how far it is and what is there so far, and lets the page breathe. Never inside of what is timed. */
  tell(done: number, total: number, what: string, data: unknown): Promise<void>;
}

/** A lab's work. Rejects with `MissingFeature` where the browser lacks what it needs. */
export type LabRun = (values: Values, context: LabContext) => Promise<unknown>;

/** Modules of `wasm/build/` that labs load. */
export type LabModule =
  | 'labs.isolation'
  | 'labs.boundary'
  | 'labs.growth'
  | 'labs.gc'
  | 'labs.linear'
  | 'labs.collector'
  | 'dlmalloc';

/** Thrown by a run: the browser has no such feature. `feature` is its name as the reader may look it up. */
export class MissingFeature extends Error {
  readonly feature: string;
  constructor(feature: string) {
    super(`This browser has no ${feature}.`);
    this.feature = feature;
  }
}
