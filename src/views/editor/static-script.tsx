import { editorStrings } from '../../model/strings/editor.ts';
import { MessageText } from './message-text.tsx';

/** Lines shown before the editor has arrived: more than any screen holds, few enough to draw at once. */
const MOST_LINES = 300;
const MOST_CHARACTERS = 40_000;

interface StaticScriptProps {
  readonly text: string;
  readonly label: string;
  readonly currentLine: number | null;
}

/**
 * The script as plain text in exactly the editor's measures, so that nothing moves when the editor takes its place. Without
 * colours: they would bring the grammar into what loads first.
 */
export function StaticScript({ text, label, currentLine }: StaticScriptProps) {
  const { lines, rest } = firstLines(text);
  const digits = String(lines.length + rest).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <section className="script-static heap-code" aria-label={label} aria-busy="true" tabIndex={0} data-script-static="">
      {text === '' ? (
        <div className="script-static-line">
          <span className="script-static-number" aria-hidden="true">
            1
          </span>
          <span className="script-static-text script-placeholder">
            <MessageText text={editorStrings.editor.empty} />
          </span>
        </div>
      ) : (
        lines.map(({ number, line }) => (
          <div className={number === currentLine ? 'script-static-line script-now' : 'script-static-line'} key={number}>
            <span className="script-static-number" aria-hidden="true" style={{ minInlineSize: `${digits}ch` }}>
              {number}
            </span>
            <span className="script-static-text">{line === '' ? '\u200b' : line}</span>
          </div>
        ))
      )}
      {rest > 0 && <p className="script-static-rest">{editorStrings.editor.restOfText(rest)}</p>}
    </section>
  );
}

/** The lines to draw, and how many are left out. */
export function firstLines(text: string): { lines: { number: number; line: string }[]; rest: number } {
  const lines: { number: number; line: string }[] = [];
  let from = 0;
  let end = 0;
  while (end >= 0 && lines.length < MOST_LINES && from <= MOST_CHARACTERS) {
    end = text.indexOf('\n', from);
    const to = Math.min(end < 0 ? text.length : end, from + MOST_CHARACTERS);
    lines.push({ number: lines.length + 1, line: text.slice(from, to).replace(/\r$/, '') });
    from = end + 1;
  }
  let rest = 0;
  for (let at = end; at >= 0; at = text.indexOf('\n', at + 1)) rest++;
  return { lines, rest };
}
