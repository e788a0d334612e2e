import type { Page } from '@playwright/test';
import { HeapscapePage } from './heapscape-page.ts';

/** The page at the end of a script's run, with the focus on the playhead. */
export async function startedWith(
  page: Page,
  script: string,
  theme: 'light' | 'dark' = 'light',
): Promise<HeapscapePage> {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ theme });
  await heapscape.write(script);
  await page.keyboard.press('Escape');
  await heapscape.playhead.press('End');
  await heapscape.idle();
  return heapscape;
}
