import { countUpTo } from './lane-series.ts';
import { METRICS, type MetricId, type MetricValues, PLAIN_METRIC_IDS } from './metrics.ts';
import type { MetricReference } from './scenario.ts';
import { type Addr, type Bytes, PAGE_BYTES, type Pages, type Position } from './units.ts';

/** Ratios are carried as whole millionths: exact, comparable, and the same on every machine. */
export const MILLION = 1_000_000;

/** What follows from the operations and the addresses of one lane at one position. */
export interface LogMeasures {
  readonly position: Position;
  readonly base: Addr;
  readonly pages: Pages;
  readonly grows: number;
  readonly failures: number;
  /** Live blocks of the program that the lane granted; chunks of the program's arenas are none, what is in them is. */
  readonly blocks: number;
  /** R */
  readonly live: Bytes;
  /** P */
  readonly peakLive: Bytes;
  /** Σ usable of the lane's blocks, chunks included. */
  readonly usable: Bytes;
  /** A: whole chunks of the lane's blocks. */
  readonly gross: Bytes;
  readonly emptyPages: Pages;
  readonly trailingPages: Pages;
  readonly pinnedWaste: Bytes;
  readonly misuses: number;
  readonly lost: number;
}

/** What the reader of the layout found in the bytes. */
export interface HeapMeasures {
  readonly static: Bytes;
  readonly metadata: Bytes;
  readonly free: Bytes;
  readonly dead: Bytes;
  readonly top: Bytes;
  /** Usable sizes fᵢ of the free chunks; null where the allocator has none (arena). */
  readonly holes: Uint32Array | null;
}

/** Search steps of the requests up to a position. */
export interface StepMeasures {
  readonly total: number;
  readonly requests: number;
  readonly p99: number | null;
  readonly worst: number | null;
}

export interface Measures {
  readonly log: LogMeasures;
  /** Null where the bytes were not read. */
  readonly heap: HeapMeasures | null;
  /** Null where they were not counted. */
  readonly steps: StepMeasures | null;
}

/** `numerator / denominator` in millionths, rounded half up; null for a denominator of 0. Both are whole, up to 2⁵³. */
export function millionths(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  // ⌊n·10⁶/d + ½⌋ = ⌊(2·10⁶·n + d) / 2d⌋; where doubles do not reach, in big integers.
  const twice = 2 * MILLION * numerator + denominator;
  if (Math.abs(twice) + 2 * denominator < Number.MAX_SAFE_INTEGER) return floorQuotient(twice, 2 * denominator);
  return bigMillionths(BigInt(numerator), BigInt(denominator));
}

/** A quotient of doubles may round up to the next whole number; the remainder tells. */
function floorQuotient(numerator: number, denominator: number): number {
  const remainder = ((numerator % denominator) + denominator) % denominator;
  return (numerator - remainder) / denominator;
}

function bigMillionths(numerator: bigint, denominator: bigint): number {
  const twice = 2_000_000n * numerator + denominator;
  const double = 2n * denominator;
  const remainder = ((twice % double) + double) % double;
  return Number((twice - remainder) / double);
}

/** ⌊√n⌋ by Newton's method from above. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** 1 − √Σf² / F in millionths, with the floor of the integer root of Σf²·10¹². */
function l2(holes: Uint32Array): number | null {
  // Squares of 32-bit sizes in parts of 16 bits; as all sizes add up to at most 2³², no part passes 2⁵³.
  let high = 0;
  let middle = 0;
  let low = 0;
  let total = 0;
  for (const hole of holes) {
    const a = hole >>> 16;
    const b = hole & 0xffff;
    high += a * a;
    middle += a * b;
    low += b * b;
    total += hole;
  }
  if (total === 0) return null;
  const squares = (BigInt(high) << 32n) + (BigInt(middle) << 17n) + BigInt(low);
  const root = integerRoot(squares * 1_000_000_000_000n);
  const whole = BigInt(total) * 1_000_000n;
  return bigMillionths(whole - root, whole);
}

function sum(holes: Uint32Array): Bytes {
  let total = 0;
  for (const hole of holes) total += hole;
  return total;
}

