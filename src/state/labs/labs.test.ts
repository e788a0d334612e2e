import { expect, test } from 'vitest';
import { createLabs } from './labs.ts';

test('what a link says holds, whether the lab is opened without it before or after', async () => {
  for (const order of [
    ['link', 'plain'],
    ['plain', 'link'],
  ]) {
    const labs = createLabs(() => {
      throw new Error('not asked for');
    });
    await Promise.all(order.map((kind) => labs.open('growth', kind === 'link' ? { to: '512' } : {})));
    const { pages, shown } = labs.store.getState();
    expect(pages[shown]?.values.to, order.join(', ')).toBe('512');
  }
});
