import type { HeaderField } from '../model/inspection.ts';
import type { Broken } from '../model/metrics.ts';
import { SpanKind } from '../model/spans.ts';
import { engineStrings } from '../model/strings/engine.ts';
import type { Addr } from '../model/units.ts';
import type { HeapReading, Reader } from './reader.ts';

// Words of wasm/guard.ts.
const QUARANTINE_AT = 0;
const FRONT = 16;
const LIVE = 0x4c495640;
const FREED = 0x46524540;
const GAP = 0x47415000;
const WITHOUT_ALIGN = ~31;

/**
 * What a guarded heap's bytes say. The allocator's reader sees a chunk in use for each block; here it falls into what lies in
 * front of the payload (metadata, with the header) and the rest, canary and red zone behind with it (slack, as rounding
 * is). A block that waits in quarantine can be given to no request: dead. The quarantine's own list is metadata.
 */
export class GuardedReader implements Reader {
  private readonly reader: Reader;
  private readonly memory: WebAssembly.Memory;

  constructor(reader: Reader, memory: WebAssembly.Memory) {
    this.reader = reader;
    this.memory = memory;
  }

  read(): HeapReading {
    const reading = this.reader.read();
    const words = new Words(this.memory);
    const quarantine = words.at(QUARANTINE_AT);
    const spans = new SpanList(reading);
    let { broken } = reading;
    const { spanKind, spanStart, spanBytes } = reading;
    for (let k = 0; k < spanKind.length; k++) {
      const [kind, start, bytes] = [spanKind[k]!, spanStart[k]!, spanBytes[k]!];
      if (kind !== SpanKind.Used) spans.add(kind, start, bytes);
      else if (start === quarantine) spans.add(SpanKind.Header, start, bytes);
      else {
        const p = payloadIn(words, start);
        const mark = p > start && p <= start + bytes ? words.at(p - 12) & WITHOUT_ALIGN : 0;
        if (mark === LIVE) {
          spans.add(SpanKind.Header, start, p - start);
          spans.add(SpanKind.Used, p, start + bytes - p);
        } else {
          spans.add(SpanKind.Dead, start, bytes);
          if (mark !== FREED) broken ??= wordsGone(start);
        }
      }
    }
    return { ...reading, ...spans.columns(), broken };
  }

  /** The allocator's own words of a chunk: it knows a block by where the guard's part begins. */
  fields(payload: Addr, free: boolean): HeaderField[] {
    return this.reader.fields(free ? payload : chunkOf(new Words(this.memory), payload), free);
  }
}

/** Words of a memory, 0 where there is none. */
class Words {
  private readonly view: DataView;

  constructor(memory: WebAssembly.Memory) {
    this.view = new DataView(memory.buffer);
  }

  at(address: Addr): number {
    return address >= 0 && address + 4 <= this.view.byteLength ? this.view.getUint32(address, true) : 0;
  }
}

function payloadIn(words: Words, chunk: Addr): Addr {
  return words.at(chunk + 4) === GAP ? words.at(chunk) : chunk + FRONT;
}

function chunkOf(words: Words, payload: Addr): Addr {
  return payload - Math.max(FRONT, 2 ** (words.at(payload - 12) & 31));
}

function wordsGone(address: Addr): Broken {
  return { kind: 'corrupt', rule: engineStrings.rules.guard, address };
}

/** Spans as they are told, neighbours of headers joined. */
class SpanList {
  private readonly kind: Uint8Array;
  private readonly start: Uint32Array;
  private readonly bytes: Uint32Array;
  private readonly sums: Float64Array;
  private count = 0;

  constructor({ spanKind, kindBytes }: HeapReading) {
    let most = spanKind.length;
    for (const kind of spanKind) if (kind === SpanKind.Used) most++;
    this.kind = new Uint8Array(most);
    this.start = new Uint32Array(most);
    this.bytes = new Uint32Array(most);
    this.sums = new Float64Array(kindBytes.length);
  }

  add(kind: number, start: Addr, bytes: number): void {
    this.sums[kind]! += bytes;
    const last = this.count - 1;
    if (kind === SpanKind.Header && last >= 0 && this.kind[last] === kind) {
      this.bytes[last]! += bytes;
      return;
    }
    this.kind[this.count] = kind;
    this.start[this.count] = start;
    this.bytes[this.count] = bytes;
    this.count++;
  }

  columns(): Pick<HeapReading, 'spanKind' | 'spanStart' | 'spanBytes' | 'kindBytes'> {
    const { count } = this;
    return {
      spanKind: this.kind.subarray(0, count),
      spanStart: this.start.subarray(0, count),
      spanBytes: this.bytes.subarray(0, count),
      kindBytes: this.sums,
    };
  }
}
