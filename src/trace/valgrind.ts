/**
 * What `valgrind --trace-malloc=yes` prints about each call of the allocator it replaced
 * (coregrind/m_replacemalloc/vg_replace_malloc.c; seen with 3.19, and the text of later ones read):
 *
 * ```
 * --PID-- malloc(SIZE) = ADDRESS                       new, new[]: _Znwm(SIZE), _Znam(SIZE) and the like
 * --PID-- calloc(COUNT,SIZE) = ADDRESS
 * --PID-- realloc(ADDRESS,SIZE) = ADDRESS              realloc(0x0,SIZE)malloc(SIZE) = ADDRESS
 * --PID-- memalign(al ALIGN, size SIZE) = ADDRESS      aligned new: _ZnwmSt11align_val_t(size SIZE, al ALIGN) = ADDRESS
 * --PID-- free(ADDRESS)                                delete, delete[]: _ZdlPv(ADDRESS), _ZdaPv(ADDRESS) and the like
 * ==PID== anything                                     valgrind's remarks
 * ```
 *
 * Addresses are hexadecimal, the rest is decimal. A call may stand in another's line, and a result on a later line of
 * its own (`--PID--  = 0x0`) when an error was reported in between. Later versions print no address for posix_memalign
 * and aligned_alloc; such a block is left out. A program that forks is several processes with addresses of their own:
 * the first one is replayed. What the program itself prints does not belong here; `--log-file` keeps it out.
 */
import { traceStrings as strings } from '../model/strings/trace.ts';
import { MAX_SIZE } from '../model/units.ts';
import { type Address, AddressBook } from './address-book.ts';
import { type LineReader, quoted } from './line-reader.ts';
import type { Recorder } from './recorder.ts';
import { isBlank, Scanner } from './scanner.ts';

type CallKind = 'alloc' | 'calloc' | 'realloc' | 'free' | 'silent' | 'unknown';

/** A call whose result is not known yet. */
interface Call {
  kind: CallKind;
  /** Infinity where it is beyond what a double counts exactly. */
  size: number;
  align: number;
  /** The block of a realloc or a free. */
  readonly old: Address;
  line: number;
  text: string;
}

const newCall = (): Call => ({ kind: 'unknown', size: 0, align: 0, old: { high: 0, low: 0 }, line: 0, text: '' });
const DASH = 0x2d;
const EQUALS = 0x3d;

export class ValgrindReader implements LineReader {
  private readonly recorder: Recorder;
  private readonly book: AddressBook;
  private readonly scanner = new Scanner();
  /** The process that is replayed, -1 until it makes its first call. */
  private process = -1;
  private call = newCall();
  /** A call of an earlier line that still waits for its result. */
  private pending: Call | null = null;
  private readonly result: Address = { high: 0, low: 0 };

  constructor(recorder: Recorder) {
    this.recorder = recorder;
    this.book = new AddressBook(recorder);
  }

  line(bytes: Uint8Array, from: number, to: number, number: number): void {
    const { scanner, recorder } = this;
    scanner.set(bytes, from, to);
    if (scanner.done) return;
    const text = () => quoted(bytes, from, to);
    if (scanner.take('==') || scanner.take('**')) return;
    const process = this.prefix();
    if (process < 0) {
      recorder.unknownLine(number, text);
      return;
    }
    if (scanner.byte === EQUALS) {
      if (process === this.process && this.pending !== null && this.readResult()) this.settle(this.pending);
      if (process === this.process) this.pending = null;
      return;
    }
    if (!this.atCall()) {
      if (recorder.unfinished) recorder.unknownLine(number, text);
      return;
    }
    if (this.process < 0) this.process = process;
    if (process !== this.process) {
      recorder.anomaly('unknown-line', number, () =>
        strings.anomaly.otherProcess(String(process), String(this.process)),
      );
      return;
    }
    if (this.pending !== null) this.unresolved(this.pending);
    this.pending = null;
    this.calls(number, text);
  }

  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean {
    this.scanner.set(bytes, from, to);
    return this.prefix() >= 0 && this.atCall() && !this.scanner.take('free(0x0)');
  }

  end(): void {
    if (this.pending !== null) this.recorder.unknownLine(this.pending.line, () => this.pending!.text);
  }