/** `holes.reduce(max)` with a million holes would be a call each; a spread would overflow the stack. */
function largest(holes: Uint32Array): Bytes {
  let most = 0;
  for (const hole of holes) if (hole > most) most = hole;
  return most;
}

function unusable(holes: Uint32Array, size: Bytes): number | null {
  if (size === 0) return null;
  let total = 0;
  let served = 0;
  for (const hole of holes) {
    total += hole;
    served += hole - (hole % size);
  }
  return millionths(total - served, total);
}

function within(holes: Uint32Array, from: Bytes, to: Bytes): { count: number; bytes: Bytes } {
  let count = 0;
  let bytes = 0;
  for (const hole of holes) {
    if (hole < from || hole > to) continue;
    count++;
    bytes += hole;
  }
  return { count, bytes };
}

/**
 * The value of a metric: ratios in millionths, everything else whole; null where it has none (n/a). The formulas are
 * those of `METRICS`. `verdict` is a word of several positions and no value of one: see `verdict`.
 */
export function measure(metric: MetricReference, { log, heap, steps }: Measures): number | null {
  const id = metric.id as MetricId;
  const room = log.pages * PAGE_BYTES - log.base;
  const holes = heap?.holes ?? null;
  switch (id) {
    case 'pages':
      return log.pages;
    case 'grows':
      return log.grows;
    case 'failures':
      return log.failures;
    case 'blocks':
      return log.blocks;
    case 'committed':
      return log.pages * PAGE_BYTES;
    case 'static':
    case 'metadata':
    case 'free':
    case 'dead':
    case 'top':
      return heap === null ? null : heap[id];
    case 'live':
      return log.live;
    case 'slack':
      return log.usable - log.live;
    case 'peak_live':
      return log.peakLive;
    case 'internal_fragmentation':
      return millionths(log.gross - log.live, log.gross);
    case 'internal_slack':
      return millionths(log.usable - log.live, log.gross);
    case 'internal_metadata':
      return millionths(log.gross - log.usable, log.gross);
    case 'external_fragmentation': {
      const total = holes === null ? 0 : sum(holes);
      return holes === null ? null : millionths(total - largest(holes), total);
    }
    case 'external_l2':
      return holes === null ? null : l2(holes);
    case 'unusable':
      return holes === null ? null : unusable(holes, metric.from ?? 0);
    case 'holes':
      return holes === null ? null : within(holes, metric.from ?? 0, metric.to ?? Number.POSITIVE_INFINITY).count;
    case 'hole_bytes':
      return holes === null ? null : within(holes, metric.from ?? 0, metric.to ?? Number.POSITIVE_INFINITY).bytes;
    case 'largest_hole':
      return holes === null ? null : largest(holes);
    case 'utilisation':
      return millionths(log.live, room);
    case 'peak_utilisation':
      return millionths(log.peakLive, room);
    case 'peak_overhead':
      return millionths(room, log.peakLive);
    case 'floor':
      return floorPages(log);
    case 'ratchet':
      return millionths(log.pages, floorPages(log));
    case 'empty_pages':
      return log.emptyPages;
    case 'trailing_pages':
      return log.trailingPages;
    case 'pinned_waste':
      return log.pinnedWaste;
    case 'search_steps':
      return steps?.total ?? null;
    case 'search_mean':
      return steps === null ? null : millionths(steps.total, steps.requests);
    case 'search_p99':
      return steps?.p99 ?? null;
    case 'search_worst':
      return steps?.worst ?? null;
    case 'misuses':
      return log.misuses;
    case 'lost':
      return log.lost;
    case 'verdict':
      return null;
  }
}

/** Pages that a compacting heap would need. */
export function floorPages({ base, live }: Pick<LogMeasures, 'base' | 'live'>): Pages {
  return Math.ceil((base + live) / PAGE_BYTES);
}

/** A value as it is shown and written: ratios as plain numbers. */
export function plainValue(id: MetricId, value: number | null): number | null {
  return value !== null && METRICS[id].unit === 'ratio' ? value / MILLION : value;
}

