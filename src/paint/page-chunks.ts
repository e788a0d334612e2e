import type { PageBlocks, PageSpans } from '../model/inspection.ts';
import { countUpTo } from '../model/lane-series.ts';
import { SpanKind } from '../model/spans.ts';
import type { Addr } from '../model/units.ts';

/**
 * The chunks of a page that can be gone to, as indices of its spans: all but headers, which belong to what follows them.
 */
export function chunksOf({ kind }: PageSpans): number[] {
  const out: number[] = [];
  for (let k = 0; k < kind.length; k++) {
    const belongs = kind[k] === SpanKind.Header && k + 1 < kind.length && kind[k + 1] !== SpanKind.Header;
    if (!belongs) out.push(k);
  }
  return out;
}

/** The chunk that holds an address: of a header the one behind it. */
export function chunkAt({ kind, start }: PageSpans, address: Addr): number {
  const span = Math.max(0, countUpTo(start, address) - 1);
  const next = span + 1;
  return kind[span] === SpanKind.Header && next < kind.length && kind[next] !== SpanKind.Header ? next : span;
}

/** The operation that made the innermost live block at an address, 0 for none. */
export function blockWith({ operation, address, usable }: PageBlocks, at: Addr): number {
  let found = 0;
  for (let k = 0; k < operation.length; k++)
    if (address[k]! <= at && at < address[k]! + usable[k]!) found = operation[k]!;
  return found;
}
