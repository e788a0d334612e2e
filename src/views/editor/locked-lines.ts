import { EditorState, type Extension, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { LineRange } from '../../model/open-lines.ts';

/** Lines that may be changed while all others are locked; null: all may. Counted in the text as it stands. */
export const setEditableLines = StateEffect.define<readonly LineRange[] | null>();

/** Stretches of the text that may be changed, ascending; they grow and shrink with what is typed into them. */
type Open = readonly { readonly from: number; readonly to: number }[];

const open = StateField.define<Open | null>({
  create: () => null,
  update(value, transaction) {
    let next =
      value === null || !transaction.docChanged
        ? value
        : value.map(({ from, to }) => ({
            from: transaction.changes.mapPos(from, -1),
            to: transaction.changes.mapPos(to, 1),
          }));
    for (const effect of transaction.effects) {
      if (effect.is(setEditableLines))
        next = effect.value === null ? null : stretches(transaction.newDoc, effect.value);
    }
    return next;
  },
});

function stretches(doc: Text, ranges: readonly LineRange[]): Open {
  return ranges
    .filter(({ from, to }) => from >= 1 && to <= doc.lines)
    .map(({ from, to }) => ({ from: doc.line(from).from, to: doc.line(to).to }));
}

const lockedLine = Decoration.line({ class: 'script-locked' });

/** Lets changes pass that lie within the open lines; `fromOutside` says of a transaction that the page itself made it. */
export function lockedLines(fromOutside: (transaction: Parameters<Filter>[0]) => boolean): Extension {
  const filter: Filter = (transaction) => {
    const value = transaction.startState.field(open);
    if (value === null || !transaction.docChanged || fromOutside(transaction)) return true;
    let inside = true;
    transaction.changes.iterChangedRanges((from, to) => {
      if (!value.some((stretch) => from >= stretch.from && to <= stretch.to)) inside = false;
    });
    return inside;
  };
  return [
    open,
    EditorState.changeFilter.of(filter),
    EditorView.decorations.compute(['doc', open], (state) => {
      const value = state.field(open);
      if (value === null) return Decoration.none;
      const marks = [];
      for (let at = 1; at <= state.doc.lines; at++) {
        const { from, to } = state.doc.line(at);
        if (!value.some((stretch) => from >= stretch.from && to <= stretch.to)) marks.push(lockedLine.range(from));
      }
      return Decoration.set(marks);
    }),
  ];
}

type Filter = Parameters<typeof EditorState.changeFilter.of>[0];
