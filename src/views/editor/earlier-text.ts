import { type ChangeDesc, ChangeSet, StateEffect, type StateEffectType, StateField, Text } from '@codemirror/state';
import { changeBetween, withPlainLineEnds } from './text-change.ts';

/**
 * A text that something outside speaks of (the one that ran, the one that was checked), and what was edited since. Answers
 * come late: by then the visitor has typed on, and a line or range of the answer is somewhere else.
 */
export interface EarlierText {
  readonly doc: Text;
  readonly since: ChangeDesc;
  /** `since` backwards. */
  readonly back: ChangeDesc;
}

export interface EarlierTextField {
  readonly field: StateField<EarlierText>;
  /** Names the earlier text; null for the text as it stands. */
  readonly set: StateEffectType<string | null>;
}

/** A field that follows one earlier text through all edits. */
export function earlierText(): EarlierTextField {
  const set = StateEffect.define<string | null>();
  const field = StateField.define<EarlierText>({
    create: (state) => unchanged(state.doc),
    update(value, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(set))
          return effect.value === null ? unchanged(transaction.newDoc) : since(effect.value, transaction.newDoc);
      }
      if (!transaction.docChanged) return value;
      const desc = value.since.composeDesc(transaction.changes.desc);
      return { doc: value.doc, since: desc, back: desc.invertedDesc };
    },
  });
  return { field, set };
}

function unchanged(doc: Text): EarlierText {
  const none = ChangeSet.empty(doc.length).desc;
  return { doc, since: none, back: none };
}

function since(earlier: string, now: Text): EarlierText {
  const text = withPlainLineEnds(earlier);
  const change = changeBetween(text, now.toString());
  if (change === null) return unchanged(now);
  const desc = ChangeSet.of(change, text.length).desc;
  return { doc: Text.of(text.split('\n')), since: desc, back: desc.invertedDesc };
}

/** Where the line that was `line` begins now; null where there was no such line. */
export function lineStartNow(earlier: EarlierText, line: number): number | null {
  if (line < 1 || line > earlier.doc.lines) return null;
  return earlier.since.mapPos(earlier.doc.line(line).from, 1);
}

/** Which line of the earlier text the line of `now` that begins at `from` is; null for one that was not there. */
export function lineThen(earlier: EarlierText, now: Text, from: number): number | null {
  if (earlier.since.empty) return now.lineAt(from).number;
  const then = earlier.doc.lineAt(earlier.back.mapPos(from, 1));
  return now.lineAt(earlier.since.mapPos(then.from, 1)).from === from ? then.number : null;
}
