import type { Diagnostic, Fix } from '../../model/diagnostics.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import './diagnostics-list.css';
import { plainMessage } from './message-parts.ts';
import { MessageText } from './message-text.tsx';

interface DiagnosticsListProps {
  readonly diagnostics: readonly Diagnostic[];
  /** `Handle.applyFix` of the editor, or `applyFix` on the text. */
  readonly onFix: (fix: Fix, diagnostic: Diagnostic) => void;
  readonly onGo: (line: number, column: number) => void;
  /** Entries shown; the rest is counted. */
  readonly most?: number;
}

const say = editorStrings.diagnostics;

/** The messages on a script, errors first, each with its place and its fixes as buttons. Nothing where there are none. */
export function DiagnosticsList({ diagnostics, onFix, onGo, most = 50 }: DiagnosticsListProps) {
  if (diagnostics.length === 0) return null;
  const shown = bySeverity(diagnostics).slice(0, most);
  return (
    <section className="diagnostics" aria-label={say.title}>
      <ul>
        {shown.map((diagnostic) => (
          <li key={keyOf(diagnostic)} data-severity={diagnostic.severity} data-code={diagnostic.code}>
            <button
              type="button"
              className="diagnostics-place"
              aria-label={say.goTo(diagnostic.line, diagnostic.column)}
              onClick={() => onGo(diagnostic.line, diagnostic.column)}
            >
              {say.place(diagnostic.line, diagnostic.column)}
            </button>
            <p>
              <span className="diagnostics-severity">{say[diagnostic.severity]}</span>{' '}
              <MessageText text={diagnostic.message} /> <span className="diagnostics-code">{diagnostic.code}</span>
            </p>
            {diagnostic.fixes.length > 0 && (
              <div className="diagnostics-fixes">
                {diagnostic.fixes.map((fix) => (
                  <button
                    type="button"
                    className="button"
                    key={fix.label}
                    aria-label={say.fixHint(plainMessage(fix.label), diagnostic.line)}
                    onClick={() => onFix(fix, diagnostic)}
                  >
                    <span>
                      <MessageText text={fix.label} />
                    </span>
                  </button>
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      {shown.length < diagnostics.length && (
        <p className="diagnostics-more">{say.more(diagnostics.length - shown.length)}</p>
      )}
    </section>
  );
}

const RANK = { error: 0, stop: 1, warning: 2 } as const;

/** What keeps the script from running first; else in order of the text. */
export function bySeverity(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.from - b.from);
}

function keyOf({ code, from, to, message }: Diagnostic): string {
  return `${code} ${from} ${to} ${message}`;
}
