import type { ClassBytes } from './metrics.ts';
import type { Addr, Bytes, OperationNumber, Position } from './units.ts';

/**
 * One page of a lane at one position, read from the exact bytes and held against the operations. Spans and blocks are
 * whole: the first and the last may reach beyond the page.
 */
export interface PageReading {
  readonly position: Position;
  readonly page: number;
  /** Bytes of each class within the page; they add up to 65,536 where `adds`, and are all 0 where it is not committed. */
  readonly classes: ClassBytes;
  readonly adds: boolean;
  readonly spans: PageSpans;
  readonly blocks: PageBlocks;
  /** `live`: holds a live byte without a break since that operation; `empty`: since then none; `untouched`: never did. */
  readonly since: { readonly kind: 'live' | 'empty' | 'untouched'; readonly operation: OperationNumber };
  /** The live block that keeps the page longest: the one that is freed last, the oldest of those that never are. 0 for none. */
  readonly keeper: OperationNumber;
  /** The operation that committed the page, 0 for one of the initial pages. */
  readonly committedAt: OperationNumber;
  /** Null where they were not asked for. */
  readonly lists: FreeLists | null;
  /**
   * How full the page was over the whole run, asked for with the lists: level ⌈8 · live⌉ at the end of each of equally many
   * operations, `HISTORY_LEVELS` of them at most.
   */
  readonly history: Uint8Array | null;
}

/** The free lists of a lane's whole memory, in the order in which they are followed. Columns. */
export interface FreeLists {
  /** One entry a list that is not empty: its number, as the reader counts them, its holes, and their bytes together. */
  readonly number: Uint16Array;
  readonly holes: Uint32Array;
  readonly bytes: Float64Array;
  /** The first `LISTED_HOLES` holes of each list, from its head: which of the lists above, payload, usable bytes. */
  readonly of: Uint16Array;
  readonly address: Uint32Array;
  readonly size: Uint32Array;
}
export const LISTED_HOLES = 40;

/** Columns, one entry a span, by address and without gaps. */
export interface PageSpans {
  /** `SpanKind`. */
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly bytes: Uint32Array;
  /** Free and dead spans: the last operation that gave back a byte of it, 0 for never handed out. */
  readonly since: Uint32Array;
  /** Free spans in a list: its number, as the reader counts them; −1 else. */
  readonly list: Int16Array;
  /** Place in that list from its head, from 1, and its length. */
  readonly place: Uint32Array;
  readonly length: Uint32Array;
  /** Payloads of the neighbours in that list, 0 for none. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
}

/** Columns of the live blocks, by address. Blocks that the program placed in a chunk of its own arena follow the chunk. */
export interface PageBlocks {
  /** The operation that gave it its place. */
  readonly operation: Uint32Array;
  readonly address: Uint32Array;
  readonly usable: Uint32Array;
  /** 0 for a chunk of a program's arena: what is placed in it was asked for. */
  readonly requested: Uint32Array;
}

/** A word of a header, or a part of one. `id`: see `allocators.field`. */
export interface HeaderField {
  readonly id: number;
  readonly address: Addr;
  readonly bytes: Bytes;
  readonly value: number;
}

/** A stretch of a heap's bytes at one position, and what the words of the chunk asked about say. */
export interface ByteReading {
  readonly position: Position;
  readonly from: Addr;
  readonly bytes: Uint8Array;
  readonly fields: readonly HeaderField[];
}

/** A chunk by its payload; `free` when it holds links instead of a program's bytes. */
export interface ChunkName {
  readonly payload: Addr;
  readonly free: boolean;
}

export const HISTORY_LEVELS = 1024;
