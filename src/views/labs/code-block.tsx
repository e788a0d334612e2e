import { useEffect, useState } from 'react';
import type { CodeFile } from '../../labs/report.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { useApp } from '../shared/app-context.tsx';
import { fetchPart } from '../shared/part.tsx';

/** The sources that ran, one at a time, to read and to copy. */
export function CodeBlock({ code }: { code: readonly CodeFile[] }) {
  const { look } = useApp();
  const [path, setPath] = useState(code[0]?.path ?? '');
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState('');
  const shown = code.find((file) => file.path === path) ?? code[0];
  const text = useText(open ? shown : undefined);
  if (shown === undefined) return null;
  return (
    <details className="lab-code" onToggle={(event) => setOpen(event.currentTarget.open)}>
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
          disabled={typeof text !== 'string'}
          onClick={() => {
            if (typeof text !== 'string') return;
            navigator.clipboard.writeText(text).then(
              () => {
                setCopied(shown.path);
                look.announce(words.code.copied);
              },
              () => look.announce(words.code.byHand),
            );
          }}
        >
          {copied === shown.path ? words.code.copied : words.code.copy}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="lab-code-text" aria-label={shown.path} aria-busy={text === undefined} tabIndex={0}>
        <pre>
          <code>{text === null ? words.code.failed : text}</code>
        </pre>
      </section>
    </details>
  );
}

/** The text of a file, undefined until it has come, null where it could not be fetched. */
function useText(file: CodeFile | undefined): string | null | undefined {
  const [came, setCame] = useState<{ readonly file: CodeFile; readonly text: string | null } | null>(null);
  useEffect(() => {
    if (file === undefined) return;
    let wanted = true;
    const keep = (text: string | null) => wanted && setCame({ file, text });
    fetchPart(file.text).then(
      (module) => keep(module.default),
      () => keep(null),
    );
    return () => {
      wanted = false;
    };
  }, [file]);
  return came !== null && came.file === file ? came.text : undefined;
}
