import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { newline, softNewline } from './generated/heap.terms.ts';

const LF = 10;
const CR = 13;
const HASH = 35;
const SLASH = 47;
const OPEN_BRACE = 123;

/** Blanks of the language: the two of the keyboard, the odd ones that paste brings along, the byte-order mark. */
export function isBlank(code: number): boolean {
  if (code === 32 || code === 9) return true;
  if (code < 0x80) return code === 11 || code === 12;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Where the last look-ahead of a parse began and ended and what it found: a run of comment lines is walked once, not once a line. */
const lookedAhead = new WeakMap<InputStream, { from: number; to: number; soft: boolean }>();

/**
 * A line's end separates statements, unless what comes next (behind blank and comment lines) is `{` or `else`: those
 * belong to the statement before, wherever they stand. A run of empty lines is one token.
 */
export const newlines = new ExternalTokenizer((input) => {
  if (input.next !== LF && input.next !== CR) return;
  const { pos } = input;
  let length = 1;
  for (let k = 1, code = input.peek(1); code === LF || code === CR || isBlank(code); code = input.peek(++k)) {
    if (code === LF || code === CR) length = k + 1;
  }
  let seen = lookedAhead.get(input);
  if (seen && pos >= seen.from && pos < seen.to) {
    input.peek(seen.to - pos); // so that an incremental parse knows how far this token depends on the text
  } else {
    seen = { from: pos, ...lookAhead(input, length) };
    lookedAhead.set(input, seen);
  }
  input.acceptToken(seen.soft ? softNewline : newline, length);
});

function lookAhead(input: InputStream, start: number): { to: number; soft: boolean } {
  let k = start;
  let code = input.peek(k);
  for (;;) {
    if (code === LF || code === CR || isBlank(code)) {
      code = input.peek(++k);
    } else if (code === HASH || (code === SLASH && input.peek(k + 1) === SLASH)) {
      while (code !== LF && code !== CR && code !== -1) code = input.peek(++k);
    } else {
      return { to: input.pos + k, soft: code === OPEN_BRACE || isElse(input, k) };
    }
  }
}

function isElse(input: InputStream, k: number): boolean {
  for (let j = 0; j < 4; j++) if (input.peek(k + j) !== 'else'.charCodeAt(j)) return false;
  const after = input.peek(k + 4);
  return after === -1 || !/[A-Za-z0-9_]/.test(String.fromCharCode(after));
}
