import { expect, test } from 'vitest';
import { addressAt, axisTicks, cellBox, type MapSpace, mapViewport, pageAt, rowBytes, tileBox } from './viewport.ts';

const space = (more: Partial<MapSpace>): MapSpace => ({
  width: 282,
  height: 310,
  ratio: 1,
  stacked: false,
  pages: 200,
  ...more,
});
const RATIOS = [0.5, 0.75, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

test('a lane of the reference layout has cells of 16 in 16 columns, a row a mebibyte', () => {
  const viewport = mapViewport(space({}));
  expect(viewport).toMatchObject({ columns: 16, cell: 16, gap: 1, pitch: 17, side: 4, rows: 17 });
  expect(rowBytes(viewport)).toBe(1024 * 1024);
});

test('the largest listed pitch is taken that fits the columns and the pages', () => {
  const rows: [Partial<MapSpace>, number, number, number][] = [
    // What, then cell, side and columns.
    [{ width: 540, height: 600 }, 32, 8, 16],
    [{ width: 520, height: 600 }, 28, 4, 16],
    [{ width: 420, height: 600 }, 24, 8, 16],
    [{ width: 350, height: 600 }, 20, 4, 16],
    [{ width: 282, height: 600 }, 16, 4, 16],
    [{ width: 220, height: 600 }, 12, 4, 16],
    [{ width: 160, height: 600 }, 8, 1, 16],
    // More pages than such cells have room for.
    [{ width: 540, height: 310 }, 20, 4, 16],
    [{ width: 282, height: 310, pages: 300 }, 12, 4, 16],
    [{ width: 282, height: 310, pages: 500 }, 8, 1, 16],
    [{ width: 282, height: 310, pages: 2000 }, 4, 1, 64],
    // Lanes that stack have rows twice as long.
    [{ width: 980, height: 60, stacked: true, pages: 33 }, 24, 8, 32],
    [{ width: 980, height: 80, stacked: true, pages: 33 }, 28, 4, 32],
    [{ width: 1080, height: 80, stacked: true, pages: 33 }, 32, 8, 32],
    // A heap of gigabytes in a wide map.
    [{ width: 1030, height: 640, pages: 36_715 }, 4, 1, 256],
    [{ width: 1030, height: 640, pages: 65_536 }, 2, 1, 256],
    [{ width: 300, height: 300, pages: 65_536 }, 1, 1, 256],
  ];
  for (const [what, cell, side, columns] of rows) {
    expect(mapViewport(space(what)), JSON.stringify(what)).toMatchObject({ cell, side, columns });
  }
});

test('pitch, gap and tile are whole device pixels at every ratio, and the map keeps within its space', () => {
  for (const ratio of RATIOS) {
    for (let width = 150; width < 1300; width += 37) {
      for (const [height, pages, stacked] of [
        [310, 200, false],
        [90, 40, true],
        [500, 5000, false],
      ] as const) {
        const asked = space({ width, height, ratio, pages, stacked });
        const viewport = mapViewport(asked);
        const where = JSON.stringify(asked);
        for (const value of [
          viewport.pitch,
          viewport.cell,
          viewport.gap,
          viewport.cell / viewport.side,
          viewport.width,
        ]) {
          expect(Number.isInteger(value), where).toBe(true);
        }
        expect(viewport.gap, where).toBe(viewport.columns > 32 ? 0 : Math.max(1, Math.round(ratio)));
        expect(viewport.pitch / ratio, where).toBeLessThanOrEqual(33);
        if (viewport.rows > 1) expect(viewport.height, where).toBeLessThanOrEqual(height * ratio);
        if (viewport.cell > 1) expect(viewport.width, where).toBeLessThanOrEqual(width * ratio);
      }
    }
  }
});

test('a space too small for anything still has a map of a row', () => {
  for (const [width, height] of [
    [1, 1],
    [0, 0],
    [-20, 400],
    [400, -20],
    [70, 3],
  ] as const) {
    const viewport = mapViewport(space({ width, height }));
    expect(viewport.rows).toBeGreaterThanOrEqual(1);
    expect(viewport.columns * viewport.cell).toBeGreaterThan(0);
  }
});

test('where all pages do not fit, as many as can are shown and scrolling goes by rows', () => {
  const viewport = mapViewport(space({ width: 300, height: 100, pages: 65_536, firstPage: 1000 }));
  expect(viewport).toMatchObject({ cell: 1, columns: 256, firstPage: 768 });
  expect(viewport.rows).toBe(96);
});

test('a point of a cell is its page and tile, and the cell of a page holds its points', () => {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  for (const ratio of RATIOS) {
    for (const width of [160, 282, 540, 1030]) {
      const viewport = mapViewport(space({ width, ratio, firstPage: 64 }));
      const { firstPage, rows, columns, side } = viewport;
      for (let page = firstPage; page < firstPage + rows * columns; page += 7) {
        expect(cellBox(viewport, page, box)).toBe(true);
        for (const [dx, dy] of [
          [0.01, 0.01],
          [box.width - 0.01, box.height - 0.01],
        ] as const) {
          expect(pageAt(viewport, (box.x + dx) / ratio, (box.y + dy) / ratio)).toBe(page);
        }
        const tile = page % side ** 2;
        tileBox(viewport, page, tile, box);
        const address = addressAt(viewport, (box.x + box.width / 2) / ratio, (box.y + box.height / 2) / ratio);
        expect(address).toBe(page * 65_536 + (tile * 65_536) / side ** 2);
      }
      expect(cellBox(viewport, firstPage - 1, box)).toBe(false);
      expect(cellBox(viewport, firstPage + rows * columns, box)).toBe(false);
      expect(pageAt(viewport, 0, 0)).toBe(-1);
      expect(pageAt(viewport, viewport.width / ratio, 20)).toBe(-1);
      expect(addressAt(viewport, 20, viewport.height / ratio)).toBe(-1);
    }
  }
});

test('address labels stand at round rows, far enough apart, and move with the rows', () => {
  const viewport = mapViewport(space({}));
  const ticks = axisTicks(viewport);
  expect(ticks.map(({ address }) => address / 1024 ** 2)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16]);
  expect(ticks[1]!.y - ticks[0]!.y).toBe(34);
  const scrolled = axisTicks(mapViewport(space({ firstPage: 16 })));
  expect(scrolled[0]).toEqual({ y: viewport.origin + 17, page: 32, address: 2 * 1024 ** 2 });
  for (const ratio of RATIOS) {
    const huge = mapViewport(space({ width: 1030, height: 640, pages: 36_715, ratio }));
    const labels = axisTicks(huge);
    for (let i = 1; i < labels.length; i++) expect(labels[i]!.y - labels[i - 1]!.y).toBeGreaterThanOrEqual(26);
  }
});
