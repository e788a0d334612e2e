import { expect, type Locator, type Page } from '@playwright/test';
import { HeapscapePage } from './heapscape-page.ts';

/** A lab as a visitor sees it, opened by its link. */
export class LabPage extends HeapscapePage {
  readonly words: Locator;
  readonly results: Locator;

  constructor(page: Page) {
    super(page);
    this.words = page.getByRole('region', { name: 'Question and provenance' });
    this.results = page.getByRole('region', { name: 'Results' });
  }

  /** `link` is a lab's hash: `#lab=boundary&to=1024&runs=quick`. */
  async openLab(link: string, { theme = 'light' as 'light' | 'dark' } = {}) {
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await this.page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
    await this.page.goto(`./${link}`);
    await expect(this.runButton).toBeVisible();
  }

  get runButton(): Locator {
    return this.words.getByRole('button', { name: /^Run( again)?$/ });
  }

  get status(): Locator {
    return this.words.locator('[data-run]');
  }

  async run() {
    await this.runButton.click();
    await expect(this.status).toHaveAttribute('data-run', 'done', { timeout: 45_000 });
  }

  figure(id: string): Locator {
    return this.page.locator(`[data-figure="${id}"]`);
  }

  /** Lines of a transcript, as code and result. */
  async transcript(id: string): Promise<string[]> {
    const lines = await this.figure(id).locator('li').allInnerTexts();
    return lines.map((line) => line.replace(/\s+/g, ' ').trim());
  }

  /** The CSV that the button gives, line by line. */
  async csv(): Promise<string[]> {
    const [file] = await Promise.all([
      this.page.waitForEvent('download'),
      this.words.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
  }
}
