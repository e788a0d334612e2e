import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../model/diagnostics.ts';
import { ranText } from './line-marks.ts';
import { checkedText, placeMessages } from './messages.ts';

const open = (doc: string) => EditorState.create({ doc, extensions: [checkedText.field, ranText.field] });
const diagnostic = (from: number, to: number): Diagnostic => ({
  code: 'E101',
  severity: 'error',
  message: 'm',
  line: 1,
  column: 1,
  from,
  to,
  fixes: [],
});
const none = new Map<number, string[]>();

test('a message stands on its range', () => {
  const [message] = placeMessages(open('freee a'), [diagnostic(0, 5)], none);
  expect(message).toMatchObject({ from: 0, to: 5, weight: 'error' });
});

test('a message that arrives late stands where its range has moved to', () => {
  const state = open('x\nfreee a').update({ effects: checkedText.set.of('freee a') }).state;
  expect(placeMessages(state, [diagnostic(0, 5)], none)[0]).toMatchObject({ from: 2, to: 7 });
});

test('an empty range is widened to a letter that can be seen, and never over a line end', () => {
  const state = open('ab\n\nc');
  expect(placeMessages(state, [diagnostic(1, 1)], none)[0]).toMatchObject({ from: 1, to: 2 });
  expect(placeMessages(state, [diagnostic(2, 2)], none)[0]).toMatchObject({ from: 1, to: 2 });
  expect(placeMessages(state, [diagnostic(3, 3)], none)[0]).toMatchObject({ from: 3, to: 3 });
});

test('a range beyond the text is brought back into it', () => {
  const [message] = placeMessages(open('ab'), [diagnostic(90, 99)], none);
  expect(message!.to).toBeLessThanOrEqual(2);
});

test('findings stand on their line without its indent, a few whole and the rest counted', () => {
  const findings = new Map([[2, ['1', '2', '3', '4', '5', '6']]]);
  const placed = placeMessages(open('a\n  free b'), [], findings);
  expect(placed.map(({ from, to }) => [from, to])).toEqual(Array(5).fill([4, 10]));
  expect(placed.at(-1)!.text).toContain('2 more');
});

test('a finding of a line that was deleted is not shown elsewhere', () => {
  const findings = new Map([[9, ['gone']]]);
  expect(placeMessages(open('a'), [], findings)).toEqual([]);
});

test('thousands of messages are cut to what helps', () => {
  const many = Array.from({ length: 5000 }, () => diagnostic(0, 1));
  expect(placeMessages(open('ab'), many, none).length).toBeLessThanOrEqual(400);
});
