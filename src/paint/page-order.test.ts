import { expect, test } from 'vitest';
import { seeded } from '../engine/heap-view-fixtures.ts';
import { hilbertPages } from './heatmap-model.ts';
import { cellOfPage, pageOfCell, rectangleFrom } from './page-order.ts';
import { axisTicks, cellBox, mapViewport, pageAt } from './viewport.ts';

const grid = (columns: number, rows: number, order: 'address' | 'hilbert' = 'hilbert', firstPage = 0) => ({
  columns,
  rows,
  order,
  firstPage,
});

test('page to cell and cell to page undo each other in both orders, at every width and place', () => {
  for (const order of ['address', 'hilbert'] as const) {
    for (const columns of [16, 32, 64, 128, 256]) {
      for (const firstPage of [0, 16 * columns]) {
        const map = grid(columns, 32, order, firstPage);
        const cells = new Set<number>();
        for (let page = firstPage; page < firstPage + 32 * columns; page++) {
          const cell = cellOfPage(map, page);
          expect(pageOfCell(map, cell)).toBe(page);
          cells.add(cell);
        }
        expect(cells.size).toBe(32 * columns);
        expect(cellOfPage(map, firstPage - 1)).toBe(-1);
        expect(cellOfPage(map, firstPage + 32 * columns)).toBe(-1);
      }
    }
  }
});

test("the curve is the one that Hilbert's rewriting rules draw", () => {
  for (const columns of [16, 32, 256]) {
    const pages = hilbertPages(columns, 32);
    expect(pages.map((_, cell) => pageOfCell(grid(columns, 32), cell))).toEqual(pages);
  }
});

test('neighbours by address touch, but for the step to the next band of several squares', () => {
  for (const columns of [16, 32, 128]) {
    const map = grid(columns, 48);
    for (let page = 1; page < 48 * columns; page++) {
      const [a, b] = [cellOfPage(map, page - 1), cellOfPage(map, page)];
      const rows = Math.abs(Math.floor(a / columns) - Math.floor(b / columns));
      const across = Math.abs((a % columns) - (b % columns));
      const nextBand = columns > 16 && page % (16 * columns) === 0;
      expect(rows + across === 1, `pages ${page - 1} and ${page} in ${columns} columns`).toBe(!nextBand);
    }
  }
});

test('a run of pages falls into rectangles that hold exactly its pages', () => {
  const random = seeded(5);
  for (const order of ['address', 'hilbert'] as const) {
    for (let round = 0; round < 60; round++) {
      const columns = [16, 64, 256][random(3)]!;
      const map = grid(columns, 32, order);
      const from = random(32 * columns);
      const end = from + 1 + random(32 * columns - from);
      for (let page = from; page < end; ) {
        const run = rectangleFrom(map, page, end);
        const cells = Array.from({ length: run }, (_, i) => cellOfPage(map, page + i));
        const rows = cells.map((cell) => Math.floor(cell / columns));
        const across = cells.map((cell) => cell % columns);
        const area = (Math.max(...rows) - Math.min(...rows) + 1) * (Math.max(...across) - Math.min(...across) + 1);
        expect(area, `seed 5, ${order}, ${run} pages from ${page}`).toBe(run);
        page += run;
        expect(page).toBeLessThanOrEqual(end);
      }
    }
  }
});

test('maps in Hilbert order have whole bands, scroll by them and name what each begins with', () => {
  const space = { width: 282, height: 310, ratio: 1, stacked: false, order: 'hilbert' } as const;
  const map = mapViewport({ ...space, pages: 200 });
  expect(map).toMatchObject({ columns: 16, rows: 16, cell: 16 });
  expect(axisTicks(map).map(({ address }) => address / 2 ** 20)).toEqual([0, 8, 16]);
  // Two bands of 16 pixels do not fit: the cells are smaller.
  expect(mapViewport({ ...space, pages: 300 })).toMatchObject({ rows: 32, cell: 8 });
  const huge = mapViewport({ ...space, width: 1030, height: 640, pages: 65_536, firstPage: 5000 });
  expect(huge).toMatchObject({ columns: 256, rows: 256, firstPage: 4096 });
  expect(mapViewport({ ...space, height: 3, pages: 10 }).rows).toBe(16);
});

test('a point of a cell is its page in Hilbert order too', () => {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  for (const [width, ratio] of [
    [282, 1],
    [560, 1.5],
    [1030, 2],
  ] as const) {
    const map = mapViewport({ width, height: 620, ratio, stacked: false, pages: 900, order: 'hilbert' });
    for (let page = 0; page < map.rows * map.columns; page += 3) {
      expect(cellBox(map, page, box)).toBe(true);
      expect(pageAt(map, (box.x + 0.5) / ratio, (box.y + box.height - 0.5) / ratio)).toBe(page);
    }
  }
});
