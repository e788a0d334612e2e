/**
 * A strict, bounded reader of JSON that comes in pieces. The platform's own `JSON.parse` needs the whole text at once,
 * keeps the last of two equal keys, takes `1e999` for Infinity and nests without end; a state file may hold a recording of
 * 64 MiB, and comes from anywhere. Objects become Maps, so that no key has a meaning of its own.
 */
export type Json = null | boolean | number | string | LongText | readonly Json[] | ReadonlyMap<string, Json>;

/** A string of more than LIMITS_JSON.text units, in pieces that no character is cut by. */
export class LongText {
  readonly pieces: readonly string[];

  constructor(pieces: readonly string[]) {
    this.pieces = pieces;
  }
}

export const LIMITS_JSON = {
  depth: 16,
  /** Values in the whole file. */
  values: 1000,
  /** UTF-16 units of a key, of a string that is given as one, and of one that is given in pieces. */
  key: 64,
  text: 1_048_576,
  longText: 64 * 1024 * 1024,
} as const;

export type JsonFault = 'json' | 'size';

class Fault extends Error {
  readonly kind: JsonFault;

  constructor(kind: JsonFault) {
    super(kind);
    this.kind = kind;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Takes a text piece by piece; `finish` gives the value, or why there is none. After a fault it takes nothing more. */
export class JsonReader {
  private piece = '';
  private at = 0;
  private ended = false;
  private values = 0;
  private readonly run: Iterator<void, Json>;
  private outcome: { readonly value: Json } | { readonly fault: JsonFault } | null = null;

  constructor() {
    this.run = this.document();
  }

  /** False once there is a fault: the rest of the text need not be read. */
  take(piece: string): boolean {
    this.piece = piece;
    this.at = 0;
    this.advance();
    return this.outcome === null;
  }

  finish(): { readonly value: Json } | { readonly fault: JsonFault } {
    this.ended = true;
    this.advance();
    return this.outcome ?? { fault: 'json' };
  }

  private advance(): void {
    if (this.outcome !== null) return;
    try {
      const step = this.run.next();
      if (step.done) this.outcome = { value: step.value };
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      this.outcome = { fault: fault.kind };
    }
  }

  /** The next character's code, −1 at the end. */
  private *peek(): Generator<void, number> {
    while (this.at >= this.piece.length) {
      if (this.ended) return -1;
      yield;
    }
    return this.piece.charCodeAt(this.at);
  }

  /** The next code that is no blank. */
  private *solid(): Generator<void, number> {
    for (;;) {
      const code = yield* this.peek();
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code;
      this.at++;
    }
  }

  private *document(): Generator<void, Json> {
    const value = yield* this.value(0);
    if ((yield* this.solid()) !== -1) throw new Fault('json');
    return value;
  }

  private *value(depth: number): Generator<void, Json> {
    if (++this.values > LIMITS_JSON.values || depth > LIMITS_JSON.depth) throw new Fault('size');
    const code = yield* this.solid();
    switch (String.fromCharCode(code)) {
      case '{':
        return yield* this.object(depth);
      case '[':
        return yield* this.array(depth);
      case '"':
        return yield* this.string();
      default:
        return yield* this.scalar();
    }
  }

  private *object(depth: number): Generator<void, Json> {
    const members = new Map<string, Json>();
    this.at++;
    if ((yield* this.solid()) === 125) {
      this.at++;
      return members;
    }
    for (;;) {
      if ((yield* this.solid()) !== QUOTE) throw new Fault('json');
      const key = yield* this.string();
      if (typeof key !== 'string' || key.length > LIMITS_JSON.key) throw new Fault('size');
      if (members.has(key) || (yield* this.solid()) !== 58) throw new Fault('json');
      this.at++;
      members.set(key, yield* this.value(depth + 1));
      if (!(yield* this.more(125))) return members;
    }
  }

  private *array(depth: number): Generator<void, Json> {
    const items: Json[] = [];
    this.at++;
    if ((yield* this.solid()) === 93) {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(yield* this.value(depth + 1));
      if (!(yield* this.more(93))) return items;
    }
  }

  /** Past a comma: true; past the closing bracket: false. */
  private *more(closing: number): Generator<void, boolean> {
    const code = yield* this.solid();
    this.at++;
    if (code === closing) return false;
    if (code !== 44) throw new Fault('json');
    return true;
  }

  private *scalar(): Generator<void, Json> {
    let word = '';
    for (;;) {
      const code = yield* this.peek();
      const character = String.fromCharCode(code);
      if (code === -1 || !/[-+.0-9A-Za-z]/.test(character)) break;
      if (word.length === 32) throw new Fault('json');
      word += character;
      this.at++;
    }
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    const value = Number(word);
    if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(word) || !Number.isFinite(value)) {
      throw new Fault('json');
    }
    return value;
  }

  /**
   * From an opening quote to past the closing one. What stands between is handed to `JSON.parse` in stretches as long as
   * the piece has them, for speed; a stretch never ends within an escape or between the halves of a surrogate pair.
   */
  private *string(): Generator<void, string | LongText> {
    const stretches: string[] = [];
    let units = 0;
    let carried = '';
    this.at++;
    for (;;) {
      const raw = carried + this.piece.slice(this.at);
      const close = closingQuote(raw);
      const end = close === -1 ? wholeEscapes(raw) : close;
      const text = unescaped(raw.slice(0, end));
      units += text.length;
      if (units > LIMITS_JSON.longText) throw new Fault('size');
      stretches.push(text);
      if (close !== -1) {
        this.at = this.piece.length - (raw.length - close - 1);
        break;
      }
      carried = raw.slice(end);
      this.at = this.piece.length;
      if ((yield* this.peek()) === -1) throw new Fault('json');
    }
    return units > LIMITS_JSON.text ? new LongText(stretches) : stretches.join('');
  }
}

function unescaped(stretch: string): string {
  try {
    return JSON.parse(`"${stretch}"`);
  } catch {
    throw new Fault('json');
  }
}

/** Index of the first quote that no backslash escapes, or −1. */
function closingQuote(raw: string): number {
  for (let at = raw.indexOf('"'); at !== -1; at = raw.indexOf('"', at + 1)) {
    if (backslashesBefore(raw, at) % 2 === 0) return at;
  }
  return -1;
}

function backslashesBefore(raw: string, at: number): number {
  let from = at;
  while (from > 0 && raw.charCodeAt(from - 1) === BACKSLASH) from--;
  return at - from;
}

/** How much of a stretch without closing quote can be unescaped before the rest of it is there. */
function wholeEscapes(raw: string): number {
  const at = lastEscape(raw, raw.length);
  let end = raw.length;
  if (at !== -1) {
    const length = raw[at + 1] === 'u' ? 6 : 2;
    if (raw.length - at < length) end = at;
  }
  // A high surrogate waits for what follows it.
  const half = lastEscape(raw, end);
  return half === end - 6 && half !== -1 && /^\\u[dD][89abAB]/.test(raw.slice(half, end)) ? half : end;
}

/** Where the last escape begins among the six characters before `end`, or −1. */
function lastEscape(raw: string, end: number): number {
  for (let at = end - 1; at >= Math.max(0, end - 6); at--) {
    if (raw.charCodeAt(at) === BACKSLASH && backslashesBefore(raw, at) % 2 === 0) return at;
  }
  return -1;
}
