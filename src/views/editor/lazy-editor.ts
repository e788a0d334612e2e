import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import {
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  moveLineDown,
  moveLineUp,
  standardKeymap,
  toggleLineComment,
  toggleTabFocusMode,
} from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, type KeyBinding, keymap, lineNumbers, placeholder } from '@codemirror/view';
import type { Diagnostic, Fix } from '../../model/diagnostics.ts';
import type { LineRange } from '../../model/open-lines.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import type { Bytes } from '../../model/units.ts';
import { lineThen } from './earlier-text.ts';
import { heapLanguage } from './language.ts';
import { LineBars } from './line-bars.ts';
import { lineMarks, nowLine, pickedLine, ranText } from './line-marks.ts';
import { lockedLines, setEditableLines } from './locked-lines.ts';
import { messageMarks, setMessages } from './message-marks.ts';
import { messageNode } from './message-parts.ts';
import { checkedText, fixIn, placeMessages } from './messages.ts';
import { changeBetween } from './text-change.ts';
import './code.css';
import './editor.css';

/** What the editor tells; read anew at each call, so they may change. */
export interface EditorEvents {
  change(text: string): void;
  /** The line pointed at, in the text that ran, or null. */
  point(line: number | null): void;
  pick(line: number): void;
  run(): void;
}

export interface EditorSetup {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  /** Id of the element that tells the keys. */
  readonly describedBy: string;
  readonly events: EditorEvents;
}

/** Made from outside: a picked scenario, a fix of the list, undo of the page. Not told back. */
const fromOutside = Annotation.define<boolean>();

/** What a short script needs of the many keys that CodeMirror offers; the others cost more than they would be used. */
const LINE_KEYS: readonly KeyBinding[] = [
  { key: 'Mod-/', run: toggleLineComment },
  { key: 'Alt-ArrowUp', run: moveLineUp },
  { key: 'Alt-ArrowDown', run: moveLineDown },
  { key: 'Ctrl-m', mac: 'Shift-Alt-m', run: toggleTabFocusMode },
];

/** What can be written is known by a part of the language that nobody needs before the first letter is typed. */
export const fetchCompletion = () => import('./completion.ts');

const completeLater: CompletionSource = async (context) => {
  const { complete } = await fetchCompletion();
  return context.aborted ? null : complete(context);
};

/** Room that is left above and below a line that is scrolled to. */
const REVEAL_PX = 40;

/** What scrolls the script: its own box, or what holds it alone; null where all of it is in the page's flow. */
function scrollerOf(box: HTMLElement): HTMLElement | null {
  const whole = box.closest('#script');
  for (let at: HTMLElement | null = box; at !== null; at = at === whole ? null : at.parentElement)
    if (at.scrollHeight > at.clientHeight + 1 && getComputedStyle(at).overflowY !== 'visible') return at;
  return null;
}

/**
 * The CodeMirror editor, in a chunk of its own. It owns what is in the field: text, cursor, history. Everything set from
 * outside (messages, the line of the playhead, bars) may speak of a text that was edited since, and is moved along.
 */
export class ScriptField {
  private readonly view: EditorView;
  private readonly readOnly = new Compartment();
  private readonly tab = new Compartment();
  private pointed: number | null = null;
  private readonly bars = new LineBars();

  constructor(private readonly setup: EditorSetup) {
    this.view = new EditorView({
      parent: setup.parent,
      state: EditorState.create({ doc: setup.text, extensions: this.extensions() }),
    });
    this.watchPointer();
    this.tellPlainText(setup.text);
  }

  /** Replaces the text, as one step of the history; the cursor stays where it can. */
  setText(text: string): void {
    const now = this.view.state.doc.toString();
    if (text === now) return;
    const change = changeBetween(now, text);
    if (change !== null) {
      const kept = now.length - (change.to - change.from);
      const another = kept * 10 < Math.max(now.length, text.length);
      this.view.dispatch({
        changes: change,
        annotations: [fromOutside.of(true), isolateHistory.of('full')],
        ...(another ? { selection: { anchor: 0 } } : {}),
      });
      // Another script altogether is read from its top.
      if (another) this.reveal(() => 0, 'start');
    }
    this.tellPlainText(text);
  }

  /** `checked` is the text that `diagnostics` were made from, `ran` the one of findings and line numbers; null: as it stands. */
  setMessages(
    diagnostics: readonly Diagnostic[],
    checked: string | null,
    findings: ReadonlyMap<number, readonly string[]>,
    ran: string | null,
  ): void {
    this.view.dispatch({ effects: [checkedText.set.of(checked), ranText.set.of(ran)] });
    this.view.dispatch({ effects: setMessages.of(placeMessages(this.view.state, diagnostics, findings)) });
  }

  setCurrentLine(line: number | null): void {
    nowLine.move(this.view, line);
  }

  /** Boxes the selected line of the text that ran; null for none. */
  setPickedLine(line: number | null): void {
    this.view.dispatch({ effects: pickedLine.set.of(line) });
  }

