import { expect, test } from 'vitest';
import { destinations } from './destinations.ts';

const extent = { pages: 176, operations: 19_617, lines: [6, 7, 23, 176] };
const names = ['Chat server', 'Swiss cheese', 'Colour by age', 'Colour by script line'];
const of = (query: string) => destinations(query, extent, names);

test('a bare number is every place that has it', () => {
  expect(of('23')).toEqual([
    { kind: 'page', page: 23 },
    { kind: 'operation', operation: 23 },
    { kind: 'line', line: 23 },
  ]);
  expect(of('176')).toEqual([
    { kind: 'operation', operation: 176 },
    { kind: 'line', line: 176 },
  ]);
});

test('a word before the number says which place is meant, and digits may be grouped', () => {
  expect(of('page 45')).toEqual([{ kind: 'page', page: 45 }]);
  expect(of('op 14\u202f631')).toEqual([{ kind: 'operation', operation: 14_631 }]);
  expect(of('Line 7')).toEqual([{ kind: 'line', line: 7 }]);
});

test('what lies beyond the end is not offered', () => {
  expect(of('page 176')).toEqual([]);
  expect(of('op 19618')).toEqual([]);
  expect(of('line 8')).toEqual([]);
  expect(of('0xb00000')).toEqual([]);
});

test('an address leads to its page', () => {
  expect(of('0x2d1f8')).toEqual([{ kind: 'address', address: 0x2d1f8, page: 2 }]);
  expect(of('0xaffff8')).toEqual([{ kind: 'address', address: 0xaffff8, page: 175 }]);
});

test('words find every name that holds all of them, a beginning first', () => {
  expect(of('by colour')).toEqual([
    { kind: 'named', index: 2 },
    { kind: 'named', index: 3 },
  ]);
  expect(of('s')[0]).toEqual({ kind: 'named', index: 1 });
  expect(of('no such thing')).toEqual([]);
});

test('an empty query lists every name', () => {
  expect(of('')).toHaveLength(names.length);
});
