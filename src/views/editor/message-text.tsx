import './code.css';
import { messageParts } from './message-parts.ts';

/** A message of the language with its code set as code. */
export function MessageText({ text }: { readonly text: string }) {
  return messageParts(text).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one message never change their order
    part.code ? (
      <code className="message-code" key={index}>
        {part.text}
      </code>
    ) : (
      <span key={index}>{part.text}</span>
    ),
  );
}
