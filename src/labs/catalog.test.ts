import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAB_IDS, LABS } from './catalog.ts';

test.each(LAB_IDS)('the code that lab %s shows is that of the repository, byte for byte', async (id) => {
  const { code } = await LABS[id].lab();
  expect(code.length).toBeGreaterThan(0);
  for (const { path, text } of code) {
    expect((await text()).default, path).toBe(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
  }
});
