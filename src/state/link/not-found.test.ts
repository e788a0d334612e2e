import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { repairedAddress } from './hash.ts';

const code = readFileSync(new URL('../../../public/404.js', import.meta.url), 'utf8');
const page = readFileSync(new URL('../../../public/404.html', import.meta.url), 'utf8');

/** Where the host's page for missing files goes from an address, or null where it stays. Scripts load from `home`. */
function goes(href: string, home: string, times = 1): string | null {
  const went: string[] = [];
  const { pathname, search } = new URL(href);
  const document = { currentScript: { src: `${home}404.js` }, documentElement: { dataset: {} } };
  const context = { URL, document, location: { href, pathname, search, replace: (to: string) => went.push(to) } };
  for (let k = 0; k < times; k++) runInNewContext(code, context);
  expect(went.length).toBeLessThanOrEqual(1);
  return went[0] ?? null;
}

const home = 'https://example.org/heapscape/';
const link = '1.ePmHlVGCq0D&a=wee.dlmalloc&t=214&c=c0a42fa5';

test.each([
  `${home}%23${link}`,
  `${home}%2523${link}`,
  `${home}%23${encodeURIComponent(link)}`,
  `${home}index.html%23${link}`,
  `${home}deep/er/%23${link}`,
  `${home}?embed%23${link}`,
])('a # that a mail scanner encoded is mended as the page would: %s', (href) => {
  expect(goes(href, home)).toBe(repairedAddress(href, home));
  expect(goes(href, home)).toContain('#1.ePmHlVGCq0D');
});

test('any other address goes home, and home itself goes nowhere', () => {
  expect(goes(`${home}nothing/here?x=1`, home)).toBe(home);
  expect(goes(home, home)).toBeNull();
  expect(goes(`${home}?x=1#y`, home)).toBeNull();
});

test('three copies of the script make one move', () => {
  expect(goes('https://example.org/nothing', 'https://example.org/', 3)).toBe('https://example.org/');
});

test('the page runs under its own policy: no script in it, none from elsewhere', () => {
  expect(page).toMatch(/default-src 'none'; script-src 'self'/);
  expect(page.match(/<script[^>]*>/g)).toEqual(['', '../', '../../'].map((up) => `<script src="${up}404.js">`));
  expect(page).not.toMatch(/<script[^>]*>[^<]/);
});
