import { countUpTo, type LaneSeries } from './lane-series.ts';
import { askedBytes, type LaneAllocator } from './lanes.ts';
import type { Survey } from './metrics.ts';
import { type Operations, OpKind } from './operations.ts';
import { SpanKind } from './spans.ts';
import type { Addr, Bytes, OperationNumber, Pages, Position } from './units.ts';

/** What became of a request, as the lane's log has it and the bytes before it show the place. */
export type RequestOutcome =
  /** The lane came to a standstill before it. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fails' }
  /** A request for 0 bytes that takes no chunk. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'grows'; readonly pages: Pages; readonly address: Addr }
  /** A resize that leaves the block where it was. */
  | { readonly kind: 'stays'; readonly address: Addr }
  /** `bytes`: from the beginning of the hole that it lies in to its end; where `holes` are joined for it, of the last one. */
  | { readonly kind: 'hole'; readonly bytes: Bytes; readonly holes: number; readonly address: Addr }
  | { readonly kind: 'top'; readonly address: Addr }
  /** Into what is no hole yet: operations before it, or the request itself, give it back first. */
  | { readonly kind: 'freed'; readonly address: Addr };

/** The log's entry of an operation that gave a block its place; null where it gave none. */
export type BlockOf = (operation: OperationNumber) => { readonly address: Addr; readonly usable: Bytes } | null;

/** The next operation after `position` that asks the allocator for memory, 0 for none. */
export function nextRequest(operations: Operations, position: Position): OperationNumber {
  const { kind, count } = operations;
  for (let k = position; k < count; k++) if (kind[k] === OpKind.Alloc || kind[k] === OpKind.Realloc) return k + 1;
  return 0;
}

/** Bytes that a hole of a lane must have for request `request`, what a guard lays round a block included; null for none. */
export function bytesWanted(
  lane: LaneAllocator | null,
  operations: Operations,
  request: OperationNumber,
): Bytes | null {
  if (request === 0) return null;
  const size = operations.size[request - 1]!;
  return lane === null ? size : askedBytes(lane, size, operations.align[request - 1]!);
}

/**
 * What happened to request `request` in a lane whose bytes were read at `survey.position`, before it. Nothing is
 * worked out anew: failures, grows and the address are the log's, and the bytes say what lay at that address.
 * `header`: bytes right before a payload that belong to it.
 */
export function requestOutcome(
  request: OperationNumber,
  operations: Operations,
  survey: Survey,
  series: LaneSeries,
  header: Bytes,
  blockOf: BlockOf,
): RequestOutcome {
  if (request > series.logged) return { kind: 'stopped' };
  if (series.failures.upTo(request) > series.failures.upTo(request - 1)) return { kind: 'fails' };
  const block = blockOf(request);
  if (block === null) return { kind: 'fails' };
  // The view hands out one object for all blocks: what is needed of this one is taken before the next is asked for.
  const { address, usable } = block;
  const pages = series.pagesAt(request) - series.pagesAt(request - 1);
  if (pages > 0) return { kind: 'grows', pages, address };
  const before = operations.prev[request - 1]!;
  if (operations.kind[request - 1] === OpKind.Realloc && before !== 0 && blockOf(before)?.address === address)
    return { kind: 'stays', address };
  if (usable === 0) return { kind: 'nothing' };
  return placeIn(survey, address, header, usable);
}

/** What lay before at the place of a chunk. */
function placeIn(
  { spanKind, spanStart, spanBytes }: Survey,
  address: Addr,
  header: Bytes,
  usable: Bytes,
): RequestOutcome {
  const from = address - header;
  const to = address + usable;
  let holes = 0;
  let hole: Addr = 0;
  let end: Addr = 0;
  let top = false;
  for (let k = Math.max(0, countUpTo(spanStart, from) - 1); k < spanStart.length && spanStart[k]! < to; k++) {
    const until = spanStart[k]! + spanBytes[k]!;
    if (until <= from) continue;
    switch (spanKind[k]) {
      case SpanKind.Used:
        return { kind: 'freed', address };
      case SpanKind.Top:
        top ||= spanStart[k]! <= address && address < until;
        break;
      case SpanKind.Free:
        if (holes === 0) hole = spanStart[k]!;
        holes++;
        end = until;
        break;
      default:
    }
  }
  if (top) return { kind: 'top', address };
  // Holes that are joined give the headers between them too.
  return holes === 0 ? { kind: 'freed', address } : { kind: 'hole', bytes: end - hole, holes, address: hole };
}
