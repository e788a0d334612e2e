import './code.css';
import { type MessagePart, messageParts } from './message-parts.ts';

/** A message of the language with its code set as code. */
export function MessageText({ text }: { readonly text: string }) {
  return messageParts(text).map((part) => <Part part={part} key={part.at} />);
}

function Part({ part }: { readonly part: MessagePart }) {
  return part.code ? <code className="message-code">{part.text}</code> : part.text;
}
