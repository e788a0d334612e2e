import type { SyntaxNode } from '@lezer/common';
import type { Fix } from '../model/diagnostics.ts';
import type { MemorySettings } from '../model/scenario.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { MAX_PAGES, PAGE_BYTES } from '../model/units.ts';
import { AmountBuilder } from './build-amounts.ts';
import { children, isExpression } from './build-nodes.ts';
import { constant } from './constants.ts';
import { replace } from './report.ts';

const text = scriptStrings.meaning;
const fix = scriptStrings.fix;

/** A page with room for a header: what an arena of the program asks for at a time when nothing is said. */
const DEFAULT_CHUNK = 65_472;
const CHUNK = { low: 64, high: 1024 ** 3, message: text.chunk };
const SEED = { low: 0, high: 0xffff_ffff, message: text.seedRange };
const LEAST_BASE = 2048;

/** The statements of the top: version, seed, memory, arena. Each returns nothing; what they settle stands in the fields. */
export class HeaderBuilder extends AmountBuilder {
  seed = 1;
  memory: MemorySettings = {};
  /** Chunk size by index of the name. */
  readonly chunks: number[] = [];
  private readonly once = new Map<string, SyntaxNode>();
  private readonly arenas = new Map<string, number>();

  /** `allowed`: nothing but notes and other such statements stands before. */
  protected header(node: SyntaxNode, allowed: boolean): void {
    const word = node.firstChild!.name;
    const first =
      node.name !== 'Version' || (this.once.size === 0 && this.arenas.size === 0 && !this.notesBefore(node));
    if (!allowed || !first) {
      this.error('E210', node, text.atTop(word), [this.moveToTop(node)]);
    } else if (node.name !== 'ArenaLine' && this.once.has(node.name)) {
      this.error('E210', node, text.onlyOnce(word), [replace(fix.remove(this.slice(node)), node.from, node.to, '')]);
      return;
    }
    if (node.name !== 'ArenaLine') this.once.set(node.name, node);
    switch (node.name) {
      case 'Seed': {
        const value = this.plain(node.firstChild!.nextSibling);
        if (value && this.bounded(value.expression, value.node, SEED)) this.seed = value.value;
        return;
      }
      case 'Memory':
        this.memoryLine(node);
        return;
      case 'ArenaLine':
        this.arenaLine(node);
        return;
    }
  }

  private notesBefore(node: SyntaxNode): boolean {
    for (let before = node.prevSibling; before; before = before.prevSibling) if (before.name === 'Note') return true;
    return false;
  }

  /** Cuts the statement out and puts it before the first line; a `version` there stays first. */
  private moveToTop(node: SyntaxNode): Fix {
    const at = node.name === 'Version' ? 0 : this.topOfScript(node);
    const line = `${this.slice(node)}\n`;
    return {
      label: fix.moveToTop,
      edits: [
        { from: at, to: at, insert: line },
        { from: node.from, to: node.to, insert: '' },
      ],
    };
  }

  /** Where a line can be added so that it stands at the top: behind the line of `version`, if there is one. */
  protected topOfScript(node: SyntaxNode): number {
    let script = node;
    while (script.parent) script = script.parent;
    const version = script.getChild('Version');
    if (!version || version === node) return 0;
    const next = version.nextSibling;
    if (next?.name === ';') return next.from === version.to ? version.to : 0;
    return this.lines.start(this.lines.line(version.to) + 1);
  }

  /** An expression of plain numbers with `+`, `-` and `*`. */
  private plain(node: SyntaxNode | null) {
    while (node && !isExpression(node)) node = node.nextSibling;
    if (!node) return null;
    const odd = this.notPlain(node);
    if (odd) {
      this.error('E100', odd, text.plainOnly);
      return null;
    }
    const expression = this.number(node);
    const value = expression && constant(expression);
    return expression && value !== null ? { expression, value, node } : null;
  }

  private notPlain(node: SyntaxNode): SyntaxNode | null {
    if (isExpression(node)) {
      if (!['Quantity', 'Decimal', 'Minus', 'Sum', 'Product', 'Ref'].includes(node.name)) return node;
      if (node.name === 'Quantity' || node.name === 'Ref') return null;
    } else if (node.name === 'Divide' || node.name === 'mod') {
      return node;
    }
    for (const child of children(node)) {
      const odd = this.notPlain(child);
      if (odd) return odd;
    }
    return null;
  }

