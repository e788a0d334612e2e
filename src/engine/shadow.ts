import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import {
  type Addr,
  type Bytes,
  MAX_PAGES,
  type OperationNumber,
  PAGE_BYTES,
  type Pages,
  type Position,
} from '../model/units.ts';
import type { LogColumns } from './desk.ts';

/** Positions at which the sums are kept; from one of them to any other it is at most so many operations. */
const STRIDE = 1024;

/** What is live, in sums. */
export interface LiveSums {
  /** R */
  readonly live: Bytes;
  /** P */
  readonly peakLive: Bytes;
  /** Blocks of the program. */
  readonly blocks: number;
  /** Σ usable of the lane's blocks. */
  readonly usable: Bytes;
  /** A */
  readonly gross: Bytes;
}

/**
 * What is live in a lane at a position, kept from the operations and the log alone: the second opinion on the reader's
 * walk over the bytes. One pass notes for every block the operation that ends it, and the sums every thousand
 * operations; after that any position costs microseconds, and its list of live blocks 2 ns an operation before it.
 *
 * A block is known by the operation that last gave it its place. Placed blocks (a program's arena) are counted but not
 * listed: no request for them reached the allocator. Memory: 4 bytes an operation.
 */
export class Shadow {
  /** Operations that are taken in. */
  extended: Position = 0;
  private readonly operations: Operations;
  private readonly header: Bytes;
  private readonly log: () => LogColumns;
  private readonly failed: (operation: OperationNumber) => boolean;
  /** For each operation that gave a block its place the one that ended it, 0 for none so far; itself where it gave none. */
  private readonly end: Uint32Array;
  private readonly samples: Float64Array;
  private readonly front = new Sums();
  private readonly at = new Sums();
  private position: Position = 0;
  private readonly pages: PageSums;

  /** `log` is asked anew each time, because the desk's views go stale when it grows; `failed` seldom. */
  constructor(
    operations: Operations,
    header: Bytes,
    log: () => LogColumns,
    failed: (operation: OperationNumber) => boolean,
  ) {
    this.operations = operations;
    this.header = header;
    this.log = log;
    this.failed = failed;
    this.end = new Uint32Array(operations.count + 1);
    this.samples = new Float64Array((Math.floor(operations.count / STRIDE) + 1) * Sums.LENGTH);
    this.pages = new PageSums(header);
  }

  /** Takes recorded operations in up to `to`: some 20 ns each. */
  extend(to: Position): void {
    const log = this.log();
    const { kind, flags, prev } = this.operations;
    for (let t = this.extended + 1; t <= to; t++) {
      const k = t - 1;
      const what = kind[k]!;
      const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
      const gives = (what === OpKind.Alloc || what === OpKind.Realloc) && log.address[t] !== 0;
      // A dead block whose resize failed is as dead as before; its entry is only repeated.
      const given = gives && !(misuse && what === OpKind.Realloc && this.failed(t));
      if (!given) this.end[t] = t;
      const ends = (what === OpKind.Free && !misuse) || (what === OpKind.Realloc && given);
      const before = prev[k]!;
      if (ends && before !== 0 && this.end[before] === 0) this.end[before] = t;
      this.apply(t, log, this.front);
      if (t % STRIDE === 0) this.front.save(this.samples, t / STRIDE);
    }
    this.extended = Math.max(this.extended, to);
  }

  /** The sums at a recorded position; good until asked for another. */
  sums(position: Position): LiveSums {
    this.extend(Math.max(position, this.extended));
    const sample = Math.floor(position / STRIDE);
    if (this.position > position || this.position < sample * STRIDE) {
      this.at.load(this.samples, sample);
      this.position = sample * STRIDE;
    }
    const log = this.log();
    while (this.position < position) this.apply(++this.position, log, this.at);
    return this.at;
  }

  /** The operation that ended the block of `operation` in this lane, as far as it is taken in: 0 for none, itself where it gave no block. */
  endOf(operation: OperationNumber): OperationNumber {
    return this.end[operation]!;
  }

  /** Operations whose blocks are live at a recorded position, ascending: the lane's blocks, chunks of arenas too. */
  liveOperations(position: Position): Uint32Array {
    this.extend(Math.max(position, this.extended));
    const { end } = this;
    let count = 0;
    for (let t = 1; t <= position; t++) if (end[t] === 0 || end[t]! > position) count++;
    const list = new Uint32Array(count);
    let n = 0;
    for (let t = 1; n < count; t++) if (end[t] === 0 || end[t]! > position) list[n++] = t;
    return list;
  }

  /** What the pages hold: pages without a live byte from `base` on, those of them at the end, and the bytes wasted beside live ones. */
  pageFacts(position: Position, base: Addr, pages: Pages): PageFacts {
    this.extend(Math.max(position, this.extended));
    const log = this.log();
    const { pages: sums, end } = this;
    const { prev } = this.operations;
    if (sums.position > position || position - sums.position > STRIDE) {
      sums.clear();
      for (const t of this.liveOperations(position)) sums.add(log.address[t]!, log.usable[t]!, 1);
    } else {
      for (let t = sums.position + 1; t <= position; t++) {
        const before = prev[t - 1]!;
        if (before !== 0 && end[before] === t && before !== t) sums.add(log.address[before]!, log.usable[before]!, -1);
        if (end[t] !== t) sums.add(log.address[t]!, log.usable[t]!, 1);
      }
    }
    sums.position = position;
    return sums.facts(base, pages);
  }

