import { isBlank } from './newlines.ts';

/**
 * The text as the language reads it: lone surrogates become U+FFFD, odd blanks and byte-order marks become blanks. Every
 * replacement has the length of what it replaces, so that a range of one is a range of the other. Line ends stay as they
 * are; the grammar knows all three.
 */
export function normalise(text: string): string {
  let out = '';
  let copied = 0;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    let replacement = '';
    if (code !== 32 && isBlank(code)) {
      replacement = ' ';
    } else if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(k + 1);
      if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) k++;
      else replacement = '\ufffd';
    }
    if (replacement === '') continue;
    out += text.slice(copied, k) + replacement;
    copied = k + 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** Length in UTF-8, without encoding it. Lone surrogates count as the U+FFFD that they become. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00 && isTrail(text.charCodeAt(k + 1))) {
      bytes += 4;
      k++;
    } else bytes += 3;
  }
  return bytes;
}

function isTrail(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Line and column of a place in a text: CR LF, CR and LF end lines; both count from 1. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let k = 0; k < text.length; k++) {
      const code = text.charCodeAt(k);
      if (code === 13 && text.charCodeAt(k + 1) === 10) k++;
      if (code === 10 || code === 13) this.starts.push(k + 1);
    }
  }

  get count(): number {
    return this.starts.length;
  }

  line(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  column(offset: number): number {
    return offset - this.starts[this.line(offset) - 1]! + 1;
  }

  /** Where a line begins; `count + 1` is the end of the text. */
  start(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** Where a line's characters end, its line end not included. */
  end(line: number): number {
    let end = this.start(line + 1);
    if (line < this.count) {
      end--;
      if (this.text.charCodeAt(end) === 10 && this.text.charCodeAt(end - 1) === 13) end--;
    }
    return end;
  }
}
