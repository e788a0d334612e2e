import type { SyntaxNode, Tree } from '@lezer/common';
import { scriptStrings } from '../model/strings/script.ts';
import { LIMITS } from '../model/units.ts';
import { BYTE, COUNT, SIZE } from './build-amounts.ts';
import { ExpectBuilder } from './build-expect.ts';
import { children, isExpression } from './build-nodes.ts';
import { constant, isAlignment } from './constants.ts';
import { LANGUAGE_LIMITS } from './limits.ts';
import { define, textValue } from './names.ts';
import type { Body, Clause, Place, Program, Span, Statement, StatementBody, Target } from './program.ts';
import { type Report, replace } from './report.ts';
import type { LineIndex } from './text.ts';

const text = scriptStrings.meaning;
const fix = scriptStrings.fix;
const HEADERS: ReadonlySet<string> = new Set(['Version', 'Seed', 'Memory', 'ArenaLine']);

/**
 * Turns the tree into a program and reports what makes no sense (E2…, W3…). Works on any tree; where the tree is broken
 * parts are missing, and the result is of use only if the report ends without errors.
 */
export function build(
  tree: Tree,
  source: string,
  lines: LineIndex,
  report: Report,
  uncertain: ReadonlySet<string>,
): Program {
  const builder = new StatementBuilder(source, lines, report, define(tree, source, lines), uncertain);
  const body = builder.script(tree.topNode);
  return {
    body,
    seed: builder.seed,
    memory: builder.memory,
    names: builder.names,
    nameKinds: builder.nameKinds,
    numbers: builder.numbers,
    chunkBytes: builder.names.map((_, k) => builder.chunks[k] ?? 0),
    places: builder.places,
    fillTexts: builder.fillTexts,
    expects: builder.expects,
    warnings: report.finish().filter((d) => d.severity === 'warning'),
  };
}

class StatementBuilder extends ExpectBuilder {
  readonly fillTexts: Uint8Array[] = [];
  private scopes = 0;

  script(node: SyntaxNode): Statement[] {
    let atTop = true;
    const out: Statement[] = [];
    for (const child of children(node)) {
      if (HEADERS.has(child.name)) {
        this.header(child, atTop);
      } else {
        if (child.name !== 'Note' && child.name !== ';') atTop = false;
        const statement = this.statement(child);
        if (statement) out.push(statement);
      }
    }
    return out;
  }

  private body(node: SyntaxNode | null): Body | null {
    if (!node) return null;
    const statements: Statement[] = [];
    for (const child of children(node)) {
      if (HEADERS.has(child.name)) this.header(child, false);
      const statement = this.statement(child);
      if (statement) statements.push(statement);
    }
    return { statements, end: this.span({ from: Math.max(node.from, node.to - 1), to: node.to }) };
  }

  private statement(node: SyntaxNode): Statement | null {
    const body = this.statementBody(node);
    return body && { ...body, span: this.span(node) };
  }

  private statementBody(node: SyntaxNode): StatementBody | null {
    switch (node.name) {
      case 'Alloc':
        return this.alloc(node);
      case 'Free': {
        const targets = this.targets(node, true);
        const atNode = this.after(node, 'at');
        const at = this.number(atNode);
        if (atNode && targets.some((target) => target.kind === 'arena')) {
          const arena = targets.find((target) => target.kind === 'arena')!;
          this.error('E202', arena.span, text.isNot(this.slice(arena.span), 'arena', 'block'));
        }
        return { kind: 'free', targets, at };
      }
      case 'Realloc':
        return this.realloc(node);
      case 'Write':
      case 'Read': {
        const targets = this.targets(node, false);
        const parts = children(node);
        const lengthNode = parts[targetsEnd(parts)];
        const length = this.amount(lengthNode && isExpression(lengthNode) ? lengthNode : null, SIZE);
        const at = this.number(this.after(node, 'at'));
        if (node.name === 'Read') return { kind: 'read', targets, length, at };
        return { kind: 'write', targets, length, at, fill: this.fill(node.getChild('With')) };
      }
      case 'Reset': {
        const name = this.arenaName(node);
        return name === null ? null : { kind: 'reset', name };
      }
      case 'Let':
        return this.assignment(node);
      case 'Repeat': {
        const amount = this.amount(children(node).find(isExpression) ?? null, COUNT);
        const slot = this.enterLoop(node);
        const body = this.body(node.getChild('Block'));
        if (slot !== null) this.counters.pop();
        return amount && body && { kind: 'repeat', amount, slot, body };
      }
      case 'For':
        return this.forLoop(node);
      case 'If':
        return this.conditional(node);
      case 'Scope': {
        this.scopes++;
        const body = this.body(node.getChild('Block'));
        this.scopes--;
        return body && { kind: 'scope', body };
      }
      case 'Mark':
      case 'Note':
      case 'Pause': {
        const quoted = node.getChild('Text');
        if (!quoted && node.name !== 'Pause') return null;
        const kind = node.name.toLowerCase() as 'mark' | 'note' | 'pause';
        return { kind, text: quoted ? textValue(this.slice(quoted)) : '' };
      }
      case 'Expect':
        return this.expect(node);
      default:
        return null;
    }
  }

