import type { MemorySettings } from '../model/scenario.ts';
import { engineStrings } from '../model/strings/engine.ts';
import { type Addr, MAX_PAGES, PAGE_BYTES, type Pages } from '../model/units.ts';

/** Where a lane's heap starts and how far its memory goes. */
export interface MemoryPlan {
  readonly base: Addr;
  readonly initial: Pages;
  readonly max: Pages;
}

const DEFAULTS: MemoryPlan = { base: PAGE_BYTES, initial: 1, max: MAX_PAGES };
/** The allocators keep their state below. */
const LOWEST_BASE: Addr = 2048;

/**
 * Settings made on purpose win over the script's `memory` line, that wins over the defaults. A base without an initial
 * size raises the initial pages to hold it, and a maximum below that too small a default is an error like any conflict.
 * Returns what is wrong as a sentence instead of a plan.
 */
export function planMemory(purpose: MemorySettings, script: MemorySettings): MemoryPlan | string {
  const base = purpose.base ?? script.base ?? DEFAULTS.base;
  const max = purpose.max ?? script.max ?? DEFAULTS.max;
  const given = purpose.initial ?? script.initial;
  const needed = Math.ceil(base / PAGE_BYTES);
  const initial = given ?? Math.max(DEFAULTS.initial, needed);
  if (!Number.isInteger(base) || base % 16 !== 0 || base < LOWEST_BASE) return engineStrings.badBase(base);
  if (!Number.isInteger(initial) || initial < 1 || initial > MAX_PAGES) return engineStrings.badInitial(initial);
  if (!Number.isInteger(max) || max < 1 || max > MAX_PAGES) return engineStrings.badMax(max);
  if (initial < needed) return engineStrings.baseBeyondInitial(base, initial);
  if (initial > max) return engineStrings.initialAboveMax(initial, max);
  return { base, initial, max };
}
