import type { Diagnostic } from '../model/diagnostics.ts';
import type { ByteReading, ChunkName, PageReading } from '../model/inspection.ts';
import type { LaneConfig } from '../model/lanes.ts';
import type { Broken, MetricValues, Survey } from '../model/metrics.ts';
import type { Scenario, SourceFormat } from '../model/scenario.ts';
import type { Addr, Bytes, OperationNumber, Pages, Position } from '../model/units.ts';

/** What the page asks of the worker. Every answer carries the id of its run; the page drops those of an older one. */
export type Request =
  /** Replaces the run. A script with errors answers `rejected` and the worker keeps the run before. */
  | { readonly type: 'run'; readonly run: number; readonly source: Source; readonly lanes: readonly LaneConfig[] }
  /**
   * Other lanes over the same operations; lanes that are there already keep their log. `kept`: for each lane its index
   * before, −1 for a new one; the client fills it in, by the identity of the settings.
   */
  | {
      readonly type: 'lanes';
      readonly run: number;
      readonly lanes: readonly LaneConfig[];
      readonly kept?: readonly number[];
    }
  /** Stop reading, evaluating or recording; what is done is kept and said to be stopped. */
  | { readonly type: 'cancel'; readonly run: number }
  /** Read the exact bytes of a lane. A newer survey of the same lane replaces one that waits. */
  | {
      readonly type: 'survey';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly position: Position;
    }
  /** Read one page of a lane, block by block. A newer one replaces one that waits. */
  | {
      readonly type: 'page';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly position: Position;
      readonly page: number;
      /** The free lists of the whole lane too. */
      readonly lists: boolean;
    }
  /** Bytes as they are, and the fields of one chunk if wanted. */
  | {
      readonly type: 'bytes';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly position: Position;
      readonly from: Addr;
      readonly length: Bytes;
      readonly chunk: ChunkName | null;
    }
  | { readonly type: 'save'; readonly run: number; readonly ticket: number; readonly format: 'operations' | 'rep' };

export type Source =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'recording'; readonly name: string; readonly data: Blob };

export type Reply =
  | {
      readonly type: 'progress';
      readonly run: number;
      readonly phase: 'reading' | 'evaluating' | 'recording' | 'counting';
      readonly lane: number;
      readonly done: number;
      readonly total: number;
    }
  /** The text does not run; the last good run stays. */
  | { readonly type: 'rejected'; readonly run: number; readonly diagnostics: readonly Diagnostic[] }
  /** A file that could not be taken: what it seems to be, or by how much it is too large. `text` when it turned out to be a scenario. */
  | { readonly type: 'refused'; readonly run: number; readonly message: string }
  /** A dropped file without the marks of a recording is a scenario: here is its text. */
  | { readonly type: 'text'; readonly run: number; readonly name: string; readonly text: string }
  | { readonly type: 'scenario'; readonly run: number; readonly scenario: Scenario; readonly format: SourceFormat }
  | { readonly type: 'lane'; readonly run: number; readonly lane: number; readonly opening: LaneOpening }
  /** A lane whose settings cannot be, or for which no memory is left: it does not run, the others do. */
  | { readonly type: 'unopened'; readonly run: number; readonly lane: number; readonly message: string }
  /** A stretch of a lane's log: operations `first` to `first + count − 1`. Arrives in order. */
  | { readonly type: 'log'; readonly run: number; readonly lane: number; readonly slice: LogSlice }
  | { readonly type: 'recorded'; readonly run: number; readonly lane: number; readonly result: LaneResult }
  | { readonly type: 'counted'; readonly run: number; readonly lane: number; readonly steps: Uint32Array }
  | {
      readonly type: 'survey';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly survey: Survey;
    }
  | {
      readonly type: 'page';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly reading: PageReading;
    }
  | {
      readonly type: 'bytes';
      readonly run: number;
      readonly ticket: number;
      readonly lane: number;
      readonly reading: ByteReading;
    }
  | {
      readonly type: 'saved';
      readonly run: number;
      readonly ticket: number;
      readonly text: Blob;
      readonly leftOut: readonly string[];
    }
  | { readonly type: 'done'; readonly run: number; readonly cancelled: boolean }
  | { readonly type: 'crashed'; readonly run: number; readonly message: string };

/** What the client sends to learn whether anyone is there; the worker answers with the same word. */
export const HEARTBEAT = 'heartbeat';

/**
 * What the client sends when a map of the first recording is drawn, or none is to come: what reads recordings may be
 * fetched now and does not compete with the map for the line.
 */
export const REST = 'rest';

/** What the client sends when nothing goes on: whatever lanes, scripts and recordings may need later is fetched now. */
export const AHEAD = 'ahead';

/** What is settled before the first operation. */
export interface LaneOpening {
  readonly name: string;
  readonly base: Addr;
  readonly initial: Pages;
  readonly max: Pages;
  /** Bytes of the allocator's .wasm file. */
  readonly moduleBytes: Bytes;
}

/**
 * A lane's log. For entry k of operation t = first + k:
 *
 * | kind | address | usable |
 * |---|---|---|
 * | Alloc, Realloc, Place, Move | the block's payload after it, 0 for null | its usable bytes (Place, Move: the bytes placed) |
 * | Enter | 0 | arena lane: the position noted |
 * | Rewind | live requested bytes that ended | blocks that ended |
 * | else | 0 | arena lane: where the next block would go, after the operation |
 *
 * A failed Realloc or Move repeats the old block's entry.
 */
export interface LogSlice {
  readonly first: OperationNumber;
  readonly address: Uint32Array;
  readonly usable: Uint32Array;
  /** Requested bytes the block has in this lane (a failed Realloc keeps the old ones); equal to `size` but for those, and then null. */
  readonly requested: Uint32Array | null;
  /** Operation numbers whose request returned 0. */
  readonly failures: Uint32Array;
  /** Operation numbers that committed more pages, and the pages after each. */
  readonly growAt: Uint32Array;
  readonly growPages: Uint32Array;
}

/** What a lane came to. */
export interface LaneResult {
  /** Operations it executed; fewer than the scenario's only when it stopped. */
  readonly executed: Position;
  /** Why the lane stopped before the end: a trap or a loop after a misuse. */
  readonly stopped:
    | (Broken & { readonly operation: OperationNumber; readonly line: number; readonly message: string })
    | null;
  readonly metrics: MetricValues;
  readonly checks: readonly CheckResult[];
  readonly findings: readonly LaneFinding[];
}

/** `held` is null where it was not checked: no value, or another lane's. */
export interface CheckResult {
  readonly line: number;
  readonly held: boolean | null;
  /** The metric's value where it failed, or at the last position checked; ratios as plain numbers. */
  readonly value: number | string | null;
  /** Position of that value. */
  readonly position: Position;
}

/** Scenario findings as they ended in this lane, and what the lane itself found (`guard`, `trap`, `loop`, `corrupt`). */
export interface LaneFinding {
  readonly kind: string;
  readonly operation: OperationNumber;
  readonly line: number;
  readonly address: Addr | null;
  readonly message: string;
}
