import type { Extension } from '@codemirror/state';
import { type BlockInfo, type EditorView, gutter } from '@codemirror/view';
import { editorStrings } from '../../model/strings/editor.ts';
import { earlierText, lineThen } from './earlier-text.ts';
import { Bar, type LineBars } from './line-bars.ts';
import { markedLine } from './marked-line.ts';
import { playheadLine } from './playhead-line.ts';

/** The text of the run that the lanes show: line numbers of marks, bars and findings are lines of it. */
export const ranText = earlierText();

/** The line that made the operation under the playhead. */
export const nowLine = playheadLine(ranText.field);

/** The selected line, boxed as what is selected is boxed on the map: one that holds nothing live is seen all the same. */
export const pickedLine = markedLine(ranText.field, 'script-picked');

/** Bars, the line under the playhead, the selected one, and clicks on a line's number or bar. Cost: that of the lines in view. */
export function lineMarks(bars: LineBars, pick: (line: number) => void): Extension {
  const lineOf = (view: EditorView, block: BlockInfo) =>
    lineThen(view.state.field(ranText.field), view.state.doc, block.from);
  return [
    ranText.field,
    nowLine.extension,
    pickedLine.extension,
    gutter({
      side: 'after',
      class: 'script-bars',
      lineMarker: (view, block) => {
        const line = lineOf(view, block);
        return line === null ? null : new Bar(bars, line);
      },
      lineMarkerChange: (update) => update.startState.field(ranText.field) !== update.state.field(ranText.field),
      domEventHandlers: {
        click: (view, block) => {
          const line = lineOf(view, block);
          if (line !== null) pick(line);
          return true;
        },
        // Said only when asked for: a title that follows the bytes would change with every position.
        mouseover: (view, block, event) => {
          const line = lineOf(view, block);
          const bytes = line === null ? 0 : bars.of(line);
          const title = line === null || bytes === 0 ? '' : editorStrings.editor.lineHolds(line, bytes);
          if (event.target instanceof HTMLElement) event.target.title = title;
          return false;
        },
      },
    }),
  ];
}
