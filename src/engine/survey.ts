import type { HeapMeasures } from '../model/measure.ts';
import type { Broken } from '../model/metrics.ts';
import { SpanKind } from '../model/spans.ts';
import { engineStrings } from '../model/strings/engine.ts';
import { type Addr, type Bytes, PAGE_BYTES, type Pages } from '../model/units.ts';
import type { LogColumns } from './desk.ts';
import type { HeapReading } from './reader.ts';

/** The lane's live blocks that have bytes, by address: what the operations say, to hold against what the reader saw. */
export interface LiveBlocks {
  readonly count: number;
  readonly address: Uint32Array;
  readonly bytes: Uint32Array;
}

/** Sorts the blocks that `operations` gave their places: about 60 ms a million. */
export function liveBlocks(operations: Uint32Array, { address, usable }: LogColumns): LiveBlocks {
  // One key a block, address before operation, sorted as whole numbers; the halves come back without a look-up by address.
  const keys = new BigUint64Array(operations.length);
  const words = new Uint32Array(keys.buffer);
  let count = 0;
  for (const t of operations) {
    if (usable[t] === 0) continue;
    words[2 * count] = t;
    words[2 * count + 1] = address[t]!;
    count++;
  }
  keys.subarray(0, count).sort();
  const blocks = { count, address: new Uint32Array(count), bytes: new Uint32Array(count) };
  for (let k = 0; k < count; k++) {
    blocks.address[k] = words[2 * k + 1]!;
    blocks.bytes[k] = usable[words[2 * k]!]!;
  }
  return blocks;
}

/** The bytes of each class as the reader sees them; `used` is live and slack together. */
export type SpanSums = Readonly<Record<'static' | 'metadata' | 'used' | 'free' | 'dead' | 'top', Bytes>>;

export function sumSpans({ kindBytes: sums }: Pick<HeapReading, 'kindBytes'>): SpanSums {
  return {
    static: sums[SpanKind.Static]!,
    metadata: sums[SpanKind.State]! + sums[SpanKind.Header]!,
    used: sums[SpanKind.Used]!,
    free: sums[SpanKind.Free]!,
    dead: sums[SpanKind.Dead]!,
    top: sums[SpanKind.Top]!,
  };
}

/**
 * What the metrics take from the bytes. Where blocks cannot be told apart by them (arena), what was handed out and is not
 * live is dead; `usable` is Σ usable of the live blocks.
 */
export function heapMeasures(reading: HeapReading, tellsBlocks: boolean, usable: Bytes): HeapMeasures {
  const { static: below, metadata, used, free, dead, top } = sumSpans(reading);
  return {
    static: below,
    metadata,
    free,
    dead: tellsBlocks ? dead : dead + used - usable,
    top,
    holes: tellsBlocks ? reading.holeBytes : null,
  };
}

/** Does the check line hold: static + live + slack + metadata + free + dead + top = committed, to the byte? */
export function addsUp(
  { static: below, metadata, free, dead, top }: HeapMeasures,
  usable: Bytes,
  pages: Pages,
): boolean {
  return dead >= 0 && below + usable + metadata + free + dead + top === pages * PAGE_BYTES;
}

/**
 * The first thing that is wrong between the bytes and the operations: what the reader found in the layout, else an
 * address that two live blocks have, else a live block that is no chunk in use or the other way round.
 */
export function findBroken(reading: HeapReading, tellsBlocks: boolean, live: LiveBlocks): Broken | null {
  return reading.broken ?? twoOwners(live) ?? (tellsBlocks ? strangers(reading, live) : outside(reading, live));
}

function twoOwners({ count, address, bytes }: LiveBlocks): Broken | null {
  let end = 0;
  for (let k = 0; k < count; k++) {
    if (address[k]! < end) return { kind: 'owners', rule: engineStrings.rules.owners, address: address[k]! };
    end = address[k]! + bytes[k]!;
  }
  return null;
}

/** Used spans and live blocks, both by address, must be the same list. */
function strangers({ spanKind, spanStart, spanBytes }: HeapReading, live: LiveBlocks): Broken | null {
  let k = 0;
  for (let span = 0; span < spanKind.length; span++) {
    if (spanKind[span] !== SpanKind.Used) continue;
    const start = spanStart[span]!;
    const known = k < live.count ? live.address[k]! : Number.POSITIVE_INFINITY;
    if (known < start) return corrupt(engineStrings.rules.missing, known);
    if (known > start || live.bytes[k] !== spanBytes[span]) return corrupt(engineStrings.rules.unowned, start);
    k++;
  }
  return k < live.count ? corrupt(engineStrings.rules.missing, live.address[k]!) : null;
}

/** Blocks of an arena lie in what it has handed out. */
function outside({ spanKind, spanStart, spanBytes }: HeapReading, live: LiveBlocks): Broken | null {
  const used = spanKind.indexOf(SpanKind.Used);
  const from = used < 0 ? 0 : spanStart[used]!;
  const to = used < 0 ? 0 : from + spanBytes[used]!;
  for (let k = 0; k < live.count; k++) {
    const address = live.address[k]!;
    if (address < from || address + live.bytes[k]! > to) return corrupt(engineStrings.rules.missing, address);
  }
  return null;
}

function corrupt(rule: string, address: Addr): Broken {
  return { kind: 'corrupt', rule, address };
}

export interface Spans {
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly bytes: Uint32Array;
}

/** The reader's spans in arrays of their own, an arena's one Used span split into live blocks and what is dead. */
export function spansOf(reading: HeapReading, tellsBlocks: boolean, live: LiveBlocks): Spans {
  const { spanKind, spanStart, spanBytes } = reading;
  const used = tellsBlocks ? -1 : spanKind.indexOf(SpanKind.Used);
  if (used < 0) return { kind: spanKind.slice(), start: spanStart.slice(), bytes: spanBytes.slice() };
  const kind: number[] = [...spanKind.subarray(0, used)];
  const start: number[] = [...spanStart.subarray(0, used)];
  const end = spanStart[used]! + spanBytes[used]!;
  const add = (what: number, from: Addr, to: Addr) => {
    if (to <= from) return;
    kind.push(what);
    start.push(from);
  };
  let at = spanStart[used]!;
  for (let k = 0; k < live.count; k++) {
    // After a misuse blocks may overlap or lie elsewhere; spans tile the memory all the same.
    const from = Math.min(Math.max(at, live.address[k]!), end);
    const to = Math.min(Math.max(from, live.address[k]! + live.bytes[k]!), end);
    add(SpanKind.Dead, at, from);
    add(SpanKind.Used, from, to);
    at = to;
  }
  add(SpanKind.Dead, at, end);
  for (let k = used + 1; k < spanKind.length; k++) add(spanKind[k]!, spanStart[k]!, spanStart[k]! + spanBytes[k]!);
  const committed = reading.pages * PAGE_BYTES;
  const bytes = Uint32Array.from(start, (from, k) => (start[k + 1] ?? committed) - from);
  return { kind: Uint8Array.from(kind), start: Uint32Array.from(start), bytes };
}