  private memoryLine(node: SyntaxNode): void {
    const said: { base?: number; initial?: number; max?: number } = {};
    for (const item of node.getChildren('MemoryItem')) {
      const word = item.firstChild!.name as 'base' | 'initial' | 'max';
      if (said[word] !== undefined) {
        this.error('E215', item, text.clauseTwice(word), [
          replace(fix.remove(this.slice(item)), item.from, item.to, ''),
        ]);
        continue;
      }
      const value = this.plain(item.firstChild!.nextSibling);
      if (value) said[word] = word === 'base' ? this.base(value) : this.pages(value);
    }
    this.memory = said;
    const initial = said.initial ?? Math.max(1, Math.ceil((said.base ?? PAGE_BYTES) / PAGE_BYTES));
    if (said.initial !== undefined && (said.base ?? PAGE_BYTES) > said.initial * PAGE_BYTES) {
      this.error(
        'E209',
        node,
        text.baseBeyond,
        this.setItem(node, 'initial', Math.ceil((said.base ?? PAGE_BYTES) / PAGE_BYTES)),
      );
    } else if (said.max !== undefined && initial > said.max) {
      this.error('E209', node, text.initialBeyond, this.setItem(node, 'max', initial));
    }
  }

  private setItem(node: SyntaxNode, word: string, pages: number): Fix[] {
    const item = node.getChildren('MemoryItem').find((child) => child.firstChild!.name === word);
    if (!item) return [];
    const better = `${word} ${pages} ${pages === 1 ? 'page' : 'pages'}`;
    return [replace(fix.write(better), item.from, item.to, better)];
  }

  private base({ value, node }: { value: number; node: SyntaxNode }): number | undefined {
    if (value >= LEAST_BASE && value % 16 === 0 && value <= MAX_PAGES * PAGE_BYTES) return value;
    const better = String(Math.min(Math.max(LEAST_BASE, Math.ceil(value / 16) * 16), MAX_PAGES * PAGE_BYTES));
    const said = value > MAX_PAGES * PAGE_BYTES ? text.tooManyPages : text.base;
    this.error('E208', node, said, [replace(fix.write(better), node.from, node.to, better)]);
    return undefined;
  }

  private pages({ value, node }: { value: number; node: SyntaxNode }): number | undefined {
    const pages = value / PAGE_BYTES;
    if (Number.isInteger(pages) && pages >= 0 && pages <= MAX_PAGES) return pages;
    // `max 16` means 16 pages; `max 100000` means bytes.
    const bare = /^[0-9_]+$/.test(this.slice(node)) && value <= MAX_PAGES / 2;
    const meant = bare ? value : Math.min(MAX_PAGES, Math.max(1, Math.ceil(pages)));
    const better = `${meant} ${meant === 1 ? 'page' : 'pages'}`;
    this.error('E208', node, pages > MAX_PAGES ? text.tooManyPages : text.wholePages, [
      replace(fix.write(better), node.from, node.to, better),
    ]);
    return undefined;
  }

  private arenaLine(node: SyntaxNode): void {
    const nameNode = node.getChild('ArenaName')?.getChild('Name');
    if (!nameNode) return;
    const name = this.slice(nameNode);
    const definition = this.definitions.byName.get(name);
    if (definition && definition.kind !== 'arena') {
      this.error('E202', nameNode, text.twoKinds(name, definition.kind, definition.line));
      return;
    }
    const before = this.arenas.get(name);
    if (before !== undefined) {
      this.error('E210', node, text.arenaTwice(name, before), [
        replace(fix.remove(this.slice(node)), node.from, node.to, ''),
      ]);
      return;
    }
    this.arenas.set(name, this.lines.line(node.from));
    let chunk = DEFAULT_CHUNK;
    if (node.getChild('of')) {
      const value = this.plain(node.getChild('of')!.nextSibling);
      if (value && this.bounded(value.expression, value.node, CHUNK)) chunk = value.value;
    }
    this.chunks[this.intern(name, 'arena')] = chunk;
  }
}
