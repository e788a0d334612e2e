import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The three shapes of the page. */
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;

export const THEMES = ['light', 'dark'] as const;

interface Where {
  /** A selector of the only part to look at; else all of the page, which must then not be wider than its window. */
  readonly within?: string;
  /** Minor and moderate faults are faults too. */
  readonly any?: boolean;
  /** Named in front of each fault, where a test looks more than once. */
  readonly state?: string;
}

/** axe finds nothing critical and nothing serious. */
export async function expectSound(page: Page, { within, any = false, state = '' }: Where = {}): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const serious = violations.filter(({ impact }) => any || impact === 'critical' || impact === 'serious');
  expect(serious.map(({ id, nodes }) => `${state} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  if (within !== undefined) return;
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${state} px wider than the window`).toBeLessThanOrEqual(0);
}