  /** What operation t changes in the sums, once it is known what it ends. */
  private apply(t: OperationNumber, log: LogColumns, sums: Sums): void {
    const { kind, flags, prev, host } = this.operations;
    const { address, usable, requested } = log;
    const k = t - 1;
    const before = prev[k]!;
    const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
    switch (kind[k]) {
      case OpKind.Alloc:
      case OpKind.Realloc:
      case OpKind.Free:
        if (before !== 0 && this.end[before] === t) this.change(before, log, sums, -1);
        if (this.end[t] !== t) this.change(t, log, sums, 1);
        break;
      case OpKind.Place:
        if (address[t] !== 0) sums.place(requested[t]!, 1);
        break;
      case OpKind.Move: {
        const was = address[before] !== 0 && !misuse;
        if (was) sums.place(-requested[before]!, -1);
        if (was || address[host[k]!] !== 0) sums.place(requested[t]!, 1);
        break;
      }
      case OpKind.Drop:
        if (!misuse && address[before] !== 0) sums.place(-requested[before]!, -1);
        break;
      case OpKind.Rewind:
        sums.place(-address[t]!, -usable[t]!);
        break;
      default:
    }
    if (sums.live > sums.peakLive) sums.peakLive = sums.live;
  }

  private change(t: OperationNumber, { usable, requested }: LogColumns, sums: Sums, sign: 1 | -1): void {
    if ((this.operations.flags[t - 1]! & OpFlag.Chunk) === 0) sums.place(sign * requested[t]!, sign);
    const bytes = usable[t]!;
    // An empty block of wee has no chunk: its pointer is made up and nothing is stored.
    if (bytes === 0) return;
    sums.usable += sign * bytes;
    sums.gross += sign * (bytes + this.header);
  }
}

class Sums implements LiveSums {
  static readonly LENGTH = 5;
  live = 0;
  peakLive = 0;
  blocks = 0;
  usable = 0;
  gross = 0;

  place(bytes: Bytes, blocks: number): void {
    this.live += bytes;
    this.blocks += blocks;
  }

  save(samples: Float64Array, index: number): void {
    samples.set([this.live, this.peakLive, this.blocks, this.usable, this.gross], index * Sums.LENGTH);
  }

  load(samples: Float64Array, index: number): void {
    const at = index * Sums.LENGTH;
    this.live = samples[at]!;
    this.peakLive = samples[at + 1]!;
    this.blocks = samples[at + 2]!;
    this.usable = samples[at + 3]!;
    this.gross = samples[at + 4]!;
  }
}

export interface PageFacts {
  readonly emptyPages: Pages;
  readonly trailingPages: Pages;
  readonly pinnedWaste: Bytes;
}

/** Live bytes by page at one position. */
class PageSums {
  position: Position = 0;
  private readonly header: Bytes;
  /** Live bytes of blocks that cover a page in part. */
  private readonly partly = new Float64Array(MAX_PAGES + 1);
  /** Blocks that begin (+) and end (−) to cover whole pages here: a gigabyte costs two entries. */
  private readonly wholly = new Int32Array(MAX_PAGES + 2);

  constructor(header: Bytes) {
    this.header = header;
  }

  clear(): void {
    this.partly.fill(0);
    this.wholly.fill(0);
  }

  /** A block with its header comes (1) or goes (−1). After a misuse either may lie anywhere. */
  add(address: Addr, usable: Bytes, sign: 1 | -1): void {
    if (usable === 0) return;
    const from = Math.max(0, address - this.header);
    const end = Math.min(address + usable, MAX_PAGES * PAGE_BYTES);
    const first = Math.floor(from / PAGE_BYTES);
    const last = Math.floor((end - 1) / PAGE_BYTES);
    if (first === last) {
      this.partly[first]! += sign * (end - from);
      return;
    }
    this.partly[first]! += sign * ((first + 1) * PAGE_BYTES - from);
    this.partly[last]! += sign * (end - last * PAGE_BYTES);
    this.wholly[first + 1]! += sign;
    this.wholly[last]! -= sign;
  }

  facts(base: Addr, pages: Pages): PageFacts {
    const firstPage = Math.ceil(base / PAGE_BYTES);
    let emptyPages = 0;
    let trailingPages = 0;
    let pinnedWaste = 0;
    let covers = 0;
    for (let page = 0; page < pages; page++) {
      covers += this.wholly[page]!;
      const bytes = covers * PAGE_BYTES + this.partly[page]!;
      if (bytes > 0) {
        pinnedWaste += Math.max(0, PAGE_BYTES - bytes);
        trailingPages = 0;
      } else if (page >= firstPage) {
        emptyPages++;
        trailingPages++;
      }
    }
    return { emptyPages, trailingPages, pinnedWaste };
  }
}
