import { expect, test } from 'vitest';
import type { Lesson } from '../../model/lesson.ts';
import { readAttempt, writeAttempt } from './attempt.ts';

const LESSON: Lesson = {
  id: 'test',
  title: '',
  about: '',
  minutes: 5,
  sources: [],
  steps: [
    { title: '', prose: [], script: 'alloc 8\nexpect pages == 9', lanes: ['arena'] },
    {
      title: '',
      prose: [],
      challenge: { task: '', editable: [1], hints: ['', '', ''], solution: { 1: 'alloc 9' }, why: '' },
    },
  ],
};
const ATTEMPT = { text: 'alloc 7\nalloc 6\nexpect pages == 9', hints: 2, solutionShown: false };

test('an attempt comes back as it was, at its own step only', () => {
  const stored = writeAttempt('test', 1, ATTEMPT);
  expect(readAttempt(stored, LESSON, 1)).toEqual(ATTEMPT);
  expect(readAttempt(stored, LESSON, 0)).toBeNull();
  expect(readAttempt(stored, { ...LESSON, id: 'other' }, 1)).toBeNull();
});

test('what is no attempt, or changes a locked line, is passed over', () => {
  for (const stored of [
    null,
    '',
    '{',
    'null',
    '[]',
    '"x"',
    writeAttempt('test', 1, { ...ATTEMPT, text: 'alloc 7\nexpect pages == 8' }),
    writeAttempt('test', 1, { ...ATTEMPT, hints: 4 }),
    writeAttempt('test', 1, { ...ATTEMPT, hints: 0.5 }),
    writeAttempt('test', 1, { ...ATTEMPT, text: `${'#'.repeat(30_000)}\nexpect pages == 9` }),
    JSON.stringify({ lesson: 'test', step: 1, text: 8, hints: 0, solutionShown: false }),
  ]) {
    expect(readAttempt(stored, LESSON, 1), String(stored).slice(0, 80)).toBeNull();
  }
});
