import type { SyntaxNode } from '@lezer/common';
import type { Fix } from '../model/diagnostics.ts';
import type { Comparison } from '../model/scenario.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { children, isExpression } from './build-nodes.ts';
import { constant } from './constants.ts';
import type { Definition, Definitions } from './names.ts';
import { nearest } from './nearest.ts';
import { millionths, numberValue } from './numerals.ts';
import type { BlockReference, BlockSet, Condition, Expression, Link, NameKind, Share, Span } from './program.ts';
import { type Report, replace } from './report.ts';
import type { LineIndex } from './text.ts';

const text = scriptStrings.meaning;
const fix = scriptStrings.fix;

export const FUNCTIONS = ['min', 'max', 'size', 'count'] as const;
const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  byte: 1,
  bytes: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  page: PAGE_BYTES,
  pages: PAGE_BYTES,
};
export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Equal: '==',
  Unequal: '!=',
  Less: '<',
  LessEqual: '<=',
  More: '>',
  MoreEqual: '>=',
};
/** Draws choose among at most 2³² values. */
export const MOST_VALUES = 2 ** 32;

/** What the units in an expression count: bytes, pages (a metric that counts pages), or nothing (a metric without a unit). */
export type UnitMode = { readonly kind: 'bytes' } | { readonly kind: 'pages' | 'none'; readonly metric: string };

/**
 * The half of the reading that turns nodes of the tree into numbers, conditions and sets of blocks, and says what
 * makes no sense (E2…). Null where something is missing; the tree has an error there, and that is reported elsewhere.
 */
export class ExpressionBuilder {
  places = 0;
  readonly names: string[] = [];
  readonly nameKinds: NameKind[] = [];
  readonly numbers: string[] = [];
  protected units: UnitMode = { kind: 'bytes' };
  /** Counters of the loops around, innermost last. */
  protected readonly counters: { readonly name: string; readonly slot: number }[] = [];
  private readonly slots = new Map<string, number>();
  private readonly nameIndex = new Map<string, number>();

  constructor(
    protected readonly source: string,
    protected readonly lines: LineIndex,
    protected readonly report: Report,
    protected readonly definitions: Definitions,
    /** Names on lines that are broken: nothing is said about what they are elsewhere. */
    protected readonly uncertain: ReadonlySet<string>,
  ) {}

  protected slice(node: { readonly from: number; readonly to: number }): string {
    return this.source.slice(node.from, node.to);
  }

  protected span(node: { readonly from: number; readonly to: number }): Span {
    return {
      from: node.from,
      to: node.to,
      line: this.lines.line(node.from),
      column: this.lines.column(node.from),
    };
  }

  protected error(code: string, node: { from: number; to: number }, message: string, fixes: readonly Fix[] = []): void {
    this.report.add(code, node.from, node.to, message, fixes);
  }

