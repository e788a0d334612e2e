import { highlightCode } from '@lezer/highlight';
import { memo, type ReactNode } from 'react';
import { parser } from '../../script/parser.ts';
import './code.css';
import { colours } from './colours.ts';

/** A short script in the colours of the editor. For examples, not for long texts: it parses the whole of it. */
export const ExampleCode = memo(function ExampleCode({ text }: { readonly text: string }) {
  return <pre className="example-code heap-code">{coloured(text)}</pre>;
});

function coloured(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  highlightCode(
    text,
    parser.parse(text),
    colours,
    (piece, classes) =>
      parts.push(
        classes === '' ? (
          piece
        ) : (
          <span className={classes} key={parts.length}>
            {piece}
          </span>
        ),
      ),
    () => parts.push('\n'),
  );
  return parts;
}
