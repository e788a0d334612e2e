import { OpFlag } from '../model/operations.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';
import { BlockTable } from './block-table.ts';
import type { Recorder } from './recorder.ts';

/** A 64-bit address in two halves. */
export interface Address {
  high: number;
  low: number;
}

/**
 * The blocks of a recording that knows them by address (mtrace, valgrind): an address names the block that was last
 * handed out there and not freed since. Null is for the caller to sort out.
 */
export class AddressBook {
  private readonly recorder: Recorder;
  private readonly table = new BlockTable();

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  alloc(at: Address, size: number, line: number, align = 0, zeroed = false): void {
    this.warnIfTaken(at, line);
    this.table.set(at.high, at.low, this.recorder.alloc(line, size, align, zeroed ? OpFlag.Zeroed : 0));
  }

  free(at: Address, line: number): void {
    const block = this.table.get(at.high, at.low);
    if (block < 0) {
      const text = hexadecimal(at);
      this.recorder.anomaly('free-of-unknown-address', line, () => strings.anomaly.freeOfAddress(text));
      return;
    }
    this.table.delete(at.high, at.low);
    this.recorder.free(block, line);
  }

  /** The block at `from` is at `to` now, with `size` bytes. Of an address without a block: allocates, an anomaly. */
  realloc(from: Address, to: Address, size: number, line: number): void {
    const block = this.table.get(from.high, from.low);
    if (block < 0) {
      const text = hexadecimal(from);
      this.recorder.anomaly('realloc-of-unknown-address', line, () => strings.anomaly.reallocOfAddress(text));
      this.alloc(to, size, line);
      return;
    }
    this.table.delete(from.high, from.low);
    this.warnIfTaken(to, line);
    this.table.set(to.high, to.low, block);
    this.recorder.realloc(block, size, line);
  }

  private warnIfTaken(at: Address, line: number): void {
    if (this.table.get(at.high, at.low) < 0) return;
    const text = hexadecimal(at);
    this.recorder.anomaly('alloc-at-live-address', line, () => strings.anomaly.liveAddress(text));
  }
}

export function hexadecimal({ high, low }: Address): string {
  return `0x${high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0')}`;
}
