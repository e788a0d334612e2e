import { type Bytes, PAGE_BYTES, type Pages } from '../model/units.ts';

/** A memory that had to grow beyond this is let go: clearing it would cost more than a new one. */
const KEEP_BYTES: Bytes = 64 * 1024 * 1024;
const KEEP_COUNT = 12;

/**
 * Memories to use again. A browser allows about 120 live `WebAssembly.Memory` objects, and the first touch of a new page
 * is slow; a memory's maximum cannot change, so they are kept by it.
 */
export class MemoryPool {
  private readonly free: { memory: WebAssembly.Memory; maximum: Pages }[] = [];

  /**
   * A memory of at least `pages`, exactly that many if `exact`, that can grow to `maximum`. All bytes are 0 unless
   * `dirty` is allowed. Throws a RangeError when the browser has no memory left.
   */
  take(pages: Pages, maximum: Pages, { exact = false, dirty = false } = {}): WebAssembly.Memory {
    const index = this.free.findIndex(({ memory, maximum: its }) => {
      const size = memory.buffer.byteLength / PAGE_BYTES;
      return its === maximum && (exact ? size === pages : size >= pages);
    });
    if (index < 0) return new WebAssembly.Memory({ initial: pages, maximum });
    const { memory } = this.free.splice(index, 1)[0]!;
    if (!dirty) new Uint8Array(memory.buffer).fill(0);
    return memory;
  }

  /** Takes a memory back. Nothing may use it any more. */
  give(memory: WebAssembly.Memory, maximum: Pages): void {
    if (this.free.length >= KEEP_COUNT || memory.buffer.byteLength > KEEP_BYTES) return;
    this.free.push({ memory, maximum });
  }
}
