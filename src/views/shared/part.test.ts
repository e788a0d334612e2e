import { expect, test } from 'vitest';
import { fetchPart, partsArrived } from './part.tsx';

test('parts on their way are waited for, whether they come or not', async () => {
  expect(await partsArrived()).toBe(false);
  let arrive: (value: string) => void = () => {};
  const comes = fetchPart(
    () =>
      new Promise<string>((resolve) => {
        arrive = resolve;
      }),
  );
  const fails = fetchPart(() => Promise.reject(new Error('gone'))).catch((error: Error) => error.message);
  let arrived: boolean | null = null;
  const waiting = partsArrived().then((any) => {
    arrived = any;
  });
  expect(await fails).toBe('gone');
  expect(arrived).toBeNull();
  arrive('here');
  expect(await comes).toBe('here');
  await waiting;
  expect(arrived).toBe(true);
  expect(await partsArrived()).toBe(false);
});
