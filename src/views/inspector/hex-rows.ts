import type { ByteReading, HeaderField, PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/spans.ts';
import type { Addr, Bytes } from '../../model/units.ts';

/** What a byte belongs to: its colour, and the word in the legend. */
export type ByteClass = 'header' | 'live' | 'slack' | 'free' | 'dead' | 'link' | 'other';

export type HexRow =
  | {
      readonly kind: 'bytes';
      readonly address: Addr;
      readonly bytes: Uint8Array;
      readonly classes: readonly ByteClass[];
    }
  /** Rows that are all of one byte and say nothing more one by one. */
  | { readonly kind: 'folded'; readonly address: Addr; readonly length: Bytes; readonly value: number };

/** So many equal rows are shown as they are; more are folded. */
const LEAST_FOLDED = 3;

/**
 * Rows of `width` bytes of a window, each byte with what it belongs to. Rows of one repeated byte and class are folded but
 * for the first of them.
 */
export function hexRows(reading: ByteReading, page: PageReading, width: number): HexRow[] {
  const { from, bytes, fields } = reading;
  const classes = classesOf(reading, page, fields);
  const rows: HexRow[] = [];
  const uniform = (at: number) => {
    if (at + width > bytes.length) return false;
    for (let i = 1; i < width; i++) if (bytes[at + i] !== bytes[at] || classes[at + i] !== classes[at]) return false;
    return true;
  };
  for (let at = 0; at < bytes.length; ) {
    let end = at + width;
    if (uniform(at)) while (uniform(end) && bytes[end] === bytes[at] && classes[end] === classes[at]) end += width;
    const repeats = (end - at) / width - 1;
    const shown = repeats >= LEAST_FOLDED ? 1 : repeats + 1;
    for (let row = 0; row < shown; row++) {
      const start = at + row * width;
      rows.push({
        kind: 'bytes',
        address: from + start,
        bytes: bytes.subarray(start, start + width),
        classes: classes.slice(start, start + width),
      });
    }
    if (shown === 1 && repeats >= LEAST_FOLDED)
      rows.push({ kind: 'folded', address: from + at + width, length: repeats * width, value: bytes[at]! });
    at = end;
  }
  return rows;
}

function classesOf({ from, bytes }: ByteReading, page: PageReading, fields: readonly HeaderField[]): ByteClass[] {
  const classes = new Array<ByteClass>(bytes.length).fill('other');
  const mark = (start: Addr, length: Bytes, what: ByteClass) => {
    const end = Math.min(bytes.length, start + length - from);
    for (let i = Math.max(0, start - from); i < end; i++) classes[i] = what;
  };
  const { spans, blocks } = page;
  for (let k = 0; k < spans.kind.length; k++) {
    const kind = spans.kind[k]!;
    const what =
      kind === SpanKind.Header || kind === SpanKind.State
        ? 'header'
        : kind === SpanKind.Used
          ? 'slack'
          : kind === SpanKind.Free
            ? 'free'
            : kind === SpanKind.Dead
              ? 'dead'
              : 'other';
    mark(spans.start[k]!, spans.bytes[k]!, what);
  }
  for (let k = 0; k < blocks.address.length; k++) mark(blocks.address[k]!, blocks.requested[k]!, 'live');
  // Links in a hole's own payload, and the foot behind it.
  for (const { address, bytes: length } of fields) {
    const at = address - from;
    if (at >= 0 && at < bytes.length && classes[at] !== 'header') mark(address, length, 'link');
  }
  return classes;
}

/** A byte as text: printable ASCII as it is, all else a dot. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
  return text;
}

export const hexByte = (byte: number) => byte.toString(16).padStart(2, '0');
