import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { HeapscapePage } from './support/heapscape-page.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
];

for (const theme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    for (const firstVisit of [true, false]) {
      const who = firstVisit ? 'first visit' : 'comparison';
      test(`axe finds nothing serious in the ${who} at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
        await page.setViewportSize(size);
        const heapscape = new HeapscapePage(page);
        await heapscape.open({ firstVisit, theme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'critical' || impact === 'serious');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await heapscape.expectNoFaults();
      });
    }
  }
}
