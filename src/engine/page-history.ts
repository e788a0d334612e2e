import { HISTORY_LEVELS } from '../model/inspection.ts';
import { PAGE_BYTES } from '../model/units.ts';
import type { PageSource } from './page-reading.ts';

/**
 * How full a page was over the run, in levels of the maps. Blocks count with their headers, as on the maps. One pass over
 * the operations, about a nanosecond each.
 */
export function pageHistory({ page, header, log, operations, recorded, endOf }: PageSource): Uint8Array {
  const { count } = operations;
  const stretches = Math.max(1, Math.min(HISTORY_LEVELS, count));
  const { address, usable } = log;
  const from = page * PAGE_BYTES;
  const to = from + PAGE_BYTES;
  /** The stretch at whose end an operation is first done: the one with t ≤ ⌊(k + 1) · count / stretches⌋. */
  const stretchOf = (t: number) => {
    let k = Math.min(stretches - 1, Math.floor(((t - 1) * stretches) / count));
    while (endOfStretch(k) < t) k++;
    while (k > 0 && endOfStretch(k - 1) >= t) k--;
    return k;
  };
  const endOfStretch = (k: number) => Math.floor(((k + 1) * count) / stretches);
  const change = new Float64Array(stretches + 1);
  for (let t = 1; t <= recorded; t++) {
    const payload = address[t]!;
    const length = usable[t]!;
    if (length === 0 || payload - header >= to || payload + length <= from) continue;
    const end = endOf(t);
    if (end === t) continue;
    const bytes = Math.min(to, payload + length) - Math.max(from, payload - header);
    change[stretchOf(t)]! += bytes;
    if (end !== 0) change[stretchOf(end)]! -= bytes;
  }
  const levels = new Uint8Array(stretches);
  let live = 0;
  for (let k = 0; k < stretches; k++) {
    live += change[k]!;
    levels[k] = Math.min(8, Math.ceil((8 * live) / PAGE_BYTES));
  }
  return levels;
}
