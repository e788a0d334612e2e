/** What reads one format: told each line of the file in turn, it tells the recorder. */
export interface LineReader {
  /** One line, without its end: bytes `from` to `to`, valid during the call only. */
  line(bytes: Uint8Array, from: number, to: number, number: number): void;
  /** Does the line ask for an operation, as far as its looks go? For counting a file that is too long. */
  looksLikeOperation(bytes: Uint8Array, from: number, to: number): boolean;
  /** After the last line. */
  end(): void;
}

const decoder = new TextDecoder();
/** Bytes of a line that a message quotes. */
const QUOTED_BYTES = 120;

/** The line as a message quotes it: one line, no control characters, not too long. */
export function quoted(bytes: Uint8Array, from: number, to: number): string {
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + QUOTED_BYTES)));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a message
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ').trim();
  return to - from > QUOTED_BYTES ? `${clean}…` : clean;
}
