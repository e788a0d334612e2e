import type { Addr, Bytes, Position } from './units.ts';

/**
 * Every number that Heapscape shows, with its unit and its formula: one table for tooltips, the glossary, `expect` and JSON.
 * Symbols: R live requested · A live gross, whole chunks · P peak of R so far · C committed · S the heap base in bytes ·
 * fᵢ usable sizes of free chunks, F their sum, L the largest, n their count.
 */
export interface MetricDefinition {
  readonly unit: 'bytes' | 'pages' | 'count' | 'ratio' | 'word';
  readonly formula: string;
  readonly source: string;
  /** `log`: follows from the operations and addresses, exact in every frame. `bytes`: read from the exact bytes. `steps`: from the instrumented run. */
  readonly tier: 'log' | 'bytes' | 'steps';
}

const own = "Heapscape's own";
export const METRICS = {
  pages: {
    unit: 'pages',
    formula: 'pages committed; never less, so also the high-water mark',
    source: 'count',
    tier: 'log',
  },
  grows: { unit: 'count', formula: 'grow events so far', source: 'count', tier: 'log' },
  failures: { unit: 'count', formula: 'requests that returned 0 so far', source: 'count', tier: 'log' },
  blocks: { unit: 'count', formula: 'live blocks that the lane granted', source: 'count', tier: 'log' },
  committed: { unit: 'bytes', formula: 'C = pages × 65,536', source: 'byte class', tier: 'log' },
  static: {
    unit: 'bytes',
    formula: 'below the heap base, less the allocator’s own state',
    source: 'byte class',
    tier: 'bytes',
  },
  live: { unit: 'bytes', formula: 'R = Σ requested bytes not yet freed', source: 'byte class', tier: 'log' },
  slack: { unit: 'bytes', formula: 'Σ (usable − requested) of live blocks', source: 'byte class', tier: 'log' },
  metadata: {
    unit: 'bytes',
    formula: 'headers, footers, page tables and the allocator’s state',
    source: 'byte class',
    tier: 'bytes',
  },
  free: {
    unit: 'bytes',
    formula: 'F = Σ fᵢ, usable bytes of chunks that a later request can be given',
    source: 'byte class',
    tier: 'bytes',
  },
  dead: {
    unit: 'bytes',
    formula: 'committed, and no later request can be given it',
    source: 'byte class',
    tier: 'bytes',
  },
  top: { unit: 'bytes', formula: 'the top chunk; memory not yet given out', source: 'byte class', tier: 'bytes' },
  peak_live: { unit: 'bytes', formula: 'P = the largest R so far', source: 'byte class', tier: 'log' },
  internal_fragmentation: {
    unit: 'ratio',
    formula: '(A − R) / A',
    source: 'Randell 1968 for the concept',
    tier: 'log',
  },
  internal_slack: { unit: 'ratio', formula: 'slack / A', source: 'Randell 1968 for the concept', tier: 'log' },
  internal_metadata: {
    unit: 'ratio',
    formula: 'headers of live blocks / A',
    source: 'Randell 1968 for the concept',
    tier: 'log',
  },
  external_fragmentation: {
    unit: 'ratio',
    formula: '1 − L / F',
    source: 'LVGL lv_mem_core_builtin.c; FreeRTOS HeapStats_t',
    tier: 'bytes',
  },
  external_l2: {
    unit: 'ratio',
    formula: '1 − √(Σ fᵢ²) / F',
    source: 'esp8266 Arduino Esp-frag.cpp; pigweed pw::allocator::Fragmentation',
    tier: 'bytes',
  },
  unusable: {
    unit: 'ratio',
    formula: '(F − s · Σ ⌊fᵢ / s⌋) / F for a request of s bytes',
    source: 'Linux mm/vmstat.c',
    tier: 'bytes',
  },
  holes: { unit: 'count', formula: 'n, free chunks', source: 'count', tier: 'bytes' },
  hole_bytes: { unit: 'bytes', formula: 'Σ fᵢ of holes of a to b bytes', source: 'count', tier: 'bytes' },
  largest_hole: { unit: 'bytes', formula: 'L = max fᵢ', source: 'count', tier: 'bytes' },
  utilisation: { unit: 'ratio', formula: 'R / (C − S)', source: own, tier: 'log' },
  peak_utilisation: { unit: 'ratio', formula: 'P / (C − S)', source: 'CS:APP malloc lab U_k', tier: 'log' },
  peak_overhead: { unit: 'ratio', formula: '(C − S) / P', source: 'after Johnstone & Wilson 1998', tier: 'log' },
  floor: {
    unit: 'pages',
    formula: '⌈(S + R) / 65,536⌉, what a compacting heap would need now',
    source: own,
    tier: 'log',
  },
  ratchet: { unit: 'ratio', formula: 'pages / floor', source: own, tier: 'log' },
  empty_pages: { unit: 'pages', formula: 'pages above the base with no live byte', source: own, tier: 'log' },
  trailing_pages: { unit: 'pages', formula: 'empty pages at the end', source: own, tier: 'log' },
  pinned_waste: {
    unit: 'bytes',
    formula: 'Σ (65,536 − live bytes) over pages with at least one live byte',
    source: own,
    tier: 'log',
  },
  search_steps: {
    unit: 'count',
    formula: 'free chunks, slots or bin nodes read to decide whether they serve, in all',
    source: 'deterministic',
    tier: 'steps',
  },
  search_mean: {
    unit: 'ratio',
    formula: 'search steps / alloc and realloc operations',
    source: 'deterministic',
    tier: 'steps',
  },
  search_p99: {
    unit: 'count',
    formula: '99th percentile (nearest rank) over alloc and realloc operations',
    source: 'deterministic',
    tier: 'steps',
  },
  search_worst: { unit: 'count', formula: 'the most steps of one operation', source: 'deterministic', tier: 'steps' },
  misuses: {
    unit: 'count',
    formula: 'findings F501 to F506 and F508 so far, the same in all lanes',
    source: 'count',
    tier: 'log',
  },
  lost: { unit: 'count', formula: 'findings F507 so far, the same in all lanes', source: 'count', tier: 'log' },
  verdict: {
    unit: 'word',
    formula: 'leak, fragmentation, past peak or healthy over the times a mark was reached',
    source: 'formalised from web-infra-dev/rspack#13417',
    tier: 'log',
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as MetricId[];

/** Metrics that take a size or a range of sizes: `unusable(s)` always, `holes` and `hole_bytes` if wanted. */
export const METRICS_WITH_ARGUMENTS: readonly MetricId[] = ['unusable', 'holes', 'hole_bytes'];

/** Metrics of JSON: those without arguments, and not `verdict`. `holes` counts all holes there. */
export const PLAIN_METRIC_IDS = METRIC_IDS.filter((id) => id !== 'verdict' && id !== 'unusable' && id !== 'hole_bytes');

/** Values by metric; null where the denominator is 0 or the allocator has no such thing. Ratios are plain numbers rounded to a millionth. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** What the integrity check found first, or null where every rule holds. */
export interface Broken {
  /** `corrupt at 0x…`, `two owners at 0x…`, `list loops at 0x…`, `trapped at …`. */
  readonly kind: 'corrupt' | 'owners' | 'loop' | 'trap';
  readonly rule: string;
  readonly address: Addr;
}

/** All that was read from the exact bytes of one lane at one position. Typed arrays are sorted by address. */
export interface Survey {
  readonly lane: string;
  readonly position: Position;
  readonly metrics: MetricValues;
  readonly broken: Broken | null;
  /** Does the check line hold: do the classes add up to the byte? */
  readonly adds: boolean;
  /** Free chunks: payload address and usable bytes. */
  readonly holeAddress: Uint32Array;
  readonly holeBytes: Uint32Array;
  /** Histogram over i of holes with 2ⁱ ≤ f < 2ⁱ⁺¹. */
  readonly histogramCount: Uint32Array;
  readonly histogramBytes: Float64Array;
  /** Spans of memory in address order, tiling all of it: kind (`SpanKind`), start, bytes. */
  readonly spanKind: Uint8Array;
  readonly spanStart: Uint32Array;
  readonly spanBytes: Uint32Array;
}

export type ClassBytes = Readonly<Record<'static' | 'live' | 'slack' | 'metadata' | 'free' | 'dead' | 'top', Bytes>>;
