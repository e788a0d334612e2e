import { expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { allocations, answerRun, FakeEngine, fakePorts } from '../testing.ts';
import { beginKeeping } from './begin.ts';
import { FakeBrowser } from './testing.ts';

/** A browser in which `alloc 1` was written before, and whose disk takes its time to open. */
async function slowBrowser() {
  const browser = new FakeBrowser();
  const before = browser.tab();
  before.app.runs.open({ kind: 'script', name: 'Mine', text: 'alloc 1', origin: { kind: 'own' } });
  await before.keeper.flush();
  before.close();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const disk = {
    open: (...asked: Parameters<IDBFactory['open']>) => {
      const request = {} as IDBOpenDBRequest;
      void released.then(() => {
        const real = browser.disk.open(...asked);
        real.onsuccess = (event) => {
          Object.assign(request, { result: real.result });
          request.onsuccess?.(event);
        };
      });
      return request;
    },
  } as unknown as IDBFactory;
  return { disk, release };
}

async function begun(disk: IDBFactory) {
  const engine = new FakeEngine();
  const app = createApp(fakePorts(engine));
  app.store.setState({ guide: false });
  const memory = new Map<string, string>();
  const tab = {
    get: (key: string) => memory.get(key) ?? null,
    set: (key: string, value: string) => void memory.set(key, value),
  };
  const found = await beginKeeping(app, { database: disk, locks: null, tab, hash: '', openLink: async () => 'none' });
  return { app, engine, found };
}

test('a disk that answers late brings the work back all the same', async () => {
  const { disk, release } = await slowBrowser();
  const { app, engine, found } = await begun(disk);
  expect(found).toBe(false);
  release();
  await expect
    .poll(() => {
      answerRun(engine, allocations(3));
      return app.store.getState().document;
    })
    .toMatchObject({ text: 'alloc 1' });
});

test.each([
  ['is begun', { kind: 'own' }],
  ['is chosen from the gallery', { kind: 'gallery', id: 'sawtooth' }],
] as const)('a disk that answers late takes nothing away from what %s meanwhile', async (_, origin) => {
  const { disk, release } = await slowBrowser();
  const { app } = await begun(disk);
  app.runs.open({ kind: 'script', name: 'New', text: 'alloc 2', origin });
  release();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(app.store.getState().document).toMatchObject({ text: 'alloc 2' });
});
