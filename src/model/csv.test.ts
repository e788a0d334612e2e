import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('figures are plain, texts quoted where they must be, what is missing is empty', () => {
  const text = csv(
    ['page', 'state, or none'],
    [
      [1, 'say "free"'],
      [0.25, null],
      [4_294_967_296, 'two\nlines'],
    ],
  );
  expect(text).toBe('page,"state, or none"\r\n1,"say ""free"""\r\n0.25,\r\n4294967296,"two\nlines"\r\n');
});

test('a text never becomes a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@sum', '\tx']) expect(csv([], [[text]])).toContain(`'${text}`);
  expect(csv([], [[-1]])).toBe('\r\n-1\r\n');
});
