import type { HeaderField } from '../model/inspection.ts';
import type { AllocatorId } from '../model/lanes.ts';
import type { Broken } from '../model/metrics.ts';
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
  /** Bytes of each `SpanKind`, all spans together. */
  readonly kindBytes: Float64Array;
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
  /** Walks the heap once: some 20 ns a chunk. Never writes. */
  read(): HeapReading;
  /** What the words of one chunk say, `payload` as a span gives it; those of a free chunk hold links too. */
  fields(payload: Addr, free: boolean): HeaderField[];
}

/** Does an allocator's memory tell one block from the next? */
export function tellsBlocks(allocator: AllocatorId): boolean {
  return allocator !== 'arena';
}

/** How many kinds there are in `SpanKind`. */
const SPAN_KINDS = 7;

interface ReaderExports {
  walk(): void;
  lists(): void;
  fields(payload: Addr, free: boolean): void;
}

/** What wasm/spans.ts exports beside its memory: the reader calls the first four, the host the others. */
interface SpanExports {
  readonly memory: WebAssembly.Memory;
  chunk(kind: number, start: number, header: number, bytes: number): void;
  row(kind: number, start: number, each: number, chunks: number): void;
  link(list: number, payload: number): void;
  broken(rule: number, address: number): void;
  begin(): void;
  settle(): void;
  spanCount(): number;
  linkCount(): number;
  holeCount(): number;
  brokenRule(): number;
  brokenAddress(): number;
  column(which: number): number;
}

/** Columns of wasm/spans.ts, by number. */
const COLUMN = { kind: 0, start: 1, bytes: 2, holeAddress: 3, holeBytes: 4, list: 5, address: 6, totals: 7 } as const;
const RULE_LOOP = 7;

/**
 * The one way to learn what a heap's bytes mean. `module` is `NAME.reader.wasm`, `memory` the heap of that allocator, which
 * may hold anything: the reader ends all the same. `spans` is `spans.wasm`, where what is found is collected. Throws only
 * where the modules are not those.
 */
export function createReader(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  allocator: AllocatorId,
  spans: WebAssembly.Module,
): Reader {
  return new HeapReader(module, memory, allocator, spans);
}

class HeapReader implements Reader {
  private readonly reader: ReaderExports;
  private readonly spans: SpanExports;
  private found: HeaderField[] = [];

  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    readonly allocator: AllocatorId,
    spans: WebAssembly.Module,
  ) {
    const abort = () => {
      throw new Error(`the reader of ${allocator} failed an assertion`);
    };
    this.spans = new WebAssembly.Instance(spans, { env: { abort } }).exports as unknown as SpanExports;
    const { chunk, row, link, broken } = this.spans;
    const field = (id: number, address: number, bytes: number, value: number) =>
      this.found.push({ id, address: address >>> 0, bytes, value: value >>> 0 });
    const instance = new WebAssembly.Instance(module, {
      env: { memory, abort },
      sink: { chunk, row, link, broken, field },
    });
    this.reader = instance.exports as unknown as ReaderExports;
  }

  read(): HeapReading {
    const { spans } = this;
    spans.begin();
    this.reader.walk();
    this.reader.lists();
    spans.settle();
    const { buffer } = spans.memory;
    const count = spans.spanCount();
    const links = spans.linkCount();
    const holes = spans.holeCount();
    const words = (which: number, length: number) => new Uint32Array(buffer, spans.column(which), length);
    const spanStart = words(COLUMN.start, count);
    const spanBytes = words(COLUMN.bytes, count);
    const last = count - 1;
    return {
      pages: last < 0 ? 0 : (spanStart[last]! + spanBytes[last]!) / PAGE_BYTES,
      spanKind: new Uint8Array(buffer, spans.column(COLUMN.kind), count),
      spanStart,
      spanBytes,
      kindBytes: Float64Array.from(new BigUint64Array(buffer, spans.column(COLUMN.totals), SPAN_KINDS), Number),
      holeAddress: words(COLUMN.holeAddress, holes),
      holeBytes: words(COLUMN.holeBytes, holes),
      listNumber: new Uint16Array(buffer, spans.column(COLUMN.list), links),
      listAddress: words(COLUMN.address, links),
      broken: this.broken(),
    };
  }

  fields(payload: Addr, free: boolean): HeaderField[] {
    this.found = [];
    this.reader.fields(payload, free);
    return this.found;
  }

  private broken(): Broken | null {
    const rule = this.spans.brokenRule();
    if (rule === 0) return null;
    const kind = rule === RULE_LOOP ? 'loop' : 'corrupt';
    return { kind, rule: texts.rule(rule), address: this.spans.brokenAddress() >>> 0 };
  }
}
