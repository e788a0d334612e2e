import { expect, test } from 'vitest';
import { lineSites } from './line-sites.ts';
import { OperationsBuilder, OpFlag, OpKind } from './operations.ts';

test('the lines that held most at once have a colour, most first, equal ones by number', () => {
  const builder = new OperationsBuilder();
  const first = builder.push(OpKind.Alloc, 0, 1000, 7);
  builder.push(OpKind.Free, 0, 0, 8, first);
  // The same bytes again do not add up: they were not there at once.
  builder.push(OpKind.Alloc, 1, 900, 7);
  builder.push(OpKind.Alloc, 2, 1500, 3);
  for (const line of [12, 11, 10, 9]) builder.push(OpKind.Alloc, line, 200, line);
  builder.push(OpKind.Alloc, 13, 0, 1);
  expect(lineSites(builder.finish())).toEqual([3, 7, 9, 10, 11]);
});

test('a resize moves the bytes to its line, and a block ends once', () => {
  const builder = new OperationsBuilder();
  const made = builder.push(OpKind.Alloc, 0, 100, 1);
  const grown = builder.push(OpKind.Realloc, 0, 300, 2, made);
  builder.push(OpKind.Free, 0, 0, 3, grown);
  builder.push(OpKind.Free, 0, 0, 3, grown, OpFlag.Misuse);
  builder.push(OpKind.Alloc, 1, 250, 2);
  builder.push(OpKind.Alloc, 2, 90, 1);
  const operations = builder.finish();
  expect(lineSites(operations)).toEqual([2, 1]);
  expect(lineSites(operations)).toBe(lineSites(operations));
});

test('a run without blocks has no line with a colour', () => {
  expect(lineSites(new OperationsBuilder().finish())).toEqual([]);
});
