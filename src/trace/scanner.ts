/**
 * Reads numbers out of one line of bytes. One scanner serves a whole file: nothing is allocated for a line, and a
 * line becomes text only where a message needs it.
 */
export class Scanner {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** Upper and lower 32 bits of the last address read. */
  high = 0;
  low = 0;

  /** Takes bytes `from` to `to` (excluded), without the blanks around them. */
  set(bytes: Uint8Array, from: number, to: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    while (this.end > from && isBlank(bytes[this.end - 1]!)) this.end--;
    this.blanks();
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  /** The byte at the scanner, -1 at the end of the line. */
  get byte(): number {
    return this.at < this.end ? this.bytes[this.at]! : -1;
  }

  blanks(): void {
    while (this.at < this.end && isBlank(this.bytes[this.at]!)) this.at++;
  }

  /** Steps over `text` (ASCII) if it stands here. */
  take(text: string): boolean {
    const { bytes, at } = this;
    if (at + text.length > this.end) return false;
    for (let k = 0; k < text.length; k++) if (bytes[at + k] !== text.charCodeAt(k)) return false;
    this.at += text.length;
    return true;
  }

  /** Reads decimal digits as a number up to `max`; -1 if there are none or it is larger. Steps over all digits. */
  digits(max: number): number {
    const { bytes, end } = this;
    let { at } = this;
    const first = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      // Past the limit the sum stays there, so that ten million digits cost one look each and never lose precision.
      value = value > max ? value : value * 10 + digit;
    }
    this.at = at;
    return at === first || value > max ? -1 : value;
  }

  /** A number that a blank or the line's end follows, and the blanks after it; -1 if it is anything else. */
  field(max: number): number {
    const value = this.digits(max);
    if (value < 0 || (this.at < this.end && !isBlank(this.bytes[this.at]!))) return -1;
    this.blanks();
    return value;
  }

  /** A field that may begin with `-`; NaN if it is no whole number within ±`max`. */
  signed(max: number): number {
    const minus = this.byte === 0x2d;
    if (minus) this.at++;
    const value = this.field(max);
    return value < 0 ? Number.NaN : minus ? 0 - value : value;
  }

  /**
   * An address: hexadecimal with or without `0x`, or `(nil)` for null, up to 64 bits into `high` and `low`. False if
   * there is none.
   */
  address(): boolean {
    this.high = 0;
    this.low = 0;
    if (this.take('(nil)')) return true;
    if (!this.take('0x')) this.take('0X');
    const first = this.at;
    for (; this.at < this.end; this.at++) {
      const digit = hexDigit(this.bytes[this.at]!);
      if (digit < 0) break;
      if (this.high >>> 28 !== 0) return false;
      this.high = ((this.high << 4) | (this.low >>> 28)) >>> 0;
      this.low = ((this.low << 4) | digit) >>> 0;
    }
    return this.at > first;
  }

  get isNull(): boolean {
    return this.high === 0 && this.low === 0;
  }
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
