import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { type BlockInfo, Decoration, EditorView, GutterMarker, gutter, gutterLineClass } from '@codemirror/view';
import { editorStrings } from '../../model/strings/editor.ts';
import type { Bytes, CssPx } from '../../model/units.ts';
import { earlierText, lineStartNow, lineThen } from './earlier-text.ts';

/** The text of the run that the lanes show: line numbers of marks, bars and findings are lines of it. */
export const ranText = earlierText();

/** The line that made the operation under the playhead, in the text that ran; null for none. */
export const setNowLine = StateEffect.define<number | null>();

/** Live bytes by line of the text that ran, from 1, and the bytes of a full bar. */
export interface LineBytes {
  readonly bytes: Float64Array;
  readonly full: Bytes;
}
export const setLineBytes = StateEffect.define<LineBytes | null>();

const nowLine = StateField.define<number | null>({
  create: () => null,
  update(line, transaction) {
    let next = line;
    for (const effect of transaction.effects) if (effect.is(setNowLine)) next = effect.value;
    return next;
  },
});

const lineBytes = StateField.define<LineBytes | null>({
  create: () => null,
  update(value, transaction) {
    let next = value;
    for (const effect of transaction.effects) if (effect.is(setLineBytes)) next = effect.value;
    return next;
  },
});

const FULL_BAR: CssPx = 30;
/** The least that is still seen: a line that holds one byte is not one that holds none. */
const LEAST_BAR: CssPx = 2;

class Bar extends GutterMarker {
  constructor(readonly width: CssPx) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Bar && other.width === this.width;
  }

  override toDOM(): Node {
    const bar = document.createElement('div');
    bar.className = 'script-bar';
    bar.style.inlineSize = `${this.width}px`;
    return bar;
  }
}

class NowLine extends GutterMarker {
  override elementClass = 'script-now';
}
const nowMarker = new NowLine();
const nowDecoration = Decoration.line({ class: 'script-now' });

/** Bars, the line under the playhead, and clicks on a line's number or bar. Cost: that of the lines in view. */
export function lineMarks(pick: (line: number) => void): Extension {
  const onPick = (view: EditorView, block: BlockInfo) => {
    const line = lineThen(view.state.field(ranText.field), view.state.doc, block.from);
    if (line !== null) pick(line);
    return true;
  };
  return [
    ranText.field,
    nowLine,
    lineBytes,
    EditorView.decorations.compute(['doc', nowLine, ranText.field], (state) => {
      const from = nowStart(state.field(nowLine), state.field(ranText.field), state.doc);
      return from === null ? Decoration.none : Decoration.set(nowDecoration.range(from));
    }),
    gutterLineClass.compute(['doc', nowLine, ranText.field], (state) => {
      const from = nowStart(state.field(nowLine), state.field(ranText.field), state.doc);
      return from === null ? RangeSet.empty : RangeSet.of([nowMarker.range(from)]);
    }),
    gutter({
      side: 'after',
      class: 'script-bars',
      lineMarker: (view, block) => {
        const width = barWidth(view, block);
        return width === 0 ? null : new Bar(width);
      },
      lineMarkerChange: (update) =>
        update.startState.field(lineBytes) !== update.state.field(lineBytes) ||
        update.startState.field(ranText.field) !== update.state.field(ranText.field),
      domEventHandlers: {
        click: onPick,
        // Said only when asked for: a title that follows the bytes would rebuild every bar ten times a second.
        mouseover: (view, block, event) => {
          const line = lineThen(view.state.field(ranText.field), view.state.doc, block.from);
          const bytes = line === null ? undefined : view.state.field(lineBytes)?.bytes[line];
          const title = line === null || !bytes ? '' : editorStrings.editor.lineHolds(line, bytes);
          if (event.target instanceof HTMLElement) event.target.title = title;
          return false;
        },
      },
    }),
  ];
}

function barWidth(view: EditorView, block: BlockInfo): CssPx {
  const value = view.state.field(lineBytes);
  if (value === null || value.full <= 0) return 0;
  const line = lineThen(view.state.field(ranText.field), view.state.doc, block.from);
  const bytes = line === null ? 0 : (value.bytes[line] ?? 0);
  return bytes <= 0 ? 0 : Math.max(LEAST_BAR, Math.min(FULL_BAR, Math.round((FULL_BAR * bytes) / value.full)));
}

function nowStart(
  line: number | null,
  ran: Parameters<typeof lineStartNow>[0],
  doc: { lineAt(position: number): { from: number } },
): number | null {
  const at = line === null ? null : lineStartNow(ran, line);
  return at === null ? null : doc.lineAt(at).from;
}
