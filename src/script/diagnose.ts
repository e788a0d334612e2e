import type { Tree } from '@lezer/common';
import { scriptStrings } from '../model/strings/script.ts';
import { lexicalMistakes } from './lexical.ts';
import { LANGUAGE_LIMITS } from './limits.ts';
import { textValue } from './names.ts';
import { parser } from './parser.ts';
import { type Report, replace } from './report.ts';
import { explain } from './structure.ts';
import { type LineIndex, utf8Length } from './text.ts';
import { type Token, tokenize } from './tokens.ts';

const say = scriptStrings.syntax;
const fix = scriptStrings.fix;

/**
 * Parses a text and reports every mistake of writing (E1…). Null when the text was not parsed: too long, too deep, or of
 * another version. `uncertain`: names and marks on broken lines, about which nothing can be said elsewhere.
 */
export function diagnose(
  source: string,
  lines: LineIndex,
  report: Report,
): { tree: Tree; uncertain: ReadonlySet<string> } | null {
  const bytes = utf8Length(source);
  if (bytes > LANGUAGE_LIMITS.scriptBytes) {
    report.add('E121', 0, 0, say.tooLong(bytes, LANGUAGE_LIMITS.scriptBytes));
    return null;
  }
  const { tokens, odd } = tokenize(source);
  const [first, second] = tokens;
  if (first?.name === 'version' && second?.name === 'Number' && second.text !== '1') {
    report.add('E122', first.from, second.to, say.otherVersion(second.text));
    return null;
  }
  const { tooDeep, unclosed } = braces(source, tokens, lines, report);
  lexicalMistakes(source, tokens, odd, report);
  if (tooDeep || report.full) return null;
  const { tree, end } = parse(source);
  structureMistakes(tree, end, tokens, unclosed, lines, report);
  if (end < source.length) return null;
  return { tree, uncertain: uncertainNames(tokens, lines, report) };
}

/**
 * The tree of a text. To go on after mistakes costs much more than to read what is right, so of a long text with mistakes only
 * so much is read behind the first one: `end` says how far.
 */
function parse(source: string): { tree: Tree; end: number } {
  if (source.length <= READ_AFTER_MISTAKE) return { tree: parser.parse(source), end: source.length };
  const strict = strictParser.startParse(source);
  try {
    for (;;) {
      const tree = strict.advance();
      if (tree) return { tree, end: source.length };
    }
  } catch (mistake) {
    if (!(mistake instanceof SyntaxError)) throw mistake;
  }
  const end = Math.min(source.length, strict.parsedPos + READ_AFTER_MISTAKE);
  return { tree: parser.parse(source.slice(0, end)), end };
}
const READ_AFTER_MISTAKE = 65_536;
const strictParser = parser.configure({ strict: true });

/** Braces without a partner, and what is nested deeper than allowed; looked at before parsing, so that depth is bounded there. */
function braces(source: string, tokens: readonly Token[], lines: LineIndex, report: Report) {
  const open: Token[] = [];
  // Per open bracket: prefix signs that were pending where it opened.
  const brackets: number[] = [];
  let prefixes = 0;
  let pending = 0;
  let tooDeep = false;
  // Said for the statement already.
  let said = false;
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k]!;
    switch (token.name) {
      case '{':
        open.push(token);
        if (open.length === LANGUAGE_LIMITS.blocks + 1) {
          tooDeep = true;
          report.add('E120', token.from, token.to, say.blocksTooDeep(open.length, LANGUAGE_LIMITS.blocks));
        }
        break;
      case '}':
        if (!open.pop()) {
          report.add('E105', token.from, token.to, say.closesNothing, [
            replace(fix.remove('}'), token.from, token.to, ''),
          ]);
        }
        break;
      case '(':
      case '[':
        brackets.push(prefixes);
        pending += prefixes;
        prefixes = 0;
        break;
      case ')':
      case ']':
        prefixes = 0;
        pending -= brackets.pop() ?? 0;
        break;
      case 'not':
      case 'BadNot':
      case '-':
        prefixes++;
        break;
      default:
        prefixes = 0;
    }
    // A statement's end closes what was left open.
    if (token.name === ';' || token.name === '{' || token.name === '}' || tokens[k + 1]?.first) {
      brackets.length = 0;
      pending = 0;
      prefixes = 0;
      said = false;
    }
    const depth = brackets.length + pending + prefixes;
    if (depth > LANGUAGE_LIMITS.nesting && !said) {
      tooDeep = true;
      said = true;
      report.add('E120', token.from, token.to, say.bracketsTooDeep(depth, LANGUAGE_LIMITS.nesting));
    }
  }
  for (const brace of open) {
    const end = source.length;
    const gap = source === '' || /[\n\r]$/.test(source) ? '' : '\n';
    report.add('E104', brace.from, brace.to, say.neverClosed(lines.line(brace.from)), [
      replace(fix.insert('}'), end, end, `${gap}}`),
    ]);
  }
  return { tooDeep, unclosed: open.length > 0 };
}

function structureMistakes(
  tree: Tree,
  end: number,
  tokens: readonly Token[],
  unclosed: boolean,
  lines: LineIndex,
  report: Report,
): void {
  if (tokens.length === 0) return;
  tree.iterate({
    enter({ type, from, to }) {
      if (!type.isError || report.full) return !report.full;
      if (from >= end && end < lines.text.length) return false;
      const k = tokenFrom(tokens, from);
      const token = tokens[k];
      const atEnd =
        k > 0 &&
        (!token || ((token.first || token.name === ';' || token.name === '}') && (from < token.from || from === to)));
      if (!token && unclosed) return false;
      const at = atEnd ? k - 1 : Math.min(k, tokens.length - 1);
      const place = tokens[at]!;
      if (
        report.brokenLine(lines.line(place.from)) ||
        report.brokenLine(lines.line(Math.max(place.from, place.to - 1)))
      )
        return false;
      if (token && (!atEnd || token.name === '}') && report.brokenLine(lines.line(token.from))) return false;
      explain(tokens, at, atEnd, report);
      return false;
    },
  });
}

/** The first token that begins at `from` or later. */
function tokenFrom(tokens: readonly Token[], from: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens[middle]!.from < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Names on lines with a mistake of writing, and texts of marks there, in quotes. */
function uncertainNames(tokens: readonly Token[], lines: LineIndex, report: Report): ReadonlySet<string> {
  const names = new Set<string>();
  if (!report.hasErrors) return names;
  for (const token of tokens) {
    if (token.name !== 'Name' && token.name !== 'Text' && token.name !== 'BadText') continue;
    if (!report.brokenLine(lines.line(token.from))) continue;
    names.add(token.name === 'Name' ? token.text : `"${textValue(token.text)}"`);
  }
  return names;
}
