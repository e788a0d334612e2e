/** A stretch of a message: prose, or what stands between backticks and is set as code. */
export interface MessagePart {
  /** Where it stands in the message. */
  readonly at: number;
  readonly text: string;
  readonly code: boolean;
}

/** Cuts a message at its backticks. One without a partner is kept as it is. */
export function messageParts(message: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('`', at);
    const close = open < 0 ? -1 : message.indexOf('`', open + 1);
    if (close < 0) {
      parts.push({ at, text: message.slice(at), code: false });
      break;
    }
    if (open > at) parts.push({ at, text: message.slice(at, open), code: false });
    if (close > open + 1) parts.push({ at: open, text: message.slice(open + 1, close), code: true });
    at = close + 1;
  }
  return parts;
}

/** A message without its backticks, for names that can hold nothing but text. */
export function plainMessage(message: string): string {
  return messageParts(message)
    .map((part) => part.text)
    .join('');
}

/** A message as DOM, for what CodeMirror draws itself. */
export function messageNode(message: string): Node {
  const node = document.createElement('span');
  for (const part of messageParts(message)) {
    if (part.code) {
      const code = document.createElement('code');
      code.className = 'message-code';
      code.textContent = part.text;
      node.append(code);
    } else {
      node.append(part.text);
    }
  }
  return node;
}
