import type { Scenario } from './scenario.ts';
import type { Position } from './units.ts';

/** How a place is written. */
export const PLACE = /^(start|end|op:\d+|mark:.+|before:\d+|after:\d+)$/;

/**
 * Where a place is in a run: `start`, `end`, `op:12`, `mark:full`, `mark:round#3` (the third time), `before:4` and
 * `after:4` (the first and the last operation of line 4). Null where the run has no such place.
 */
export function placeOf(place: string, { operations, marks }: Scenario): Position | null {
  if (place === 'start') return 0;
  if (place === 'end') return operations.count;
  const [kind, rest = ''] = place.split(/:(.*)/s);
  switch (kind) {
    case 'op': {
      const position = Number(rest);
      return position <= operations.count ? position : null;
    }
    case 'mark': {
      const [, text, times] = /^(.*?)(?:#(\d+))?$/s.exec(rest)!;
      return marks.filter((mark) => mark.text === text)[Number(times ?? 1) - 1]?.position ?? null;
    }
    case 'before': {
      const at = operations.line.indexOf(Number(rest));
      return at < 0 ? null : at;
    }
    case 'after': {
      const at = operations.line.lastIndexOf(Number(rest));
      return at < 0 ? null : at + 1;
    }
    default:
      return null;
  }
}
