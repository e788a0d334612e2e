import { expect, test } from 'vitest';
import { LineFeed, SLICE_BYTES } from './lines.ts';
import { dice } from './testing.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** All lines of a file that arrives in pieces of `size` bytes, or the problem that stopped it. */
function feed(bytes: Uint8Array, size = SLICE_BYTES, lineBytes = 100) {
  const lines: string[] = [];
  const numbers: number[] = [];
  const feed = new LineFeed(lineBytes);
  const onLine = (buffer: Uint8Array, from: number, to: number, line: number) => {
    lines.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.subarray(from, to)));
    numbers.push(line);
  };
  for (let at = 0; at < bytes.length; at += size) {
    const problem = feed.push(bytes.subarray(at, at + size), onLine);
    if (problem !== null) return problem;
  }
  const problem = feed.end(onLine);
  expect(numbers).toEqual(lines.map((_, k) => k + 1));
  return problem ?? lines;
}

test('LF, CR and CR LF end a line, and the last needs no end, however the bytes arrive', () => {
  const text = 'one\rtwo\nthree\r\n\r\n\n\rä€😀\r\nlast';
  const expected = ['one', 'two', 'three', '', '', '', 'ä€😀', 'last'];
  for (let size = 1; size < 40; size++) expect(feed(bytesOf(text), size), `pieces of ${size}`).toEqual(expected);
  expect(feed(bytesOf(`${text}\n`))).toEqual(expected);
  expect(feed(bytesOf(`${text}\r`))).toEqual(expected);
});

test('a byte-order mark at the start is left out, anywhere else it is part of the line', () => {
  for (let size = 1; size < 8; size++) {
    expect(feed(bytesOf('\uFEFFa 0 1\nb'), size)).toEqual(['a 0 1', 'b']);
    expect(feed(bytesOf('a\uFEFF'), size)).toEqual(['a\uFEFF']);
  }
  expect(feed(bytesOf('\uFEFF'))).toEqual([]);
  expect(feed(new Uint8Array([0xef]))).toEqual({ kind: 'utf8', at: 0 });
});

test('a line longer than the limit is named by its number, however the bytes arrive', () => {
  const full = 'x'.repeat(100);
  expect(feed(bytesOf(`a\n${full}\nb`))).toEqual(['a', full, 'b']);
  for (const size of [1, 7, 64, SLICE_BYTES]) {
    expect(feed(bytesOf(`a\n${full}x\nb`), size)).toEqual({ kind: 'line', at: 2 });
    expect(feed(bytesOf(`a\n${full}x`), size)).toEqual({ kind: 'line', at: 2 });
  }
});

test('a byte 0 and bytes that are no UTF-8 are named by their offset in the file', () => {
  const broken: [number[], number][] = [
    [[0xc3, 0x28], 0],
    [[0x80], 0],
    [[0xc0, 0xaf], 0],
    [[0xe0, 0x80, 0x80], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf0, 0x80, 0x80, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xf5, 0x80, 0x80, 0x80], 0],
    [[0xe2, 0x82], 0],
    [[0xe2, 0x82, 0x0a], 0],
    [[0xc3, 0xa4, 0xff], 2],
  ];
  for (const [bytes, at] of broken) {
    for (const before of ['', 'a 0 1\r\n', '\uFEFFä\n']) {
      const head = bytesOf(before);
      for (const size of [1, 2, 3, SLICE_BYTES]) {
        expect(feed(new Uint8Array([...head, ...bytes]), size), `${before} ${bytes} by ${size}`).toEqual({
          kind: 'utf8',
          at: head.length + at,
        });
      }
    }
  }
  expect(feed(new Uint8Array([97, 10, 98, 0]))).toEqual({ kind: 'nul', at: 3 });
});

test('exactly the bytes that a strict decoder takes are taken', () => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  for (let seed = 1; seed <= 3_000; seed++) {
    const roll = dice(seed);
    const pool = [0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xe1, 0xed, 0x9f, 0xa0, 0xf0, 0x90, 0xf4, 0x8f, 0xff];
    const bytes = Uint8Array.from({ length: 1 + roll(6) }, () => pool[roll(pool.length)]!);
    let good = true;
    try {
      strict.decode(bytes);
    } catch {
      good = false;
    }
    expect(Array.isArray(feed(bytes, 1 + roll(4))), `seed ${seed}: ${bytes}`).toBe(good);
  }
});
