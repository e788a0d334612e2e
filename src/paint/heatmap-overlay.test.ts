import { expect, test } from 'vitest';
import type { HeapFrame } from '../model/heap-frame.ts';
import { type MapMarks, paintOverlay } from './heatmap-overlay.ts';
import { LIGHT } from './theme.ts';
import { type Box, cellBox, mapViewport, type Viewport } from './viewport.ts';

interface Drawn {
  readonly rects: (Box & { readonly colour: string })[];
  readonly texts: { readonly text: string; readonly x: number; readonly y: number }[];
  readonly lines: [x: number, y: number][];
}

/** What an overlay draws; a letter is 6 px wide. */
function draw(viewport: Viewport, marks: Partial<MapMarks>, pages = 20): Drawn {
  const drawn: Drawn = { rects: [], texts: [], lines: [] };
  const ctx = {
    fillStyle: '',
    font: '',
    fillRect(x: number, y: number, width: number, height: number) {
      drawn.rects.push({ x, y, width, height, colour: ctx.fillStyle });
    },
    fillText: (text: string, x: number, y: number) => drawn.texts.push({ text, x, y }),
    strokeText() {},
    measureText: (text: string) => ({ width: text.length * 6 }),
    beginPath() {},
    stroke() {},
    setLineDash() {},
    moveTo: (x: number, y: number) => drawn.lines.push([x, y]),
    lineTo: (x: number, y: number) => drawn.lines.push([x, y]),
  };
  const frame = { facts: () => ({ pages }) } as unknown as HeapFrame;
  const none = { changes: null, pointed: -1, linked: [], selected: -1, broken: null, finalPages: null, bump: null };
  paintOverlay(ctx as unknown as CanvasRenderingContext2D, frame, viewport, LIGHT, { ...none, ...marks });
  return drawn;
}

const LANE = mapViewport({ width: 282, height: 310, ratio: 1, stacked: false, pages: 100 });
const HUGE = mapViewport({ width: 300, height: 300, ratio: 1, stacked: false, pages: 65_536 });
const inside = ({ width, height }: Viewport, { x, y, width: wide, height: high }: Box) =>
  x >= 0 && y >= 0 && x + wide <= width && y + high <= height;

test('brackets stand round their page and leave it uncovered but for its corners', () => {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  cellBox(LANE, 37, box);
  const { rects } = draw(LANE, { pointed: 37 });
  const signal = rects.filter(({ colour }) => colour === LIGHT.signal);
  expect(signal.length).toBe(8);
  for (const rect of signal) {
    const covers =
      rect.x < box.x + box.width &&
      rect.x + rect.width > box.x &&
      rect.y < box.y + box.height &&
      rect.y + rect.height > box.y;
    expect(covers).toBe(false);
  }
  expect(rects.filter(({ colour }) => colour === LIGHT.field).length).toBe(8);
});

test('on pages of a pixel brackets and selection keep a size that can be seen', () => {
  expect(HUGE.cell).toBe(1);
  for (const marks of [{ pointed: 1000 }, { selected: 1000 }]) {
    const { rects } = draw(HUGE, marks);
    const left = Math.min(...rects.map(({ x }) => x));
    const right = Math.max(...rects.map(({ x, width }) => x + width));
    expect(right - left).toBeGreaterThanOrEqual(12);
  }
});

test('marks of pages that are not shown are not drawn, but what is broken always is', () => {
  expect(draw(LANE, { pointed: 5000, selected: 5000, linked: [6000] }).rects).toEqual([]);
  const below = draw(LANE, { broken: { address: 5000 * 65_536, label: 'corrupt' } });
  expect(below.texts[0]!.text).toBe('corrupt ↓');
  const scrolled = mapViewport({ width: 282, height: 310, ratio: 1, stacked: false, pages: 100, firstPage: 320 });
  expect(draw(scrolled, { broken: { address: 0, label: 'corrupt' } }).texts[0]!.text).toBe('corrupt ↑');
});

