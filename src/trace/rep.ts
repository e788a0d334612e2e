/**
 * The `.rep` files of the malloc lab that goes with "Computer Systems: A Programmer's Perspective" (Bryant, O'Hallaron):
 * four lines of one number each, the suggested heap size, the number of ids, the number of operations and a weight; then
 * `a ID SIZE`, `r ID SIZE` and `f ID`, decimal. Newer labs write `f -1` for a free of null. An id that is free may be
 * used again.
 */
import { traceStrings as strings } from '../model/strings/trace.ts';
import { MAX_SIZE } from '../model/units.ts';
import { BlockTable } from './block-table.ts';
import { type LineReader, quoted } from './line-reader.ts';
import type { Recorder } from './recorder.ts';
import { Scanner } from './scanner.ts';

const HEAD_LINES = 4;
/** Of the four lines of the head, the one that says how many operations follow. */
const OPERATIONS_LINE = 2;

export class RepReader implements LineReader {
  private readonly recorder: Recorder;
  private readonly ids = new BlockTable();
  private readonly scanner = new Scanner();
  private readonly head: number[] = [];
  private operations = 0;
  private lastLine = 0;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  line(bytes: Uint8Array, from: number, to: number, number: number): void {
    const { scanner } = this;
    scanner.set(bytes, from, to);
    if (scanner.done) return;
    this.lastLine = number;
    if (this.operations === 0 && this.head.length < HEAD_LINES && isDigit(scanner.byte)) {
      const value = scanner.field(Number.MAX_SAFE_INTEGER);
      if (value >= 0 && scanner.done) {
        this.head.push(value);
        return;
      }
    } else {
      const kind = scanner.byte;
      scanner.at++;
      scanner.blanks();
      this.operations++;
      if (kind === 0x61 && this.alloc(number)) return;
      if (kind === 0x66 && this.free(number)) return;
      if (kind === 0x72 && this.realloc(number)) return;
      this.operations--;
    }
    this.recorder.unknownLine(number, () => quoted(bytes, from, to));
  }

  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    const kind = this.scanner.byte;
    return kind === 0x61 || kind === 0x66 || kind === 0x72;
  }

  /** The head tells how many operations there ought to be: so a file that was cut between two lines is known too. */
  end(): void {
    const said = this.head[OPERATIONS_LINE] ?? 0;
    if (this.operations >= said || this.recorder.truncated) return;
    this.recorder.anomaly('truncated', this.lastLine, () => strings.anomaly.missing(this.operations, said));
  }

  private alloc(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    const size = scanner.field(MAX_SIZE);
    if (id < 0 || size < 0 || !scanner.done) return false;
    if (this.live(id) >= 0) recorder.anomaly('alloc-of-live-id', line, () => strings.anomaly.liveId(id));
    this.ids.set(0, id, recorder.alloc(line, size));
    return true;
  }

  private free(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.signed(MAX_SIZE);
    if (!(id >= -1) || !scanner.done) return false;
    if (id === -1) return true;
    const block = this.live(id);
    if (block >= 0) recorder.free(block, line);
    else {
      recorder.anomaly('free-of-unknown-id', line, () =>
        this.ids.get(0, id) < 0 ? strings.anomaly.freeOfId(id) : strings.anomaly.freeOfDeadId(id),
      );
    }
    return true;
  }

  private realloc(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    const size = scanner.field(MAX_SIZE);
    if (id < 0 || size < 0 || !scanner.done) return false;
    const block = this.live(id);
    if (block >= 0) {
      recorder.realloc(block, size, line);
      return true;
    }
    recorder.anomaly('realloc-of-unknown-id', line, () =>
      this.ids.get(0, id) < 0 ? strings.anomaly.reallocOfId(id) : strings.anomaly.reallocOfDeadId(id),
    );
    this.ids.set(0, id, recorder.alloc(line, size));
    return true;
  }

  /** The live block of an id, -1 if there is none. */
  private live(id: number): number {
    const block = this.ids.get(0, id);
    return block >= 0 && this.recorder.blocks.death[block] === 0 ? block : -1;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
