import { beforeAll, expect, test } from 'vitest';
import { LaneSeries } from '../model/lane-series.ts';
import { grouped } from '../model/strings/numbers.ts';
import { laneValueText } from './labels.ts';
import { leftByFrames } from './testing/left-by-frames.ts';
import { LIGHT } from './theme.ts';
import { paintPlayhead } from './timeline-playhead.ts';
import { layoutTimeline, type TimelineData } from './timeline-view.ts';

const COUNT = 60_000;
const FRAMES = 50_000;

/** Counts what is copied, keeps nothing. */
class Pen {
  copies = 0;
  fillStyle = '';
  strokeStyle = '';
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin = '';
  font = '';
  textAlign = '';
  textBaseline = '';
  readonly measured = { width: 7 };
  clearRect() {}
  fillRect() {}
  beginPath() {}
  moveTo() {}
  lineTo() {}
  arc() {}
  fill() {}
  scale() {}
  setTransform() {}
  strokeText() {}
  fillText() {}
  measureText() {
    return this.measured;
  }
  drawImage() {
    this.copies++;
  }
}

beforeAll(() => {
  Object.assign(globalThis, {
    OffscreenCanvas: class {
      getContext() {
        return new Pen();
      }
    },
  });
});

const WORDS = { pages: '', live: '', floor: '', search: ['', ''], alloc: '', free: '', guideLive: '' } as const;

/** Four lanes that grow at every 20th operation, each by another amount, and phases. */
function fourLanes(): TimelineData {
  const lanes = [1, 2, 3, 5].map((by) => {
    const series = new LaneSeries(2);
    for (let grow = 1; grow * 20 <= COUNT; grow++) {
      series.growAt.push(grow * 20);
      series.growPages.push(2 + grow * by);
    }
    series.logged = COUNT;
    return { series, steps: null, stopped: null };
  });
  const marks = ['connect', 'chatter', 'drain'].map((text, i) => ({ position: 1 + i * 20_000, text }));
  return { count: COUNT, program: null, lanes, base: 0, marks, findings: [], room: 0, sealed: null, words: WORDS };
}

test('frames of the playhead leave nothing for the garbage collector', () => {
  const data = fourLanes();
  const pen = new Pen();
  const ctx = pen as unknown as CanvasRenderingContext2D;
  const view = layoutTimeline('full', 1400, 216, data, 0, COUNT);
  let frames = 0;
  const scrub = (count: number) => {
    frames += count;
    for (let i = 0; i < count; i++) paintPlayhead(ctx, view, data, LIGHT, (i * 7919) % COUNT, null, null, 2);
  };
  const perFrame = leftByFrames(scrub, FRAMES);
  // Each lane's figures, twice, and the phase's name.
  expect(pen.copies / frames).toBeGreaterThan(4 * 2 * 3);
  // A number or two on its way to a function is boxed, 16 bytes each; a text, a list or an object a frame would be more.
  expect(perFrame).toBeLessThan(40);
});

test('figures that are copied one by one are those of the number', () => {
  for (const value of [0, 7, 10, 99, 100, 999, 1000, 14_631, 65_536, 999_999, 1_000_000, 4_294_967_296]) {
    expect(laneValueText(3, value)).toBe(`D ${grouped(value)}`);
  }
  expect(laneValueText(0, 12)).toBe('A 12');
});
