import { expect, test } from 'vitest';
import { cellOfPage } from './page-order.ts';
import { wholeViewport } from './whole-viewport.ts';

const SPACE = { width: 160, height: 160 };

test('a small map shows all pages while a pixel each has room, and is no higher than they are', () => {
  for (const ratio of [1, 1.5, 2]) {
    for (const order of ['address', 'hilbert'] as const) {
      for (const pages of [1, 16, 176, 602, 4000, 16_384]) {
        const viewport = wholeViewport({ ...SPACE, ratio, order }, pages, 0);
        const label = `${pages} pages at ${ratio}, ${order}`;
        expect(viewport.firstPage, label).toBe(0);
        expect(viewport.rows * viewport.columns, label).toBeGreaterThanOrEqual(pages);
        expect(viewport.width, label).toBeLessThanOrEqual(SPACE.width * ratio);
        expect(viewport.height, label).toBeLessThanOrEqual(SPACE.height * ratio);
        // One row, or band of rows, less would not hold them.
        const band = order === 'address' ? 1 : 16;
        expect((viewport.rows - band) * viewport.columns, label).toBeLessThan(pages);
      }
    }
  }
});

test('of more pages than there is room for, those round the page that is looked at are shown', () => {
  for (const order of ['address', 'hilbert'] as const) {
    for (const page of [0, 20_000, 40_001, 65_535]) {
      const viewport = wholeViewport({ ...SPACE, ratio: 1, order }, 65_536, page);
      expect(cellOfPage(viewport, page), `page ${page}, ${order}`).toBeGreaterThanOrEqual(0);
      expect(viewport.height).toBeLessThanOrEqual(SPACE.height);
    }
  }
});
