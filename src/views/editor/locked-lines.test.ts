import { Annotation, EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { lockedLines, setEditableLines } from './locked-lines.ts';

const outside = Annotation.define<boolean>();
const TEXT = 'a = alloc 8\nfree a\nalloc 9';

function field(lines: readonly number[] | null): EditorState {
  const state = EditorState.create({
    doc: TEXT,
    extensions: lockedLines((transaction) => transaction.annotation(outside) === true),
  });
  return state.update({ effects: setEditableLines.of(lines?.map((line) => ({ from: line, to: line })) ?? null) }).state;
}

const typed = (state: EditorState, from: number, to: number, insert: string) =>
  state.update({ changes: { from, to, insert } }).state;

it('lets an open line be changed, from its first letter to its last, and keep its new letters open', () => {
  let state = field([2]);
  state = typed(state, 12, 12, '# ');
  expect(state.doc.line(2).text).toBe('# free a');
  state = typed(state, 20, 20, '\nfree a');
  expect(state.doc.lines).toBe(4);
  state = typed(state, 21, 27, 'alloc 1');
  expect(state.doc.toString()).toBe('a = alloc 8\n# free a\nalloc 1\nalloc 9');
});

it('refuses changes of locked lines, of their ends, and of all at once', () => {
  for (const [from, to, insert] of [
    [0, 1, 'b'],
    [11, 12, ''],
    [18, 19, ''],
    [22, 22, '1'],
    [0, TEXT.length, 'alloc 1'],
  ] as const) {
    expect(typed(field([2]), from, to, insert).doc.toString()).toBe(TEXT);
  }
});

it('lets the page itself change everything, and locks nothing where no lines are named', () => {
  const state = field([2]);
  const changes = { from: 0, to: 1, insert: 'b' };
  expect(state.update({ changes, annotations: outside.of(true) }).state.doc.line(1).text).toBe('b = alloc 8');
  expect(typed(field(null), 0, 1, 'b').doc.line(1).text).toBe('b = alloc 8');
});
