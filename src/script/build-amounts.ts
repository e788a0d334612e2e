import type { SyntaxNode } from '@lezer/common';
import type { Fix } from '../model/diagnostics.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { MAX_SIZE } from '../model/units.ts';
import { ExpressionBuilder, MOST_VALUES } from './build-expressions.ts';
import { children, isExpression } from './build-nodes.ts';
import { constant } from './constants.ts';
import { millionths } from './numerals.ts';
import type { Amount, Choice, DrawnRange, Expression, PickCount } from './program.ts';
import { replace } from './report.ts';

const text = scriptStrings.meaning;
const fix = scriptStrings.fix;

/** What a number is for: its bounds, and the message beyond them. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly message: string;
}
export const SIZE: Bounds = { low: 0, high: MAX_SIZE, message: text.size };
export const COUNT: Bounds = { low: 0, high: Number.MAX_SAFE_INTEGER, message: text.count };
export const BYTE: Bounds = { low: 0, high: 255, message: text.byte };

/** Amounts: numbers within bounds, ranges and choices that are drawn from, and how many are picked. */
export class AmountBuilder extends ExpressionBuilder {
  amount(node: SyntaxNode | null, bounds: Bounds): Amount | null {
    if (!node) return null;
    if (node.name === 'OneOf') return this.oneOf(node, bounds);
    return this.rangeOrNumber(node, bounds);
  }

  protected rangeOrNumber(node: SyntaxNode | null, bounds: Bounds): Expression | DrawnRange | null {
    if (!node) return null;
    if (node.name === 'Range') return this.range(node, bounds);
    const value = this.number(node);
    if (value) this.bounded(value, node, bounds);
    return value;
  }

  protected bounded(value: Expression, node: SyntaxNode, bounds: Bounds): boolean {
    const known = constant(value);
    if (known === null || (known >= bounds.low && known <= bounds.high)) return true;
    this.error('E207', node, bounds.message);
    return false;
  }

  private range(node: SyntaxNode, bounds: Bounds): DrawnRange | null {
    const place = this.places++;
    const [lowNode, highNode] = children(node).filter(isExpression);
    const low = this.number(lowNode ?? null);
    const high = this.number(highNode ?? null);
    if (!low || !high) return null;
    const skewed = node.getChild('Skew') !== null;
    if (this.bounded(low, lowNode!, bounds) && this.bounded(high, highNode!, bounds)) {
      this.checkRange(low, high, lowNode!, highNode!, skewed);
    }
    return { kind: 'range', place, low, high, skewed, span: this.span(node) };
  }

  private checkRange(
    low: Expression,
    high: Expression,
    lowNode: SyntaxNode,
    highNode: SyntaxNode,
    skewed: boolean,
  ): void {
    const a = constant(low);
    const b = constant(high);
    const range = { from: lowNode.from, to: highNode.to };
    if (a !== null && b !== null && a > b) {
      this.backwards(lowNode, highNode);
    } else if (skewed && ((a !== null && a < 1) || (b !== null && b > MAX_SIZE))) {
      const better =
        a !== null && a < 1 && (b === null || b >= 1) ? [replace(fix.write('1'), lowNode.from, lowNode.to, '1')] : [];
      this.error('E206', range, text.skewRange, better);
    } else if (a !== null && b !== null && b - a + 1 > MOST_VALUES) {
      this.error('E206', range, text.tooWide(this.slice(range)));
    }
  }

  private oneOf(node: SyntaxNode, bounds: Bounds): Amount | null {
    const place = this.places++;
    const choices: Choice[] = [];
    let percents = 0;
    let plain = 0;
    let complete = true;
    for (const child of node.getChildren('Choice')) {
      const percentNode = child.getChild('Percent');
      const share = percentNode ? this.percent(percentNode) : null;
      const amount = this.rangeOrNumber(children(child).find(isExpression) ?? null, bounds);
      if (!amount || (percentNode && share === null)) {
        complete = false;
        continue;
      }
      if (share === null) plain++;
      else percents += share;
      choices.push({ millionths: share, amount });
    }
    if (!complete || choices.length === 0) return null;
    if (plain === 0 ? percents !== 1_000_000 : percents >= 1_000_000) {
      const sum = `${percents / 10_000}%`;
      this.error(
        'E204',
        node,
        plain === 0 ? text.shares(sum) : text.sharesFull(sum),
        this.shareFix(node, percents, plain),
      );
      return null;
    }
    return { kind: 'one-of', place, choices, percents, plain, span: this.span(node) };
  }

  /** Gives the last percent what is missing or too much, where that leaves it a share. */
  private shareFix(node: SyntaxNode, percents: number, plain: number): Fix[] {
    const last = node.getChildren('Choice').at(-1)?.getChild('Percent');
    if (!last || plain > 0) return [];
    const own = millionths(this.slice(last))! + 1_000_000 - percents;
    if (own <= 0 || own > 1_000_000) return [];
    const better = `${own / 10_000}%`;
    return [replace(fix.write(better), last.from, last.to, better)];
  }

  protected pickCount(node: SyntaxNode | null): PickCount | null {
    if (!node) return null;
    if (node.name !== 'Percent') return this.rangeOrNumber(node, COUNT);
    const value = this.percent(node);
    if (value === null) return null;
    if (value > 1_000_000) {
      this.error('E204', node, text.shareTooLarge(this.slice(node)), [
        replace(fix.write('100%'), node.from, node.to, '100%'),
      ]);
      return null;
    }
    return { kind: 'percent', millionths: value };
  }
}
