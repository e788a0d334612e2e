import { expect, test } from 'vitest';
import type { ByteReading, PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/spans.ts';
import { byteText, hexRows } from './hex-rows.ts';

const column = (values: readonly number[]) => Uint32Array.from(values);

/** A header of 8 bytes at 0x10000, a block of 100 bytes that asked for 90, a hole of 200. */
const PAGE = {
  spans: {
    kind: Uint8Array.from([SpanKind.Header, SpanKind.Used, SpanKind.Free]),
    start: column([0x10000, 0x10008, 0x1006c]),
    bytes: column([8, 100, 200]),
  },
  blocks: { operation: column([1]), address: column([0x10008]), usable: column([100]), requested: column([90]) },
} as unknown as PageReading;

function reading(fill: (at: number) => number, length = 308): ByteReading {
  return { position: 1, from: 0x10000, bytes: Uint8Array.from({ length }, (_, at) => fill(at)), fields: [] };
}

test('every byte is in one row, with what it belongs to', () => {
  const rows = hexRows(
    reading((at) => at & 255),
    PAGE,
    16,
  );
  expect(rows.every(({ kind }) => kind === 'bytes')).toBe(true);
  const classes = rows.flatMap((row) => (row.kind === 'bytes' ? row.classes : []));
  const counts = Object.fromEntries(
    ['header', 'live', 'slack', 'free'].map((what) => [what, classes.filter((one) => one === what).length]),
  );
  expect(counts).toEqual({ header: 8, live: 90, slack: 10, free: 200 });
});

test('rows of one byte are folded behind the first of them, but never over the end of a block', () => {
  const rows = hexRows(
    reading(() => 0x57),
    PAGE,
    16,
  );
  const bytes = rows.reduce((sum, row) => sum + (row.kind === 'bytes' ? row.bytes.length : row.length), 0);
  expect(bytes).toBe(308);
  const folded = rows.filter((row) => row.kind === 'folded');
  expect(folded.map(({ address, length, value }) => [address, length, value])).toEqual([
    [0x10020, 64, 0x57],
    [0x10080, 176, 0x57],
  ]);
});

test('links that lie in a hole are told from its other bytes', () => {
  const fields = [{ id: 6, address: 0x1006c, bytes: 4, value: 0 }];
  const rows = hexRows({ ...reading(() => 0), fields }, PAGE, 8);
  const row = rows.find((one) => one.kind === 'bytes' && one.address === 0x10068);
  expect(row?.kind === 'bytes' && row.classes.slice(4)).toEqual(['link', 'link', 'link', 'link']);
});

test('text shows printable ASCII and a dot for all else', () => {
  expect(byteText(Uint8Array.from([0x41, 0x7e, 0x7f, 0, 0x20, 0xff]))).toBe('A~·· ·');
});
