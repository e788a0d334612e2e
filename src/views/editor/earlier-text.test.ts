import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { earlierText, lineStartNow, lineThen } from './earlier-text.ts';

const { field, set } = earlierText();
const open = (doc: string) => EditorState.create({ doc, extensions: [field] });

/** For each line as it stands, its number in the earlier text, 0 for a new one. */
function linesThen(state: EditorState): number[] {
  const numbers: number[] = [];
  for (let n = 1; n <= state.doc.lines; n++) {
    numbers.push(lineThen(state.field(field), state.doc, state.doc.line(n).from) ?? 0);
  }
  return numbers;
}

test('an untouched text has its own lines', () => {
  expect(linesThen(open('a\nb\nc'))).toEqual([1, 2, 3]);
});

test('lines below an inserted one keep their old numbers, and the new one has none', () => {
  const state = open('a\nb\nc');
  expect(linesThen(state.update({ changes: { from: 2, insert: 'new\n' } }).state)).toEqual([1, 0, 2, 3]);
  expect(linesThen(state.update({ changes: { from: 3, insert: '\nnew' } }).state)).toEqual([1, 2, 0, 3]);
});

test('a line that was edited is still that line', () => {
  const state = open('a\nb\nc').update({ changes: { from: 2, to: 3, insert: 'bbb' } }).state;
  expect(linesThen(state)).toEqual([1, 2, 3]);
});

test('a removed line has gone, and those below move up', () => {
  const state = open('a\nb\nc').update({ changes: { from: 2, to: 4 } }).state;
  expect(linesThen(state).filter((line) => line === 3)).toEqual([3]);
  expect(state.doc.lineAt(lineStartNow(state.field(field), 3)!).number).toBe(2);
});

test('a text that was replaced has none of its lines left', () => {
  const state = open('a\nb').update({ changes: { from: 0, to: 3, insert: 'x\ny\nz' } }).state;
  expect(linesThen(state)).toEqual([0, 0, 0]);
  expect(lineStartNow(state.field(field), 2)).toBeNull();
});

test('an answer about an older text is moved along the edits made since', () => {
  const state = open('one\ntwo\nthree').update({ changes: { from: 0, insert: '# head\n' } }).state;
  const told = state.update({ effects: set.of('one\ntwo\nthree') }).state;
  expect(linesThen(told)).toEqual([0, 1, 2, 3]);
});

test('an older text with other line ends is counted like the editor counts', () => {
  const told = open('one\ntwo').update({ effects: set.of('one\r\ntwo') }).state;
  expect(linesThen(told)).toEqual([1, 2]);
});

test('a line that was never there has no place', () => {
  const earlier = open('a').field(field);
  expect(lineStartNow(earlier, 0)).toBeNull();
  expect(lineStartNow(earlier, 2)).toBeNull();
});
