import type { AllocatorId } from '../model/lanes.ts';
import { type Broken, SpanKind } from '../model/metrics.ts';
import { allocators as texts } from '../model/strings/allocators.ts';
import { type Addr, PAGE_BYTES, type Pages } from '../model/units.ts';

/** What the bytes of a heap say, without a look at the operations. All columns are the reader's own: valid until it reads again. */
export interface HeapReading {
  /** The break, as far as memory really reaches. */
  readonly pages: Pages;
  /**
   * Tile [0, pages · 65,536) in address order, without gaps. A Used span begins at the payload that the program holds and
   * is as long as its usable bytes. Arenas know no blocks: one Used span reaches from the base to the bump, and which of
   * it is dead only the operations tell (`tellsBlocks`).
   */
  readonly spanKind: Uint8Array;
  readonly spanStart: Uint32Array;
  readonly spanBytes: Uint32Array;
  /** Payload and usable bytes of every free chunk that a later request can be given: the Free spans. */
  readonly holeAddress: Uint32Array;
  readonly holeBytes: Uint32Array;
  /**
   * Free lists in the order in which they are followed: number of the list, payload of the chunk. wee: 0 is the main list, w the one
   * for w words. dlmalloc: 0 is the designated victim, n the bin of 16 · n bytes, 16 + t tree t. pool: c is class c, 40 the freed runs.
   */
  readonly listNumber: Uint16Array;
  readonly listAddress: Uint32Array;
  /** The first rule that does not hold. What lies behind a broken header is reported as dead. */
  readonly broken: Broken | null;
}

export interface Reader {
  /** Walks the heap once: some 50 ns a chunk, more where many are free (their addresses are sorted). Never writes. */
  read(): HeapReading;
}

/** Does an allocator's memory tell one block from the next? */
export function tellsBlocks(allocator: AllocatorId): boolean {
  return allocator !== 'arena';
}

/** Kinds that are settled here, once the lists are known: see `wasm/allocators/sink.ts`. */
const FREE_OR_LOST = 7;
const LISTED = 8;
const SLOT = 9;
const RULE_LINK = 6;
const RULE_LOOP = 7;
const RULE_UNLISTED = 10;

interface ReaderExports {
  walk(): void;
  lists(): void;
}

/**
 * The one way to learn what a heap's bytes mean. `module` is `NAME.reader.wasm`, `memory` the heap of that allocator: it
 * may hold anything, the reader ends all the same. Throws only where the module is not a reader.
 */
export function createReader(module: WebAssembly.Module, memory: WebAssembly.Memory, allocator: AllocatorId): Reader {
  return new HeapReader(module, memory, allocator);
}

class HeapReader implements Reader {
  private readonly exports: ReaderExports;
  private spans = 0;
  private kind = new Uint8Array(1024);
  private start = new Uint32Array(1024);
  private bytes = new Uint32Array(1024);
  private links = 0;
  private list = new Uint16Array(1024);
  private address = new Uint32Array(1024);
  private rule = 0;
  private ruleAddress: Addr = 0;

  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    readonly allocator: AllocatorId,
  ) {
    const sink = {
      chunk: (kind: number, start: number, header: number, bytes: number) => {
        if (header !== 0) this.span(SpanKind.Header, start - header, header);
        if (bytes !== 0) this.span(kind, start, bytes);
      },
      link: (list: number, payload: number) => this.link(list, payload),
      broken: (rule: number, address: number) => this.report(rule, address >>> 0),
    };
    const env = {
      memory,
      abort: () => {
        throw new Error(`the reader of ${allocator} failed an assertion`);
      },
    };
    const instance = new WebAssembly.Instance(module, { env, sink });
    this.exports = instance.exports as unknown as ReaderExports;
  }

  read(): HeapReading {
    this.spans = 0;
    this.links = 0;
    this.rule = 0;
    this.exports.walk();
    this.exports.lists();
    const holes = this.settle();
    const holeAddress = new Uint32Array(holes);
    const holeBytes = new Uint32Array(holes);
    let hole = 0;
    for (let k = 0; k < this.spans; k++) {
      if (this.kind[k] !== SpanKind.Free) continue;
      holeAddress[hole] = this.start[k]!;
      holeBytes[hole++] = this.bytes[k]!;
    }
    const last = this.spans - 1;
    return {
      pages: last < 0 ? 0 : (this.start[last]! + this.bytes[last]!) / PAGE_BYTES,
      spanKind: this.kind.subarray(0, this.spans),
      spanStart: this.start.subarray(0, this.spans),
      spanBytes: this.bytes.subarray(0, this.spans),
      holeAddress,
      holeBytes,
      listNumber: this.list.subarray(0, this.links),
      listAddress: this.address.subarray(0, this.links),
      broken: this.broken(),
    };
  }

  /** Gives every provisional span its kind: both, spans and sorted links, go up by address. Returns the number of holes. */
  private settle(): number {
    const sorted = this.address.slice(0, this.links).sort();
    let next = 0;
    let holes = 0;
    for (let k = 0; k < this.spans; k++) {
      const start = this.start[k]!;
      const kind = this.kind[k]!;
      // Links to addresses between payloads, or to a payload that is not free, are no links.
      while (next < sorted.length && sorted[next]! < start) this.report(RULE_LINK, sorted[next++]!);
      let listed = false;
      while (next < sorted.length && sorted[next] === start) {
        if (listed) this.report(RULE_LOOP, start);
        listed = true;
        next++;
      }
      switch (kind) {
        case FREE_OR_LOST:
          this.kind[k] = listed ? SpanKind.Free : SpanKind.Dead;
          break;
        case SLOT:
          this.kind[k] = listed ? SpanKind.Free : SpanKind.Used;
          break;
        case LISTED:
          if (!listed) this.report(RULE_UNLISTED, start);
          this.kind[k] = listed ? SpanKind.Free : SpanKind.Dead;
          break;
        default:
          if (listed) this.report(RULE_LINK, start);
      }
      if (this.kind[k] === SpanKind.Free) holes++;
    }
    if (next < sorted.length) this.report(RULE_LINK, sorted[next]!);
    return holes;
  }

  private broken(): Broken | null {
    if (this.rule === 0) return null;
    const kind = this.rule === RULE_LOOP ? 'loop' : 'corrupt';
    return { kind, rule: texts.rule(this.rule), address: this.ruleAddress };
  }

  private report(rule: number, address: Addr): void {
    if (this.rule !== 0) return;
    this.rule = rule;
    this.ruleAddress = address;
  }

  private span(kind: number, start: number, bytes: number): void {
    const k = this.spans++;
    if (k === this.kind.length) {
      this.kind = doubled(this.kind);
      this.start = doubled(this.start);
      this.bytes = doubled(this.bytes);
    }
    this.kind[k] = kind;
    this.start[k] = start;
    this.bytes[k] = bytes;
  }

  private link(list: number, payload: number): void {
    const k = this.links++;
    if (k === this.list.length) {
      this.list = doubled(this.list);
      this.address = doubled(this.address);
    }
    this.list[k] = list;
    this.address[k] = payload;
  }
}

function doubled<Column extends Uint8Array | Uint16Array | Uint32Array>(column: Column): Column {
  const next = new (column.constructor as new (length: number) => Column)(column.length * 2);
  next.set(column);
  return next;
}
