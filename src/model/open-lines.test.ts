import { expect, test } from 'vitest';
import { openLines } from './open-lines.ts';

const SCRIPT = 'seed 1\na = alloc 8\nfree a\nalloc 9';

test('an untouched script has its open lines where they were', () => {
  expect(openLines(SCRIPT, [2], SCRIPT)).toEqual([{ from: 2, to: 2 }]);
  expect(openLines(SCRIPT, [2, 3], SCRIPT)).toEqual([
    { from: 2, to: 2 },
    { from: 3, to: 3 },
  ]);
  expect(openLines(SCRIPT, [1, 4], SCRIPT)).toEqual([
    { from: 1, to: 1 },
    { from: 4, to: 4 },
  ]);
});

test('an open line can have become several, or an empty one', () => {
  expect(openLines(SCRIPT, [2], 'seed 1\na = alloc 8\nb = alloc 8\n\nfree a\nalloc 9')).toEqual([{ from: 2, to: 4 }]);
  expect(openLines(SCRIPT, [2, 4], 'seed 1\n\nfree a\nx\ny')).toEqual([
    { from: 2, to: 2 },
    { from: 4, to: 5 },
  ]);
});

test('a text in which anything else differs is none of the script', () => {
  for (const text of [
    '',
    'seed 1',
    'seed 2\na = alloc 8\nfree a\nalloc 9',
    'seed 1\nfree a\nalloc 9',
    'seed 1\na = alloc 8\nfree b\nalloc 9',
    `${SCRIPT}\n`,
    `\n${SCRIPT}`,
  ]) {
    expect(openLines(SCRIPT, [2], text), JSON.stringify(text)).toBeNull();
  }
});
