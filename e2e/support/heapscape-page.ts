import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import { recordingFile } from '../../src/engine/testing/recordings.ts';

export const fixture = (name: string) => fileURLToPath(recordingFile(name));

/** What a visitor sees and does, by role and name; every act ends when the page is idle again. */
export class HeapscapePage {
  readonly page: Page;
  /** Errors that nothing caught and requests that left the site: there must be none. */
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(http:\/\/localhost:|data:|blob:)/.test(request.url())) this.faults.push(request.url());
    });
  }

  /** Opens the page as somebody who has been here before, or as a first visitor. */
  async open({ firstVisit = false, theme = 'light' as 'light' | 'dark' } = {}) {
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    if (!firstVisit) await this.page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
    await this.page.goto('./');
    await this.idle();
  }

  async idle() {
    await this.page.waitForFunction(() => window.heapscape !== undefined);
    await this.page.evaluate(() => window.heapscape!.whenIdle());
  }

  get playhead(): Locator {
    return this.page.getByRole('slider', { name: 'Playhead' });
  }

  async position(): Promise<number> {
    return Number(await this.playhead.getAttribute('aria-valuenow'));
  }

  async operations(): Promise<number> {
    return Number(await this.playhead.getAttribute('aria-valuemax'));
  }

  get editor(): Locator {
    return this.page.getByRole('textbox', { name: 'Scenario script' });
  }

  /** Replaces the script, as by select all and paste, and waits until it has run. */
  async write(text: string) {
    await this.editor.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
    await this.idle();
  }

  async drop(name: string, text: string | Buffer) {
    const bytes = [...Buffer.from(text)];
    const data = await this.page.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(content as number[])], fileName as string));
        return transfer;
      },
      [name, bytes] as const,
    );
    await this.page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await this.idle();
  }

  /** A metric of the table of all metrics, unrounded, lane by lane; null where it is n/a. */
  async metric(id: string): Promise<(number | null)[]> {
    await this.page.getByRole('button', { name: 'All metrics' }).click();
    // The rows over the maps have cells of the same metrics: those of the table are meant.
    const cells = this.page.getByRole('dialog').locator(`td[data-metric="${id}"]`);
    await expect(cells.first()).toBeVisible();
    const values = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('data-value')));
    await this.page.keyboard.press('Escape');
    return values.map((value) => (value === null ? null : Number(value)));
  }

  async expectNoFaults() {
    expect(this.faults).toEqual([]);
  }
}
