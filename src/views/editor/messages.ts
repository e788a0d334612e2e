import { isolateHistory } from '@codemirror/commands';
import type { EditorState } from '@codemirror/state';
import type { Command, EditorView } from '@codemirror/view';
import type { Diagnostic, Fix } from '../../model/diagnostics.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import { type EarlierText, earlierText, lineStartNow } from './earlier-text.ts';
import { ranText } from './line-marks.ts';
import { messageNode, plainMessage } from './message-parts.ts';
import { inOrder } from './text-change.ts';

/** The text that the diagnostics speak of. */
export const checkedText = earlierText();

/** ✕: the script does not run. △: it runs, look here. ◇: something that happened in the run. */
export type Weight = 'error' | 'warning' | 'finding';

/** A message at its place in the text as it stands. `to` may equal `from` on an empty line. */
export interface Message {
  readonly from: number;
  readonly to: number;
  readonly weight: Weight;
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/** More would be no help, and each costs a mark. The list under the editor says how many there are. */
const MOST_MESSAGES = 200;
const MOST_FINDINGS_ON_A_LINE = 4;

/**
 * Diagnostics of `checkedText` and findings of `ranText`, each moved to where its place is now, in order of the text.
 */
export function placeMessages(
  state: EditorState,
  diagnostics: readonly Diagnostic[],
  findings: ReadonlyMap<number, readonly string[]>,
): Message[] {
  const messages = diagnostics.slice(0, MOST_MESSAGES).map((diagnostic) => placeDiagnostic(state, diagnostic));
  for (const [line, texts] of findings) {
    if (messages.length >= 2 * MOST_MESSAGES) break;
    messages.push(...placeFindings(state, line, texts));
  }
  return messages.sort((a, b) => a.from - b.from);
}

function placeDiagnostic(state: EditorState, diagnostic: Diagnostic): Message {
  const { since, doc } = state.field(checkedText.field);
  const clamp = (at: number) => Math.max(0, Math.min(at, doc.length));
  let from = since.mapPos(clamp(diagnostic.from), 1);
  let to = Math.max(from, since.mapPos(clamp(diagnostic.to), -1));
  // A place between two letters is shown on the letter after it, at a line's end on the one before.
  const line = state.doc.lineAt(from);
  if (to === from && to < line.to) to++;
  else if (to === from && from > line.from) from--;
  const weight = diagnostic.severity === 'error' ? 'error' : 'warning';
  return { from, to, weight, text: diagnostic.message, fixes: diagnostic.fixes };
}

function placeFindings(state: EditorState, line: number, texts: readonly string[]): Message[] {
  const start = lineStartNow(state.field(ranText.field), line);
  if (start === null) return [];
  const { from, to, text } = state.doc.lineAt(start);
  const indent = text.length - text.trimStart().length;
  const shown = texts.slice(0, MOST_FINDINGS_ON_A_LINE);
  if (texts.length > shown.length) shown.push(editorStrings.editor.moreFindings(texts.length - shown.length));
  return shown.map((text) => ({ from: from + indent, to, weight: 'finding', text, fixes: [] }));
}

/** What a tooltip shows: each message with a button for each of its fixes. */
export function messagesNode(view: EditorView, messages: readonly Message[]): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'script-messages';
  for (const message of messages) {
    const item = document.createElement('li');
    item.append(messageNode(message.text));
    if (!view.state.readOnly) {
      for (const fix of message.fixes) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'button';
        button.textContent = plainMessage(fix.label);
        button.addEventListener('click', () => fixIn(view, fix));
        item.append(button);
      }
    }
    list.append(item);
  }
  return list;
}

/** Makes the edits of a fix where their places are now, as one step of the history. */
export function fixIn(view: EditorView, fix: Fix): void {
  if (view.state.readOnly) return;
  const changes = moved(view.state.field(checkedText.field), fix);
  if (changes.length === 0) return;
  view.dispatch({ changes, annotations: isolateHistory.of('full'), userEvent: 'input.fix', scrollIntoView: true });
  view.focus();
}

function moved({ doc, since }: EarlierText, fix: Fix) {
  const changes: { from: number; to: number; insert: string }[] = [];
  let done = 0;
  for (const edit of inOrder(fix)) {
    if (edit.from < done || edit.to < edit.from || edit.to > doc.length) continue;
    done = edit.to;
    const from = since.mapPos(edit.from, edit.from === edit.to ? -1 : 1);
    changes.push({ from, to: Math.max(from, since.mapPos(edit.to, -1)), insert: edit.insert });
  }
  return changes;
}

/** Applies the first fix of the message on the cursor's line that is nearest to the cursor. */
export function fixAtCursor(messages: (state: EditorState) => readonly Message[]): Command {
  return (view) => {
    const { head } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    let best: Fix | undefined;
    let distance = Number.POSITIVE_INFINITY;
    for (const { from, fixes } of messages(view.state)) {
      if (fixes[0] === undefined || from < line.from || from > line.to || Math.abs(from - head) >= distance) continue;
      best = fixes[0];
      distance = Math.abs(from - head);
    }
    if (best === undefined) return false;
    fixIn(view, best);
    return true;
  };
}
