import type { Fix } from '../../model/diagnostics.ts';

/** One replacement that turns a text into another: `from`–`to` of the old one by `insert`. UTF-16 units. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The smallest single replacement from `before` to `after`, or null where they are equal. A cursor outside of it stays where
 * it was, which is all that a text set from outside needs; a real diff would cost more than it gives. O(n), no allocation
 * but the inserted part.
 */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  const most = shorter - from;
  while (tail < most && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) {
    tail++;
  }
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** A fix carried out on a plain text. Edits that overlap one already made, or lie outside, are left out. */
export function applyFix(text: string, fix: Fix): string {
  let result = '';
  let done = 0;
  for (const edit of inOrder(fix)) {
    if (edit.from < done || edit.to < edit.from || edit.to > text.length) continue;
    result += text.slice(done, edit.from) + edit.insert;
    done = edit.to;
  }
  return result + text.slice(done);
}

/** The edits of a fix by place, so that they can be made in one pass. */
export function inOrder(fix: Fix): Fix['edits'] {
  return [...fix.edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The text with the line ends that the editor counts in: a position in it is a position in the editor. */
export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