  /** Index of a name of blocks or of an arena in the program's table. */
  protected intern(name: string, kind: NameKind): number {
    const key = `${kind} ${name}`;
    let index = this.nameIndex.get(key);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.nameKinds.push(kind);
      this.nameIndex.set(key, index);
    }
    return index;
  }

  protected numberSlot(name: string): number {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.numbers.push(name) - 1;
      this.slots.set(name, slot);
    }
    return slot;
  }

  number(node: SyntaxNode | null): Expression | null {
    if (!node) return null;
    switch (node.name) {
      case 'Quantity':
        return this.quantity(node);
      case 'Decimal': {
        const whole = String(Math.round(Number(this.slice(node))));
        this.error('E106', node, scriptStrings.syntax.pointInNumber(this.slice(node)), [
          replace(fix.write(whole), node.from, node.to, whole),
        ]);
        return null;
      }
      case 'Ref':
        return this.variable(node);
      case 'Call':
        return this.call(node);
      case 'all':
        this.error('E202', node, text.allAsNumber, [
          replace(fix.write('count(all)'), node.from, node.to, 'count(all)'),
        ]);
        return null;
      case 'Paren':
        return this.number(children(node).find(isExpression) ?? null);
      case 'Minus': {
        const operand = this.number(children(node).find(isExpression) ?? null);
        return operand && { kind: 'negate', operand, span: this.span(node) };
      }
      case 'Sum':
      case 'Product':
        return this.chain(node);
      case 'Or':
      case 'And':
      case 'Not':
      case 'Compare':
      case 'Chance':
        this.error('E216', node, text.truthNotNumber);
        return null;
      default:
        return null;
    }
  }

  truth(node: SyntaxNode | null): Condition | null {
    if (!node) return null;
    switch (node.name) {
      case 'Paren':
        return this.truth(children(node).find(isExpression) ?? null);
      case 'Not': {
        const operand = this.truth(children(node).find(isExpression) ?? null);
        return operand && { kind: 'not', operand };
      }
      case 'And':
      case 'Or': {
        const operands = children(node)
          .filter(isExpression)
          .map((child) => this.truth(child));
        if (operands.some((operand) => operand === null)) return null;
        return { kind: node.name === 'And' ? 'and' : 'or', operands: operands as Condition[] };
      }
      case 'Compare': {
        const parts = children(node);
        const comparison = COMPARISONS[parts.find((part) => part.name in COMPARISONS)?.name ?? ''];
        const [left, right] = parts.filter(isExpression).map((part) => this.number(part));
        return left && right && comparison ? { kind: 'compare', comparison, left, right } : null;
      }
      case 'Chance': {
        const place = this.places++;
        const share = this.share(node, place);
        return share && { kind: 'chance', share };
      }
      default: {
        const value = this.number(node);
        if (value) {
          const better = `${this.slice(node)} > 0`;
          this.error('E216', node, text.numberNotTruth, [replace(fix.write(better), node.from, node.to, better)]);
        }
        return null;
      }
    }
  }

  /** The share that stands in `node` (of `chance` or `keep`), whose dice are those of `place`. */
  protected share(node: SyntaxNode, place: number): Share | null {
    const percent = node.getChild('Percent');
    if (percent) {
      const value = this.percent(percent);
      if (value === null) return null;
      if (value > 1_000_000) {
        this.error('E204', percent, text.shareTooLarge(this.slice(percent)), [
          replace(fix.write('100%'), percent.from, percent.to, '100%'),
        ]);
        return null;
      }
      return { kind: 'percent', place, millionths: value };
    }
    const odds = node.getChild('Odds');
    if (!odds) return null;
    const [part, whole] = children(odds)
      .filter(isExpression)
      .map((child) => this.number(child));
    if (!part || !whole) return null;
    const a = constant(part);
    const b = constant(whole);
    if ((b !== null && (b < 1 || b > MOST_VALUES)) || (a !== null && (a < 0 || (b !== null && a > b)))) {
      this.error('E204', odds, text.oddsImpossible);
    }
    return { kind: 'odds', place, part, whole, span: this.span(odds) };
  }

  /** A percent in millionths; null (and said) where it has too many digits. */
  protected percent(node: SyntaxNode): number | null {
    const value = millionths(this.slice(node));
    if (value === null) this.error('E106', node, scriptStrings.syntax.tooManyPlaces(this.slice(node)));
    return value;
  }

  /** Says that `a..b` runs backwards and offers to swap. */
  protected backwards(lowNode: SyntaxNode, highNode: SyntaxNode): void {
    const range = { from: lowNode.from, to: highNode.to };
    const swapped = `${this.slice(highNode)}..${this.slice(lowNode)}`;
    this.error('E206', range, text.backwards(this.slice(range)), [
      replace(fix.write(swapped), range.from, range.to, swapped),
    ]);
  }

  /** A set of blocks: `all`, a block, a group, an element or a slice. */
  blockSet(node: SyntaxNode | null): BlockSet | null {
    if (!node) return null;
    if (node.name === 'all') return { kind: 'all' };
    if (node.name !== 'Ref') return null;
    const nameNode = node.getChild('Name');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    const index = node.getChild('Index');
    const bounds = index ? children(index).filter(isExpression) : [];
    const definition = this.definitions.byName.get(name);
    if (definition && (definition.kind === 'number' || definition.kind === 'arena')) {
      this.error('E202', nameNode, text.isNot(name, definition.kind, 'block'));
      return null;
    }
    if (!definition && this.counters.some((counter) => counter.name === name)) {
      this.error('E202', nameNode, text.isNot(name, 'number', 'block'));
      return null;
    }
    if (!definition) this.neverAllocated(nameNode, name);
    if (definition?.kind === 'block' && index) {
      this.error('E203', node, text.blockAndGroup(name, definition.line));
      return null;
    }
    if (!index) {
      const kind = definition?.kind === 'group' ? 'group' : 'block';
      return { kind, name: this.intern(name, kind) };
    }
    const group = this.intern(name, 'group');
    if (bounds.length === 1) {
      const only = this.number(bounds[0]!);
      return only && { kind: 'element', name: group, index: only };
    }
    if (bounds.length !== 2) return null;
    const low = this.number(bounds[0]!);
    const high = this.number(bounds[1]!);
    if (!low || !high) return null;
    const a = constant(low);
    const b = constant(high);
    if (a !== null && b !== null && a > b) this.backwards(bounds[0]!, bounds[1]!);
    return { kind: 'slice', name: group, low, high };
  }

  private neverAllocated(nameNode: SyntaxNode, name: string): void {
    if (this.uncertain.has(name)) return;
    const blocks = this.defined((d) => d.kind === 'block' || d.kind === 'group');
    const better = nearest(name, blocks);
    this.error('W301', nameNode, text.noBlock(name, better), better ? [this.rename(nameNode, better)] : []);
  }

  protected rename(node: SyntaxNode, name: string): Fix {
    return replace(fix.write(name), node.from, node.to, name);
  }

  protected *defined(test: (definition: Definition) => boolean): Generator<string> {
    for (const definition of this.definitions.byName.values()) if (test(definition)) yield definition.name;
  }

  private quantity(node: SyntaxNode): Expression | null {
    const numberNode = node.getChild('Number');
    if (!numberNode || node.getChild('BadUnit')) return null;
    const unitNode = node.getChild('Unit');
    let value = numberValue(this.slice(numberNode));
    if (unitNode) {
      const unit = this.slice(unitNode);
      const paged = unit === 'page' || unit === 'pages';
      if (this.units.kind === 'bytes') {
        value *= UNIT_BYTES[unit]!;
      } else if (this.units.kind === 'none' || !paged) {
        const { kind, metric } = this.units;
        const digits = this.slice(numberNode);
        this.error('E212', node, kind === 'pages' ? text.pagesMetric(metric) : text.countMetric(metric), [
          replace(fix.write(digits), node.from, node.to, digits),
        ]);
        return null;
      }
    }
    if (!Number.isSafeInteger(value)) {
      this.error('E106', node, scriptStrings.syntax.numberTooLarge(this.slice(node)));
      return null;
    }
    return { kind: 'number', value, span: this.span(node) };
  }

  private variable(node: SyntaxNode): Expression | null {
    const nameNode = node.getChild('Name');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    const counter = this.counters.findLast((c) => c.name === name);
    const definition = this.definitions.byName.get(name);
    if (counter && !node.getChild('Index')) return { kind: 'variable', slot: counter.slot, span: this.span(node) };
    if (definition && definition.kind !== 'number') {
      const { kind } = definition;
      const call = kind === 'arena' ? null : kind === 'group' && !node.getChild('Index') ? 'count' : 'size';
      const better = `${call}(${this.slice(node)})`;
      const shown = kind === 'group' && node.getChild('Index') ? 'block' : kind;
      const subject = shown === 'block' ? this.slice(node) : name;
      this.error(
        'E202',
        node,
        text.isNot(subject, shown, 'number'),
        call ? [replace(fix.write(better), node.from, node.to, better)] : [],
      );
      return null;
    }
    if (node.getChild('Index')) {
      if (definition || counter) this.error('E202', node, text.isNot(name, 'number', 'group'));
      else if (!this.uncertain.has(name)) this.noNumber(nameNode, name);
      return null;
    }
    if (definition && definition.visibleFrom <= node.from) {
      return { kind: 'variable', slot: this.numberSlot(name), span: this.span(node) };
    }
    if (definition && Number.isFinite(definition.visibleFrom)) {
      this.error('E201', nameNode, text.notYet(name, this.lines.line(definition.visibleFrom)));
    } else if (!this.uncertain.has(name)) {
      this.noNumber(nameNode, name);
    }
    return null;
  }

  private noNumber(node: SyntaxNode, name: string): void {
    const visible = [
      ...this.counters.map((counter) => counter.name),
      ...this.defined((d) => d.kind === 'number' && d.visibleFrom <= node.from),
    ];
    const better = nearest(name, visible);
    this.error('E201', node, text.noNumber(name, better), better ? [this.rename(node, better)] : []);
  }

  private call(node: SyntaxNode): Expression | null {
    const nameNode = node.getChild('FunctionName');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    const operands = children(node).filter((child) => isExpression(child) && child.name !== 'FunctionName');
    const wrong = (fixes: Fix[] = []) => {
      this.error('E217', node, text.functionNeeds(name), fixes);
      return null;
    };
    switch (name) {
      case 'min':
      case 'max': {
        if (operands.length !== 2) return wrong();
        const values = operands.map((operand) => this.number(operand));
        if (values.some((value) => value === null)) return null;
        return {
          kind: name === 'min' ? 'least' : 'most',
          operands: values as Expression[],
          span: this.span(node),
        };
      }
      case 'count': {
        if (operands.length !== 1 || !isSet(operands[0]!)) return wrong();
        const set = this.blockSet(operands[0]!);
        return set && { kind: 'count', set, span: this.span(node) };
      }
      case 'size': {
        if (operands.length !== 1 || operands[0]!.name !== 'Ref') return wrong();
        const set = this.blockSet(operands[0]!);
        if (!set) return null;
        if (set.kind === 'block' || set.kind === 'element') {
          return { kind: 'size', block: set satisfies BlockReference, span: this.span(node) };
        }
        const better = `count(${this.slice(operands[0]!)})`;
        return wrong([replace(fix.write(better), node.from, node.to, better)]);
      }
      default: {
        const better = nearest(name, FUNCTIONS);
        this.error('E217', nameNode, text.noFunction(name), better ? [this.rename(nameNode, better)] : []);
        return null;
      }
    }
  }

  private chain(node: SyntaxNode): Expression | null {
    let first: Expression | null = null;
    const rest: Link[] = [];
    let operator: SyntaxNode | null = null;
    for (const child of children(node)) {
      if (!isExpression(child)) {
        operator = child;
        continue;
      }
      const operand = this.number(child);
      if (!operand) return null;
      if (operator === null) first = operand;
      else rest.push({ operator: OPERATORS[operator.name]!, operand, span: this.span(operator) });
    }
    return first && { kind: 'chain', first, rest, span: this.span(node) };
  }
}

const OPERATORS: Readonly<Record<string, Link['operator']>> = {
  Plus: '+',
  '-': '-',
  Times: '*',
  Divide: '/',
  mod: 'mod',
};

function isSet(node: SyntaxNode): boolean {
  return node.name === 'Ref' || node.name === 'all';
}