  /** The expression behind a word of the statement. */
  private after(node: SyntaxNode, word: string): SyntaxNode | null {
    const parts = children(node);
    const next = parts[parts.findIndex((part) => part.name === word) + 1];
    return parts.some((part) => part.name === word) && next && isExpression(next) ? next : null;
  }

  private alloc(node: SyntaxNode): StatementBody | null {
    const placeNode = node.getChild('Place');
    const place = placeNode ? this.place(placeNode) : null;
    const parts = children(node);
    const amountNode = parts[parts.findIndex((part) => part.name === 'alloc') + 1];
    const amount = this.amount(amountNode && isExpression(amountNode) ? amountNode : null, SIZE);
    const clauses: Clause[] = [];
    const seen = new Map<string, SyntaxNode>();
    for (const part of parts) {
      if (!CLAUSE_WORDS.has(part.name)) continue;
      if (seen.has(part.name)) {
        this.error('E215', part, text.clauseTwice(CLAUSE_WORDS.get(part.name)!), [
          replace(fix.remove(this.slice(part)), part.from, part.to, ''),
        ]);
      }
      seen.set(part.name, part);
      const clause = this.clause(part);
      if (clause) clauses.push(clause);
    }
    const keep = seen.get('Keep');
    if (keep && !seen.has('Lifetime')) {
      this.error('E215', keep, text.keepAlone, [replace(fix.remove(this.slice(keep)), keep.from, keep.to, '')]);
    }
    const align = seen.get('Align');
    if (align && seen.has('In')) {
      this.error('E213', align, text.arenaAlign, [replace(fix.remove(this.slice(align)), align.from, align.to, '')]);
    }
    return amount && { kind: 'alloc', place, amount, clauses };
  }

  private clause(node: SyntaxNode): Clause | null {
    switch (node.name) {
      case 'Align': {
        const valueNode = children(node).find(isExpression) ?? null;
        const value = this.number(valueNode);
        if (!value) return null;
        const known = constant(value);
        if (known !== null && !isAlignment(known)) {
          const better = String(2 ** Math.min(16, Math.max(0, Math.ceil(Math.log2(Math.max(1, known))))));
          this.error('E205', valueNode!, text.alignment, [this.rename(valueNode!, better)]);
        }
        return { kind: 'align', value };
      }
      case 'Zeroed':
        return { kind: 'zeroed' };
      case 'In': {
        const name = this.arenaName(node);
        return name === null ? null : { kind: 'in', name };
      }
      case 'Lifetime': {
        const amount = this.amount(children(node).find(isExpression) ?? null, COUNT);
        return amount && { kind: 'lifetime', amount };
      }
      case 'Keep': {
        const share = this.share(node, this.places++);
        return share && { kind: 'keep', share };
      }
      default:
        return null;
    }
  }

  private place(node: SyntaxNode): Place | null {
    const nameNode = node.getChild('Name');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    const indexNode = node.getChild('PlaceIndex');
    const definition = this.definitions.byName.get(name)!;
    const wanted = indexNode ? 'group' : 'block';
    if (definition.kind !== wanted) {
      this.wrongKind(nameNode, name, wanted);
    } else if (this.counters.some((counter) => counter.name === name)) {
      this.error('E202', nameNode, text.isNot(name, 'number', wanted));
    }
    if (!indexNode) return { kind: 'block', name: this.intern(name, 'block') };
    const expression = children(indexNode).find(isExpression);
    const index = expression ? this.number(expression) : null;
    return expression && !index ? null : { kind: 'element', name: this.intern(name, 'group'), index };
  }

