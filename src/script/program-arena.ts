import type { OperationNumber } from '../model/units.ts';
import { Column } from './columns.ts';

/** Blocks in an arena stand at multiples of this. */
const STEP = 16;

export interface Chunk {
  readonly block: number;
  /** The Alloc that made it. */
  readonly operation: OperationNumber;
  readonly size: number;
}

/** An arena of the program: chunks in the order in which it got them, and how far the current one is filled. */
export class ProgramArena {
  chunks: Chunk[] = [];
  /** Blocks placed since it was last empty, dead ones too. */
  readonly placed = new Column(Uint32Array);
  /** How many chunks it ever had. */
  chunksMade = 0;
  private current = 0;
  private filled = 0;

  constructor(
    /** Number among the program's arenas, from 0. */
    readonly number: number,
    readonly name: number,
    private readonly chunkBytes: number,
  ) {}

  /**
   * Where a block of `size` goes: the next multiple of 16 in the current chunk, else in a later chunk, never back. Null when
   * none of them has room: then a new chunk is due.
   */
  place(size: number): { chunk: Chunk; offset: number } | null {
    for (; this.current < this.chunks.length; this.current++, this.filled = 0) {
      const offset = Math.ceil(this.filled / STEP) * STEP;
      const chunk = this.chunks[this.current]!;
      if (offset + size > chunk.size) continue;
      this.filled = offset + size;
      return { chunk, offset };
    }
    return null;
  }

  /** Size of the chunk to get for a block that found no room. A request cannot say 2³², so the largest block gets a chunk of its own size. */
  newChunkSize(size: number): number {
    return Math.min(0xffff_ffff, Math.max(this.chunkBytes, Math.ceil(size / STEP) * STEP));
  }

  addChunk(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.chunksMade++;
    this.current = this.chunks.length - 1;
    this.filled = 0;
  }

  rewind(): void {
    this.placed.length = 0;
    this.current = 0;
    this.filled = 0;
  }
}

/** Where placed blocks stand; blocks are added in order of birth and found by halving. */
export class Placements {
  private readonly blocks = new Column(Uint32Array);
  private readonly arenas = new Column(Uint32Array);
  private readonly hosts = new Column(Uint32Array);
  private readonly offsets = new Column(Float64Array);

  add(block: number, arena: number, host: OperationNumber, offset: number): void {
    this.blocks.push(block);
    this.arenas.push(arena);
    this.hosts.push(host);
    this.offsets.push(offset);
  }

  arena(block: number): number {
    return this.arenas.values[this.find(block)]!;
  }

  host(block: number): OperationNumber {
    return this.hosts.values[this.find(block)]!;
  }

  offset(block: number): number {
    return this.offsets.values[this.find(block)]!;
  }

  move(block: number, host: OperationNumber, offset: number): void {
    const k = this.find(block);
    this.hosts.values[k] = host;
    this.offsets.values[k] = offset;
  }

  private find(block: number): number {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.blocks.values[middle]! < block) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
