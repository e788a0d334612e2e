import { expect, test } from '@playwright/test';
import { GOLDEN_VECTORS, goldenScript, goldenValues } from '../src/script/golden-vectors.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

test('every kind of draw has its golden values in the browser too', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  const drawn: [string, number[]][] = [];
  for (const vector of GOLDEN_VECTORS) {
    for (const row of vector.rows) {
      const columns = await page.evaluate(
        async (text) => {
          const { app, whenIdle } = window.heapscape!;
          app.runs.open({ kind: 'script', name: 'draws', text, origin: { kind: 'own' } });
          await whenIdle();
          const { count, kind, size, id } = app.records.operations!;
          return { count, kind: [...kind], size: [...size], id: [...id] };
        },
        goldenScript(vector, row),
      );
      const operations = columns as unknown as Parameters<typeof goldenValues>[1]['operations'];
      drawn.push([`${vector.draw}, seed ${row.seed}`, goldenValues(vector, { operations })]);
    }
  }
  const golden = GOLDEN_VECTORS.flatMap(({ draw, rows }) =>
    rows.map(({ seed, values }) => [`${draw}, seed ${seed}`, [...values]]),
  );
  expect(drawn).toEqual(golden);
  await heapscape.expectNoFaults();
});
