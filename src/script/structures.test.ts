import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combine } from './constants.ts';
import { Group } from './group.ts';
import { Lifetimes } from './lifetimes.ts';
import { LiveSet } from './live-set.ts';
import { nearest } from './nearest.ts';
import { millionths, numberValue } from './numerals.ts';
import { LineIndex, normalise, utf8Length } from './text.ts';

/** fast-check prints the seed and the smallest counterexample with every failure. */
const value = fc.oneof(fc.nat(70), fc.nat(5000), fc.nat(3_000_000));

test('a live set has the members, the neighbours and the counts of a plain set', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), value), { maxLength: 200 }), fc.array(value), (changes, asked) => {
      const set = new LiveSet();
      const plain = new Set<number>();
      for (const [adds, k] of changes) {
        if (adds) set.add(k);
        else set.delete(k);
        if (adds) plain.add(k);
        else plain.delete(k);
      }
      const sorted = [...plain].sort((a, b) => a - b);
      expect(set.size).toBe(plain.size);
      for (const k of [...asked, ...plain]) {
        expect(set.has(k)).toBe(plain.has(k));
        expect(set.next(k)).toBe(sorted.find((member) => member >= k) ?? -1);
        expect(set.previous(k)).toBe(sorted.findLast((member) => member <= k) ?? -1);
        expect(set.countBetween(k, k + 999)).toBe(sorted.filter((member) => member >= k && member <= k + 999).length);
      }
    }),
  );
});

test('a group keeps order of indexes and order of births, whatever order the indexes come in', () => {
  const index = fc.oneof(fc.nat(40), fc.nat(2 ** 40));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), index), { maxLength: 120 }), index, index, (changes, low, width) => {
      const group = new Group();
      const live = new Map<number, { block: number; entry: number; member: number }>();
      changes.forEach(([binds, at], block) => {
        const old = live.get(at);
        if (old) group.release(old.entry, old.member);
        live.delete(at);
        if (binds) live.set(at, { block, ...group.bind(at, block) });
      });
      const byIndex = [...live].sort(([a], [b]) => a - b);
      expect([...group.byIndex()]).toEqual(byIndex.map(([, { block }]) => block));
      const slice = byIndex.filter(([at]) => at >= low && at <= low + width).map(([, { block }]) => block);
      expect([...group.liveBetween(low, low + width)]).toEqual(slice);
      expect(group.countBetween(low, low + width)).toBe(slice.length);
      const births = [...live.values()].map(({ block }) => block).sort((a, b) => a - b);
      expect([...group.byBirth(3, false)]).toEqual(births.slice(0, 3));
      expect([...group.byBirth(3, true)]).toEqual(births.toReversed().slice(0, 3));
      expect(group.live).toBe(live.size);
    }),
  );
});

test('lifetimes come out by due position, then by birth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (dues) => {
      const lifetimes = new Lifetimes();
      dues.forEach((due, block) => {
        lifetimes.add(due, block, block + 1);
      });
      const taken = dues.map(() => lifetimes.take());
      const sorted = dues.map((due, block) => ({ due, block })).sort((a, b) => a.due - b.due || a.block - b.block);
      expect(taken).toEqual(sorted.map(({ block }) => ({ block, line: block + 1 })));
      expect(lifetimes.next).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('sums on whole numbers are exact, or have no answer', () => {
  const number = fc.maxSafeInteger();
  const most = 2n ** 53n - 1n;
  const fits = (exact: bigint) => (exact > most || exact < -most ? null : Number(exact));
  fc.assert(
    fc.property(number, fc.oneof(number, fc.integer({ min: -9, max: 9 })), (a, b) => {
      const [x, y] = [BigInt(a), BigInt(b)];
      expect(combine('+', a, b)).toBe(fits(x + y));
      expect(combine('-', a, b)).toBe(fits(x - y));
      expect(combine('*', a, b)).toBe(fits(x * y));
      if (b === 0) return;
      const rest = ((x % y) + y) % y;
      expect(combine('mod', a, b)).toBe(Number(rest));
      expect(combine('/', a, b)).toBe(fits((x - rest) / y));
    }),
    { numRuns: 500 },
  );
  expect(combine('/', 1, 0)).toBeNull();
  expect(combine('mod', 1, 0)).toBeNull();
});

test.each([
  ['0', 0],
  ['64k', 65_536],
  ['2M', 2_097_152],
  ['1G', 1_073_741_824],
  ['85_196', 85_196],
  ['0xfF', 255],
])('the number %s is %i', (text, expected) => {
  expect(numberValue(text)).toBe(expected);
});

test.each([
  ['12.5', 12_500_000],
  ['0.000001', 1],
  ['50%', 500_000],
  ['12.5%', 125_000],
  ['0.0001%', 1],
  ['1.0000000', 1_000_000],
  ['0.0000001', null],
  ['0.00001%', null],
  ['99999999999.0', null],
])('%s is %s millionths', (text, expected) => {
  expect(millionths(text)).toBe(expected);
});

test('the nearest word is one typing mistake or two away, and never the word itself', () => {
  const words = ['alloc', 'free', 'realloc', 'repeat'];
  expect(nearest('freee', words)).toBe('free');
  expect(nearest('fere', words)).toBe('free');
  expect(nearest('aloc', words)).toBe('alloc');
  expect(nearest('xyz', words)).toBeNull();
  expect(nearest('free', ['free'])).toBeNull();
});

test('normalising keeps every place where it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const normal = normalise(text);
      expect(normal.length).toBe(text.length);
      expect(normal).toBe(new TextDecoder().decode(new TextEncoder().encode(normal)));
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
  expect(normalise('a\ud800b\udc00\u00a0\ufeff😀')).toBe('a\ufffdb\ufffd  😀');
});

test('lines end at CR LF, CR and LF, and each place has its line and column', () => {
  const lines = new LineIndex('ab\r\ncd\re\n\nf');
  expect([0, 1, 4, 5, 7, 9, 10].map((k) => [lines.line(k), lines.column(k)])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [3, 1],
    [4, 1],
    [5, 1],
  ]);
  expect([1, 2, 3, 4, 5].map((line) => lines.end(line))).toEqual([2, 6, 8, 9, 11]);
});
