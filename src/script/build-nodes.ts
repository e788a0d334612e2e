import type { SyntaxNode } from '@lezer/common';

const EXPRESSIONS: ReadonlySet<string> = new Set([
  'Quantity',
  'Decimal',
  'Ref',
  'Call',
  'all',
  'Paren',
  'Chance',
  'Minus',
  'Sum',
  'Product',
  'Compare',
  'Not',
  'And',
  'Or',
  'Range',
  'OneOf',
]);

/** Is this node an expression, a range or a choice (and no word, sign or clause)? */
export function isExpression(node: SyntaxNode): boolean {
  return EXPRESSIONS.has(node.name);
}

/** Children in order, without errors, comments and strays. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && !SKIPPED.has(child.name)) out.push(child);
  }
  return out;
}
const SKIPPED: ReadonlySet<string> = new Set(['Comment', 'SlashComment', 'Stray']);
