import { expect, test } from 'vitest';
import { linkStrings } from '../../model/strings/link.ts';
import { defaultState, plainLane } from './defaults-1.ts';
import { readLink, writeLink } from './hash.ts';
import { policyText } from './messages.ts';
import { randomState } from './random-state.ts';
import { linkAddress, linkLength, markdownLink, withoutParts } from './share-dialog.ts';

test('a link is long beyond 1,500 characters and cut off by chats beyond 2,000', () => {
  expect([100, 1500, 1501, 2000, 2001].map(linkLength)).toEqual(['short', 'short', 'long', 'long', 'over-chat']);
});

test('whatever parts are left out, the link opens and costs nothing for them', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const parts = (['lanes', 'position', 'view'] as const).filter((_, k) => (seed >> k) & 1);
    const written = writeLink(withoutParts(randomState(seed), new Set(parts)));
    if (written.kind !== 'link') throw new Error(written.kind);
    for (const part of parts) expect(written.costs[part], `seed ${seed}`).toBe(0);
    expect(readLink(written.hash, () => true).kind, `seed ${seed}`).toBe('state');
  }
});

test('leaving nothing out changes nothing', () => {
  const state = randomState(7);
  expect(withoutParts(state, new Set())).toEqual(state);
});

test('without its lanes a state selects nothing in a lane that may not be there', () => {
  const source = { kind: 'gallery', id: 'sawtooth' } as const;
  const state = {
    ...defaultState(source),
    lanes: ['pool', 'wee', 'arena', 'dlmalloc'].map(plainLane),
    selection: { kind: 'page', lane: 3, page: 4 },
    focus: 3,
    position: 9,
  } as const;
  expect(withoutParts(state, new Set(['lanes']))).toEqual({ ...defaultState(source), position: 9 });
});

test('an address has no old hash and nothing that ends a Markdown link', () => {
  expect(linkAddress('https://x.test/a(b)/#old', '#1.&g=x&c=00000000')).toBe(
    'https://x.test/a%28b%29/#1.&g=x&c=00000000',
  );
  expect(linkAddress('https://x.test/~me/?embed', '#1.x')).toBe('https://x.test/~me/?embed#1.x');
});

test('the text of a Markdown link is shown as it is', () => {
  expect(markdownLink('a [b](c) *d* `e`\n<f>', 'https://x.test/#1')).toBe(
    '[a \\[b\\](c) \\*d\\* \\`e\\` \\<f\\>](https://x.test/#1)',
  );
});

test('a claim and a notice name lanes by their letters', () => {
  const lanes = [
    { letter: 'A', pages: 176 },
    { letter: 'B', pages: 1 },
  ];
  expect(linkStrings.share.claim(14_631, lanes)).toBe('At op 14\u202f631 A holds 176 pages, B holds 1 page');
  expect(policyText({ lane: 1, name: 'dlmalloc', made: 2, here: 1 })).toContain('Lane B (dlmalloc)');
});
