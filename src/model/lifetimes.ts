import { type Operations, OpFlag, OpKind } from './operations.ts';
import type { OperationNumber, Position } from './units.ts';

/**
 * For each operation that gives a block its place (Alloc, Realloc, Place, Move) the operation that ends that place: the
 * first free, drop or resize of it, or the reset of the arena that holds it. `ends[t]` is 0 where nothing ends it.
 * Index is the operation's number, so entry 0 is unused. The same in every lane: a lane where the request failed has
 * no block there, and `HeapFrame.blockOf` says so.
 *
 * One pass, 4 bytes an operation.
 */
export function lifetimes(operations: Operations): Uint32Array {
  const { count, kind, flags, prev, id } = operations;
  const ends = new Uint32Array(count + 1);
  const placed = new Map<number, OperationNumber[]>();
  for (let k = 0; k < count; k++) {
    const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
    switch (kind[k]) {
      case OpKind.Free:
      case OpKind.Drop:
      case OpKind.Realloc:
      case OpKind.Move:
        if (!misuse && prev[k] !== 0 && ends[prev[k]!] === 0) ends[prev[k]!] = k + 1;
        break;
      case OpKind.Rewind: {
        for (const operation of placed.get(id[k]!) ?? []) if (ends[operation] === 0) ends[operation] = k + 1;
        placed.delete(id[k]!);
        break;
      }
    }
    if (kind[k] === OpKind.Place || kind[k] === OpKind.Move) {
      const arena = arenaOfPlace(operations, k);
      const list = placed.get(arena);
      if (list) list.push(k + 1);
      else placed.set(arena, [k + 1]);
    }
  }
  return ends;
}

/** The program's arena that entry k, a Place or a Move, puts its block into: the chunk's Alloc names it in `host`. */
export function arenaOfPlace({ host }: Operations, k: number): number {
  return host[host[k]! - 1] ?? 0;
}

/** Is the place that operation `birth` gave still held at `position`? */
export function livesAt(ends: Uint32Array, birth: OperationNumber, position: Position): boolean {
  return birth <= position && (ends[birth] === 0 || ends[birth]! > position);
}
