import type { SourceFormat } from '../model/scenario.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';

/** Bytes from the start of a file that decide what it is. */
export const HEAD_BYTES = 64 * 1024;
/** Lines of the head that are looked at. */
const HEAD_LINES = 200;

export type RecordingFormat = Exclude<SourceFormat, 'script'>;
export type Sniffed =
  | { readonly kind: 'recording'; readonly format: RecordingFormat }
  | { readonly kind: 'text' }
  | { readonly kind: 'refused'; readonly message: string };

const { seen } = strings;
/** First bytes of kinds of file that people drop by mistake, and what to do then; null is any byte. Longer ones before their beginnings. */
const SIGNATURES: readonly (readonly [readonly (number | null)[], string, string])[] = [
  [[0x1f, 0x8b], seen.gzip, seen.unpack],
  [[0x50, 0x4b, 0x03, 0x04], seen.zip, seen.unpack],
  [[0x42, 0x5a, 0x68, null, 0x31, 0x41, 0x59, 0x26], seen.bzip2, seen.unpack],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], seen.xz, seen.unpack],
  [[0x28, 0xb5, 0x2f, 0xfd], seen.zstd, seen.unpack],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], seen.sevenZip, seen.unpack],
  [[0x89, 0x50, 0x4e, 0x47], seen.png, seen.wanted],
  [[0xff, 0xd8, 0xff], seen.jpeg, seen.wanted],
  [[0x47, 0x49, 0x46, 0x38], seen.gif, seen.wanted],
  [[0x25, 0x50, 0x44, 0x46], seen.pdf, seen.wanted],
  [[0x7f, 0x45, 0x4c, 0x46], seen.elf, seen.wanted],
  [[0x00, 0x61, 0x73, 0x6d], seen.webassembly, seen.wasm],
  [
    [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33],
    seen.sqlite,
    seen.wanted,
  ],
  [[0xff, 0xfe, 0x00, 0x00], seen.utf32, seen.utf8],
  [[0x00, 0x00, 0xfe, 0xff], seen.utf32, seen.utf8],
  [[0xff, 0xfe], seen.utf16, seen.utf8],
  [[0xfe, 0xff], seen.utf16, seen.utf8],
];

/** One line that looks like each format's. In a script none of these is a statement. */
const LOOKS: Readonly<Record<RecordingFormat, RegExp>> = {
  operations: /^(?:[azfrw][ \t]+[-+.]?\d|[sx]$)/,
  rep: /^[afr][ \t]+-?\d/,
  mtrace: /^(?:= (?:Start|End)$|@ .*[ \t][-+<>!][ \t]+(?:0x[\da-f]+|\(nil\))|[-+<>!][ \t]+(?:0x[\da-f]+|\(nil\)))/i,
  valgrind: /^(?:==|--|\*\*)[\d:. ]+(?:==|--|\*\*)(?:\s|$)/,
  'wee-trace': /^(?:Alloc|Free)\(\d*\)?,?$/,
};

/**
 * What a file is, by its first bytes alone, never by its name: a recording if at least half of the lines that say
 * something look like one (so a damaged line does not make it another kind of file), something known that cannot be
 * read here, or else text. `whole` says that the head is the whole file.
 */
export function sniff(head: Uint8Array, whole: boolean): Sniffed {
  if (head.length === 0) return { kind: 'refused', message: strings.refused.empty };
  for (const [bytes, what, wayOut] of SIGNATURES) {
    if (bytes.every((byte, k) => byte === null || head[k] === byte)) return refusedAs(what, wayOut);
  }
  // Text in UTF-16 without a mark: every other byte of its first letters is 0.
  const pair = head.length >= 4 && head.subarray(0, 4).filter((byte) => byte === 0).length === 2;
  if (pair && head[0] !== head[1] && (head[0] === 0) === (head[2] === 0)) return refusedAs(seen.utf16, seen.utf8);
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\r|\n/);
  // The last line of a head may be cut off anywhere.
  if (!whole && lines.length > 1) lines.pop();
  const format = formatOf(lines.map((line) => line.trim()).filter((line) => line !== ''));
  if (format !== null) return { kind: 'recording', format };
  if (/^\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:["{[\d-]|\]\s*$))/.test(text)) return refusedAs(seen.json, seen.wanted);
  if (/^\s*<(?:!|\?|[a-z])/i.test(text)) return refusedAs(seen.markup, seen.wanted);
  return { kind: 'text' };
}

function refusedAs(what: string, wayOut: string): Sniffed {
  return { kind: 'refused', message: strings.refused.seen(what, wayOut) };
}

function formatOf(lines: readonly string[]): RecordingFormat | null {
  // Comments say nothing, and a mark's line may be a script's too (`m = alloc 8`).
  const telling = lines.filter((line) => !/^#|^m(?:\s|$)/.test(line)).slice(0, HEAD_LINES);
  const numbers = telling.findIndex((line) => !/^\d+$/.test(line));
  const head = numbers < 0 ? telling.length : numbers;
  if (head >= 4 || (head > 0 && head < telling.length && LOOKS.rep.test(telling[head]!))) return 'rep';
  let best: RecordingFormat | null = null;
  let most = 0;
  for (const format of ['operations', 'mtrace', 'valgrind', 'wee-trace'] as const) {
    const amount = telling.filter((line) => LOOKS[format].test(line)).length;
    if (amount > most) {
      best = format;
      most = amount;
    }
  }
  return most * 2 >= telling.length ? best : null;
}
