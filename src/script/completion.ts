import type { SyntaxNode, Tree } from '@lezer/common';
import { LANE_NAMES } from '../model/lanes.ts';
import { METRIC_IDS, METRICS, METRICS_WITH_ARGUMENTS } from '../model/metrics.ts';
import { completionStrings as words } from '../model/strings/completion.ts';
import { type Definition, define } from './names.ts';
import { parser, tokenParser } from './parser.ts';
import { LineIndex } from './text.ts';

export interface CompletionOption {
  readonly label: string;
  /** The kinds that editors know: they choose a sign or a colour by it. */
  readonly kind: 'keyword' | 'variable' | 'function' | 'unit' | 'metric' | 'lane' | 'text';
  readonly detail: string;
  /** What is put in where it is not the label. */
  readonly apply?: string;
}
export interface Completions {
  /** Where the text that an option replaces begins; it ends at the position asked for. */
  readonly from: number;
  readonly options: readonly CompletionOption[];
}

interface Token {
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const STATEMENTS = 'alloc free realloc write read reset let repeat for if scope mark note pause expect'.split(' ');
const HEADERS = ['version', 'seed', 'memory', 'arena'];
const HEADER_NODES: ReadonlySet<string> = new Set(['Version', 'Seed', 'Memory', 'ArenaLine', 'Note', ';']);
const UNITS: ReadonlySet<string> = new Set(['B', 'byte', 'bytes', 'KiB', 'MiB', 'GiB', 'page', 'pages']);
const VALUE_ENDS: ReadonlySet<string> = new Set([
  'Name',
  'Number',
  'Decimal',
  'Percent',
  'Ordinal',
  'Text',
  ')',
  ']',
  'all',
]);
const CHOOSERS = ['all', 'oldest', 'newest', 'random', 'every'];
const VERDICTS = ['leak', 'fragmentation', 'past peak', 'healthy'];
const WORD = /(?:^|[^A-Za-z0-9_.])([A-Za-z_][A-Za-z0-9_]*)$/;
const LANE = /\bfor\s+([A-Za-z][A-Za-z0-9_-]*)$/;

/**
 * What can be written at `position`, in a useful order and not narrowed by what of it is written already. Looks at the
 * line for the form and at the tree for names, so a caller that has the tree of `text` saves a parse of all of it.
 */
export function completionsAt(text: string, position: number, tree: Tree = parser.parse(text)): Completions {
  const lines = new LineIndex(text);
  const lineStart = lines.start(lines.line(position));
  const before = text.slice(lineStart, position);
  let from = position - (WORD.exec(before)?.[1]?.length ?? 0);
  let tokens = statementTokens(text, lineStart, from);
  const last = tokens.at(-1);
  const nothing = { from: position, options: [] };
  const definitions = define(tree, text, lines);

  const open = openAt(text, lineStart, position);
  if (open === 'comment') return nothing;
  if (open !== null) {
    const options = textOptions(statementTokens(text, lineStart, open), definitions.marks);
    return { from: open + 1, options };
  }
  // A run of digits and letters is one number; its unit stands apart or is one letter that everybody knows.
  if (last && from === position && last.to === position && /^[\w.]/.test(last.text)) return nothing;

  const lane = tokens.some(({ kind }) => kind === 'expect') ? LANE.exec(before) : null;
  if (lane) {
    from = position - lane[1]!.length;
    tokens = statementTokens(text, lineStart, from);
  }
  const names = [...definitions.byName.values()].filter((name) => name.from !== from);
  const options = tokens.length === 0 ? statementStart(text, from, tree, names) : new Form(tokens, names).options();
  const seen = new Set<string>();
  return { from, options: options.filter(({ label }) => !seen.has(label) && seen.add(label)) };
}

/** Tokens of the statement that goes on at `to`, from its first word. A list goes on over lines after a comma. */
function statementTokens(text: string, lineStart: number, to: number): Token[] {
  let start = lineStart;
  for (let k = 0; k < 64 && start > 0; k++) {
    const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, start);
    if (!/,\s*$/.test(above)) break;
    start -= above.length;
  }
  const tokens: Token[] = [];
  const piece = text.slice(start, to);
  tokenParser.parse(piece).iterate({
    enter({ node }) {
      if (node.firstChild || node.name === 'Tokens' || node.name.endsWith('Comment') || node.from === node.to) return;
      if (node.name === ';' || node.name === '{' || node.name === '}') tokens.length = 0;
      else {
        const { name, from, to } = node;
        tokens.push({ kind: name, text: piece.slice(from, to), from: start + from, to: start + to });
      }
    },
  });
  return tokens;
}

