import { test } from '@playwright/test';
import { expectSound, SIZES, THEMES } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

for (const theme of THEMES) {
  for (const size of SIZES) {
    for (const firstVisit of [true, false]) {
      const who = firstVisit ? 'first visit' : 'comparison';
      test(`axe finds nothing serious in the ${who} at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
        await page.setViewportSize(size);
        const heapscape = new HeapscapePage(page);
        await heapscape.open({ firstVisit, theme });
        await expectSound(page);
        await heapscape.expectNoFaults();
      });
    }
  }
}
