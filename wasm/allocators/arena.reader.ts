// Reads an arena. Blocks leave no trace in it: what lies below the bump is one stretch in use, and only the operations
// can say which of its bytes are still wanted.
import { Arena } from './arena';
import { STATE } from './pages';
import { beginReading, heapEnd, stretch } from './reading';
import { broken, DEAD, RULE_STATE, TOP, USED } from './sink';

export function walk(): void {
  if (!beginReading(STATE + offsetof<Arena>())) return;
  const arena = changetype<Arena>(STATE);
  const rest: u32 = heapEnd() - arena.base;
  const used: u32 = arena.bump - arena.base;
  if (used > rest || arena.bump & 15) {
    broken(RULE_STATE, STATE + offsetof<Arena>('bump'));
    stretch(DEAD, arena.base, rest);
    return;
  }
  stretch(USED, arena.base, used);
  stretch(TOP, arena.bump, rest - used);
}

/** It has none. */
export function lists(): void {}

/** Blocks have no header, and what is dead holds nothing of the arena's. */
export function fields(_payload: usize, _free: bool): void {}
