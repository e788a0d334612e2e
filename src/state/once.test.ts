import { expect, test } from 'vitest';
import { once } from './once.ts';

test('what came once is not loaded again, what failed is', async () => {
  let calls = 0;
  const load = once(async () => {
    calls++;
    if (calls === 1) throw new Error('offline');
    return calls;
  });
  await expect(load()).rejects.toThrow('offline');
  expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  expect(await load()).toBe(2);
  expect(calls).toBe(2);
});
