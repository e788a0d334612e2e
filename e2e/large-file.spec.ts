import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { LIMITS } from '../src/model/units.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

/** Reading a quarter of a gibibyte takes its time on a slow machine. */
test.setTimeout(600_000);

/** Lines of an operation list: blocks of two sizes, every second one freed. */
function operationLines(count: number): string {
  const lines: string[] = [];
  for (let id = 0; lines.length < count; id++) {
    lines.push(`a ${id} ${id % 3 === 0 ? 4096 : 24}\n`);
    if (id % 2 === 1 && lines.length < count) lines.push(`f ${id}\n`);
  }
  return lines.join('');
}

/** Writes `head`, then comments until the file has so many bytes. */
async function writeFileOf(path: string, head: string, bytes: number): Promise<void> {
  const file = createWriteStream(path);
  const comment = `# ${'.'.repeat(1021)}\n`;
  const block = comment.repeat(1024);
  file.write(head);
  let left = bytes - head.length;
  for (; left > block.length; left -= block.length) if (!file.write(block)) await once(file, 'drain');
  const rest = block.slice(0, left);
  file.end(rest.endsWith('\n') ? rest : `${rest.slice(0, -1)}\n`);
  await once(file, 'close');
}

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heapscape-large-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

async function openFile(page: Page, path: string): Promise<void> {
  await page.locator('.top-bar').getByRole('button', { name: 'Open…' }).click();
  await page.locator('input[type="file"]').first().setInputFiles(path);
}

const stateOf = (page: Page) =>
  page.evaluate(() => {
    const { status, scenario, position } = window.heapscape!.app.store.getState();
    return { kind: status.kind, operations: scenario?.operations.count ?? 0, position };
  });

test('a recording of 256 MiB is read with progress while the page goes on, can be stopped, and is read to its end', async ({
  page,
}) => {
  const operations = 60_000;
  const file = join(folder, 'large.ops');
  await writeFileOf(file, operationLines(operations), LIMITS.traceBytes);
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 50 { alloc 64 }');

  await openFile(page, file);
  const progress = page.getByRole('progressbar');
  await expect(progress).toBeVisible();
  await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(4 << 20);
  // The lanes of the work before still stand, and follow the playhead.
  await heapscape.playhead.press('Home');
  await heapscape.playhead.press('ArrowRight');
  expect(await stateOf(page)).toEqual({ kind: 'working', operations: 50, position: 1 });

  // By key: a click waits until nothing moves, and a fast machine has read all of it by then.
  await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await heapscape.idle();
  const stopped = await stateOf(page);
  expect(stopped.kind).toBe('cancelled');
  expect(stopped.operations).toBe(operations);
  await expect(page.getByRole('progressbar')).toHaveCount(0);

  await openFile(page, file);
  await expect(progress).toBeVisible();
  await heapscape.idle();
  expect(await stateOf(page)).toMatchObject({ kind: 'done', operations });
  await heapscape.expectNoFaults();
});

test('one byte more than 256 MiB, and one operation more than 5,000,000, are refused with the figure and the limit; the work stays', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 50 { alloc 64 }');

  const tooLarge = join(folder, 'too-large.ops');
  await writeFileOf(tooLarge, operationLines(10), LIMITS.traceBytes + 1);
  await openFile(page, tooLarge);
  await expect(page.getByRole('alert')).toContainText('The file has 268,435,457 bytes; the limit is 268,435,456.');
  expect(await heapscape.operations()).toBe(50);

  const tooMany = join(folder, 'too-many.ops');
  const head = 'a 1 8\nf 1\n'.repeat(LIMITS.operations / 2);
  await writeFileOf(tooMany, `${head}a 1 8\n`, head.length + 8192);
  await openFile(page, tooMany);
  await expect(page.getByRole('alert')).toContainText('about 5,000,001 operations; the limit is 5,000,000', {
    timeout: 300_000,
  });
  expect(await heapscape.operations()).toBe(50);
  await heapscape.expectNoFaults();
});