  /** The calls of one line: one, or one that was made by another before that printed its result. */
  private calls(line: number, text: () => string): void {
    const { scanner, recorder } = this;
    for (;;) {
      const { call } = this;
      if (!this.readCall(call)) {
        recorder.unknownLine(line, text);
        return;
      }
      call.line = line;
      if (call.kind === 'unknown') {
        recorder.unknownLine(line, text);
        return;
      }
      if (call.kind === 'free') {
        if (call.old.high !== 0 || call.old.low !== 0) this.book.free(call.old, line);
        return;
      }
      if (call.kind === 'silent') return;
      scanner.blanks();
      if (scanner.byte === EQUALS) {
        if (!this.readResult()) recorder.unknownLine(line, text);
        else {
          const served = (this.result.high !== 0 || this.result.low !== 0) && call.size <= MAX_SIZE;
          call.text = served ? '' : text();
          this.settle(call);
        }
        return;
      }
      call.text = text();
      if (!this.atCall()) {
        this.pending = call;
        this.call = newCall();
        return;
      }
      // realloc(0x0,n) is malloc(n), realloc(p,0) is free(p): what follows on the line does the work.
      const handsOn = call.kind === 'realloc' && (call.size === 0 || (call.old.high === 0 && call.old.low === 0));
      if (!handsOn) this.unresolved(call);
    }
  }

  /** Carries out a call whose result is in `result`. */
  private settle(call: Call): void {
    const { recorder, book, result } = this;
    const isNull = result.high === 0 && result.low === 0;
    const wasNull = call.old.high === 0 && call.old.low === 0;
    if (isNull && call.kind === 'realloc' && call.size === 0) {
      if (!wasNull) book.free(call.old, call.line);
    } else if (isNull) {
      recorder.anomaly('failed-request', call.line, () => strings.anomaly.failed(call.text));
    } else if (!(call.size <= MAX_SIZE)) {
      recorder.anomaly('unknown-line', call.line, () => strings.anomaly.tooLarge(call.text));
    } else if (call.kind === 'realloc' && !wasNull) {
      book.realloc(call.old, result, call.size, call.line);
    } else {
      book.alloc(result, call.size, call.line, call.align, call.kind === 'calloc');
    }
  }

  /** A call that never printed a result: calloc whose product overflows returns null so; the others keep it to themselves. */
  private unresolved(call: Call): void {
    if (call.kind === 'calloc') {
      this.recorder.anomaly('failed-request', call.line, () => strings.anomaly.failed(call.text));
    } else this.recorder.anomaly('unknown-line', call.line, () => strings.anomaly.noAddress(call.text));
  }

  /** Steps over `--PID-- `, in which a time may stand before the number, and returns the number; -1 if it is not there. */
  private prefix(): number {
    const { scanner } = this;
    if (!scanner.take('--')) return -1;
    let process = -1;
    while (!scanner.done && scanner.byte !== DASH) {
      const { byte } = scanner;
      if (byte >= 0x30 && byte <= 0x39) process = scanner.digits(MAX_SIZE);
      else if (byte === 0x3a || byte === 0x2e || isBlank(byte)) scanner.at++;
      else return -1;
    }
    if (!scanner.take('--')) return -1;
    scanner.blanks();
    return process;
  }

  /** A name with a bracket right after it stands here. */
  private atCall(): boolean {
    const { bytes, end } = this.scanner;
    let { at } = this.scanner;
    while (at < end && isNameByte(bytes[at]!)) at++;
    return at > this.scanner.at && at < end && bytes[at] === 0x28;
  }

  /** Reads `NAME(ARGUMENTS)` into `call`; false if the arguments cannot be read or the bracket never closes. */
  private readCall(call: Call): boolean {
    const { scanner } = this;
    const first = scanner.at;
    while (isNameByte(scanner.byte)) scanner.at++;
    const nameLength = scanner.at - first;
    call.kind = kindOf(scanner.bytes, first, nameLength);
    const inZone = startsWith(scanner.bytes, first, 'malloc_zone_') || startsWith(scanner.bytes, first, 'zone_');
    scanner.at++;
    call.size = 1;
    call.align = 0;
    call.old.high = 0;
    call.old.low = 0;
    if (call.kind === 'silent' || call.kind === 'unknown') return true;
    for (let argument = inZone ? -1 : 0; ; argument++) {
      scanner.blanks();
      if (!this.readArgument(call, argument)) return false;
      scanner.blanks();
      if (scanner.take(')')) return true;
      if (!scanner.take(',')) return false;
    }
  }

