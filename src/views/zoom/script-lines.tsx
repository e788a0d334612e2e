import { zoomStrings as words } from '../../model/strings/zoom.ts';
import type { OperationNumber } from '../../model/units.ts';
import { ExampleCode } from '../editor/example-code.tsx';
import { useFact } from '../shared/app-context.tsx';

/** Lines before the one that made the block. */
const BEFORE = 2;
const LONGEST = 120;

/** The lines of the script that end with the one that made a block; a recording has none. */
export function ScriptLines({ operation }: { operation: OperationNumber }) {
  const line = useFact((state) => state.scenario?.operations.line[operation - 1] ?? 0);
  const text = useFact((state) => (state.document.kind === 'script' ? state.ranText : ''));
  if (text === '' || line === 0) return null;
  const first = Math.max(1, line - BEFORE);
  const shown = linesOf(text, first, line);
  return (
    <section className="zoom-script" aria-label={words.script}>
      {shown.map(({ number, code }) => (
        <div key={number} data-made={number === line || undefined}>
          <span>{number}</span>
          <ExampleCode text={code.length > LONGEST ? `${code.slice(0, LONGEST - 1)}…` : code} />
        </div>
      ))}
    </section>
  );
}

/** Lines `from` to `to`, counted from 1, without a walk over what follows them. */
function linesOf(text: string, from: number, to: number): { number: number; code: string }[] {
  const out: { number: number; code: string }[] = [];
  let at = 0;
  for (let line = 1; line <= to && at <= text.length; line++) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    if (line >= from) out.push({ number: line, code: text.slice(at, stop).replace(/\r$/, '') });
    at = stop + 1;
  }
  return out;
}
