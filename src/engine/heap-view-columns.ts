import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import type { Addr, Bytes, OperationNumber, Position } from '../model/units.ts';
import type { Regions } from './heap-view-regions.ts';

/** What an operation does to who holds which bytes: bits that `wasm/view/columns.ts` reads. */
export const Action = { Grants: 1, Ends: 2, Holds: 4, Drops: 8, Rewinds: 16 } as const;
const GIVES = Action.Grants | Action.Holds;

/** Victims of resets are kept in blocks of so much. */
const LIST_BLOCK: Bytes = 65_536;

/**
 * The operations in the memory of the view, in the form that it replays: what each one grants and ends. Taken in as the
 * first lane's log arrives, a stretch at a time (about 25 ns an operation), so that no frame waits for five million.
 *
 * An operation ends what `prev` gave if nothing ended it before and it is no misuse; a Rewind ends what is placed in its
 * arena and lists it: its `prev` is the address of a count and as many operations.
 */
export class OperationColumns {
  readonly operations: Operations;
  readonly lastLine: number;
  /** Columns: one byte an operation, else four. */
  readonly actions: Addr;
  readonly prev: Addr;
  readonly size: Addr;
  readonly line: Addr;
  /** The operation that ends the place that this one gave, 0 while none is known. */
  readonly ends: Addr;
  private readonly regions: Regions;
  private readonly placed = new Map<number, OperationNumber[]>();
  private loaded: Position = 0;
  private listAt: Addr = 0;
  private listEnd: Addr = 0;

  constructor(regions: Regions, operations: Operations) {
    const { count, line } = operations;
    regions.owner = this;
    this.regions = regions;
    this.operations = operations;
    this.actions = regions.reserve(count);
    this.prev = regions.reserve(count * 4);
    this.size = regions.reserve(count * 4);
    this.line = regions.reserve(count * 4);
    this.ends = regions.reserve(count * 4);
    let lastLine = 0;
    for (let k = 0; k < count; k++) if (line[k]! > lastLine) lastLine = line[k]!;
    this.lastLine = lastLine;
  }

  /** Takes in the operations up to a position. */
  load(to: Position): void {
    const { operations, regions, loaded } = this;
    if (to <= loaded) return;
    for (const name of ['prev', 'size', 'line'] as const) {
      regions.words.set(operations[name].subarray(loaded, to), this[name] / 4 + loaded);
    }
    const { kind, flags, prev, host } = operations;
    for (let k = loaded; k < to; k++) {
      const held = (flags[k]! & OpFlag.Chunk) === 0 ? Action.Holds : 0;
      switch (kind[k]) {
        case OpKind.Alloc:
          this.setAction(k, Action.Grants | held);
          break;
        case OpKind.Realloc:
          this.setAction(k, Action.Grants | held | this.endPrevious(k, prev[k]!, flags[k]!));
          break;
        case OpKind.Free:
        case OpKind.Drop:
          this.setAction(k, this.endPrevious(k, prev[k]!, flags[k]!));
          break;
        case OpKind.Place:
        case OpKind.Move:
          this.setAction(k, Action.Holds | this.endPrevious(k, prev[k]!, flags[k]!));
          this.placeIn(host[host[k]! - 1]!, k + 1);
          break;
        case OpKind.Rewind:
          this.setAction(k, Action.Rewinds);
          this.rewind(k);
      }
    }
    this.loaded = to;
  }

  action(operation: OperationNumber): number {
    return this.regions.bytes[this.actions + operation - 1]!;
  }

  /** Does it resize a dead block, so that what fails there leaves nothing live? */
  revives(operation: OperationNumber): boolean {
    const { kind, flags } = this.operations;
    return kind[operation - 1] === OpKind.Realloc && (flags[operation - 1]! & OpFlag.Misuse) !== 0;
  }

  private setAction(k: number, action: number): void {
    this.regions.bytes[this.actions + k] = action;
  }

  /** What operation k + 1 takes back of what the one before it gave. */
  private endPrevious(k: number, prev: OperationNumber, flags: number): number {
    const entry = this.ends / 4 + prev - 1;
    const { words } = this.regions;
    if (prev === 0 || (flags & OpFlag.Misuse) !== 0 || words[entry] !== 0) return 0;
    words[entry] = k + 1;
    return (this.action(prev) & GIVES) * (Action.Ends / Action.Grants);
  }

  private placeIn(arena: number, operation: OperationNumber): void {
    const list = this.placed.get(arena);
    if (list === undefined) this.placed.set(arena, [operation]);
    else list.push(operation);
  }

  private rewind(k: number): void {
    const { regions, operations } = this;
    const arena = operations.id[k]!;
    const isLive = (operation: OperationNumber) => regions.words[this.ends / 4 + operation - 1] === 0;
    const victims = (this.placed.get(arena) ?? []).filter(isLive);
    this.placed.delete(arena);
    const bytes = (1 + victims.length) * 4;
    if (this.listAt + bytes > this.listEnd) {
      regions.owner = this;
      this.listAt = regions.reserve(Math.max(bytes, LIST_BLOCK));
      this.listEnd = this.listAt + Math.max(bytes, LIST_BLOCK);
    }
    const { words } = regions;
    words[this.prev / 4 + k] = this.listAt;
    words[this.listAt / 4] = victims.length;
    words.set(victims, this.listAt / 4 + 1);
    for (const operation of victims) words[this.ends / 4 + operation - 1] = k + 1;
    this.listAt += bytes;
  }
}
