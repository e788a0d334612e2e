import { isolateHistory } from '@codemirror/commands';
import { type Action, type Diagnostic as Lint, linter, lintGutter, setDiagnostics } from '@codemirror/lint';
import type { EditorState, Extension } from '@codemirror/state';
import type { Command, EditorView } from '@codemirror/view';
import type { Diagnostic, Fix } from '../../model/diagnostics.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import { type EarlierText, earlierText, lineStartNow } from './earlier-text.ts';
import { ranText } from './line-marks.ts';
import { messageNode, plainMessage } from './message-parts.ts';
import { inOrder } from './text-change.ts';

/** The text that the diagnostics speak of. */
export const checkedText = earlierText();

/** More would be no help, and each costs a mark. The list under the editor says how many there are. */
const MOST_MESSAGES = 200;
const MOST_FINDINGS_ON_A_LINE = 4;

/** Underlines, gutter signs, tooltips with fixes and the message panel. */
export function messages(): Extension {
  return [checkedText.field, linter(null), lintGutter({ hoverTime: 120 })];
}

/**
 * Shows diagnostics of the text named by `checkedText` and findings by line of the text named by `ranText`; both may be
 * older than what is in the editor.
 */
export function showMessages(
  view: EditorView,
  diagnostics: readonly Diagnostic[],
  findings: ReadonlyMap<number, readonly string[]>,
): void {
  const { state } = view;
  const marks = diagnostics.slice(0, MOST_MESSAGES).map((diagnostic) => lintOf(state, diagnostic));
  for (const [line, texts] of findings) {
    if (marks.length >= 2 * MOST_MESSAGES) break;
    marks.push(...findingsOf(state, line, texts));
  }
  marks.sort((a, b) => a.from - b.from);
  view.dispatch(setDiagnostics(state, marks));
}

function lintOf(state: EditorState, diagnostic: Diagnostic): Lint {
  const { since, doc } = state.field(checkedText.field);
  const clamp = (at: number) => Math.max(0, Math.min(at, doc.length));
  const from = since.mapPos(clamp(diagnostic.from), 1);
  let to = Math.max(from, since.mapPos(clamp(diagnostic.to), -1));
  if (to === from && to < state.doc.lineAt(from).to) to++;
  return {
    from,
    to,
    severity: diagnostic.severity === 'error' ? 'error' : 'warning',
    message: diagnostic.message,
    renderMessage: () => messageNode(diagnostic.message),
    actions: diagnostic.fixes.map(
      (fix): Action => ({ name: plainMessage(fix.label), apply: (view) => fixIn(view, fix) }),
    ),
  };
}

function findingsOf(state: EditorState, line: number, texts: readonly string[]): Lint[] {
  const start = lineStartNow(state.field(ranText.field), line);
  if (start === null) return [];
  const { from, to, text } = state.doc.lineAt(start);
  const indent = text.length - text.trimStart().length;
  const shown = texts.slice(0, MOST_FINDINGS_ON_A_LINE);
  if (texts.length > shown.length) shown.push(editorStrings.editor.moreFindings(texts.length - shown.length));
  return shown.map((message) => ({
    from: from + indent,
    to,
    severity: 'info',
    message,
    renderMessage: () => messageNode(message),
  }));
}

/** Makes the edits of a fix where their places are now, as one step of the history. */
export function fixIn(view: EditorView, fix: Fix): void {
  if (view.state.readOnly) return;
  const changes = mapped(view.state.field(checkedText.field), fix);
  if (changes.length === 0) return;
  view.dispatch({ changes, annotations: isolateHistory.of('full'), userEvent: 'input.fix', scrollIntoView: true });
  view.focus();
}

function mapped({ doc, since }: EarlierText, fix: Fix) {
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

/** Applies the first fix on the cursor's line, the nearest one first. */
export function fixAtCursor(diagnostics: () => readonly Diagnostic[]): Command {
  return (view) => {
    const { head } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    const { since, doc } = view.state.field(checkedText.field);
    let best: Fix | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const diagnostic of diagnostics()) {
      const at = since.mapPos(Math.min(diagnostic.from, doc.length), 1);
      const fix = diagnostic.fixes[0];
      if (fix === undefined || at < line.from || at > line.to || Math.abs(at - head) >= distance) continue;
      best = fix;
      distance = Math.abs(at - head);
    }
    if (best === null) return false;
    fixIn(view, best);
    return true;
  };
}
