import { useState } from 'react';
import type { CodeText } from '../../labs/report.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { useApp } from '../shared/app-context.tsx';

/** The sources that ran, one at a time, to read and to copy. */
export function CodeBlock({ code }: { code: readonly CodeText[] }) {
  const { look } = useApp();
  const [path, setPath] = useState(code[0]?.path ?? '');
  const [copied, setCopied] = useState('');
  const shown = code.find((file) => file.path === path) ?? code[0];
  if (shown === undefined) return null;
  return (
    <details className="lab-code">
      <summary>{words.code.title}</summary>
      <div className="lab-code-tools">
        <label>
          <span>{words.code.file}</span>{' '}
          <select className="button" value={shown.path} onChange={(event) => setPath(event.target.value)}>
            {code.map((file) => (
              <option key={file.path}>{file.path}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          onClick={() =>
            navigator.clipboard.writeText(shown.text).then(
              () => {
                setCopied(shown.path);
                look.announce(words.code.copied);
              },
              () => look.announce(words.code.byHand),
            )
          }
        >
          {copied === shown.path ? words.code.copied : words.code.copy}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="lab-code-text" aria-label={shown.path} tabIndex={0}>
        <pre>
          <code>{shown.text}</code>
        </pre>
      </section>
    </details>
  );
}
