import type { Criterion } from '../../model/strings/labs-choice.ts';
import type { LaneFigures } from './data.ts';

export type { Criterion };
export const CRITERIA = ['pages', 'speed', 'worst', 'bytes', 'overhead'] as const satisfies readonly Criterion[];

/** "Best" is said only of a lead beyond this share. */
export const LEAD = 0.03;

/** What a criterion weighs: less is better. Null where the allocator has no such figure. */
export function weight(lane: LaneFigures, by: Criterion): number | null {
  switch (by) {
    case 'pages':
      return lane.pages;
    case 'speed':
      return lane.time.median;
    case 'worst':
      return lane.searchWorst;
    case 'bytes':
      return lane.bytes;
    case 'overhead':
      return lane.overhead;
  }
}

/** How many times `other` weighs what `lane` does; null where that cannot be told, or measured bands overlap. */
export function lead(lane: LaneFigures, other: LaneFigures, by: Criterion): number | null {
  const [mine, its] = [weight(lane, by), weight(other, by)];
  if (mine === null || its === null) return null;
  if (by === 'speed' && (lane.time.below || other.time.below || lane.time.high >= other.time.low)) return null;
  if (its <= mine * (1 + LEAD)) return null;
  return its / mine;
}

/** Did it do all that was asked of it? One that did not is behind all that did, whatever it saved by that. */
export const served = ({ failures, stopped }: LaneFigures) => failures === 0 && stopped === null;

const order = <T extends number | string>(a: T, b: T) => (a === b ? 0 : a < b ? -1 : 1);

/** Best first; those without a figure, then those that refused, last. Lanes alike stand by name. */
export function ranked(lanes: readonly LaneFigures[], by: Criterion): LaneFigures[] {
  return [...lanes].sort(
    (a, b) =>
      Number(served(b)) - Number(served(a)) ||
      a.failures - b.failures ||
      order(weight(a, by) ?? Number.POSITIVE_INFINITY, weight(b, by) ?? Number.POSITIVE_INFINITY) ||
      order(a.name, b.name),
  );
}

export interface Choice {
  /** The first, and those that it is not ahead of: by name, since a lead of less than `LEAD` is none. */
  readonly level: readonly LaneFigures[];
  /** The next that the first is ahead of; null where there is none that served. */
  readonly next: LaneFigures | null;
  /** The one that is ahead, if in what comes second; null where several are level in both. */
  readonly chosen: LaneFigures | null;
  /** Of several that are level the one ahead in what comes second, and the next in that; null where none is. */
  readonly second: { readonly by: Criterion; readonly best: LaneFigures; readonly next: LaneFigures } | null;
  /** What the one that is ahead costs elsewhere: who is furthest ahead of it, criterion by criterion. None is where all are level. */
  readonly costs: readonly { readonly by: Criterion; readonly other: LaneFigures }[];
}

/** The choice by a criterion; null where nobody served or there is nobody to compare with. */
export function choose(lanes: readonly LaneFigures[], by: Criterion): Choice | null {
  const able = ranked(lanes.filter(served), by).filter((lane) => weight(lane, by) !== null);
  const first = able[0];
  if (first === undefined || lanes.length < 2) return null;
  const level = able
    .filter((lane) => lane === first || lead(first, lane, by) === null)
    .sort((a, b) => order(a.name, b.name));
  const next = able.find((lane) => !level.includes(lane)) ?? null;
  const secondBy: Criterion = by === 'speed' ? 'pages' : 'speed';
  const [best, other] = ranked(level, secondBy);
  const second =
    best !== undefined && other !== undefined && lead(best, other, secondBy) !== null
      ? { by: secondBy, best, next: other }
      : null;
  const chosen = second?.best ?? (level.length === 1 ? first : null);
  const costs = CRITERIA.filter((criterion) => criterion !== by).flatMap((criterion) => {
    const ahead = ranked(able, criterion)[0];
    const dearer = chosen !== null && ahead !== undefined && lead(ahead, chosen, criterion) !== null;
    return dearer ? [{ by: criterion, other: ahead }] : [];
  });
  return { level, next, chosen, second, costs };
}
