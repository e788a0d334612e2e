import { expect, test } from 'vitest';
import { aloneViewport, laneViewport } from './lane-viewport.ts';
import { firstPageAround, fixedViewport, lastFirstPage, nextPitch } from './viewport.ts';

const LANE = { width: 282, height: 310, ratio: 1, order: 'address', pitch: null } as const;
const capacity = ({ rows, columns }: { rows: number; columns: number }) => rows * columns;

test('while all pages fit with their tiles nothing is scrolled', () => {
  for (const longest of [1, 17, 200, 300, 500]) {
    const viewport = laneViewport(LANE, { longest, second: longest });
    expect(viewport.gap, String(longest)).toBe(1);
    expect(capacity(viewport)).toBeGreaterThanOrEqual(longest);
    expect(lastFirstPage(viewport, longest)).toBe(0);
  }
});

test('one long lane is scrolled through rather than that the cells of all lose their tiles', () => {
  const viewport = laneViewport(LANE, { longest: 1700, second: 350 });
  expect(viewport).toMatchObject({ gap: 1, columns: 16 });
  expect(capacity(viewport)).toBeGreaterThanOrEqual(350);
  expect(4 * capacity(viewport)).toBeGreaterThanOrEqual(1700);
  expect(lastFirstPage(viewport, 1700)).toBe((Math.ceil(1700 / 16) - viewport.rows) * 16);
});

test('lanes that are all long are scrolled for two screens, and beyond that every page is a dot and all are in sight', () => {
  const two = laneViewport(LANE, { longest: 800, second: 790 });
  expect(two.gap).toBe(1);
  expect(2 * capacity(two)).toBeGreaterThanOrEqual(800);
  const many = laneViewport(LANE, { longest: 4000, second: 3900 });
  expect(many).toMatchObject({ gap: 0, columns: 64 });
  expect(capacity(many)).toBeGreaterThanOrEqual(4000);
});

test('a low map is scrolled through three screens where dots would leave most of it empty', () => {
  const low = { ...LANE, width: 206, height: 190 };
  const viewport = laneViewport(low, { longest: 716, second: 352 });
  expect(viewport.gap).toBe(1);
  expect(3 * capacity(viewport)).toBeGreaterThanOrEqual(716);
  expect(laneViewport(low, { longest: 2500, second: 2500 }).gap).toBe(0);
});

test('four lanes of four gigabytes show every page at once at the reference size', () => {
  const viewport = laneViewport(LANE, { longest: 65_536, second: 65_536 });
  expect(viewport).toMatchObject({ cell: 1, gap: 0, columns: 256, rows: 256 });
});

test('a lane alone has rows of 16 MiB in 4 px cells where the page is wide enough', () => {
  const space = { width: 1032, height: 650, ratio: 1, order: 'address', pitch: null } as const;
  expect(aloneViewport(space, 36_715)).toMatchObject({ cell: 4, columns: 256 });
  expect(aloneViewport(space, 65_536)).toMatchObject({ cell: 4, columns: 256 });
  expect(aloneViewport(space, 100)).toMatchObject({ cell: 32, side: 8 });
  const dense = aloneViewport({ ...space, ratio: 2 }, 65_536);
  expect(dense).toMatchObject({ cell: 8, columns: 256 });
});

test('a pitch that was chosen is kept, in rows of a power of two that fit; the next one is the list’s', () => {
  for (const ratio of [1, 1.5, 2]) {
    let pitch = 1;
    for (const listed of [2, 3, 4, 5, 9, 13, 17, 21, 25, 29, 33, 33]) {
      const viewport = laneViewport({ ...LANE, ratio, pitch }, { longest: 5000, second: 0 });
      expect(viewport.width).toBeLessThanOrEqual(LANE.width * ratio);
      expect(Math.log2(viewport.columns) % 1).toBe(0);
      expect(viewport.pitch / ratio).toBeLessThanOrEqual(pitch);
      expect(nextPitch(viewport, 1), `${pitch} at ${ratio}`).toBe(listed);
      pitch = listed;
    }
  }
});

test('no map is larger than the canvases that browsers draw on', () => {
  const viewport = aloneViewport({ width: 40_000, height: 40_000, ratio: 1, order: 'address', pitch: null }, 65_536);
  expect(Math.max(viewport.width, viewport.height)).toBeLessThanOrEqual(16_384);
});

test('a page that is looked for stands in sight, and the last row is where scrolling ends', () => {
  for (const order of ['address', 'hilbert'] as const) {
    const size = { columns: 64, rows: 32, cell: 4, gap: 0, side: 1 } as const;
    const viewport = fixedViewport(size, { ratio: 1, order });
    const last = lastFirstPage(viewport, 65_536);
    expect(last).toBe(65_536 - 64 * 32);
    for (const page of [0, 5, 1024, 2047, 30_000, 65_535]) {
      const firstPage = Math.min(last, firstPageAround(viewport, page));
      const shown = fixedViewport(size, { ratio: 1, order, firstPage });
      expect(shown.firstPage).toBe(firstPage);
      expect(page).toBeGreaterThanOrEqual(firstPage);
      expect(page).toBeLessThan(firstPage + 64 * 32);
    }
  }
});
