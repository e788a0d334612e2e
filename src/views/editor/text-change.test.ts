import { expect, test } from 'vitest';
import { applyFix, changeBetween, withPlainLineEnds } from './text-change.ts';

test('equal texts have no change', () => {
  expect(changeBetween('a = alloc 8', 'a = alloc 8')).toBeNull();
});

test('a change is as small as one replacement can be', () => {
  expect(changeBetween('free random 50% of a', 'free random 100% of a')).toEqual({ from: 12, to: 13, insert: '10' });
});

test('repeated letters at the seam are counted once', () => {
  expect(changeBetween('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' });
  expect(changeBetween('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
});

test('the change carried out gives the other text, on random pairs', () => {
  const seed = 20_261;
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  for (let round = 0; round < 2000; round++) {
    const text = () => Array.from({ length: random(12) }, () => 'ab\n'[random(3)]).join('');
    const before = text();
    const after = text();
    const change = changeBetween(before, after);
    const made = change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
    expect(made, `seed ${seed}, round ${round}`).toBe(after);
  }
});

test('a fix makes all its edits, whatever their order', () => {
  const fix = {
    label: '',
    edits: [
      { from: 8, to: 9, insert: '"' },
      { from: 5, to: 6, insert: '"' },
    ],
  };
  expect(applyFix('mark “ok”', fix)).toBe('mark "ok"');
});

test('an edit that overlaps another or lies outside of the text is left out', () => {
  const edits = [
    { from: 0, to: 4, insert: 'x' },
    { from: 2, to: 3, insert: 'y' },
    { from: 90, to: 99, insert: 'z' },
  ];
  expect(applyFix('free a', { label: '', edits })).toBe('x a');
});

test('all line ends become the one that the editor counts', () => {
  expect(withPlainLineEnds('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
});
