import type { Tree } from '@lezer/common';
import { parser } from './parser.ts';
import type { Report } from './report.ts';
import type { LineIndex } from './text.ts';

export function diagnose(
  source: string,
  _lines: LineIndex,
  report: Report,
): { tree: Tree; uncertain: Set<string> } | null {
  const tree = parser.parse(source);
  tree.iterate({
    enter(n) {
      if (n.type.isError) report.add('E100', n.from, Math.max(n.to, n.from), 'error');
    },
  });
  return { tree, uncertain: new Set() };
}
