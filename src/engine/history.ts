import { type Bytes, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import { type Desk, type DriverExports, STAGE_BYTES } from './desk.ts';

const BLOCK_BYTES = 4096;

export interface HistoryOptions {
  /** Take a checkpoint whenever so many operations were recorded since the last, whatever the time: for tests. */
  readonly every?: number;
  /** Bytes of checkpoints kept; beyond, every second one is given up. */
  readonly limit?: Bytes;
}

/** What differs from the checkpoint before, in blocks of 4 KiB. */
export interface Checkpoint {
  readonly position: Position;
  readonly pages: Pages;
  /** Numbers of the blocks, ascending, and their bytes one after the other. */
  readonly blocks: Uint32Array;
  readonly bytes: Uint8Array;
}

/** A heap beyond this is not mirrored: it is run again from its last checkpoint. */
const MIRROR_LIMIT: Bytes = 96 * 1024 * 1024;
const DEFAULT_LIMIT: Bytes = 64 * 1024 * 1024;
/** Recording goes on at least so long between checkpoints: about what going back then takes. */
const SPACING_MS = 10;
/** … and so many times what the last checkpoint took, so that all of them cost at most a quarter of the recording. */
const COST_FACTOR = 3;

/**
 * Checkpoints of a heap, each only what changed since the one before. What changed is found by comparing with a mirror,
 * which lies in the desk behind the log: an allocator cannot be asked, and the heap is the program's.
 *
 * Where checkpoints stand depends on the clock; what is read at a position never does.
 */
export class History {
  private readonly checkpoints: Checkpoint[] = [];
  private readonly desk: Desk;
  private readonly driver: DriverExports;
  private readonly every: number | undefined;
  private readonly limit: Bytes;
  private readonly stageAt: number;
  private readonly foundAt: number;
  private readonly mirrorAt: number;
  private mirrored: Bytes = 0;
  private held: Bytes = 0;
  private spacing = SPACING_MS;
  private lastCost = 0;
  private lastEnd = performance.now();

  constructor(desk: Desk, driver: DriverExports, { every, limit = DEFAULT_LIMIT }: HistoryOptions) {
    this.desk = desk;
    this.driver = driver;
    this.every = every;
    this.limit = limit;
    this.stageAt = desk.tail;
    this.foundAt = this.stageAt + STAGE_BYTES;
    this.mirrorAt = this.foundAt + (STAGE_BYTES / BLOCK_BYTES) * 4;
  }

  /** Recording has come to `position`: takes a checkpoint if one is due. */
  offer(position: Position, memory: WebAssembly.Memory, pages: Pages): void {
    if (pages * PAGE_BYTES > MIRROR_LIMIT || !this.due(position)) return;
    const started = performance.now();
    this.take(position, new Uint8Array(memory.buffer), pages);
    this.lastEnd = performance.now();
    this.lastCost = this.lastEnd - started;
  }

  /** The last checkpoint at or before a position. */
  nearest(position: Position): Checkpoint | null {
    let found: Checkpoint | null = null;
    for (const checkpoint of this.checkpoints) {
      if (checkpoint.position > position) break;
      found = checkpoint;
    }
    return found;
  }

  /** Makes `heap` what it was at a checkpoint; all bytes that were never written by then are 0, up to the heap's end. */
  restore(checkpoint: Checkpoint, heap: Uint8Array): void {
    const done = new Uint8Array(heap.length / BLOCK_BYTES);
    for (let index = this.checkpoints.indexOf(checkpoint); index >= 0; index--) {
      const { blocks, bytes } = this.checkpoints[index]!;
      blocks.forEach((block, k) => {
        if (done[block] !== 0) return;
        done[block] = 1;
        heap.set(bytes.subarray(k * BLOCK_BYTES, (k + 1) * BLOCK_BYTES), block * BLOCK_BYTES);
      });
    }
    done.forEach((is, block) => {
      if (is === 0) heap.fill(0, block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
    });
  }

  clear(): void {
    this.checkpoints.length = 0;
    this.held = 0;
  }

  private due(position: Position): boolean {
    if (this.every !== undefined) return position - (this.checkpoints.at(-1)?.position ?? 0) >= this.every;
    return performance.now() - this.lastEnd > Math.max(this.spacing, this.lastCost * COST_FACTOR);
  }

  private take(position: Position, heap: Uint8Array, pages: Pages): void {
    const end = pages * PAGE_BYTES;
    this.extendMirror(end);
    const raw = this.desk.raw;
    const numbers: number[] = [];
    for (let at = 0; at < end; at += STAGE_BYTES) {
      const length = Math.min(STAGE_BYTES, end - at);
      raw.set(heap.subarray(at, at + length), this.stageAt);
      const found = this.driver.changedBlocks(this.stageAt, this.mirrorAt + at, length / BLOCK_BYTES, this.foundAt);
      const list = new Uint32Array(raw.buffer, this.foundAt, found);
      for (const block of list) numbers.push(at / BLOCK_BYTES + block);
    }
    const bytes = new Uint8Array(numbers.length * BLOCK_BYTES);
    numbers.forEach((block, k) => {
      bytes.set(heap.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), k * BLOCK_BYTES);
    });
    this.checkpoints.push({ position, pages, blocks: Uint32Array.from(numbers), bytes });
    this.held += bytes.length;
    while (this.held > this.limit && this.checkpoints.length > 2) this.thin();
  }

  /** The mirror follows the heap; what is new there was 0 when the heap began. */
  private extendMirror(end: Bytes): void {
    if (end <= this.mirrored) return;
    this.desk.reserve(this.mirrorAt + end);
    this.desk.raw.fill(0, this.mirrorAt + this.mirrored, this.mirrorAt + end);
    this.mirrored = end;
  }

  /** Joins every second checkpoint with the one after it, and spaces the next ones twice as far. */
  private thin(): void {
    const kept: Checkpoint[] = [];
    for (let k = this.checkpoints.length - 1; k >= 0; k -= 2) {
      const later = this.checkpoints[k]!;
      const earlier = this.checkpoints[k - 1];
      kept.unshift(earlier === undefined ? later : joined(earlier, later));
    }
    this.checkpoints.splice(0, this.checkpoints.length, ...kept);
    this.held = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.spacing *= 2;
  }
}

/** One checkpoint that says what both said: of a block that is in both, the later. */
function joined(earlier: Checkpoint, later: Checkpoint): Checkpoint {
  const from = new Map<number, Uint8Array>();
  for (const { blocks, bytes } of [earlier, later]) {
    blocks.forEach((block, k) => {
      from.set(block, bytes.subarray(k * BLOCK_BYTES, (k + 1) * BLOCK_BYTES));
    });
  }
  const blocks = Uint32Array.from(from.keys()).sort();
  const bytes = new Uint8Array(blocks.length * BLOCK_BYTES);
  blocks.forEach((block, k) => {
    bytes.set(from.get(block)!, k * BLOCK_BYTES);
  });
  return { position: later.position, pages: later.pages, blocks, bytes };
}
