import type { Extension, StateField } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { Rest } from '../../state/rest.ts';
import type { EarlierText } from './earlier-text.ts';
import { type MarkedLine, markedLine, startOf } from './marked-line.ts';

/** A line that has been lit for this long is at rest. */
const REST_MS = 120;

/**
 * Lights the line that made the operation under the playhead. While the playhead moves, a band behind the text moves with
 * it: a change of the editor's state would read the page's layout back in the middle of every frame, which costs more than
 * all that is drawn. Once the line rests, the state carries it: then inks and line number change with it.
 */
class Band {
  private readonly element = document.createElement('div');
  private line: number | null = null;
  private readonly rest = new Rest(REST_MS, () => this.dispatch(this.line));

  constructor(
    private readonly view: EditorView,
    private readonly ran: StateField<EarlierText>,
    private readonly resting: MarkedLine,
  ) {
    this.element.className = 'script-band';
    this.element.ariaHidden = 'true';
    this.element.hidden = true;
    view.scrollDOM.append(this.element);
  }

  move(line: number | null): void {
    if (line === this.line) return;
    this.line = line;
    this.place();
    this.rest.touch();
    if (this.view.state.field(this.resting.field) !== null) this.dispatch(null);
  }

  update({ geometryChanged, docChanged }: ViewUpdate): void {
    if (geometryChanged || docChanged) this.place();
  }

  destroy(): void {
    this.rest.cancel();
    this.element.remove();
  }

  private dispatch(line: number | null): void {
    this.view.dispatch({ effects: this.resting.set.of(line) });
  }

  private place(): void {
    const { state, documentPadding } = this.view;
    const from = startOf(this.line, state.field(this.ran), state);
    this.element.hidden = from === null;
    if (from === null) return;
    const { top, height } = this.view.lineBlockAt(from);
    this.element.style.transform = `translateY(${documentPadding.top + top}px)`;
    this.element.style.blockSize = `${height}px`;
  }
}

export interface PlayheadLine {
  readonly extension: Extension;
  /** Lights a line of the text that ran; null for none. For every frame. */
  move(view: EditorView, line: number | null): void;
}

export function playheadLine(ran: StateField<EarlierText>): PlayheadLine {
  // Carries the line once it rests.
  const resting = markedLine(ran, 'script-now');
  const band = ViewPlugin.define((view) => new Band(view, ran, resting));
  return {
    extension: [resting.extension, band],
    move: (view, line) => view.plugin(band)?.move(line),
  };
}
