import type { Diagnostic } from './diagnostics.ts';
import type { Operations } from './operations.ts';
import type { Addr, Bytes, OperationNumber, Pages, Position } from './units.ts';

/** Where a list of operations came from: a script, or one of the recordings that can be read. */
export type SourceFormat = 'script' | 'operations' | 'rep' | 'mtrace' | 'valgrind' | 'wee-trace';

/** Everything that a text or a recording says, before any allocator has run. Plain data: it crosses threads. */
export interface Scenario {
  readonly format: SourceFormat;
  readonly operations: Operations;
  /** Bytes that writes store; entry `host` of a Write: `bytes[start[host]] … bytes[start[host + 1] - 1]`, repeated over its length. */
  readonly fills: { readonly bytes: Uint8Array; readonly start: Uint32Array };
  readonly blocks: BlockNames;
  readonly marks: readonly Station[];
  readonly notes: readonly Station[];
  /** `text` is empty for a bare `pause`. */
  readonly pauses: readonly Station[];
  readonly checks: readonly Check[];
  readonly memory: MemorySettings;
  readonly findings: readonly Finding[];
  /** Findings beyond those kept whole (1,000 of a kind on a line). */
  readonly findingsLeftOut: number;
  /** Positions, ascending, at which one more misuse (F501 to F506, F508) or lost block (F507) is counted: all of them, kept whole or not. */
  readonly misuseAt: Uint32Array;
  readonly lostAt: Uint32Array;
  readonly anomalies: readonly Anomaly[];
  readonly anomaliesLeftOut: number;
  /** Warnings, and the stop if the run was stopped. Never errors: a text with errors makes no scenario. */
  readonly diagnostics: readonly Diagnostic[];
  /** Set when a limit or a sum without an answer ended the run early; what ran is kept. */
  readonly stopped: Diagnostic | null;
}

/** A named point: position t, and the line that says so. */
export interface Station {
  readonly position: Position;
  readonly text: string;
  readonly line: number;
}

/** What blocks are called. A name of a group has an index; a block without a name is `block ID`. */
export interface BlockNames {
  readonly count: number;
  readonly names: readonly string[];
  /** Per block: 0 for none, else 1 + index into `names`. */
  readonly name: Uint32Array;
  /** Per block: 0 for a name without index, else 1 + the index. */
  readonly index: Float64Array;
  /** Per block: the id that an operation list gives it, where its ids are not simply 0, 1, 2 … in order of birth. What people are shown. */
  readonly listed?: Uint32Array;
}

/** The number of block `id` as people see it: the id of the list that it was read from. */
export function blockNumber(blocks: BlockNames, id: number): number {
  return blocks.listed?.[id] ?? id;
}

/** What the interface calls block `id`: `a`, `row[2]`, `block 17`. */
export function blockName(blocks: BlockNames, id: number): string {
  const name = blocks.name[id] ?? 0;
  if (name === 0) return `block ${blockNumber(blocks, id)}`;
  const index = blocks.index[id]!;
  return index === 0 ? blocks.names[name - 1]! : `${blocks.names[name - 1]}[${index - 1}]`;
}

/** What a `memory` line, a lane's settings or the command line may say; undefined means not said. */
export interface MemorySettings {
  readonly base?: Addr;
  readonly initial?: Pages;
  readonly max?: Pages;
}

/** `misuse` reached the memory; F502 reached nothing; F507 and F509 are no misuse of memory. */
export interface Finding {
  readonly code: 'F501' | 'F502' | 'F503' | 'F504' | 'F505' | 'F506' | 'F507' | 'F508' | 'F509';
  readonly message: string;
  readonly line: number;
  /** The operation that did it; for F502, which makes none, the position where it stands. */
  readonly operation: OperationNumber;
  /** The block concerned, -1 if none. */
  readonly block: number;
}

/** Something in a recording that does not fit: counted, listed, never silently dropped. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly line: number;
  /** Operations done before it stands. */
  readonly operation: Position;
  readonly detail: string;
}
export const ANOMALY_KINDS = [
  'unknown-line',
  'alloc-of-live-id',
  'free-of-unknown-id',
  'write-of-unknown-id',
  'realloc-of-unknown-id',
  'free-of-unknown-address',
  'realloc-of-unknown-address',
  'alloc-at-live-address',
  'failed-request',
  'scope-survivor',
  'leave-without-enter',
  'scope-left-open',
  'truncated',
] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Trend = 'grew' | 'fell' | 'unchanged';
/** A metric's name and its arguments: `holes(16..64)`, `unusable(4096)`; `to` is null for `(a..)`, absent for one argument. */
export interface MetricReference {
  readonly id: string;
  readonly from?: Bytes;
  readonly to?: Bytes | null;
}

/** One `expect`, ready to be checked: its values are worked out already. */
export interface Check {
  readonly line: number;
  readonly text: string;
  readonly metric: MetricReference;
  readonly test:
    | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: CheckValue }
    | { readonly kind: 'trend'; readonly trend: Trend; readonly since: string };
  /** Canonical lane name, or null for every lane. */
  readonly lane: string | null;
  /** Positions where it is checked, ascending; empty when `at` names a mark that the run never reached. */
  readonly positions: readonly Position[];
  /** For a trend: for each of `positions` the position where `since` was reached last before it, -1 if never. */
  readonly since: readonly Position[];
  /**
   * `misuses` and `lost` without `at`: their value at each of `positions`, exactly as it was where the line stands. A name
   * without a block (F502) makes no operation, so a position alone does not say whether it came before or after the check.
   */
  readonly counted?: readonly number[];
}
/** Ratios are in millionths, words only for `verdict`. */
export type CheckValue =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'ratio'; readonly millionths: number }
  | { readonly kind: 'word'; readonly word: string };
