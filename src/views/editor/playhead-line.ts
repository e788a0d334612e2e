import { type Extension, RangeSet, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { Rest } from '../../state/rest.ts';
import { type EarlierText, type earlierText, lineStartNow } from './earlier-text.ts';

/** A line that has been lit for this long is at rest. */
const REST_MS = 120;

/** The line at rest, in the text that ran; null for none. */
const setRestingLine = StateEffect.define<number | null>();
const restingLine = StateField.define<number | null>({
  create: () => null,
  update(line, transaction) {
    let next = line;
    for (const effect of transaction.effects) if (effect.is(setRestingLine)) next = effect.value;
    return next;
  },
});

class RestingMarker extends GutterMarker {
  override elementClass = 'script-now';
}
const restingMarker = new RestingMarker();
const restingDecoration = Decoration.line({ class: 'script-now' });

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
    if (this.view.state.field(restingLine) !== null) this.dispatch(null);
  }

  update({ geometryChanged, docChanged }: ViewUpdate): void {
    if (geometryChanged || docChanged) this.place();
  }

  destroy(): void {
    this.rest.cancel();
    this.element.remove();
  }

  private dispatch(line: number | null): void {
    this.view.dispatch({ effects: setRestingLine.of(line) });
  }

  private place(): void {
    const { state, documentPadding } = this.view;
    const from = startOf(this.line, state.field(this.ran), state.doc);
    this.element.hidden = from === null;
    if (from === null) return;
    const { top, height } = this.view.lineBlockAt(from);
    this.element.style.transform = `translateY(${documentPadding.top + top}px)`;
    this.element.style.blockSize = `${height}px`;
  }
}

/** Where a line of the text that ran begins now. */
function startOf(line: number | null, ran: EarlierText, doc: Text): number | null {
  const at = line === null ? null : lineStartNow(ran, line);
  return at === null ? null : doc.lineAt(at).from;
}

export interface PlayheadLine {
  readonly extension: Extension;
  /** Lights a line of the text that ran; null for none. For every frame. */
  move(view: EditorView, line: number | null): void;
}

export function playheadLine(ran: ReturnType<typeof earlierText>['field']): PlayheadLine {
  const band = ViewPlugin.define((view) => new Band(view, ran));
  return {
    extension: [
      restingLine,
      band,
      EditorView.decorations.compute(['doc', restingLine, ran], (state) => {
        const from = startOf(state.field(restingLine), state.field(ran), state.doc);
        return from === null ? Decoration.none : Decoration.set(restingDecoration.range(from));
      }),
      gutterLineClass.compute(['doc', restingLine, ran], (state) => {
        const from = startOf(state.field(restingLine), state.field(ran), state.doc);
        return from === null ? RangeSet.empty : RangeSet.of([restingMarker.range(from)]);
      }),
    ],
    move: (view, line) => view.plugin(band)?.move(line),
  };
}
