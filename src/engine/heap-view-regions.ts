import { paintStrings } from '../model/strings/paint.ts';
import { type Addr, type Bytes, PAGE_BYTES } from '../model/units.ts';

/** Memory grows by at least so much at once: each growth makes every view of it anew. */
const GROWTH: Bytes = 4 * 1024 * 1024;
const ALIGNMENT = 16;

/**
 * Lays out the memory of a module that does not manage its own: first fit over free spans in address order, merged as they
 * come back. Made for some thousand large regions; a region costs an entry of two Maps and a scan of the free spans.
 * Regions are zeroed and belong to an owner, so that all of an owner's are given back at once.
 */
export class Regions {
  readonly memory: WebAssembly.Memory;
  /** Whose the next regions are. */
  owner: object | null = null;
  private readonly free: { start: Addr; end: Addr }[] = [];
  private readonly size = new Map<Addr, Bytes>();
  private readonly ownerOf = new Map<Addr, object | null>();
  /** Never used from here on, so zero still. */
  private fresh: Addr;

  /**
   * Views of the memory, made anew when it grows (which only happens here): not to be kept. Indices are addresses divided
   * by the element's size. Fields, for to ask a memory for its buffer costs 30 ns.
   */
  words!: Uint32Array;
  numbers!: Float64Array;
  bytes!: Uint8Array;

  constructor(memory: WebAssembly.Memory, start: Addr) {
    this.memory = memory;
    this.fresh = align(start);
    this.view();
  }

  /** Throws where the browser has no more memory to give; nothing is changed then. */
  reserve(bytes: Bytes): Addr {
    const wanted = Math.max(ALIGNMENT, align(bytes));
    const start = this.reuse(wanted) ?? this.extend(wanted);
    this.size.set(start, wanted);
    this.ownerOf.set(start, this.owner);
    return start;
  }

  release(start: Addr): void {
    const bytes = this.size.get(start);
    if (bytes === undefined) return;
    this.size.delete(start);
    this.ownerOf.delete(start);
    this.giveBack(start, start + bytes);
  }

  releaseAll(owner: object): void {
    const own = [...this.ownerOf].filter(([, whose]) => whose === owner);
    for (const [start] of own) this.release(start);
  }

  private reuse(wanted: Bytes): Addr | null {
    const index = this.free.findIndex(({ start, end }) => end - start >= wanted);
    if (index < 0) return null;
    const span = this.free[index]!;
    const { start } = span;
    span.start += wanted;
    if (span.start === span.end) this.free.splice(index, 1);
    this.bytes.fill(0, start, start + wanted);
    return start;
  }

  private extend(wanted: Bytes): Addr {
    const start = this.fresh;
    const missing = start + wanted - this.bytes.length;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(Math.max(missing, GROWTH) / PAGE_BYTES));
      } catch {
        throw new RangeError(paintStrings.noMemory(this.bytes.length + missing));
      }
      this.view();
    }
    this.fresh = start + wanted;
    return start;
  }

  private view(): void {
    const { buffer } = this.memory;
    this.words = new Uint32Array(buffer);
    this.numbers = new Float64Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }

  private giveBack(start: Addr, end: Addr): void {
    let index = this.free.findIndex((span) => span.start > start);
    if (index < 0) index = this.free.length;
    const left = this.free[index - 1];
    const right = this.free[index];
    if (left?.end === start) {
      left.end = end;
      if (right?.start === end) {
        left.end = right.end;
        this.free.splice(index, 1);
      }
    } else if (right?.start === end) {
      right.start = start;
    } else {
      this.free.splice(index, 0, { start, end });
    }
  }
}

function align(bytes: Bytes): Bytes {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
