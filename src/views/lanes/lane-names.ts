import { ALLOCATORS, isGuarded, parseLaneName } from '../../model/lanes.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Lane } from '../../state/store.ts';

/** The allocator as people know it, and whether the guard stands before it. */
export function laneTitle(lane: Lane): string {
  const allocator = parseLaneName(lane.config.name);
  if (allocator === null) return lane.config.name;
  const name = words.lane.names[allocator.id];
  return isGuarded(allocator) ? words.lane.guardedName(name) : name;
}

/** The options in which a lane differs from what its allocator ships as, in words. */
export function laneOptions(lane: Lane): string[] {
  const allocator = parseLaneName(lane.config.name);
  if (allocator === null) return [];
  const bits = ALLOCATORS[allocator.id].options as Readonly<Record<string, number>>;
  return Object.keys(bits)
    .filter((option) => words.lane.optionPolicies[option] !== undefined && (allocator.options & bits[option]!) !== 0)
    .map((option) => words.lane.optionPolicies[option]!);
}

/** That sizes are larger, if so; how it chooses, with its options, and the size of its module once measured. */
export function lanePolicy(lane: Lane): string {
  const allocator = parseLaneName(lane.config.name);
  if (allocator === null) return '';
  const parts: string[] = [words.lane.policies[allocator.id], ...laneOptions(lane)];
  if (isGuarded(allocator)) parts.unshift(words.lane.larger);
  if (lane.opening !== null) parts.push(words.lane.size(lane.opening.moduleBytes));
  return parts.join(', ');
}