  /** One argument; number -1 is the zone of a call of macOS, which says nothing here. */
  private readArgument(call: Call, argument: number): boolean {
    const { scanner } = this;
    const isPointer = argument < 0 || (argument === 0 && (call.kind === 'free' || call.kind === 'realloc'));
    if (isPointer) {
      if (!scanner.address()) return false;
      if (argument === 0) {
        call.old.high = scanner.high;
        call.old.low = scanner.low;
      }
      return true;
    }
    const isAlign = scanner.take('alignment ') || scanner.take('al ');
    if (!isAlign) scanner.take('size ');
    const before = scanner.at;
    const value = scanner.digits(Number.MAX_SAFE_INTEGER);
    if (scanner.at === before) return false;
    if (isAlign) call.align = powerOfTwo(value);
    // calloc and reallocarray have a count and a size: their product. (0 times anything is 0, beyond exact numbers too.)
    else if (call.size !== 0) call.size = value < 0 ? Number.POSITIVE_INFINITY : value === 0 ? 0 : call.size * value;
    return true;
  }

  /** Reads `= RESULT` into `result`. */
  private readResult(): boolean {
    const { scanner, result } = this;
    scanner.at++;
    scanner.blanks();
    if (!scanner.address()) return false;
    result.high = scanner.high;
    result.low = scanner.low;
    return true;
  }
}

function isNameByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 97 && letter <= 122) || byte === 0x5f || byte === 0x24 || (byte >= 0x30 && byte <= 0x39);
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[at + k] !== text.charCodeAt(k)) return false;
  return true;
}

/** Names whose mangled rest tells only which flavour of new or delete it is. */
const PREFIXES: readonly (readonly [string, CallKind])[] = [
  ['_Znw', 'alloc'],
  ['_Zna', 'alloc'],
  ['_Zdl', 'free'],
  ['_Zda', 'free'],
];
const NAMES: readonly (readonly [string, CallKind])[] = [
  ['malloc', 'alloc'],
  ['free', 'free'],
  ['calloc', 'calloc'],
  ['realloc', 'realloc'],
  ['memalign', 'alloc'],
  ['posix_memalign', 'alloc'],
  ['aligned_alloc', 'alloc'],
  ['valloc', 'alloc'],
  ['reallocarray', 'realloc'],
  ['reallocf', 'realloc'],
  ['cfree', 'free'],
  ['free_sized', 'free'],
  ['free_aligned_sized', 'free'],
  ['builtin_new', 'alloc'],
  ['builtin_vec_new', 'alloc'],
  ['builtin_delete', 'free'],
  ['builtin_vec_delete', 'free'],
  ['__builtin_new', 'alloc'],
  ['__builtin_vec_new', 'alloc'],
  ['__builtin_delete', 'free'],
  ['__builtin_vec_delete', 'free'],
  ['malloc_zone_malloc', 'alloc'],
  ['malloc_zone_calloc', 'calloc'],
  ['malloc_zone_realloc', 'realloc'],
  ['malloc_zone_valloc', 'alloc'],
  ['malloc_zone_memalign', 'alloc'],
  ['zone_memalign', 'alloc'],
  ['malloc_zone_free', 'free'],
  ['malloc_usable_size', 'silent'],
  ['malloc_size', 'silent'],
  ['mallinfo', 'silent'],
  ['malloc_trim', 'silent'],
];

function kindOf(bytes: Uint8Array, at: number, length: number): CallKind {
  for (const [name, kind] of NAMES) if (name.length === length && startsWith(bytes, at, name)) return kind;
  for (const [name, kind] of PREFIXES) if (startsWith(bytes, at, name)) return kind;
  return 'unknown';
}

/** The power of two that an alignment comes down to, as glibc rounds it; one that no 32-bit memory has is the largest. */
function powerOfTwo(align: number): number {
  if (align < 0 || align > 2 ** 31) return 2 ** 31;
  return align === 0 ? 0 : 2 ** Math.ceil(Math.log2(align));
}
