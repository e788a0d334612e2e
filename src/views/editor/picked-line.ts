import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view';
import { type EarlierText, lineStartNow } from './earlier-text.ts';

/** The selected line, of the text that ran; null for none. */
export const setPickedLine = StateEffect.define<number | null>();
const pickedLine = StateField.define<number | null>({
  create: () => null,
  update(line, transaction) {
    let next = line;
    for (const effect of transaction.effects) if (effect.is(setPickedLine)) next = effect.value;
    return next;
  },
});

class PickedMarker extends GutterMarker {
  override elementClass = 'script-picked';
}
const pickedMarker = new PickedMarker();
const pickedDecoration = Decoration.line({ class: 'script-picked' });

/** Boxes the selected line, as what is selected is boxed on the map: a line that holds nothing live is seen all the same. */
export function pickedLineMark(ran: StateField<EarlierText>): Extension {
  return [
    pickedLine,
    EditorView.decorations.compute(['doc', pickedLine, ran], (state) => {
      const line = state.field(pickedLine);
      const from = line === null ? null : lineStartNow(state.field(ran), line);
      return from === null ? Decoration.none : Decoration.set(pickedDecoration.range(state.doc.lineAt(from).from));
    }),
    gutterLineClass.compute(['doc', pickedLine, ran], (state) => {
      const line = state.field(pickedLine);
      const from = line === null ? null : lineStartNow(state.field(ran), line);
      return from === null ? RangeSet.empty : RangeSet.of([pickedMarker.range(state.doc.lineAt(from).from)]);
    }),
  ];
}
