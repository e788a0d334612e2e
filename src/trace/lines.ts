/** Bytes that `LineFeed.push` takes at most at once. */
export const SLICE_BYTES = 128 * 1024;

/** Why a file cannot go on being read; `at` is a byte offset or, for a line that is too long, its number. */
export type FeedProblem = { readonly kind: 'nul' | 'utf8' | 'line'; readonly at: number };

type OnLine = (bytes: Uint8Array, from: number, to: number, line: number) => void;

/**
 * Parts a stream of bytes into lines, without making text of them: LF, CR and CR LF end a line, a byte-order mark at the
 * start is left out, a last line needs no end. Checks on the way that the bytes are UTF-8 and no byte is 0.
 *
 * Slices are copied once into a buffer of fixed size, before which the unfinished line stands; so a line is always in
 * one piece, and memory does not grow with the file.
 */
export class LineFeed {
  /** Lines begun so far. */
  line = 0;
  private readonly buffer: Uint8Array;
  /** Bytes in the buffer, and how far they have been looked at. */
  private filled = 0;
  private seen = 0;
  /** Offset in the file of the buffer's first byte. */
  private base = 0;
  private started = false;
  private afterReturn = false;
  private readonly lineBytes: number;

  /** Lines have at most `lineBytes` bytes. */
  constructor(lineBytes: number) {
    this.lineBytes = lineBytes;
    this.buffer = new Uint8Array(lineBytes + SLICE_BYTES + 4);
  }

  /** Takes up to `SLICE_BYTES` and hands on each line that ends in them; the views are valid during the call only. */
  push(slice: Uint8Array, onLine: OnLine): FeedProblem | null {
    const { buffer } = this;
    buffer.set(slice, this.filled);
    this.filled += slice.length;
    if (!this.started) {
      if (this.filled < 3 && startsLikeMark(buffer, this.filled)) return null;
      this.started = true;
      if (startsLikeMark(buffer, 3) && this.filled >= 3) this.drop(3);
    }
    return this.scan(onLine);
  }

  /** The last line, if the file does not end with a line end; `onLine` is told nothing else. */
  end(onLine: OnLine): FeedProblem | null {
    this.started = true;
    const problem = this.scan(onLine);
    if (problem !== null) return problem;
    if (this.seen < this.filled) return { kind: 'utf8', at: this.base + this.seen };
    if (this.filled > 0) onLine(this.buffer, 0, this.filled, ++this.line);
    this.filled = 0;
    return null;
  }

  private scan(onLine: OnLine): FeedProblem | null {
    const { buffer, filled, lineBytes } = this;
    let start = 0;
    let at = this.seen;
    while (at < filled) {
      const byte = buffer[at]!;
      if (byte > 13 && byte < 0x80) {
        at++;
      } else if (byte === 10 || byte === 13) {
        // The LF of a CR LF ends nothing; the CR before it did, perhaps in the slice before.
        if (byte === 10 && this.afterReturn && at === start) {
          start = at + 1;
        } else {
          if (at - start > lineBytes) return { kind: 'line', at: this.line + 1 };
          onLine(buffer, start, at, ++this.line);
          start = at + 1;
        }
        this.afterReturn = byte === 13;
        at++;
        continue;
      } else if (byte >= 0x80) {
        const length = sequenceLength(buffer, at, filled);
        if (length < 0) return { kind: 'utf8', at: this.base + at };
        if (length === 0) break;
        at += length;
      } else if (byte === 0) {
        return { kind: 'nul', at: this.base + at };
      } else {
        at++;
      }
      this.afterReturn = false;
    }
    if (filled - start > lineBytes) return { kind: 'line', at: this.line + 1 };
    this.seen = at;
    this.drop(start);
    return null;
  }

  /** Forgets the buffer's first bytes. */
  private drop(amount: number): void {
    if (amount === 0) return;
    this.buffer.copyWithin(0, amount, this.filled);
    this.filled -= amount;
    this.seen = Math.max(0, this.seen - amount);
    this.base += amount;
  }
}

/** Could bytes 0 to `length` be the beginning of a byte-order mark in UTF-8? */
function startsLikeMark(bytes: Uint8Array, length: number): boolean {
  const mark = [0xef, 0xbb, 0xbf];
  for (let k = 0; k < length; k++) if (bytes[k] !== mark[k]) return false;
  return true;
}

/**
 * Bytes of the UTF-8 sequence that begins at `at` with a byte of 0x80 or more: 2 to 4, 0 if `end` cuts it off, -1 if it is
 * none (the well-formed sequences of the Unicode standard, table 3-7).
 */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < length; k++) {
    if (at + k >= end) return 0;
    const byte = bytes[at + k]!;
    if (byte < (k === 1 ? lowest : 0x80) || byte > (k === 1 ? highest : 0xbf)) return -1;
  }
  return length;
}
