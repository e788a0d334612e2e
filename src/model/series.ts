import { arenaOfPlace } from './lifetimes.ts';
import { type Operations, OpFlag, OpKind } from './operations.ts';
import type { Bytes, OperationNumber, Position } from './units.ts';

/** Positions between two stored points: a stretch this long is scanned again where a drawing needs it finer. */
const STRIDE = 256;

/** The lowest and the highest of a series over a stretch of positions; written into by the readers below, never allocated. */
export interface Range {
  low: number;
  high: number;
}

/**
 * What the operations alone say over time: the bytes that the program holds, and how many of its operations allocate and
 * free. One pass, 28 bytes for every 256 operations; a stretch is answered in two strides or one step a stride.
 */
export class ProgramSeries {
  readonly count: number;
  /** The most bytes held at once. */
  readonly peak: Bytes;
  private readonly change: (k: number) => number;
  private readonly at: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly allocs: Uint32Array;
  private readonly frees: Uint32Array;
  private readonly kind: Uint8Array;

  constructor(operations: Operations) {
    const { count, kind, flags, size, prev } = operations;
    this.count = count;
    this.kind = kind;
    const rewinds = rewoundBytes(operations);
    this.change = (k) => {
      if ((flags[k]! & OpFlag.Chunk) !== 0) return 0;
      const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
      switch (kind[k]) {
        case OpKind.Alloc:
        case OpKind.Place:
          return size[k]!;
        case OpKind.Realloc:
        case OpKind.Move:
          return size[k]! - (misuse || prev[k] === 0 ? 0 : size[prev[k]! - 1]!);
        case OpKind.Free:
        case OpKind.Drop:
          return misuse || prev[k] === 0 ? 0 : -size[prev[k]! - 1]!;
        case OpKind.Rewind:
          return -(rewinds.get(k + 1) ?? 0);
        default:
          return 0;
      }
    };
    const strides = Math.ceil((count + 1) / STRIDE);
    this.at = new Float64Array(strides);
    this.low = new Float64Array(strides);
    this.high = new Float64Array(strides);
    this.allocs = new Uint32Array(strides + 1);
    this.frees = new Uint32Array(strides + 1);
    let live = 0;
    let peak = 0;
    let allocs = 0;
    let frees = 0;
    for (let t = 0; t <= count; t++) {
      if (t > 0) {
        live += this.change(t - 1);
        if (allocates(kind[t - 1]!)) allocs++;
        else if (releases(kind[t - 1]!)) frees++;
      }
      const stride = Math.floor(t / STRIDE);
      if (t % STRIDE === 0) {
        this.at[stride] = live;
        this.low[stride] = live;
        this.high[stride] = live;
        this.allocs[stride] = allocs;
        this.frees[stride] = frees;
      } else {
        if (live < this.low[stride]!) this.low[stride] = live;
        if (live > this.high[stride]!) this.high[stride] = live;
      }
      if (live > peak) peak = live;
    }
    this.allocs[strides] = allocs;
    this.frees[strides] = frees;
    this.peak = peak;
  }

  /** Bytes that the program holds at one position. */
  liveAt(position: Position): Bytes {
    const stride = Math.floor(position / STRIDE);
    let live = this.at[stride]!;
    for (let t = stride * STRIDE + 1; t <= position; t++) live += this.change(t - 1);
    return live;
  }

  /**
   * Least and most bytes held at positions `from` to `to`, both included. A stretch of two strides and more is answered by
   * the whole strides that it touches: what lies up to a stride beyond its ends may be counted in, nothing is left out.
   */
  live(from: Position, to: Position, out: Range): void {
    if (to - from < 2 * STRIDE) {
      this.scan(from, to, out);
      return;
    }
    out.low = Number.POSITIVE_INFINITY;
    out.high = 0;
    const last = Math.floor(to / STRIDE);
    for (let stride = Math.floor(from / STRIDE); stride <= last; stride++) {
      if (this.low[stride]! < out.low) out.low = this.low[stride]!;
      if (this.high[stride]! > out.high) out.high = this.high[stride]!;
    }
  }

  /** How many of the first `position` operations ask for memory. */
  allocationsUpTo(position: Position): number {
    return this.upTo(position, this.allocs, allocates);
  }

  /** How many of the first `position` operations give memory back. */
  releasesUpTo(position: Position): number {
    return this.upTo(position, this.frees, releases);
  }

  private upTo(position: Position, stored: Uint32Array, counts: (kind: number) => boolean): number {
    const stride = Math.floor(position / STRIDE);
    let sum = stored[stride]!;
    for (let k = stride * STRIDE; k < position; k++) if (counts(this.kind[k]!)) sum++;
    return sum;
  }

  private scan(from: Position, to: Position, out: Range): void {
    let live = this.liveAt(from);
    out.low = live;
    out.high = live;
    for (let t = from + 1; t <= to; t++) {
      live += this.change(t - 1);
      if (live < out.low) out.low = live;
      if (live > out.high) out.high = live;
    }
  }
}

const allocates = (kind: number) =>
  kind === OpKind.Alloc || kind === OpKind.Realloc || kind === OpKind.Place || kind === OpKind.Move;
const releases = (kind: number) => kind === OpKind.Free || kind === OpKind.Drop || kind === OpKind.Rewind;

/** Bytes that each Rewind ends: what was placed in its arena since the one before and neither dropped nor moved. */
function rewoundBytes(operations: Operations): Map<OperationNumber, Bytes> {
  const { count, kind, size, prev, id } = operations;
  const ended = new Map<OperationNumber, Bytes>();
  if (!kind.includes(OpKind.Rewind)) return ended;
  const live = new Map<number, Bytes>();
  const add = (k: number, bytes: Bytes) => {
    const arena = arenaOfPlace(operations, k);
    live.set(arena, (live.get(arena) ?? 0) + bytes);
  };
  for (let k = 0; k < count; k++) {
    switch (kind[k]) {
      case OpKind.Place:
        add(k, size[k]!);
        break;
      case OpKind.Move:
        add(k, size[k]! - size[prev[k]! - 1]!);
        break;
      case OpKind.Drop:
        add(prev[k]! - 1, -size[prev[k]! - 1]!);
        break;
      case OpKind.Rewind:
        ended.set(k + 1, live.get(id[k]!) ?? 0);
        live.set(id[k]!, 0);
        break;
    }
  }
  return ended;
}
