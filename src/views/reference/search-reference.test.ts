import { expect, test } from 'vitest';
import type { ReferenceSection } from '../../script/reference.ts';
import { searchMessages, searchReference } from './search-reference.ts';

const SECTIONS: ReferenceSection[] = [
  {
    id: 'blocks',
    title: 'Blocks',
    entries: [
      { id: 'free', title: '`free`', words: ['delete'], text: 'Gives a block back.', example: 'a = alloc 8\nfree a' },
      { id: 'alloc', title: '`alloc`', words: ['malloc'], text: 'Asks for bytes.' },
    ],
  },
  {
    id: 'chance',
    title: 'Chance',
    entries: [{ id: 'random', title: '`random`', words: [], text: 'Draws from a group.' }],
  },
];
const MESSAGES = [
  { code: 'E204', mistake: '`120%`', message: 'The percentages add up to 80%, not 100%.', fix: '' },
  { code: 'F501', mistake: '', message: 'Line 3 frees `a`, already freed.', fix: '' },
];
const ids = (query: string) => searchReference(SECTIONS, query).flatMap(({ entries }) => entries.map(({ id }) => id));

test('no query gives everything', () => {
  expect(ids('  ')).toEqual(['free', 'alloc', 'random']);
});

test('what is named so comes before what only mentions it', () => {
  expect(ids('alloc')).toEqual(['alloc', 'free']);
});

test('a word of other languages finds the form, in any case', () => {
  expect(ids('DELETE')).toEqual(['free']);
});

test('every word has to be there, and sections without an entry go', () => {
  expect(ids('free block')).toEqual(['free']);
  expect(searchReference(SECTIONS, 'draws').map(({ id }) => id)).toEqual(['chance']);
  expect(ids('free elephant')).toEqual([]);
});

test('messages are found by code and by sign', () => {
  expect(searchMessages(MESSAGES, 'e204').map(({ code }) => code)).toEqual(['E204']);
  expect(searchMessages(MESSAGES, '%').map(({ code }) => code)).toEqual(['E204']);
});
