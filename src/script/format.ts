import { type Token, tokenize } from './tokens.ts';

const INDENT = '  ';
/** No blank before these, none behind those. */
const TIGHT_BEFORE: ReadonlySet<string> = new Set([',', ';', ')', ']', '..']);
const TIGHT_AFTER: ReadonlySet<string> = new Set(['(', '[', '..']);
const OPERATORS = /^(?:[=+*/<>-]|==|!=|<=|>=)$/;
const VALUE_END = /^(?:Name|Number|BadNumber|Decimal|Percent|Ordinal|\)|\]|all|B|bytes?|pages?|[KMG]iB)$/;

/**
 * The text in its usual form: two blanks a level, one statement a line, blanks round operators but not round `..`. Comments,
 * empty lines (one at a time) and short blocks that stand on one line stay as they are. Only blanks, line ends and `;`
 * change, so the program stays the same; works on any text.
 */
export function format(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const out: string[] = [];
  let level = 0;
  for (const line of lines) {
    const { code, comment } = split(line);
    if (code === '' && comment === '') {
      if (out.length > 0 && out.at(-1) !== '') out.push('');
      continue;
    }
    const { tokens } = tokenize(code);
    const statements = onOwnLines(tokens);
    if (statements.length === 0) out.push(`${INDENT.repeat(level)}${comment}`);
    statements.forEach((statement, k) => {
      const closers = leadingClosers(statement);
      const before = Math.max(0, level - closers);
      const tail = k === statements.length - 1 && comment !== '' ? ` ${comment}` : '';
      out.push(`${INDENT.repeat(before)}${spaced(statement)}${tail}`);
      level = Math.max(0, level + balance(statement));
    });
  }
  while (out.at(-1) === '') out.pop();
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

/** Parts a line into code and comment; a `#` in a text is none. */
function split(line: string): { code: string; comment: string } {
  let quoted = false;
  for (let k = 0; k < line.length; k++) {
    if (line[k] === '"') quoted = !quoted;
    else if (quoted && line[k] === '\\') k++;
    else if (!quoted && (line[k] === '#' || line.startsWith('//', k))) {
      return { code: line.slice(0, k).trim(), comment: line.slice(k).trimEnd() };
    }
  }
  return { code: line.trim(), comment: '' };
}

/** Statements that `;` parts outside of blocks on the same line. */
function onOwnLines(tokens: readonly Token[]): Token[][] {
  const out: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.name === '{') depth++;
    if (token.name === '}') depth--;
    if (token.name === ';' && depth <= 0) out.push([]);
    else out.at(-1)!.push(token);
  }
  return out.filter((statement) => statement.length > 0);
}

function leadingClosers(statement: readonly Token[]): number {
  let count = 0;
  while (statement[count]?.name === '}') count++;
  return count;
}

function balance(statement: readonly Token[]): number {
  let sum = 0;
  for (const { name } of statement) sum += name === '{' ? 1 : name === '}' ? -1 : 0;
  return sum;
}

function spaced(statement: readonly Token[]): string {
  let out = '';
  for (let k = 0; k < statement.length; k++) {
    const token = statement[k]!;
    if (k > 0 && blankBetween(statement, k)) out += ' ';
    out += token.text;
  }
  return out;
}

function blankBetween(statement: readonly Token[], k: number): boolean {
  const before = statement[k - 1]!;
  const token = statement[k]!;
  if (TIGHT_BEFORE.has(token.name) || TIGHT_AFTER.has(before.name)) return false;
  if (token.name === '[' && before.name === 'Name') return false;
  if (token.name === '(' && before.name === 'Name') return false;
  // A lane's name holds together: `wee-repaired`.
  if (isLane(statement, k)) return false;
  if (before.name === '-' && isPrefix(statement, k - 1)) return false;
  return OPERATORS.test(token.text) || before.to < token.from || OPERATORS.test(before.text) || touching(before, token);
}

function isLane(statement: readonly Token[], k: number): boolean {
  if (statement[0]?.name !== 'expect') return false;
  const start = statement.findIndex((token) => token.name === 'for');
  if (start === -1 || k <= start + 1) return false;
  const at = statement.findIndex((token, j) => j > start && token.name === 'at');
  return (at === -1 || k < at) && (statement[k]!.name === '-' || statement[k - 1]!.name === '-');
}

function isPrefix(statement: readonly Token[], k: number): boolean {
  const before = statement[k - 1];
  return (
    !before || (!VALUE_END.test(before.name === 'Name' ? before.name : before.text) && !VALUE_END.test(before.name))
  );
}

/** Tokens that stood together but would not stay two: nothing to keep apart unless both are words. */
function touching(before: Token, token: Token): boolean {
  if (token.name === '{' || token.name === '}' || before.name === '{' || before.name === '}') return true;
  return before.name === ',' || before.name === ';' || /\w$/.test(before.text) === /^\w/.test(token.text);
}
