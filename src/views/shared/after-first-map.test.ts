import { beforeEach, expect, test, vi } from 'vitest';
import { type AppState, createAppStore, type Lane } from '../../state/store.ts';

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** The module anew, and whether its wait is over. */
async function begin() {
  const wait = await import('./after-first-map.ts');
  let over = false;
  void wait.afterFirstMap.then(() => {
    over = true;
  });
  const store = createAppStore({ lanes: [{ key: 'lane-0', unopened: null }] } as unknown as Parameters<
    typeof createAppStore
  >[0]);
  wait.watchForFirstMap(store);
  const isOver = async () => {
    await vi.advanceTimersByTimeAsync(0);
    return over;
  };
  return { wait, store, isOver };
}

test('the rest of the page waits for the first map', async () => {
  const { wait, store, isOver } = await begin();
  store.setState({ status: { kind: 'working', phase: 'recording', lane: 0, done: 1, total: 2 } });
  await vi.advanceTimersByTimeAsync(3000);
  expect(await isOver()).toBe(false);
  wait.mapDrawn();
  await vi.advanceTimersByTimeAsync(100);
  expect(await isOver()).toBe(true);
});

test('a script with errors, a lost worker and another section end the wait', async () => {
  for (const change of [
    { status: { kind: 'rejected' } },
    { status: { kind: 'lost', message: '' } },
    { section: 'labs' },
    { lanes: [] },
    { lanes: [{ key: 'lane-0', unopened: 'no memory' }] as unknown as Lane[] },
  ] as const) {
    vi.resetModules();
    const { store, isOver } = await begin();
    expect(await isOver()).toBe(false);
    store.setState(change);
    expect(await isOver()).toBe(true);
  }
});

test('a recording that is complete with no map in sight ends the wait a second later', async () => {
  const { store, isOver } = await begin();
  store.setState({ scenario: { operations: { count: 3 } } as unknown as AppState['scenario'], reached: 2 });
  await vi.advanceTimersByTimeAsync(3000);
  expect(await isOver()).toBe(false);
  store.setState({ reached: 3 });
  await vi.advanceTimersByTimeAsync(500);
  expect(await isOver()).toBe(false);
  await vi.advanceTimersByTimeAsync(600);
  expect(await isOver()).toBe(true);
});
