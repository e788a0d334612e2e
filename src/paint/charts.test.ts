import { describe, expect, it } from 'vitest';
import { spreadLabels } from './charts.ts';

describe('labels at the ends of lines', () => {
  it('stand where they want to when there is room', () => {
    expect(spreadLabels([10, 50, 90], 13, 0, 100)).toEqual([10, 50, 90]);
  });

  it('keep their distance, their order and the frame', () => {
    for (const wanted of [
      [50, 50, 50, 50],
      [98, 97, 99],
      [-5, 0, 2],
      [90, 10, 89],
    ]) {
      const placed = spreadLabels(wanted, 13, 0, 100);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
      for (let i = 1; i < order.length; i++) {
        expect(placed[order[i]!]! - placed[order[i - 1]!]!, String(wanted)).toBeGreaterThanOrEqual(13);
      }
      for (const y of placed) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(100);
      }
    }
  });
});
