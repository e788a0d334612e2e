import { lifetimes } from '../model/lifetimes.ts';
import { type Operations, OpFlag, OpKind } from '../model/operations.ts';

/** What an operation does to who holds which bytes: bits that `wasm/view/columns.ts` reads. */
export const Action = { Grants: 1, Ends: 2, Holds: 4, Drops: 8, Rewinds: 16 } as const;

/** The operations as the view wants them; entry k is operation k + 1 in all columns but `victims`. */
export interface ViewColumns {
  readonly actions: Uint8Array;
  /** As in the operations; of a Rewind which of them it is, from 0. */
  readonly prev: Uint32Array;
  readonly ends: Uint32Array;
  /** Operations whose placed blocks Rewind r ends: `victims[victimStarts[r]] … victims[victimStarts[r + 1] - 1]`. */
  readonly victims: Uint32Array;
  readonly victimStarts: Uint32Array;
  readonly lastLine: number;
}

/** Two passes over the operations, about 10 ns an operation; four where a program's arena is reset. */
export function viewColumns(operations: Operations): ViewColumns {
  const { count, kind, flags, line } = operations;
  const ends = lifetimes(operations).subarray(1);
  const actions = new Uint8Array(count);
  let prev = operations.prev;
  let lastLine = 0;
  for (let k = 0; k < count; k++) {
    actions[k] = actionOf(operations, k, kind[k]!, flags[k]!, actions, ends);
    if (line[k]! > lastLine) lastLine = line[k]!;
  }
  let victims = new Uint32Array(0);
  let victimStarts = new Uint32Array(1);
  if (kind.includes(OpKind.Rewind)) {
    prev = prev.slice();
    const rewinds = numberRewinds(kind, prev);
    victimStarts = new Uint32Array(rewinds + 1);
    victims = collectVictims(kind, prev, ends, victimStarts);
  }
  return { actions, prev, ends, victims, victimStarts, lastLine };
}

function actionOf(
  { prev }: Operations,
  k: number,
  kind: number,
  flags: number,
  actions: Uint8Array,
  ends: Uint32Array,
): number {
  const held = (flags & OpFlag.Chunk) === 0 ? Action.Holds : 0;
  // What an operation ends is what the one before it gave, if it is the one that ends it: a misuse ends nothing.
  const before = prev[k]! - 1;
  const given = before >= 0 && ends[before] === k + 1 ? actions[before]! : 0;
  switch (kind) {
    case OpKind.Alloc:
      return Action.Grants | held;
    case OpKind.Realloc:
      return Action.Grants | held | ended(given);
    case OpKind.Place:
      return Action.Holds;
    case OpKind.Move:
      return Action.Holds | ended(given);
    case OpKind.Free:
    case OpKind.Drop:
      return ended(given);
    case OpKind.Rewind:
      return Action.Rewinds;
    default:
      return 0;
  }
}

function ended(given: number): number {
  return (given & (Action.Grants | Action.Holds)) * (Action.Ends / Action.Grants);
}

/** Writes each Rewind's number into `prev`, which it has no other use for, and returns how many there are. */
function numberRewinds(kind: Uint8Array, prev: Uint32Array): number {
  let rewinds = 0;
  for (let k = 0; k < kind.length; k++) if (kind[k] === OpKind.Rewind) prev[k] = rewinds++;
  return rewinds;
}

function collectVictims(
  kind: Uint8Array,
  prev: Uint32Array,
  ends: Uint32Array,
  starts: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const rewindOf = (k: number) => (ends[k] !== 0 && kind[ends[k]! - 1] === OpKind.Rewind ? prev[ends[k]! - 1]! : -1);
  for (let k = 0; k < kind.length; k++) {
    const rewind = rewindOf(k);
    if (rewind >= 0) starts[rewind + 1]!++;
  }
  for (let r = 1; r < starts.length; r++) starts[r]! += starts[r - 1]!;
  const next = starts.slice();
  const victims = new Uint32Array(starts.at(-1)!);
  for (let k = 0; k < kind.length; k++) {
    const rewind = rewindOf(k);
    if (rewind >= 0) victims[next[rewind]!++] = k + 1;
  }
  return victims;
}
