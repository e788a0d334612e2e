import type { HeapFrame } from '../../model/heap-frame.ts';
import { differenceStrings as words } from '../../model/strings/difference.ts';

/** Which two lanes are compared, A then B: their keys, their letters and their places. */
export interface LaneDifference {
  readonly keys: readonly [string, string];
  readonly letters: readonly [string, string];
  readonly places: readonly [number, number];
}

/** Both frames at the playhead, or null before both lanes have a log. */
export function framesAt(
  keys: readonly [string, string],
  records: { lane(key: string): { readonly frame: HeapFrame | null } },
  position: number,
): readonly [HeapFrame, HeapFrame] | null {
  const a = records.lane(keys[0]).frame;
  const b = records.lane(keys[1]).frame;
  if (a === null || b === null) return null;
  a.seek(Math.min(position, a.logged));
  b.seek(Math.min(position, b.logged));
  return [a, b];
}

/** What a page's cell says: who holds more of it, and by how much. */
export function pageText(
  { letters }: LaneDifference,
  frames: readonly [HeapFrame, HeapFrame] | null,
  page: number,
): string {
  if (frames === null) return words.pageNeither;
  const [inA, inB] = [page < frames[0].facts().pages, page < frames[1].facts().pages];
  if (!inA && !inB) return words.pageNeither;
  const more = (inB ? frames[1].pageLive(page) : 0) - (inA ? frames[0].pageLive(page) : 0);
  if (more !== 0) return words.pageMore(letters[more > 0 ? 1 : 0], Math.abs(more));
  if (inA && inB) return words.pageSame;
  return words.pageOnly(letters[inA ? 0 : 1]);
}