/** Where a text begins that is not closed before `position`; `comment` in a comment; null in the script itself. */
function openAt(text: string, lineStart: number, position: number): number | 'comment' | null {
  let open: number | null = null;
  for (let k = lineStart; k < position; k++) {
    if (text[k] === '#' && open === null) return 'comment';
    if (text[k] === '\\' && open !== null) k++;
    else if (text[k] === '"') open = open === null ? k : null;
  }
  return open;
}

function textOptions(tokens: readonly Token[], marks: ReadonlySet<string>): CompletionOption[] {
  const last = tokens.at(-1)?.kind;
  if (tokens[0]?.kind !== 'expect') return [];
  if (last === 'at' || tokens.at(-1)?.text === 'since') {
    return [...marks].map((label) => option(label, 'text', words.mark, label.replace(/["\\]/g, '\\$&')));
  }
  if (tokens[1]?.text === 'verdict') return VERDICTS.map((label) => option(label, 'text', words.verdict));
  return [];
}

function statementStart(text: string, from: number, tree: Tree, names: readonly Definition[]): CompletionOption[] {
  const options = keywords(STATEMENTS);
  const previous = text.slice(0, from).trimEnd();
  if (previous.endsWith('}') && closesIf(tree.resolveInner(previous.length, -1)))
    options.unshift(...keywords(['else']));
  if (atTop(tree, from)) options.push(...keywords(HEADERS));
  for (const { name, kind } of names) {
    if (kind === 'block') options.push(option(name, 'variable', words.kinds.block, `${name} = alloc `));
    else if (kind === 'group') options.push(option(name, 'variable', words.kinds.group, `${name}[] = alloc `));
  }
  return options;
}

function closesIf(node: SyntaxNode): boolean {
  const block = node.name === 'Block' ? node : node.parent;
  return block?.name === 'Block' && (block.parent?.name === 'If' || block.parent?.name === 'ElseIf');
}

/** Only lines of the top stand before `from`, and it is in no block. */
function atTop(tree: Tree, from: number): boolean {
  for (let node = tree.topNode.firstChild; node && node.from < from; node = node.nextSibling) {
    if (!HEADER_NODES.has(node.name) && !node.type.isError && !node.type.isSkipped && !node.name.endsWith('Comment')) {
      return false;
    }
  }
  return true;
}

/** One statement, begun, and what may go on with it. */
class Form {
  private readonly verb: string;
  private readonly last: Token;
  private readonly atValueEnd: boolean;
  private readonly inBrackets: boolean;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly names: readonly Definition[],
  ) {
    const assigned = tokens.findIndex(({ kind }) => kind === '=');
    const first = tokens[0]!;
    this.verb = first.kind === 'Name' ? (assigned < 0 ? '' : (tokens[assigned + 1]?.kind ?? '=')) : first.kind;
    this.last = tokens.at(-1)!;
    this.atValueEnd = VALUE_ENDS.has(this.last.kind) && !this.isWord();
    let depth = 0;
    for (const { kind } of tokens) depth += kind === '[' || kind === '(' ? 1 : kind === ']' || kind === ')' ? -1 : 0;
    this.inBrackets = depth > 0;
  }

  options(): CompletionOption[] {
    if (this.inBrackets) return this.atValueEnd ? this.afterValue() : this.inner();
    switch (this.verb) {
      case '=':
        return keywords(['alloc']);
      case 'alloc':
        return this.alloc();
      case 'free':
      case 'realloc':
      case 'write':
      case 'read':
        return this.targets();
      case 'reset':
        return this.last.kind === 'reset' ? this.named('arena') : [];
      case 'let':
        if (this.last.kind === 'let') return this.named('number');
        return this.has('=') ? this.amount() : [];
      case 'repeat':
        return this.has('as') ? [] : [...this.amount(), ...(this.atValueEnd ? keywords(['as']) : [])];
      case 'for':
        return this.loop();
      case 'if':
      case 'else':
        return this.condition();
      case 'memory':
        return this.memory();
      case 'arena':
        if (this.last.kind === 'Name' && !this.has('of')) return keywords(['of']);
        return this.has('of') && this.atValueEnd ? this.units() : [];
      case 'expect':
        return this.expectation();
      default:
        return [];
    }
  }

  private alloc(): CompletionOption[] {
    const { kind } = this.last;
    const lifetime = this.has('after');
    const keeps = this.hasWord('keep');
    if (kind === 'free') return keywords(['after']);
    if (kind === 'in') return keeps ? this.values() : this.named('arena');
    if (!this.atValueEnd && this.last.text !== 'zeroed' && this.last.text !== 'ops' && this.last.text !== 'small') {
      return this.amount();
    }
    const rest = this.amount();
    if (
      keeps &&
      !this.tokens.slice(this.wordAt('keep')).some((token) => token.kind === 'in' || token.kind === 'Percent')
    ) {
      return [...rest, ...keywords(['in'])];
    }
    const clauses: string[] = [];
    if (lifetime && !keeps) clauses.push('keep');
    if (lifetime && this.last.text !== 'ops' && !this.hasWord('ops')) clauses.push('ops');
    if (!lifetime) clauses.push('free after');
    const placed = this.has('in') && !keeps;
    if (!this.hasWord('align') && !placed) clauses.push('align');
    if (!this.hasWord('zeroed')) clauses.push('zeroed');
    if (!this.has('in') && !this.hasWord('align') && this.named('arena').length > 0) clauses.push('in');
    return [...rest, ...keywords(clauses)];
  }

  private targets(): CompletionOption[] {
    const { kind } = this.last;
    if (this.has('to') || this.has('with') || this.has('at')) {
      const more = this.verb === 'write' && this.atValueEnd && !this.has('with') ? keywords(['with']) : [];
      return [...this.amount(), ...more];
    }
    if (kind === this.verb || kind === ',') return [...keywords(CHOOSERS), ...this.sets()];
    if (kind === 'of') return [...keywords(['all']), ...this.sets()];
    if (kind === 'oldest' || kind === 'newest') return keywords(['of']);
    if (kind === 'every') return ['2nd of', '3rd of', '4th of'].map((label) => option(label, 'keyword', ''));
    if (kind === 'random') return this.values();
    const chooser = this.tokens.findLastIndex((token) => CHOOSERS.includes(token.kind) && token.kind !== 'all');
    if (chooser > this.tokens.findLastIndex((token) => token.kind === 'of')) return keywords(['of']);
    if (!this.atValueEnd) return this.amount();
    switch (this.verb) {
      case 'realloc':
        return keywords(['to']);
      case 'write':
        return [...this.units(), ...keywords(['with', 'at'])];
      default:
        return [...this.units(), ...keywords(['at'])];
    }
  }

  private loop(): CompletionOption[] {
    if (this.last.kind === 'for') return [];
    if (!this.has('in')) return keywords(['in']);
    if (!this.atValueEnd) return this.values();
    return [...this.afterValue(), ...(this.has('..') && !this.hasWord('step') ? keywords(['step']) : [])];
  }

  private condition(): CompletionOption[] {
    if (this.last.kind === 'else') return keywords(['if']);
    if (this.atValueEnd) {
      const odds = this.tokens.at(-2)?.kind === 'chance' && this.last.kind === 'Number';
      return [...(odds ? keywords(['in']) : []), ...this.afterValue(), ...keywords(['and', 'or'])];
    }
    return [...this.values(), ...keywords(['chance', 'not'])];
  }

  private memory(): CompletionOption[] {
    const items = ['base', 'initial', 'max'];
    if (items.includes(this.last.text)) return [];
    return [...this.units(), ...keywords(items.filter((item) => !this.hasWord(item)))];
  }

  private expectation(): CompletionOption[] {
    const { kind, text } = this.last;
    if (kind === 'expect') return METRIC_IDS.map(metricOption);
    if (kind === 'for' || kind === '-') return LANE_NAMES.map((label) => option(label, 'lane', words.lane));
    if (text === 'grew' || text === 'fell' || text === 'unchanged') return keywords(['since']);
    if (kind === 'at' || text === 'since') return [];
    const compared = this.tokens.some((token) => /^(?:Equal|Unequal|LessEqual|MoreEqual|Less|More)$/.test(token.kind));
    if (compared && !this.atValueEnd) return this.values();
    if (!compared && !this.hasWord('since')) return keywords(['grew', 'fell', 'unchanged']);
    const clauses = this.has('at') ? [] : this.has('for') ? ['at'] : ['for', 'at'];
    return [...(this.has('for') ? [] : this.afterValue()), ...keywords(clauses)];
  }

  /** Where an amount stands: what begins one, or what goes on after its value. */
  private amount(): CompletionOption[] {
    const { kind, text } = this.last;
    if (kind === 'one') return keywords(['of']);
    if (text === 'mostly') return keywords(['small']);
    if (!this.atValueEnd) {
      const fresh = ['alloc', 'after', 'to', 'with', 'repeat', '='].includes(kind);
      return fresh ? [...keywords(['one of']), ...this.values()] : this.values();
    }
    const range = this.tokens.findLastIndex((token) => token.kind === '..');
    const ranged =
      range >= 0 && !this.tokens.slice(range + 1).some((token) => token.kind === ',' || token.text === 'small');
    const clauseAfter = this.tokens.slice(range + 1).some((token) => /^(?:align|keep|after|in)$/.test(token.text));
    return [...this.afterValue(), ...(ranged && !clauseAfter ? keywords(['mostly small']) : [])];
  }

  private inner(): CompletionOption[] {
    const called = this.tokens.at(this.tokens.findLastIndex(({ kind }) => kind === '(') - 1)?.text;
    if (called === 'count') return [...keywords(['all']), ...this.sets()];
    return called === 'size' ? this.sets() : this.values();
  }

  /** What a number may begin with: names of numbers, functions. */
  private values(): CompletionOption[] {
    return [
      ...this.named('number'),
      ...Object.entries(words.functions).map(([name, detail]) => option(name, 'function', detail, `${name}(`)),
    ];
  }

  private afterValue(): CompletionOption[] {
    return [...this.units(), ...keywords(['mod'])];
  }

  private units(): CompletionOption[] {
    if (this.last.kind !== 'Number') return [];
    return Object.entries(words.units).map(([unit, detail]) => option(unit, 'unit', detail));
  }

  private sets(): CompletionOption[] {
    const arenas = this.verb === 'free' && (this.last.kind === 'free' || this.last.kind === ',');
    return [...this.named('block'), ...this.named('group'), ...(arenas ? this.named('arena') : [])];
  }

  private named(kind: Definition['kind']): CompletionOption[] {
    return this.names
      .filter((name) => name.kind === kind)
      .map(({ name }) => option(name, 'variable', words.kinds[kind]));
  }

  private has(kind: string): boolean {
    return this.tokens.slice(1).some((token) => token.kind === kind);
  }

  private hasWord(word: string): boolean {
    return this.wordAt(word) > 0;
  }

  private wordAt(word: string): number {
    return this.tokens.findIndex((token, k) => k > 0 && token.text === word);
  }

  /** Is the last name one of the words that are words only where they stand? After a number it is its unit, a value's end. */
  private isWord(): boolean {
    const { kind, text } = this.last;
    if (kind !== 'Name' || UNITS.has(text)) return false;
    return (
      /^(?:align|zeroed|keep|ops|base|initial|max|step|mostly|small|since|grew|fell|unchanged)$/.test(text) &&
      !this.names.some(({ name }) => name === text)
    );
  }
}

function option(label: string, kind: CompletionOption['kind'], detail: string, apply?: string): CompletionOption {
  return apply === undefined || apply === label ? { label, kind, detail } : { label, kind, detail, apply };
}

function keywords(labels: readonly string[]): CompletionOption[] {
  return labels.map((label) => option(label, 'keyword', words.words[label] ?? ''));
}

function metricOption(id: (typeof METRIC_IDS)[number]): CompletionOption {
  const apply = id === 'holes' || !METRICS_WITH_ARGUMENTS.includes(id) ? undefined : `${id}(`;
  return option(id, 'metric', METRICS[id].unit, apply);
}
