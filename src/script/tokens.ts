import { tokenParser } from './parser.ts';

/** One token of the text. `name` is the token's name in the grammar; words of the language are their own names. */
export interface Token {
  readonly name: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The first of a statement's line: a line's end that counts stands before it. */
  readonly first: boolean;
}

/** The tokens of a text, comments left out, and the odd ones (`//` comments, signs without a meaning) beside them. */
export function tokenize(source: string): { tokens: Token[]; odd: Token[] } {
  const tokens: Token[] = [];
  const odd: Token[] = [];
  let end = 0;
  tokenParser.parse(source).iterate({
    enter({ name, from, to, type }) {
      if (type.isTop || type.isError || name === 'Comment') return;
      const text = source.slice(from, to);
      if (name === 'SlashComment' || name === 'Stray') {
        odd.push({ name, text, from, to, first: false });
        return;
      }
      const goesOn = text === '{' || text === 'else' || tokens.at(-1)?.name === ',';
      const first = !goesOn && (tokens.length === 0 || /[\n\r]/.test(source.slice(end, from)));
      tokens.push({ name, text, from, to, first });
      end = to;
    },
  });
  return { tokens, odd };
}

/** Messages look at so many tokens on either side at most: a statement may have a hundred thousand. */
export const FAR = 200;

/** The statement round a token: from its first token to the one behind its last. Braces and `;` stand outside. */
export function statementAround(tokens: readonly Token[], k: number): { start: number; end: number } {
  let start = k;
  while (start > k - FAR && start > 0 && !tokens[start]!.first && !BREAKS.has(tokens[start - 1]!.name)) start--;
  let end = Math.max(start, k);
  while (end < k + FAR && end < tokens.length && !(end > start && tokens[end]!.first) && !BREAKS.has(tokens[end]!.name))
    end++;
  return { start, end };
}
const BREAKS: ReadonlySet<string> = new Set([';', '{', '}']);
