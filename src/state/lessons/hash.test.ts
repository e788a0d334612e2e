import { expect, it } from 'vitest';
import { readLink } from '../link/hash.ts';
import { lessonHash, readLessonHash } from './hash.ts';

it('writes a step so that it is read again, and ends with a letter or digit', () => {
  for (const place of [
    { lesson: 'holes', step: 1 },
    { lesson: 'own-project', step: 12 },
  ]) {
    const hash = lessonHash(place);
    expect(readLessonHash(hash)).toEqual(place);
    expect(hash).toMatch(/^#[A-Za-z0-9\-_.=&]*[A-Za-z0-9]$/);
  }
});

it('forgives a missing sign and what mail adds behind a link', () => {
  for (const text of ['l=holes.3', '#l=holes.3.', '#l=holes.3)', ' #l=holes.3" ']) {
    expect(readLessonHash(text)).toEqual({ lesson: 'holes', step: 3 });
  }
});

it('reads nothing else as a lesson', () => {
  const long = `#l=${'a'.repeat(300)}`;
  for (const text of [
    '',
    '#',
    '#1.abc&c=00000000',
    '#l=',
    '#l=Holes',
    '#l=-a',
    '#l=a--b',
    '#l=a.0',
    '#l=a.1.2',
    '#l=<b>',
    long,
  ]) {
    expect(readLessonHash(text)).toBeNull();
  }
});

it('takes hashes that the share link leaves to it', () => {
  expect(readLink('#l=holes.3', () => true)).toEqual({ kind: 'newer', what: 'form', name: '#l=' });
});
