import { expect, test } from 'vitest';
import { pageOfText } from './page-finder.tsx';

test('a page is found by its number or by an address in hexadecimal, however its digits are grouped', () => {
  for (const [text, page] of [
    ['0', 0],
    ['65535', 65_535],
    ['21 733', 21_733],
    ['21\u202f733', 21_733],
    ['0x0', 0],
    ['0x0000ffff', 0],
    ['0x00010000', 1],
    ['0X54E5_0000', 0x54e5],
    ['0xffffffff', 65_535],
    ['0x100000000', 65_536],
    ['70000', 70_000],
  ] as const) {
    expect(pageOfText(text), text).toBe(page);
  }
  for (const text of ['', ' ', 'page', '-1', '1.5', '0x', '0xgg', '1e3', '9'.repeat(13), 'ffff', '12 apples']) {
    expect(pageOfText(text), text).toBeNull();
  }
});
