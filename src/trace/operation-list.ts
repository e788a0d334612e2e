/**
 * The operation list, Heapscape's own format: what `Save` writes, and what is easily written by anything that wraps a
 * `malloc`. One operation a line, its fields parted by blanks, all numbers decimal:
 *
 * | line | means |
 * |---|---|
 * | `a ID SIZE [ALIGN]` | allocate (ALIGN 0: the allocator's own) |
 * | `z ID SIZE [ALIGN]` | allocate zeroed |
 * | `f ID` | free |
 * | `r ID SIZE` | realloc |
 * | `w ID OFFSET LENGTH [VALUE]` | write; OFFSET may be negative, VALUE is 0 to 255, without it the low byte of ID |
 * | `s`, `x` | enter, leave a scope |
 * | `m TEXT` | mark: the rest of the line after one blank |
 * | `# …` | comment |
 *
 * IDs go from 0 to 4294967295 and may be used again once freed. Blocks are numbered by birth; the ID is what people see.
 */
import { OpFlag } from '../model/operations.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';
import { MAX_SIZE } from '../model/units.ts';
import { BlockTable } from './block-table.ts';
import { type LineReader, quoted } from './line-reader.ts';
import type { Recorder } from './recorder.ts';
import { isBlank, Scanner } from './scanner.ts';

const letter = (text: string) => text.charCodeAt(0);
const [A, F, M, R, S, W, X, Z, HASH] = [...'afmrswxz#'].map(letter) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export class OperationListReader implements LineReader {
  private readonly recorder: Recorder;
  private readonly ids = new BlockTable();
  private readonly scanner = new Scanner();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  line(bytes: Uint8Array, from: number, to: number, number: number): void {
    const { scanner } = this;
    scanner.set(bytes, from, to);
    if (scanner.done) return;
    const kind = scanner.byte;
    if (kind === HASH) {
      this.recorder.comment();
      return;
    }
    const first = scanner.at++;
    const known = scanner.done || isBlank(scanner.byte) ? this.read(kind, number, first, to) : false;
    if (!known) this.recorder.unknownLine(number, () => quoted(bytes, from, to));
  }

  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    const kind = this.scanner.byte;
    return kind === A || kind === Z || kind === F || kind === R || kind === W || kind === S || kind === X;
  }

  end(): void {}

  /** False if the line is none of the format's. */
  private read(kind: number, line: number, first: number, lineEnd: number): boolean {
    const { scanner, recorder } = this;
    if (kind === M) {
      const text = scanner.bytes.subarray(Math.min(first + 2, lineEnd), lineEnd);
      recorder.mark(this.decoder.decode(text), line);
      return true;
    }
    scanner.blanks();
    switch (kind) {
      case A:
      case Z:
        return this.alloc(line, kind === Z ? OpFlag.Zeroed : 0);
      case F:
        return this.free(line);
      case R:
        return this.realloc(line);
      case W:
        return this.write(line);
      case S:
        if (scanner.done) recorder.enter(line);
        return scanner.done;
      case X:
        if (scanner.done) recorder.leave(line);
        return scanner.done;
      default:
        return false;
    }
  }

  private alloc(line: number, flags: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    const size = scanner.field(MAX_SIZE);
    const align = scanner.done ? 0 : scanner.field(MAX_SIZE);
    if (id < 0 || size < 0 || align < 0 || !scanner.done) return false;
    const old = this.ids.get(0, id);
    if (old >= 0 && recorder.blocks.death[old] === 0) {
      recorder.anomaly('alloc-of-live-id', line, () => strings.anomaly.liveId(id));
    }
    this.ids.set(0, id, recorder.alloc(line, size, align, flags, id));
    return true;
  }

  private free(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    if (id < 0 || !scanner.done) return false;
    const block = this.ids.get(0, id);
    if (block >= 0) recorder.free(block, line);
    else recorder.anomaly('free-of-unknown-id', line, () => strings.anomaly.freeOfId(id));
    return true;
  }

  private realloc(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    const size = scanner.field(MAX_SIZE);
    if (id < 0 || size < 0 || !scanner.done) return false;
    const block = this.ids.get(0, id);
    if (block >= 0) recorder.realloc(block, size, line);
    else {
      recorder.anomaly('realloc-of-unknown-id', line, () => strings.anomaly.reallocOfId(id));
      this.ids.set(0, id, recorder.reallocNothing(line, size, id));
    }
    return true;
  }

  private write(line: number): boolean {
    const { scanner, recorder } = this;
    const id = scanner.field(MAX_SIZE);
    const offset = scanner.signed(Number.MAX_SAFE_INTEGER);
    const length = scanner.field(MAX_SIZE);
    const value = scanner.done ? id & 0xff : scanner.field(255);
    if (id < 0 || Number.isNaN(offset) || length < 0 || value < 0 || !scanner.done) return false;
    const block = this.ids.get(0, id);
    if (block >= 0) recorder.write(block, offset, length, value, line);
    else recorder.anomaly('write-of-unknown-id', line, () => strings.anomaly.writeOfId(id));
    return true;
  }
}
