import { LIMITS, type OperationNumber } from './units.ts';

/**
 * The flat list that every lane runs: what a script or a trace comes down to, without a single address.
 * Columns instead of objects, because a list has up to five million entries and crosses threads.
 */
export const OpKind = {
  Alloc: 0,
  Free: 1,
  Realloc: 2,
  Write: 3,
  Read: 4,
  /** A scope begins. `prev` is 0. */
  Enter: 5,
  /** A scope ends. `prev` is its Enter. */
  Leave: 6,
  /** A block put into a chunk of the program's own arena: no request reaches the allocator. */
  Place: 7,
  /** A placed block resized: same spot or a new one, contents copied. */
  Move: 8,
  /** A placed block freed: only marked dead. */
  Drop: 9,
  /** `reset`: every block placed in arena `id` is dead. */
  Rewind: 10,
} as const;
export type OpKind = (typeof OpKind)[keyof typeof OpKind];

export const OpFlag = {
  Zeroed: 1,
  /** Misuse that reaches the allocator or the memory: dead block freed, resized, read, written; a write out of bounds; an inner free. */
  Misuse: 2,
  /** A free that stands for the end of a scope; an arena lane does not execute it. */
  ByScope: 4,
  ByLifetime: 8,
  /** Done on behalf of a program's arena: its chunks' allocs, and their frees. */
  ByArena: 16,
  /** The block is a chunk of a program's arena: not a block of the program, all its bytes are slack but for what is placed in it. */
  Chunk: 32,
} as const;

/**
 * `count` operations; entry k is operation k + 1.
 *
 * Links are by operation number, so a lane needs no table of blocks: the address, usable size and requested size that
 * block `id` has before operation t are those that its lane logged for `prev`.
 */
export interface Operations {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
  /** Block, from 0 in order of birth; the program's arena for Rewind; the scope, from 0, for Enter and Leave. */
  readonly id: Uint32Array;
  /** Alloc, Realloc, Place, Move: bytes requested. Write, Read: length. Else 0. */
  readonly size: Uint32Array;
  /** The block's alignment as asked for at its birth, 0 for the allocator's own; the same on each of its operations. */
  readonly align: Uint32Array;
  /** Free, Write, Read: from the block's address, may be negative. Place, Move: from the chunk's payload. Whole numbers. */
  readonly offset: Float64Array;
  /** The operation (Alloc, Realloc, Place, Move) that last gave this block its place, 0 if none. Leave: its Enter. */
  readonly prev: Uint32Array;
  /** Place, Move: the Alloc of the chunk. Alloc of a chunk: its arena. Write: the entry of `fills`. Else 0. */
  readonly host: Uint32Array;
  /** Line of the script or of the trace file, from 1. */
  readonly line: Uint32Array;
}

const COLUMNS = ['kind', 'flags', 'id', 'size', 'align', 'offset', 'prev', 'host', 'line'] as const;

/** One operation as an object: for building, tests and messages, never for the hot path. */
export interface Operation {
  kind: OpKind;
  flags?: number;
  id: number;
  size?: number;
  align?: number;
  offset?: number;
  prev?: OperationNumber;
  host?: number;
  line?: number;
}

/** Columns that grow by doubling. `push` returns the operation's number; the caller checks `full` first. */
export class OperationsBuilder {
  count = 0;
  private capacity = 0;
  private kind = new Uint8Array(0);
  private flags = new Uint8Array(0);
  private id = new Uint32Array(0);
  private size = new Uint32Array(0);
  private align = new Uint32Array(0);
  private offset = new Float64Array(0);
  private prev = new Uint32Array(0);
  private host = new Uint32Array(0);
  private line = new Uint32Array(0);

  get full(): boolean {
    return this.count >= LIMITS.operations;
  }

  push(
    kind: OpKind,
    id: number,
    size: number,
    line: number,
    prev: OperationNumber = 0,
    flags = 0,
    align = 0,
    offset = 0,
    host = 0,
  ): OperationNumber {
    if (this.count === this.capacity) this.grow();
    const k = this.count++;
    this.kind[k] = kind;
    this.flags[k] = flags;
    this.id[k] = id;
    this.size[k] = size;
    this.align[k] = align;
    this.offset[k] = offset;
    this.prev[k] = prev;
    this.host[k] = host;
    this.line[k] = line;
    return k + 1;
  }

  /** Adds flags to an operation that is already there (a reader learns late that a free was a scope's end). */
  flag(number: OperationNumber, flags: number): void {
    this.flags[number - 1]! |= flags;
  }

  /** Line of an operation that is already there. */
  lineOf(number: OperationNumber): number {
    return this.line[number - 1]!;
  }

  /** A copy of exactly `count` entries a column. */
  finish(): Operations {
    const { count } = this;
    return {
      count,
      kind: this.kind.slice(0, count),
      flags: this.flags.slice(0, count),
      id: this.id.slice(0, count),
      size: this.size.slice(0, count),
      align: this.align.slice(0, count),
      offset: this.offset.slice(0, count),
      prev: this.prev.slice(0, count),
      host: this.host.slice(0, count),
      line: this.line.slice(0, count),
    };
  }

  private grow(): void {
    this.capacity = Math.max(1024, this.capacity * 2);
    for (const name of COLUMNS) {
      const old = this[name];
      const next = new (old.constructor as new (length: number) => typeof old)(this.capacity);
      next.set(old as never);
      (this as Record<(typeof COLUMNS)[number], unknown>)[name] = next;
    }
  }
}

/** Operation `number` as an object. */
export function operationAt(operations: Operations, number: OperationNumber): Required<Operation> {
  const k = number - 1;
  return {
    kind: operations.kind[k] as OpKind,
    flags: operations.flags[k]!,
    id: operations.id[k]!,
    size: operations.size[k]!,
    align: operations.align[k]!,
    offset: operations.offset[k]!,
    prev: operations.prev[k]!,
    host: operations.host[k]!,
    line: operations.line[k]!,
  };
}

/** The buffers of all columns, for a transfer between threads. */
export function operationBuffers(operations: Operations): ArrayBuffer[] {
  return COLUMNS.map((name) => operations[name].buffer as ArrayBuffer);
}
