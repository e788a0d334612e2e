import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { DATABASE_NAME, nothingKept } from './nothing-kept.ts';

const open = (factory: IDBFactory, name: string) =>
  new Promise((resolve) => {
    factory.open(name, 1).onsuccess = resolve;
  });

test('nothing is kept where the browser has no database of the page’s', async () => {
  const factory = new IDBFactory();
  expect(await nothingKept(factory)).toBe(true);
  await open(factory, 'another');
  expect(await nothingKept(factory)).toBe(true);
  await open(factory, DATABASE_NAME);
  expect(await nothingKept(factory)).toBe(false);
});

test('a browser that has no storage, lists nothing, refuses or hangs may have kept something', async () => {
  expect(await nothingKept(null)).toBe(false);
  expect(await nothingKept({} as IDBFactory)).toBe(false);
  const refuses = { databases: () => Promise.reject(new DOMException('', 'SecurityError')) };
  expect(await nothingKept(refuses as unknown as IDBFactory)).toBe(false);
  const hangs = { databases: () => new Promise(() => {}) };
  expect(await nothingKept(hangs as unknown as IDBFactory)).toBe(false);
});