  /** The name is something else already. */
  private wrongKind(node: SyntaxNode, name: string, wanted: 'block' | 'group' | 'number'): void {
    const { kind, line } = this.definitions.byName.get(name)!;
    if (kind === 'block' && wanted === 'group') this.error('E203', node, text.blockAndGroup(name, line));
    else if (kind === 'group' && wanted === 'block') this.error('E203', node, text.groupAndBlock(name, line));
    else this.error('E202', node, text.twoKinds(name, kind, line));
  }

  private arenaName(node: SyntaxNode): number | null {
    const nameNode = node.getChild('ArenaName')?.getChild('Name');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    const definition = this.definitions.byName.get(name);
    if (definition && definition.kind !== 'arena') {
      this.error('E202', nameNode, text.isNot(name, definition.kind, 'arena'));
      return null;
    }
    if (!definition) {
      if (this.uncertain.has(name)) return null;
      const at = this.topOfScript(node);
      this.error('E213', nameNode, text.noArena(name), [replace(fix.declareArena(name), at, at, `arena ${name}\n`)]);
      return null;
    }
    this.outsideScopes(node);
    return this.intern(name, 'arena');
  }

  private outsideScopes(node: { readonly from: number; readonly to: number }): void {
    if (this.scopes > 0) this.error('E213', node, text.arenaInScope);
  }

  private targets(node: SyntaxNode, arenas: boolean): Target[] {
    const out: Target[] = [];
    const parts = children(node);
    const end = targetsEnd(parts);
    for (let k = 1; k < end; k += 2) {
      const target = this.target(parts[k]!, arenas);
      if (target) out.push(target);
    }
    return out;
  }

  private target(node: SyntaxNode, arenas: boolean): Target | null {
    const span = this.span(node);
    if (node.name === 'Pick') return this.pick(node, span);
    if (node.name === 'Ref' && arenas && !node.getChild('Index')) {
      const name = this.slice(node);
      if (this.definitions.byName.get(name)?.kind === 'arena') {
        this.outsideScopes(node);
        return { kind: 'arena', name: this.intern(name, 'arena'), span };
      }
    }
    const set = this.blockSet(node);
    if (!set) return null;
    if (set.kind === 'block' || set.kind === 'element') return { kind: 'one', block: set, span };
    return { kind: 'set', set, span };
  }

  private pick(node: SyntaxNode, span: Span): Target | null {
    const parts = children(node);
    const how = parts[0]!.name;
    const place = how === 'random' ? this.places++ : 0;
    const of = parts.findIndex((part) => part.name === 'of');
    if (of === -1) return null;
    const countNode = of > 1 ? parts[1]! : null;
    const ordinal = how === 'every' && countNode?.name === 'Ordinal' ? this.ordinal(countNode) : null;
    const count = how === 'every' ? null : this.pickCount(countNode);
    const set = this.blockSet(parts[of + 1] ?? null);
    if (!set) return null;
    switch (how) {
      case 'oldest':
      case 'newest':
        return countNode && !count ? null : { kind: how, count, set, span };
      case 'random':
        return count && { kind: 'random', place, count, set, span };
      case 'every':
        return ordinal === null ? null : { kind: 'every', ordinal, set, span };
      default:
        return null;
    }
  }

