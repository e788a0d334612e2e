import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Rest } from './rest.ts';

describe('Rest', () => {
  let calls: number[];
  let rest: Rest;
  beforeEach(() => {
    vi.useFakeTimers();
    calls = [];
    const start = performance.now();
    rest = new Rest(40, () => calls.push(performance.now() - start));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('calls back once, the wait after the last touch', () => {
    for (let i = 0; i < 10; i++) {
      rest.touch();
      vi.advanceTimersByTime(16);
    }
    expect(rest.pending).toBe(true);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(calls).toEqual([9 * 16 + 40]);
    expect(rest.pending).toBe(false);
  });

  test('waits once more where its timer came late, as it does between the frames of a slow page', () => {
    const clock = performance.now.bind(performance);
    let busy = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock() + busy);
    const slowFrame = () => {
      rest.touch();
      // The thread has no time for its timers: the clock alone goes on.
      busy += 100;
      vi.advanceTimersByTime(40);
    };
    for (let i = 0; i < 5; i++) slowFrame();
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(calls).toHaveLength(1);
  });

  test('waits once more only once: a page that is always late is answered all the same', () => {
    rest.touch();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 500);
    vi.advanceTimersByTime(40);
    expect(calls).toHaveLength(0);
    vi.advanceTimersByTime(40);
    clock.mockRestore();
    expect(calls).toHaveLength(1);
  });

  test('is not called after it was cancelled', () => {
    rest.touch();
    rest.cancel();
    vi.advanceTimersByTime(1000);
    expect(calls).toEqual([]);
    expect(rest.pending).toBe(false);
  });
});
