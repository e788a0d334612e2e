import { describe, expect, it } from 'vitest';
import type { LogFacts } from '../../model/heap-frame.ts';
import { METRICS } from '../../model/metrics.ts';
import { bestOf, type LaneFacts, ROWS } from './metric-values.ts';

const facts = (parts: Partial<LogFacts>): LogFacts => ({
  position: 1,
  pages: 2,
  grows: 0,
  failures: 0,
  blocks: 0,
  live: 0,
  gross: 0,
  peakLive: 0,
  usable: 0,
  emptyPages: 0,
  trailingPages: 0,
  pinnedWaste: 0,
  ...parts,
});
const lane = (parts: Partial<LaneFacts>): LaneFacts => ({
  facts: facts({}),
  base: 65_536,
  survey: null,
  searchMean: undefined,
  arena: false,
  ...parts,
});
const row = (id: string) => ROWS.find((other) => other.id === id)!;
const scales = { pages: 10, bytes: 2 ** 20, steps: 100, failures: 4 };

describe('the eight rows', () => {
  it('are those of the page, each a metric that has a formula', () => {
    expect(ROWS.map((one) => one.id)).toEqual([
      'footprint',
      'live',
      'free',
      'hole',
      'external',
      'internal',
      'search',
      'failures',
    ]);
    for (const one of ROWS) expect(METRICS).toHaveProperty(one.metric);
  });

  it('say n/a where the denominator is 0, never 0 %', () => {
    const empty = lane({ facts: facts({ pages: 1 }) });
    expect(row('live').value(empty)).toBeNull();
    expect(row('internal').value(empty)).toBeNull();
    expect(row('live').none(empty)).toBe('n/a');
  });

  it('follow their formulas', () => {
    const one = lane({ facts: facts({ live: 16_384, gross: 20_480 }) });
    expect(row('live').value(one)).toBe(0.25);
    expect(row('internal').value(one)).toBe(0.2);
  });

  it('do not know what is read from the bytes before it was read', () => {
    for (const id of ['free', 'hole', 'external']) expect(row(id).value(lane({}))).toBeUndefined();
  });

  it('say of an arena that nothing is reusable until the reset', () => {
    const arena = lane({ arena: true });
    expect(row('free').value(arena)).toBeNull();
    expect(row('free').none(arena)).toBe('none until reset');
  });

  it('place their dots between the ends of the line', () => {
    for (const one of ROWS) {
      for (const value of [0, 0.5, 1]) {
        const share = one.share(value, scales);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
    expect(row('hole').share(2 ** 20, scales)).toBe(1);
    expect(row('hole').share(16, scales)).toBe(0);
  });
});

describe('best', () => {
  it('is said only of a lane that is more than 3 % better than every other', () => {
    expect(bestOf([100, 103, 200], 'low')).toBe(-1);
    expect(bestOf([100, 104, 200], 'low')).toBe(0);
    expect(bestOf([0.84, 0.73], 'high')).toBe(0);
    expect(bestOf([0.74, 0.73], 'high')).toBe(-1);
  });

  it('is not said of equals, of one lane alone, or where better has no meaning', () => {
    expect(bestOf([0, 0, 0], 'low')).toBe(-1);
    expect(bestOf([5, 5, 9], 'low')).toBe(-1);
    expect(bestOf([5, null, undefined], 'low')).toBe(-1);
    expect(bestOf([1, 100], null)).toBe(-1);
  });

  it('counts none against some as better', () => {
    expect(bestOf([3, 0, 2], 'low')).toBe(1);
  });
});