  private ordinal(node: SyntaxNode): number | null {
    const digits = this.slice(node).slice(0, -2);
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) {
      this.error('E106', node, scriptStrings.syntax.numberTooLarge(digits));
      return null;
    }
    if (value >= 1) return value;
    this.error('E207', node, text.ordinalZero, [this.rename(node, '1st')]);
    return null;
  }

  private realloc(node: SyntaxNode): StatementBody | null {
    const targets = this.targets(node, false);
    const parts = children(node);
    const toNode = parts[parts.findIndex((part) => part.name === 'to') + 1];
    if (!toNode) return null;
    if (toNode.name === 'Percent') {
      const value = this.percent(toNode);
      return value === null ? null : { kind: 'realloc', targets, to: { kind: 'percent', millionths: value } };
    }
    const to = this.amount(isExpression(toNode) ? toNode : null, SIZE);
    return to && { kind: 'realloc', targets, to };
  }

  private fill(node: SyntaxNode | null): Extract<StatementBody, { kind: 'write' }>['fill'] {
    if (!node) return null;
    const quoted = node.getChild('Text');
    if (!quoted) return this.amount(children(node).find(isExpression) ?? null, BYTE);
    const bytes = new TextEncoder().encode(textValue(this.slice(quoted)));
    if (bytes.length === 0 || bytes.length > LIMITS.fillTextBytes) {
      this.error('E119', quoted, scriptStrings.syntax.fillTooLong(LIMITS.fillTextBytes));
    }
    return { kind: 'text', fill: this.fillTexts.push(bytes) - 1 };
  }

  private assignment(node: SyntaxNode): StatementBody | null {
    const nameNode = node.getChild('NumberName')?.getChild('Name');
    const amount = this.amount(children(node).find(isExpression) ?? null, ANY);
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    if (this.counters.some((counter) => counter.name === name)) {
      this.error('E214', nameNode, text.counterFixed(name));
      return null;
    }
    if (this.definitions.byName.get(name)!.kind !== 'number') {
      this.wrongKind(nameNode, name, 'number');
      return null;
    }
    return amount && { kind: 'let', slot: this.numberSlot(name), amount };
  }

  /** Makes the loop's counter known for its body; null if it has none. The caller pops it. */
  private enterLoop(node: SyntaxNode): number | null {
    const nameNode = node.getChild('Counter')?.getChild('Name');
    if (!nameNode) return null;
    const name = this.slice(nameNode);
    if (this.definitions.byName.get(name)!.kind !== 'number') this.wrongKind(nameNode, name, 'number');
    const slot = this.numbers.push(name) - 1;
    this.counters.push({ name, slot });
    return slot;
  }

  private forLoop(node: SyntaxNode): StatementBody | null {
    const parts = children(node).filter((part) => isExpression(part));
    const [firstNode, lastNode, stepNode] = parts;
    const first = this.number(firstNode ?? null);
    const last = this.number(lastNode ?? null);
    const step = this.number(stepNode ?? null);
    const knownStep = step ? constant(step) : stepNode ? null : 1;
    if (knownStep === 0) this.error('E207', stepNode!, text.stepZero, [this.rename(stepNode!, '1')]);
    if (first && last && knownStep !== null && knownStep > 0) {
      const [a, b] = [constant(first), constant(last)];
      if (a !== null && b !== null && a > b) {
        const insert = stepNode
          ? replace(fix.write(`-${knownStep}`), stepNode.from, stepNode.to, `-${knownStep}`)
          : replace(fix.insert('step -1'), lastNode!.to, lastNode!.to, ' step -1');
        this.error('W302', { from: firstNode!.from, to: lastNode!.to }, text.noPass, [insert]);
      }
    }
    const slot = this.enterLoop(node);
    const body = this.body(node.getChild('Block'));
    if (slot !== null) this.counters.pop();
    if (!first || !last || slot === null || !body) return null;
    return { kind: 'for', slot, first, last, step, body };
  }

  private conditional(node: SyntaxNode): StatementBody | null {
    const arms: Extract<StatementBody, { kind: 'if' }>['arms'][number][] = [];
    const elseIfs = node.getChildren('ElseIf');
    for (const arm of [node, ...elseIfs]) {
      const condition = this.truth(children(arm).find(isExpression) ?? null);
      const body = this.body(arm.getChild('Block'));
      if (condition && body) arms.push({ condition, body, span: this.span(arm) });
    }
    if (elseIfs.length > LANGUAGE_LIMITS.nesting) {
      const first = elseIfs[LANGUAGE_LIMITS.nesting]!;
      this.error('E120', first, scriptStrings.syntax.elseIfTooDeep(elseIfs.length, LANGUAGE_LIMITS.nesting));
    }
    const otherwise = this.body(node.getChild('Else')?.getChild('Block') ?? null);
    return { kind: 'if', arms, otherwise };
  }
}

const ANY = { low: -Number.MAX_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER, message: '' };
const CLAUSE_WORDS: ReadonlyMap<string, string> = new Map([
  ['Align', 'align'],
  ['Zeroed', 'zeroed'],
  ['In', 'in'],
  ['Lifetime', 'free after'],
  ['Keep', 'keep'],
]);

/** Where the targets of a statement end among its parts: the verb is part 0, commas stand between targets. */
function targetsEnd(parts: readonly SyntaxNode[]): number {
  let k = 2;
  while (parts[k]?.name === ',') k += 2;
  return Math.min(k, parts.length);
}