test('the cross is never smaller than 14 pixels and it and its label stay on the map, wherever the page is', () => {
  for (const viewport of [LANE, HUGE]) {
    for (let page = 0; page < viewport.rows * viewport.columns; page += 13) {
      const { rects, texts } = draw(viewport, { broken: { address: page * 65_536, label: 'corrupt at 0x00000000' } });
      const [square, tag] = rects.filter(({ colour }) => colour === LIGHT.danger);
      expect(Math.min(square!.width, square!.height)).toBeGreaterThanOrEqual(14);
      for (const rect of [square!, tag!]) expect(inside(viewport, rect), `page ${page}`).toBe(true);
      const apart =
        tag!.x >= square!.x + square!.width ||
        tag!.x + tag!.width <= square!.x ||
        tag!.y >= square!.y + square!.height ||
        tag!.y + tag!.height <= square!.y;
      expect(apart, `page ${page}`).toBe(true);
      expect(texts[0]!.text).toBe('corrupt at 0x00000000');
    }
  }
});

test('a label that is wider than the map stands in lines, each of them on it and no word lost', () => {
  const narrow = mapViewport({ width: 160, height: 310, ratio: 1, stacked: false, pages: 100 });
  const label = 'two free chunks of a list do not name each other';
  for (const page of [0, 15, narrow.rows * narrow.columns - 1]) {
    const { rects, texts } = draw(narrow, { broken: { address: page * 65_536, label } });
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.map(({ text }) => text).join(' ')).toBe(label);
    const tag = rects.filter(({ colour }) => colour === LIGHT.danger)[1]!;
    expect(inside(narrow, tag)).toBe(true);
    for (const { text, x, y } of texts) {
      expect(x >= tag.x && x + text.length * 6 <= tag.x + tag.width).toBe(true);
      expect(y > tag.y && y < tag.y + tag.height).toBe(true);
    }
  }
});

test('the edge of the future steps under its last page, and its label stands under it', () => {
  const { lines, texts } = draw(LANE, { finalPages: 39 });
  const box = { x: 0, y: 0, width: 0, height: 0 };
  cellBox(LANE, 38, box);
  const step = box.x + box.width + 0.5;
  const [low, high] = [box.y + box.height + 0.5, box.y - 0.5];
  expect(lines).toEqual([
    [LANE.origin, low],
    [step, low],
    [step, low],
    [step, high],
    [step, high],
    [LANE.width - LANE.origin, high],
  ]);
  expect(texts[0]!.text).toBe('will end at 39 pages');
  expect(texts[0]!.y).toBeGreaterThan(low);
});

test('a future that fills its rows has a straight edge; none is drawn where nothing is to come', () => {
  expect(draw(LANE, { finalPages: 48 }).lines.length).toBe(2);
  expect(draw(LANE, { finalPages: 20 }).lines).toEqual([]);
  expect(draw(LANE, { finalPages: 20 }).texts).toEqual([]);
});

test('wherever the future ends its label is on the map, with an arrow where its rows are not shown', () => {
  const shown = LANE.rows * LANE.columns;
  for (let finalPages = 21; finalPages < shown + 200; finalPages++) {
    const { texts, lines } = draw(LANE, { finalPages });
    const [label] = texts;
    const where = `${finalPages} pages`;
    // A label is drawn about its middle; its letters are 11 px high.
    expect(label!.y - 5.5, where).toBeGreaterThanOrEqual(LANE.origin);
    expect(label!.y + 5.5, where).toBeLessThanOrEqual(LANE.height - LANE.origin);
    expect(label!.text.endsWith('↓'), where).toBe(finalPages > shown);
    for (const [, y] of lines) expect(y, where).toBeLessThanOrEqual(LANE.height - LANE.origin);
  }
  const scrolled = mapViewport({ width: 282, height: 310, ratio: 1, stacked: false, pages: 100, firstPage: 3200 });
  expect(draw(scrolled, { finalPages: 100 }).texts[0]!.text).toBe('will end at 100 pages ↑');
});
