import { createReader, type HeapReading, type Reader, tellsBlocks } from '../../../src/engine/reader.ts';
import { SpanKind } from '../../../src/model/spans.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import type { Heap } from './heap.ts';
import { loadModule } from './modules.ts';

export interface Block {
  readonly id: number;
  readonly address: number;
  readonly size: number;
  readonly align: number;
}

/** Byte `offset` of block `id`: blocks differ, and so do places in a block, so that no overlap goes unseen. */
export function patternByte(id: number, offset: number): number {
  return (id * 151 + offset * 7 + (offset >>> 8) * 13 + 1) & 255;
}

/**
 * The second opinion on a heap: it knows the live blocks from the operations alone, fills each with a pattern of its own and
 * looks for it again. Every method throws with what is wrong and `label`, which holds the seed.
 */
export class Shadow {
  readonly blocks = new Map<number, Block>();
  private nextId = 0;

  private constructor(
    readonly heap: Heap,
    private readonly reader: Reader,
    readonly label: string,
  ) {}

  static async over(heap: Heap, label: string): Promise<Shadow> {
    const module = await loadModule(`${heap.lane.id}.reader`);
    return new Shadow(heap, createReader(module, heap.memory, heap.lane.id, await loadModule('spans')), label);
  }

  /** A block's id, or −1 if the request gave 0. */
  alloc(size: number, align = 0): number {
    const address = this.heap.alloc(size, align);
    if (address === 0) return -1;
    const block = { id: this.nextId++, address, size, align };
    this.place(block);
    return block.id;
  }

  free(id: number): void {
    const block = this.known(id);
    this.expectContents(block, block.size);
    this.blocks.delete(id);
    this.heap.dealloc(block.address, block.size, block.align);
  }

  /** False if the request gave 0; then the old block must be there, whole. */
  realloc(id: number, size: number): boolean {
    const old = this.known(id);
    this.expectContents(old, old.size);
    const address = this.heap.realloc(old.address, old.size, old.align, size);
    if (address === 0) {
      this.expectContents(old, old.size);
      return false;
    }
    this.blocks.delete(id);
    this.expectContents({ ...old, address }, Math.min(old.size, size));
    this.place({ ...old, address, size });
    return true;
  }

  /** Contents of every live block. */
  expectAllContents(): void {
    for (const block of this.blocks.values()) this.expectContents(block, block.size);
  }

  /** The reader and this shadow agree to the byte: conservation, the very same blocks, their usable sizes. */
  expectReading(): HeapReading {
    const reading = this.reader.read();
    const { heap } = this;
    if (reading.broken) this.fail(`${reading.broken.kind} at ${reading.broken.address}: ${reading.broken.rule}`);
    if (reading.pages !== heap.pages) this.fail(`the reader sees ${reading.pages} pages of ${heap.pages}`);
    const used = new Map<number, number>();
    let at = 0;
    let usedBytes = 0;
    for (let k = 0; k < reading.spanKind.length; k++) {
      if (reading.spanStart[k] !== at)
        this.fail(`a span begins at ${reading.spanStart[k]}, the one before ends at ${at}`);
      at += reading.spanBytes[k]!;
      if (reading.spanKind[k] !== SpanKind.Used) continue;
      used.set(reading.spanStart[k]!, reading.spanBytes[k]!);
      usedBytes += reading.spanBytes[k]!;
    }
    if (at !== heap.pages * PAGE_BYTES) this.fail(`the spans end at ${at}, not at the break`);
    let count = 0;
    let gross = 0;
    for (const block of this.blocks.values()) {
      if (heap.lane.id === 'wee' && block.size === 0) continue;
      count++;
      const usable = heap.usable(block.address, block.size, block.align);
      gross += usable;
      if (usable < block.size) this.fail(`block ${block.id} of ${block.size} B may use ${usable}`);
      if (tellsBlocks(heap.lane.id) && used.get(block.address) !== usable)
        this.fail(
          `block ${block.id} at ${block.address}: ${usable} usable, the reader says ${used.get(block.address)}`,
        );
    }
    if (tellsBlocks(heap.lane.id) && used.size !== count) this.fail(`the reader sees ${used.size} blocks of ${count}`);
    if (gross > usedBytes) this.fail(`live blocks take ${gross} B, the reader says ${usedBytes}`);
    return reading;
  }

  private known(id: number): Block {
    return this.blocks.get(id) ?? this.fail(`there is no block ${id}`);
  }

  private place(block: Block): void {
    const { heap } = this;
    const { address, size, align } = block;
    const wanted = align === 0 ? heap.align : align;
    if (address % wanted !== 0) this.fail(`${address} is no multiple of ${wanted}`);
    // What wee gives for nothing is never read, and lies nowhere.
    if (!(heap.lane.id === 'wee' && size === 0)) {
      if (address < heap.base || address + size > heap.pages * PAGE_BYTES)
        this.fail(`${size} B at ${address} lie outside the heap`);
      for (const other of this.blocks.values()) {
        const apart = address + size <= other.address || other.address + other.size <= address;
        if (!apart && size > 0 && other.size > 0) this.fail(`${size} B at ${address} overlap block ${other.id}`);
        if (address === other.address && heap.lane.id !== 'wee') this.fail(`two owners at ${address}`);
      }
    }
    const bytes = new Uint8Array(heap.memory.buffer, size === 0 ? 0 : address, size);
    for (let offset = 0; offset < size; offset++) bytes[offset] = patternByte(block.id, offset);
    this.blocks.set(block.id, block);
  }

  private expectContents(block: Block, length: number): void {
    const bytes = new Uint8Array(this.heap.memory.buffer, length === 0 ? 0 : block.address, length);
    for (let offset = 0; offset < length; offset++) {
      if (bytes[offset] !== patternByte(block.id, offset))
        this.fail(`byte ${offset} of block ${block.id} (${block.size} B at ${block.address}) has changed`);
    }
  }

  private fail(what: string): never {
    throw new Error(`${this.heap.name}, ${this.label}: ${what}`);
  }
}
