import { type Operations, OpKind } from './operations.ts';
import type { OperationNumber, Pages, Position } from './units.ts';

/** A list of whole numbers that only grows; doubles its buffer, so a million pushes cost twenty copies. */
export class NumberList {
  length = 0;
  private values = new Uint32Array(64);

  push(value: number): void {
    this.reserve(this.length + 1);
    this.values[this.length++] = value;
  }

  append(values: Uint32Array): void {
    this.reserve(this.length + values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  /** The values from index `from` on; good until the next value comes. */
  view(from = 0): Uint32Array {
    return this.values.subarray(from, this.length);
  }

  /** How many entries are at most `value`; the list is ascending. */
  upTo(value: number): number {
    return countUpTo(this.values, value, this.length);
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    const next = new Uint32Array(Math.max(length, this.values.length * 2));
    next.set(this.values);
    this.values = next;
  }
}

/** How many of the first `length` entries of an ascending list are at most `value`. Makes no view: it runs every frame. */
export function countUpTo(ascending: Uint32Array, value: number, length = ascending.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What one lane's log says over time and the timeline draws: footprint and failed requests, exact at every operation. */
export class LaneSeries {
  readonly initial: Pages;
  readonly growAt = new NumberList();
  readonly growPages = new NumberList();
  readonly failures = new NumberList();
  logged: Position = 0;

  constructor(initial: Pages) {
    this.initial = initial;
  }

  pagesAt(position: Position): Pages {
    const grows = this.growAt.upTo(position);
    return grows === 0 ? this.initial : this.growPages.at(grows - 1);
  }

  /** Pages at the end of what is logged. */
  get finalPages(): Pages {
    return this.growPages.length === 0 ? this.initial : this.growPages.at(this.growPages.length - 1);
  }
}

const STRIDE = 256;

/**
 * Search steps of one lane, counted by the instrumented pass: the most in a stretch, and the mean over the requests up to
 * a position. One pass over the columns, 16 bytes for every 256 operations beside the steps themselves.
 */
export class StepSeries {
  readonly most: number;
  private readonly steps: Uint32Array;
  private readonly kind: Uint8Array;
  private readonly stretchMost: Uint32Array;
  private readonly sum: Float64Array;
  private readonly requests: Uint32Array;

  constructor(steps: Uint32Array, operations: Operations) {
    this.steps = steps;
    this.kind = operations.kind;
    const strides = Math.ceil(steps.length / STRIDE);
    this.stretchMost = new Uint32Array(strides);
    this.sum = new Float64Array(strides + 1);
    this.requests = new Uint32Array(strides + 1);
    let sum = 0;
    let requests = 0;
    let most = 0;
    for (let k = 0; k < steps.length; k++) {
      const stride = Math.floor(k / STRIDE);
      if (k % STRIDE === 0) {
        this.sum[stride] = sum;
        this.requests[stride] = requests;
      }
      const here = steps[k]!;
      if (isRequest(this.kind[k]!)) {
        sum += here;
        requests++;
      }
      if (here > this.stretchMost[stride]!) this.stretchMost[stride] = here;
      if (here > most) most = here;
    }
    this.sum[strides] = sum;
    this.requests[strides] = requests;
    this.most = most;
  }

  /** Steps of one operation. */
  at(operation: OperationNumber): number {
    return this.steps[operation - 1] ?? 0;
  }

  /** Search steps over alloc and realloc operations up to `position`, or null where there are none. */
  mean(position: Position): number | null {
    const end = Math.min(position, this.steps.length);
    const stride = Math.floor(end / STRIDE);
    let sum = this.sum[stride]!;
    let requests = this.requests[stride]!;
    for (let k = stride * STRIDE; k < end; k++) {
      if (!isRequest(this.kind[k]!)) continue;
      sum += this.steps[k]!;
      requests++;
    }
    return requests === 0 ? null : sum / requests;
  }

  /** The most steps of one of operations `from` to `to`. */
  peak(from: OperationNumber, to: OperationNumber): number {
    const end = Math.min(to, this.steps.length);
    let most = 0;
    let k = from - 1;
    while (k < end) {
      if (k % STRIDE === 0 && k + STRIDE <= end) {
        const here = this.stretchMost[k / STRIDE]!;
        if (here > most) most = here;
        k += STRIDE;
      } else {
        if (this.steps[k]! > most) most = this.steps[k]!;
        k++;
      }
    }
    return most;
  }
}

const isRequest = (kind: number) => kind === OpKind.Alloc || kind === OpKind.Realloc;
