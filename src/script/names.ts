import type { SyntaxNode, Tree } from '@lezer/common';
import type { LineIndex } from './text.ts';

/** What a name is in the whole script, and where it first became that. */
export interface Definition {
  readonly name: string;
  readonly kind: 'block' | 'group' | 'number' | 'arena';
  readonly line: number;
  readonly from: number;
  /** Numbers: the end of the first `let`; a loop's counter alone gives Infinity. */
  visibleFrom: number;
}

export interface Definitions {
  readonly byName: ReadonlyMap<string, Definition>;
  readonly marks: ReadonlySet<string>;
}

/**
 * Everything that the script gives a name to, first mention first. A `realloc` allocates where nothing is, so its names
 * count when no other line makes them.
 */
export function define(tree: Tree, text: string, lines: LineIndex): Definitions {
  const byName = new Map<string, Definition>();
  const resized: Definition[] = [];
  const marks = new Set<string>();
  const define = (nameNode: SyntaxNode, kind: Definition['kind'], visibleFrom = Number.POSITIVE_INFINITY) => {
    const name = text.slice(nameNode.from, nameNode.to);
    const known = byName.get(name);
    if (known) known.visibleFrom = Math.min(known.visibleFrom, visibleFrom);
    else byName.set(name, { name, kind, line: lines.line(nameNode.from), from: nameNode.from, visibleFrom });
  };
  tree.iterate({
    enter(cursor) {
      switch (cursor.name) {
        case 'Place': {
          const node = cursor.node;
          const name = node.getChild('Name');
          if (name) define(name, node.getChild('PlaceIndex') ? 'group' : 'block');
          return;
        }
        case 'NumberName': {
          const node = cursor.node;
          const name = node.getChild('Name');
          if (name) define(name, 'number', node.parent!.to);
          return;
        }
        case 'Counter': {
          const name = cursor.node.getChild('Name');
          if (name) define(name, 'number');
          return;
        }
        case 'ArenaLine': {
          const name = cursor.node.getChild('ArenaName')?.getChild('Name');
          if (name) define(name, 'arena');
          return;
        }
        case 'Realloc':
          for (const ref of cursor.node.getChildren('Ref')) {
            const name = ref.getChild('Name');
            if (!name) continue;
            const kind = ref.getChild('Index') ? 'group' : 'block';
            const line = lines.line(ref.from);
            resized.push({
              name: text.slice(name.from, name.to),
              kind,
              line,
              from: ref.from,
              visibleFrom: Number.POSITIVE_INFINITY,
            });
          }
          return;
        case 'Mark': {
          const value = cursor.node.getChild('Text');
          if (value) marks.add(textValue(text.slice(value.from, value.to)));
          return;
        }
      }
    },
  });
  for (const definition of resized) if (!byName.has(definition.name)) byName.set(definition.name, definition);
  return { byName, marks };
}

/** What a quoted text says. */
export function textValue(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
}
