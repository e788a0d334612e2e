import {
  type ChangeDesc,
  ChangeSet,
  MapMode,
  StateEffect,
  type StateEffectType,
  StateField,
  Text,
} from '@codemirror/state';
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

/** Where the line that was `line` begins now; null where there was no such line, or it has been replaced altogether. */
export function lineStartNow(earlier: EarlierText, line: number): number | null {
  if (line < 1 || line > earlier.doc.lines) return null;
  return gone(earlier, line) ? null : earlier.since.mapPos(earlier.doc.line(line).from, 1);
}

/** A line retyped between its two ends is still that line; one that went with an end of it is not. */
function gone({ doc, since }: EarlierText, line: number): boolean {
  const { from, to } = doc.line(line);
  const deleted = (at: number) => since.mapPos(at, 1, MapMode.TrackAfter) === null;
  const emptied = from === to || (deleted(from) && deleted(to - 1));
  const open = (to < doc.length && deleted(to)) || (from > 0 && deleted(from - 1));
  return emptied && open && !since.empty;
}

/** Which line of the earlier text the line of `now` that begins at `from` is; null for one that was not there. */
export function lineThen(earlier: EarlierText, now: Text, from: number): number | null {
  if (earlier.since.empty) return now.lineAt(from).number;
  const { number } = earlier.doc.lineAt(earlier.back.mapPos(from, 1));
  const start = lineStartNow(earlier, number);
  return start !== null && now.lineAt(start).from === from ? number : null;
}
