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

/**
 * What is live in a lane at a position, kept from the operations and the log alone: the second opinion on the reader's
 * walk over the bytes. Goes forward at about 10 ns an operation; backward it starts again.
 *
 * A block is known by the operation that last gave it its place. Placed blocks (a program's arena) are counted but not
 * listed: no request for them reached the allocator.
 */
export class Shadow {
  position: Position = 0;
  /** R */
  live: Bytes = 0;
  /** P */
  peakLive: Bytes = 0;
  /** Blocks of the program. */
  blocks = 0;
  /** Σ usable of the lane's blocks. */
  usable: Bytes = 0;
  /** A */
  gross: Bytes = 0;
  /** How many entries `liveOperations` has. */
  listed = 0;
  private readonly operations: Operations;
  private readonly header: Bytes;
  private readonly log: () => LogColumns;
  private readonly failed: (operation: OperationNumber) => boolean;
  private readonly isLive: Uint8Array;
  /** Live bytes of blocks that cover a page in part. */
  private readonly partly = new Float64Array(MAX_PAGES + 1);
  /** Blocks that begin (+) and end (−) to cover whole pages here: a gigabyte costs two entries. */
  private readonly wholly = new Int32Array(MAX_PAGES + 2);

  /** `log` is asked at every `seek`, because the desk's views go stale when it grows; `failed` seldom. */
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
    this.isLive = new Uint8Array(operations.count + 1);
  }

  /** Goes to a recorded position. */
  seek(position: Position): void {
    if (position < this.position) this.reset();
    this.advance(position);
  }

  /** Operations whose blocks are live, ascending: the lane's blocks, chunks of the program's arenas too. */
  liveOperations(): Uint32Array {
    const list = new Uint32Array(this.listed);
    let n = 0;
    for (let t = 1; t <= this.position && n < list.length; t++) if (this.isLive[t] !== 0) list[n++] = t;
    return list;
  }

  /** What the pages hold: pages without a live byte from `base` on, those of them at the end, and the bytes wasted beside live ones. */
  pageFacts(base: Addr, pages: Pages): { emptyPages: Pages; trailingPages: Pages; pinnedWaste: Bytes } {
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

  private reset(): void {
    this.isLive.fill(0, 0, this.position + 1);
    this.partly.fill(0);
    this.wholly.fill(0);
    this.position = this.live = this.peakLive = this.blocks = this.usable = this.gross = this.listed = 0;
  }

  private advance(to: Position): void {
    const { kind, flags, prev, host } = this.operations;
    const log = this.log();
    const { address, usable, requested } = log;
    for (let t = this.position + 1; t <= to; t++) {
      const k = t - 1;
      const before = prev[k]!;
      const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
      switch (kind[k]) {
        case OpKind.Alloc:
          if (address[t] !== 0) this.begin(t, log);
          break;
        case OpKind.Realloc:
          // A dead block whose resize failed is as dead as before; its entry is only repeated.
          if (misuse && this.failed(t)) break;
          if (this.isLive[before] !== 0) this.end(before, log);
          if (address[t] !== 0) this.begin(t, log);
          break;
        case OpKind.Free:
          if (!misuse && this.isLive[before] !== 0) this.end(before, log);
          break;
        case OpKind.Place:
          if (address[t] !== 0) this.place(requested[t]!, 1);
          break;
        case OpKind.Move: {
          const was = address[before] !== 0 && !misuse;
          const moved = address[host[k]!] !== 0;
          if (was) this.place(-requested[before]!, -1);
          if (moved || was) this.place(requested[t]!, 1);
          break;
        }
        case OpKind.Drop:
          if (!misuse && address[before] !== 0) this.place(-requested[before]!, -1);
          break;
        case OpKind.Rewind:
          this.place(-address[t]!, -usable[t]!);
          break;
        default:
      }
      if (this.live > this.peakLive) this.peakLive = this.live;
    }
    this.position = Math.max(this.position, to);
  }

  private place(bytes: Bytes, blocks: number): void {
    this.live += bytes;
    this.blocks += blocks;
  }

  private begin(t: OperationNumber, log: LogColumns): void {
    this.isLive[t] = 1;
    this.change(t, log, 1);
  }

  private end(t: OperationNumber, log: LogColumns): void {
    this.isLive[t] = 0;
    this.change(t, log, -1);
  }

  private change(t: OperationNumber, { address, usable, requested }: LogColumns, sign: 1 | -1): void {
    this.listed += sign;
    if ((this.operations.flags[t - 1]! & OpFlag.Chunk) === 0) {
      this.live += sign * requested[t]!;
      this.blocks += sign;
    }
    const bytes = usable[t]!;
    // An empty block of wee has no chunk: its pointer is made up and nothing is stored.
    if (bytes === 0) return;
    this.usable += sign * bytes;
    this.gross += sign * (bytes + this.header);
    this.cover(Math.max(0, address[t]! - this.header), address[t]! + bytes, sign);
  }

  private cover(from: Addr, to: number, sign: 1 | -1): void {
    const end = Math.min(to, MAX_PAGES * PAGE_BYTES);
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
}
