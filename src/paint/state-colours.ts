import { CellState } from '../model/heap-frame.ts';
import type { PaintTheme } from './theme.ts';

/** The plain fill of a cell state, for pictures too small for patterns; null where memory does not exist. */
export function stateColour(state: CellState, theme: PaintTheme): string | null {
  switch (state) {
    case CellState.NotGrown:
      return null;
    case CellState.Untouched:
      return theme.panel;
    case CellState.Free:
      return theme.ramp[0]!;
    case CellState.Dead:
      return theme.dead;
    case CellState.Static:
      return theme.fixed;
    default:
      return theme.ramp[1 + state - CellState.Live1]!;
  }
}
