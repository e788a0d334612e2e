import type { Position } from '../../model/units.ts';
import { lit } from '../../state/pointing.ts';
import type { AppState } from '../../state/store.ts';

/** The stretch of operations that belongs to what is pointed at: a block's life, a line's first to last operation. */
export function bandOf(state: AppState, ends: Uint32Array | null): { from: Position; to: Position } | null {
  const target = lit(state.link);
  if (target === null || state.scenario === null) return null;
  const { operations } = state.scenario;
  switch (target.kind) {
    case 'block':
      return { from: target.operation, to: ends?.[target.operation] || operations.count };
    case 'line':
      return lineSpan(operations.line, target.line);
    case 'operation':
    case 'page':
    case 'holes':
    case 'metric':
      return null;
  }
}

let lastLines: Uint32Array | null = null;
let lastLine = -1;
let lastSpan: { from: Position; to: Position } | null = null;

/** First and last operation of a line; remembered, since it is asked for every frame while a line is pointed at. */
function lineSpan(lines: Uint32Array, line: number): { from: Position; to: Position } | null {
  if (lines === lastLines && line === lastLine) return lastSpan;
  lastLines = lines;
  lastLine = line;
  const from = lines.indexOf(line);
  lastSpan = from < 0 ? null : { from, to: lines.lastIndexOf(line) + 1 };
  return lastSpan;
}
