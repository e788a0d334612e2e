import {
  type EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  type StateEffectType,
  StateField,
} from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view';
import { type EarlierText, lineStartNow } from './earlier-text.ts';

export interface MarkedLine {
  /** The marked line, of the text that ran; null for none. */
  readonly set: StateEffectType<number | null>;
  readonly field: StateField<number | null>;
  readonly extension: Extension;
}

/** Where a line of an earlier text begins now. */
export function startOf(line: number | null, ran: EarlierText, { doc }: EditorState): number | null {
  const at = line === null ? null : lineStartNow(ran, line);
  return at === null ? null : doc.lineAt(at).from;
}

/** A line, of the text that `ran` follows, with a class of its own; its number has the class too. */
export function markedLine(ran: StateField<EarlierText>, name: string): MarkedLine {
  const set = StateEffect.define<number | null>();
  const field = StateField.define<number | null>({
    create: () => null,
    update(line, transaction) {
      let next = line;
      for (const effect of transaction.effects) if (effect.is(set)) next = effect.value;
      return next;
    },
  });
  const marker = new (class extends GutterMarker {
    override elementClass = name;
  })();
  const decoration = Decoration.line({ class: name });
  const from = (state: EditorState) => startOf(state.field(field), state.field(ran), state);
  const extension = [
    field,
    EditorView.decorations.compute(['doc', field, ran], (state) => {
      const start = from(state);
      return start === null ? Decoration.none : Decoration.set(decoration.range(start));
    }),
    gutterLineClass.compute(['doc', field, ran], (state) => {
      const start = from(state);
      return start === null ? RangeSet.empty : RangeSet.of([marker.range(start)]);
    }),
  ];
  return { set, field, extension };
}
