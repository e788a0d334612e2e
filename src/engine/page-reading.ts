import type { PageBlocks, PageReading, PageSpans } from '../model/inspection.ts';
import { countUpTo } from '../model/lane-series.ts';
import { lifetimes, livesAt } from '../model/lifetimes.ts';
import type { ClassBytes } from '../model/metrics.ts';
import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import { SpanKind } from '../model/spans.ts';
import { type Addr, type Bytes, type OperationNumber, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import type { LogColumns } from './desk.ts';
import { freeLists } from './free-lists.ts';
import { pageHistory } from './page-history.ts';
import type { HeapReading } from './reader.ts';
import type { Spans } from './survey.ts';

/** All that a page is read from: the bytes at `position`, and what the operations say of them. */
export interface PageSource {
  readonly position: Position;
  readonly page: number;
  readonly pages: Pages;
  readonly reading: HeapReading;
  /** All of memory, by address; an arena's split into blocks and what is dead. */
  readonly spans: Spans;
  readonly operations: Operations;
  readonly log: LogColumns;
  readonly header: Bytes;
  /** The operation that ended the lane's block of `operation`: 0 for none, itself where it gave none. */
  readonly endOf: (operation: OperationNumber) => OperationNumber;
  readonly committedAt: OperationNumber;
  /** Operations that the lane executed. */
  readonly recorded: Position;
  /** The free lists and the page's history are read too: some 100 ns a hole, a nanosecond an operation. */
  readonly lists: boolean;
}

/** A block of the lane that lies, or lay, in the page. */
interface Stay {
  readonly operation: OperationNumber;
  /** 0: lives on. */
  readonly end: OperationNumber;
}

/** Reads one page. One pass over the operations up to the position, about a nanosecond each, and one over the free lists. */
export function readPage(source: PageSource): PageReading {
  const { position, page, pages } = source;
  const from = page * PAGE_BYTES;
  const to = from + PAGE_BYTES;
  const spans = page < pages ? spansBetween(source, from, to) : emptySpans(0);
  const stays = staysBetween(source, spans, from, to);
  const live = stays.filter(({ end }) => end === 0 || end > position).map(({ operation }) => operation);
  const blocks = blocksOf(source, live, from, to);
  return {
    position,
    page,
    ...classesOf(spans, blocks, from, to),
    spans,
    blocks,
    since: sinceWhen(stays, position),
    keeper: keeperOf(source, live),
    committedAt: source.committedAt,
    lists: source.lists ? freeLists(source.reading) : null,
    history: source.lists ? pageHistory(source) : null,
  };
}

function emptySpans(count: number): PageSpans {
  return {
    kind: new Uint8Array(count),
    start: new Uint32Array(count),
    bytes: new Uint32Array(count),
    since: new Uint32Array(count),
    list: new Int16Array(count).fill(-1),
    place: new Uint32Array(count),
    length: new Uint32Array(count),
    before: new Uint32Array(count),
    after: new Uint32Array(count),
  };
}

function spansBetween({ spans, reading }: PageSource, from: Addr, to: Addr): PageSpans {
  const first = Math.max(0, countUpTo(spans.start, from) - 1);
  const end = Math.max(first, countUpTo(spans.start, to - 1));
  const out = emptySpans(end - first);
  out.kind.set(spans.kind.subarray(first, end));
  out.start.set(spans.start.subarray(first, end));
  out.bytes.set(spans.bytes.subarray(first, end));
  placeInLists(reading, out);
  return out;
}

/** Finds each free span in its list. Links are followed once; a list's length is known where the next one begins. */
function placeInLists({ listNumber, listAddress }: HeapReading, spans: PageSpans): void {
  const { kind, start } = spans;
  let place = 0;
  let ours: number[] = [];
  for (let k = 0; k < listNumber.length; k++) {
    const begins = k === 0 || listNumber[k] !== listNumber[k - 1];
    if (begins) {
      for (const span of ours) spans.length[span] = place;
      ours = [];
      place = 0;
    }
    place++;
    const span = spanWith(start, listAddress[k]!);
    if (span < 0 || start[span] !== listAddress[k] || kind[span] !== SpanKind.Free) continue;
    ours.push(span);
    spans.list[span] = listNumber[k]!;
    spans.place[span] = place;
    spans.before[span] = begins ? 0 : listAddress[k - 1]!;
    spans.after[span] = listNumber[k + 1] === listNumber[k] ? listAddress[k + 1]! : 0;
  }
  for (const span of ours) spans.length[span] = place;
}

/** The span that begins at or before an address, −1 for none. */
function spanWith(start: Uint32Array, address: Addr): number {
  return countUpTo(start, address) - 1;
}

/** Blocks of the lane that touch the page, ever so far, by birth; and on the way, since when free and dead spans are that. */
function staysBetween({ position, log, header, endOf }: PageSource, spans: PageSpans, from: Addr, to: Addr): Stay[] {
  const { address, usable } = log;
  const { kind, start, bytes, since } = spans;
  const last = start.length - 1;
  const low = Math.min(from, start[0] ?? from);
  const high = last < 0 ? to : Math.max(to, start[last]! + bytes[last]!);
  const stays: Stay[] = [];
  for (let t = 1; t <= position; t++) {
    const payload = address[t]!;
    const length = usable[t]!;
    if (length === 0 || payload >= high || payload + length <= low) continue;
    const end = endOf(t);
    if (end === t) continue;
    if (payload - header < to && payload + length > from) stays.push({ operation: t, end });
    if (end === 0 || end > position) continue;
    for (let span = Math.max(0, spanWith(start, payload)); span <= last && start[span]! < payload + length; span++) {
      if (kind[span] !== SpanKind.Free && kind[span] !== SpanKind.Dead && kind[span] !== SpanKind.Top) continue;
      if (payload < start[span]! + bytes[span]! && end > since[span]!) since[span] = end;
    }
  }
  return stays;
}

/** The blocks that live now, by address, with what a program placed in its own chunks behind each of them. */
function blocksOf(source: PageSource, live: readonly OperationNumber[], from: Addr, to: Addr): PageBlocks {
  const { operations, log } = source;
  const { address, usable, requested } = log;
  const chunk = (t: OperationNumber) => (operations.flags[t - 1]! & OpFlag.Chunk) !== 0;
  const all = [...live, ...placedBetween(source, from, to)].sort(
    (a, b) => address[a]! - address[b]! || usable[b]! - usable[a]! || a - b,
  );
  return {
    operation: Uint32Array.from(all),
    address: Uint32Array.from(all, (t) => address[t]!),
    usable: Uint32Array.from(all, (t) => usable[t]!),
    requested: Uint32Array.from(all, (t) => (chunk(t) ? 0 : requested[t]!)),
  };
}

/** Ends of all blocks as the program knows them, made for the first page of a scenario that has an arena of its own. */
const programEnds = new WeakMap<Operations, Uint32Array | null>();

function placedBetween({ operations, log, position }: PageSource, from: Addr, to: Addr): OperationNumber[] {
  let ends = programEnds.get(operations);
  if (ends === undefined) {
    ends = operations.kind.includes(OpKind.Place) ? lifetimes(operations) : null;
    programEnds.set(operations, ends);
  }
  if (ends === null) return [];
  const { kind, count } = operations;
  const { address, usable } = log;
  const placed: OperationNumber[] = [];
  for (let t = 1; t <= Math.min(position, count); t++) {
    if (kind[t - 1] !== OpKind.Place && kind[t - 1] !== OpKind.Move) continue;
    const at = address[t]!;
    if (at !== 0 && at < to && at + usable[t]! > from && livesAt(ends, t, position)) placed.push(t);
  }
  return placed;
}

function classesOf(spans: PageSpans, blocks: PageBlocks, from: Addr, to: Addr): { classes: ClassBytes; adds: boolean } {
  const within = (start: Addr, bytes: Bytes) => Math.max(0, Math.min(to, start + bytes) - Math.max(from, start));
  const sums = new Float64Array(7);
  for (let k = 0; k < spans.kind.length; k++) sums[spans.kind[k]!]! += within(spans.start[k]!, spans.bytes[k]!);
  let live = 0;
  for (let k = 0; k < blocks.address.length; k++) live += within(blocks.address[k]!, blocks.requested[k]!);
  const used = sums[SpanKind.Used]!;
  const classes = {
    static: sums[SpanKind.Static]!,
    live,
    slack: used - live,
    metadata: sums[SpanKind.State]! + sums[SpanKind.Header]!,
    free: sums[SpanKind.Free]!,
    dead: sums[SpanKind.Dead]!,
    top: sums[SpanKind.Top]!,
  };
  // Two owners of one byte count it twice: then the program's bytes are more than the chunks in use have.
  return { classes, adds: live <= used };
}

/** The stretch without a break that holds the position: of a live byte, or of none. */
function sinceWhen(stays: readonly Stay[], position: Position): PageReading['since'] {
  let begin = 0;
  let until = 0;
  for (const { operation, end } of stays) {
    if (operation > until) begin = operation;
    until = Math.max(until, end === 0 ? Number.POSITIVE_INFINITY : end);
  }
  if (until > position) return { kind: 'live', operation: begin };
  return until === 0 ? { kind: 'untouched', operation: 0 } : { kind: 'empty', operation: until };
}

function keeperOf({ endOf }: PageSource, live: readonly OperationNumber[]): OperationNumber {
  let keeper = 0;
  let latest = 0;
  for (const operation of live) {
    const end = endOf(operation) || Number.POSITIVE_INFINITY;
    if (end <= latest) continue;
    latest = end;
    keeper = operation;
  }
  return keeper;
}