  /** The array is read again until the next call. */
  setLineBytes(bytes: Float64Array | null, full: Bytes, sites: readonly number[] | null): void {
    this.bars.set(bytes, full, sites);
  }

  setReadOnly(readOnly: boolean): void {
    this.view.dispatch({ effects: this.readOnly.reconfigure(EditorState.readOnly.of(readOnly)) });
  }

  /** Locks all lines but these; null unlocks all. */
  setEditableLines(lines: readonly LineRange[] | null): void {
    this.view.dispatch({ effects: setEditableLines.of(lines) });
  }

  /** Whether Tab indents; else it moves the focus on. */
  setTabIndents(indents: boolean): void {
    this.view.dispatch({ effects: this.tab.reconfigure(indents ? keymap.of([indentWithTab]) : []) });
  }

  applyFix(fix: Fix): void {
    fixIn(this.view, fix);
  }

  /** Puts the cursor at a line and column of the text as it stands, from 1, and shows it. */
  goTo(line: number, column: number): void {
    const { doc } = this.view.state;
    const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const position = Math.min(at.to, at.from + Math.max(0, column - 1));
    this.view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: 'center' }),
    });
    this.view.focus();
  }

  /** Scrolls a line into sight without touching cursor or focus. */
  revealLine(line: number): void {
    const { doc } = this.view.state;
    if (line < 1 || line > doc.lines) return;
    this.reveal(({ doc }) => doc.line(Math.min(line, doc.lines)).from, 'nearest');
  }

  /** Scrolls the script alone: who reads something else on the same page is not taken away from it. */
  private reveal(at: (state: EditorState) => number, where: 'start' | 'nearest'): void {
    this.view.requestMeasure({
      read: (view) => {
        const scroller = scrollerOf(view.scrollDOM);
        if (scroller === null) return null;
        const { top, bottom } = view.lineBlockAt(at(view.state));
        const box = scroller.getBoundingClientRect();
        const above = view.documentTop + top - box.top;
        const below = view.documentTop + bottom - box.bottom;
        if (where === 'start') return { scroller, by: above };
        return { scroller, by: Math.min(0, above - REVEAL_PX) || Math.max(0, below + REVEAL_PX) };
      },
      write: (found) => {
        if (found !== null && found.by !== 0) found.scroller.scrollTop += found.by;
      },
    });
  }

  focus(): void {
    this.view.focus();
  }

  scrollTo(top: number): void {
    this.view.scrollDOM.scrollTop = top;
  }

  destroy(): void {
    this.view.destroy();
  }

  /** The editor counts every line end as one; whoever keeps the text must have the same, or ranges would not agree. */
  private tellPlainText(given: string): void {
    const text = this.view.state.doc.toString();
    if (text !== given) this.setup.events.change(text);
  }

  private extensions(): Extension[] {
    const { events, label, describedBy } = this.setup;
    const run = {
      key: 'Mod-Enter',
      run: () => {
        events.run();
        return true;
      },
    };
    const pick = { key: 'Shift-Mod-Enter', run: () => this.pickAtCursor() };
    return [
      Prec.highest(keymap.of([run, pick])),
      messageMarks(),
      lineNumbers({
        domEventHandlers: {
          click: (_view, block) => {
            this.pickAt(block.from);
            return true;
          },
        },
      }),
      lineMarks(this.bars, events.pick),
      heapLanguage(),
      history(),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completeLater], icons: false, aboveCursor: false }),
      placeholder(messageNode(editorStrings.editor.empty) as HTMLElement),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...LINE_KEYS, ...standardKeymap]),
      this.tab.of([]),
      this.readOnly.of(EditorState.readOnly.of(false)),
      lockedLines((transaction) => transaction.annotation(fromOutside) === true),
      EditorState.phrases.of(editorStrings.editor.phrases),
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-describedby': describedBy,
        spellcheck: 'false',
        autocapitalize: 'off',
        autocorrect: 'off',
        translate: 'no',
        tabindex: '0',
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.transactions.some((made) => made.annotation(fromOutside))) return;
        events.change(update.state.doc.toString());
      }),
    ];
  }

  private pickAtCursor(): boolean {
    const { doc, selection } = this.view.state;
    return this.pickAt(doc.lineAt(selection.main.head).from);
  }

  private pickAt(lineStart: number): boolean {
    const line = lineThen(this.view.state.field(ranText.field), this.view.state.doc, lineStart);
    if (line !== null) this.setup.events.pick(line);
    return true;
  }

  private watchPointer(): void {
    const { dom } = this.view;
    const tell = (line: number | null) => {
      if (line === this.pointed) return;
      this.pointed = line;
      this.setup.events.point(line);
    };
    dom.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'touch') return;
      const height = event.clientY - this.view.documentTop;
      if (height < 0 || height > this.view.contentHeight) return tell(null);
      const { from } = this.view.lineBlockAtHeight(height);
      tell(lineThen(this.view.state.field(ranText.field), this.view.state.doc, from));
    });
    dom.addEventListener('pointerleave', () => tell(null));
  }
}