/** All metrics that take no arguments, ratios as plain numbers. */
export function plainMetrics(measures: Measures): MetricValues {
  return Object.fromEntries(PLAIN_METRIC_IDS.map((id) => [id, plainValue(id, measure({ id }, measures))]));
}

/** Up to so many steps of one operation their numbers are counted; beyond, all of them are sorted. */
const COUNTED_STEPS = 1 << 16;

/**
 * Search steps by operation, of the requests alone (`isRequest`), ready to be asked for any position. The 99th percentile
 * is the nearest rank: the ⌈0.99·n⌉th of n. Some 2 ns a request; 8 bytes each.
 */
export class StepTally {
  private readonly numbers: Uint32Array;
  private readonly values: Uint32Array;

  constructor(steps: Uint32Array, isRequest: (index: number) => boolean) {
    let requests = 0;
    for (let k = 0; k < steps.length; k++) if (isRequest(k)) requests++;
    this.numbers = new Uint32Array(requests);
    this.values = new Uint32Array(requests);
    let n = 0;
    for (let k = 0; k < steps.length; k++) {
      if (!isRequest(k)) continue;
      this.numbers[n] = k + 1;
      this.values[n++] = steps[k]!;
    }
  }

  at(position: Position): StepMeasures {
    const requests = countUpTo(this.numbers, position);
    const values = this.values.subarray(0, requests);
    let total = 0;
    let worst = 0;
    for (const value of values) {
      total += value;
      if (value > worst) worst = value;
    }
    if (requests === 0) return { total, requests, p99: null, worst: null };
    const rank = Math.ceil((99 * requests) / 100);
    const p99 = worst < COUNTED_STEPS ? countedRank(values, rank, worst) : values.slice().sort()[rank - 1]!;
    return { total, requests, p99, worst };
  }
}

/** The value that `rank` values do not exceed, by how often each occurs. */
function countedRank(values: Uint32Array, rank: number, worst: number): number {
  const times = new Uint32Array(worst + 1);
  for (const value of values) times[value]!++;
  let seen = times[0]!;
  let value = 0;
  while (seen < rank) seen += times[++value]!;
  return value;
}

export const HISTOGRAM_BINS = 32;

/** Holes by power of two: entry i counts those with 2ⁱ ≤ f < 2ⁱ⁺¹, and adds up their bytes. */
export function histogram(holes: Uint32Array): { count: Uint32Array; bytes: Float64Array } {
  const count = new Uint32Array(HISTOGRAM_BINS);
  const bytes = new Float64Array(HISTOGRAM_BINS);
  for (const hole of holes) {
    if (hole === 0) continue;
    const bin = 31 - Math.clz32(hole);
    count[bin]!++;
    bytes[bin]! += hole;
  }
  return { count, bytes };
}

export type Verdict = 'leak' | 'fragmentation' | 'past peak' | 'healthy';

/** One time that a mark was reached. */
export interface CyclePoint {
  readonly live: Bytes;
  readonly pages: Pages;
  readonly floor: Pages;
}

/**
 * What the times that one mark was reached say about a run; null for fewer than three. `metrics.md`: "rises" is never
 * less than before and in the end more than 5 % above the first, "level" is all within 5 % (of the least).
 */
export function verdict(points: readonly CyclePoint[]): Verdict | null {
  if (points.length < 3) return null;
  const live = points.map((point) => point.live);
  const pages = points.map((point) => point.pages);
  const last = points.at(-1)!;
  if (rises(live)) return 'leak';
  if (level(live) && rises(pages)) return 'fragmentation';
  if (level(live) && level(pages) && last.pages > 2 * last.floor) return 'past peak';
  return 'healthy';
}

function rises(values: readonly number[]): boolean {
  return values.every((value, k) => k === 0 || value >= values[k - 1]!) && values.at(-1)! * 100 > values[0]! * 105;
}

function level(values: readonly number[]): boolean {
  const least = values.reduce((a, b) => Math.min(a, b));
  return values.every((value) => value * 100 <= least * 105);
}
