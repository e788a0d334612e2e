/**
 * The traces of wee_alloc's tests (`test/traces`, written by its `trace-malloc-free`): lines `Alloc(SIZE),` and
 * `Free(INDEX),`, where INDEX counts the `Alloc` lines from 0. Nothing else: its writer turns a realloc into a free and
 * an alloc. A block is freed at most once.
 */
import { traceStrings as strings } from '../model/strings/trace.ts';
import { MAX_SIZE } from '../model/units.ts';
import { BlockTable } from './block-table.ts';
import { type LineReader, quoted } from './line-reader.ts';
import type { Recorder } from './recorder.ts';
import { Scanner } from './scanner.ts';

export class WeeTraceReader implements LineReader {
  private readonly recorder: Recorder;
  private readonly scanner = new Scanner();
  /** `Alloc` lines so far, and the block of each: a line that could not be taken has a number too. */
  private allocs = 0;
  private readonly blockOf = new BlockTable();

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  line(bytes: Uint8Array, from: number, to: number, number: number): void {
    const { scanner } = this;
    scanner.set(bytes, from, to);
    if (scanner.done) return;
    if (scanner.take('Alloc(')) {
      const index = this.allocs++;
      const size = this.argument();
      if (size >= 0) {
        this.blockOf.set(0, index, this.recorder.alloc(number, size));
        return;
      }
    } else if (scanner.take('Free(')) {
      const index = this.argument();
      if (index >= 0) {
        this.free(index, number);
        return;
      }
    }
    this.recorder.unknownLine(number, () => quoted(bytes, from, to));
  }

  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    return this.scanner.take('Alloc(') || this.scanner.take('Free(');
  }

  end(): void {}

  private free(index: number, line: number): void {
    const { recorder } = this;
    const block = this.blockOf.get(0, index);
    if (block >= 0 && recorder.blocks.death[block] === 0) recorder.free(block, line);
    else {
      recorder.anomaly('free-of-unknown-id', line, () =>
        block < 0 ? strings.anomaly.freeOfId(index) : strings.anomaly.freeOfDeadId(index),
      );
    }
  }

  /** The number in the brackets, the bracket and a comma that may be missing; -1 if the line is not so. */
  private argument(): number {
    const { scanner } = this;
    const value = scanner.digits(MAX_SIZE);
    if (!scanner.take(')')) return -1;
    scanner.take(',');
    return scanner.done ? value : -1;
  }
}
