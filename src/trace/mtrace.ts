/**
 * What glibc writes to the file named by MALLOC_TRACE once a program has called `mtrace()` (malloc/mtrace.c; since 2.34
 * in libc_malloc_debug.so, which must be preloaded). Addresses and sizes are hexadecimal; a size of 0 has no `0x`.
 *
 * ```
 * = Start
 * @ WHERE + ADDRESS SIZE      a block; ADDRESS is (nil) where the request failed
 * @ WHERE - ADDRESS           a free
 * @ WHERE < ADDRESS           realloc: the old block, and on the next line
 * @ WHERE > ADDRESS SIZE      what became of it
 * @ WHERE ! ADDRESS SIZE      a realloc that failed
 * = End
 * ```
 *
 * WHERE names the caller and may be missing with its `@`; it may hold blanks, so a line is read from its end.
 */
import { traceStrings as strings } from '../model/strings/trace.ts';
import { MAX_SIZE } from '../model/units.ts';
import { type Address, AddressBook } from './address-book.ts';
import { type LineReader, quoted } from './line-reader.ts';
import type { Recorder } from './recorder.ts';
import { isBlank, Scanner } from './scanner.ts';

const [PLUS, MINUS, LESS, MORE, FAILED] = [...'+-<>!'].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

export class MtraceReader implements LineReader {
  private readonly recorder: Recorder;
  private readonly book: AddressBook;
  private readonly scanner = new Scanner();
  /** The old block of a realloc whose second line is still to come, and the line of the first; 0 if there is none. */
  private readonly old: Address = { high: 0, low: 0 };
  private oldLine = 0;
  private oldText = '';
  private readonly at: Address = { high: 0, low: 0 };
  private size = 0;
  private sign = 0;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
    this.book = new AddressBook(recorder);
  }

  line(bytes: Uint8Array, from: number, to: number, number: number): void {
    const { scanner, recorder, book } = this;
    scanner.set(bytes, from, to);
    if (scanner.done) return;
    const known = this.parse(bytes, scanner.at, scanner.end);
    if (this.oldLine !== 0 && !(known && this.sign === MORE)) this.dropOld();
    if (!known) {
      scanner.set(bytes, from, to);
      if (!scanner.take('= Start') && !scanner.take('= End'))
        recorder.unknownLine(number, () => quoted(bytes, from, to));
      return;
    }
    const { at, size } = this;
    const isNull = at.high === 0 && at.low === 0;
    switch (this.sign) {
      case MINUS:
        if (!isNull) book.free(at, number);
        return;
      case LESS:
        this.old.high = at.high;
        this.old.low = at.low;
        this.oldLine = number;
        this.oldText = quoted(bytes, from, to);
        return;
      case FAILED:
        recorder.anomaly('failed-request', number, () => strings.anomaly.failed(quoted(bytes, from, to)));
        return;
      default:
        if (isNull) recorder.anomaly('failed-request', number, () => strings.anomaly.failed(quoted(bytes, from, to)));
        else if (size > MAX_SIZE) {
          recorder.anomaly('unknown-line', number, () => strings.anomaly.tooLarge(quoted(bytes, from, to)));
        } else if (this.sign === PLUS) book.alloc(at, size, number);
        else if (this.oldLine !== 0) book.realloc(this.old, at, size, number);
        else {
          recorder.anomaly('realloc-of-unknown-address', number, () => strings.anomaly.reallocOfNothing);
          book.alloc(at, size, number);
        }
        this.oldLine = 0;
    }
  }

  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    return this.parse(bytes, this.scanner.at, this.scanner.end) && this.sign !== LESS && this.sign !== FAILED;
  }

  end(): void {
    if (this.oldLine !== 0) this.dropOld();
  }

  /** The first half of a realloc without its second: nothing is known of what became of the block, so it stays. */
  private dropOld(): void {
    const text = this.oldText;
    this.recorder.anomaly('unknown-line', this.oldLine, () => strings.anomaly.unknownLine(text));
    this.oldLine = 0;
  }

  /** Reads sign, address and size from the end of the line into the fields; false if they are not there. */
  private parse(bytes: Uint8Array, from: number, to: number): boolean {
    const last = fieldStart(bytes, from, to);
    const middle = fieldStart(bytes, from, blanksBefore(bytes, from, last));
    const first = fieldStart(bytes, from, blanksBefore(bytes, from, middle));
    const short = signAt(bytes, middle, last);
    if (short === MINUS || short === LESS) {
      this.sign = short;
      this.size = 0;
      return this.placed(bytes, from, middle) && this.address(bytes, last, to);
    }
    const long = signAt(bytes, first, middle);
    if (long !== PLUS && long !== MORE && long !== FAILED) return false;
    this.sign = long;
    if (!this.placed(bytes, from, first) || !this.address(bytes, last, to)) return false;
    this.size = this.at.high * 2 ** 32 + this.at.low;
    return this.address(bytes, middle, last);
  }

  /** A sign stands at the line's start, or after `@ WHERE`. */
  private placed(bytes: Uint8Array, from: number, sign: number): boolean {
    return sign === from || bytes[from] === 0x40;
  }

  /** The whole field from `from` is an address, and is now in `at`. */
  private address(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    if (!this.scanner.address() || !this.scanner.done) return false;
    this.at.high = this.scanner.high;
    this.at.low = this.scanner.low;
    return true;
  }
}

/** Where the field begins that ends at `end`. */
function fieldStart(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && !isBlank(bytes[at - 1]!)) at--;
  return at;
}

/** The end of what stands before `at`, without the blanks between. */
function blanksBefore(bytes: Uint8Array, from: number, at: number): number {
  let end = at;
  while (end > from && isBlank(bytes[end - 1]!)) end--;
  return end;
}

/** The byte at `at` if it is a field of its own before `next`, else -1. */
function signAt(bytes: Uint8Array, at: number, next: number): number {
  return next > at + 1 && isBlank(bytes[at + 1]!) ? bytes[at]! : -1;
}
