import { describe, expect, it } from 'vitest';
import { LaneSeries } from '../model/lane-series.ts';
import { layoutTimeline, pagesAtY, positionAt, type TimelineData, xOf, yOf } from './timeline-view.ts';

const words = {
  pages: '',
  live: '',
  floor: '',
  search: ['', ''] as const,
  alloc: '',
  free: '',
  guideLive: '',
};

function data(count: number, pages: readonly number[]): TimelineData {
  return {
    count,
    program: null,
    base: 0,
    room: 0,
    sealed: null,
    marks: [],
    findings: [],
    words,
    lanes: pages.map((last) => {
      const series = new LaneSeries(1);
      series.growAt.push(1);
      series.growPages.push(last);
      return { series, steps: null, stopped: null };
    }),
  };
}

describe('the timeline', () => {
  it('gives every position its point and every point its position back', () => {
    for (const [from, to] of [
      [0, 19_617],
      [100, 220],
    ] as const) {
      const view = layoutTimeline('full', 1100, 216, data(19_617, [10]), from, to);
      for (const t of [from, from + 7, Math.floor((from + to) / 2), to]) {
        expect(Math.abs(positionAt(view, xOf(view, t), 19_617) - t)).toBeLessThanOrEqual(0);
      }
    }
  });

  it('never names a position outside of the run', () => {
    const view = layoutTimeline('full', 1100, 216, data(500, [10]), 0, 500);
    expect(positionAt(view, -50, 500)).toBe(0);
    expect(positionAt(view, 5000, 500)).toBe(500);
  });

  it('has room above the largest footprint of any lane, at every zoom the same', () => {
    const all = layoutTimeline('full', 1100, 216, data(500, [10, 700, 3]), 0, 500);
    const part = layoutTimeline('full', 1100, 216, data(500, [10, 700, 3]), 10, 40);
    expect(all.topPages).toBeGreaterThan(700);
    expect(part.topPages).toBe(all.topPages);
  });

  it('has room for a prediction, and reads a height back as the pages that it stands for', () => {
    const view = layoutTimeline('guide', 1100, 216, { ...data(500, [10]), room: 60 }, 0, 500);
    expect(view.topPages).toBeGreaterThan(60);
    for (const pages of [0, 10, 45]) expect(pagesAtY(view, yOf(view, pages))).toBeCloseTo(pages);
    expect(pagesAtY(view, view.plotBottom + 40)).toBe(0);
    expect(pagesAtY(view, -40)).toBe(view.topPages);
  });

  it('has a scale that tells nothing of what is not shown yet', () => {
    const top = (last: number, facts: Partial<TimelineData>) =>
      layoutTimeline('guide', 1100, 216, { ...data(500, [last]), ...facts }, 0, 500).topPages;
    // The lane has one page until operation 1.
    expect(top(10, { sealed: 0 })).toBe(top(700, { sealed: 0 }));
    expect(top(10, { sealed: 0, room: 60 })).toBe(top(70, { sealed: 0, room: 60 }));
    expect(top(700, { sealed: 1 })).toBeGreaterThan(1000);
    expect(top(70, { room: 60 }), 'revealed').toBeGreaterThan(70);
  });

  it('keeps its plot in any size', () => {
    for (const kind of ['full', 'guide', 'phone'] as const) {
      for (const height of [60, 120, 216, 360]) {
        const view = layoutTimeline(kind, 320, height, data(10, [2]), 0, 10);
        expect(view.plotBottom).toBeGreaterThan(view.plotTop);
        expect(view.right).toBeGreaterThan(view.left);
      }
    }
  });

  it('keeps the curves where there is no room for all, and gives up what lies beneath them', () => {
    const roomy = layoutTimeline('full', 1100, 216, data(100, [10]), 0, 100);
    expect(roomy.foot).toBeGreaterThan(roomy.densityTop);
    expect(roomy.foot).toBeLessThan(roomy.axisBaseline - 11);
    for (const height of [60, 80, 100, 108, 120]) {
      const low = layoutTimeline('full', 1100, height, data(100, [10]), 0, 100);
      if (low.foot > low.plotBottom) expect(low.foot, String(height)).toBeLessThan(low.axisBaseline - 11);
      if (height >= 90) expect(low.plotBottom, String(height)).toBeLessThan(low.axisBaseline - 11);
      expect(low.plotBottom - low.plotTop).toBeGreaterThanOrEqual(24);
    }
    expect(layoutTimeline('full', 550, 108, data(100, [10]), 0, 100).foot).toBe(
      layoutTimeline('full', 550, 108, data(100, [10]), 0, 100).plotBottom,
    );
  });
});
