import { expect, test } from 'vitest';
import { Scheduler } from './scheduler.ts';

/** A scheduler whose frames the test lets pass. */
function manual() {
  const frames: ((time: number) => void)[] = [];
  const scheduler = new Scheduler((callback) => frames.push(callback));
  return { scheduler, frames, pass: (time: number) => frames.shift()!(time) };
}

test('a painter that is asked for many times draws once, in the next frame', () => {
  const { scheduler, frames, pass } = manual();
  const drawn: number[] = [];
  const painter = (time: number) => drawn.push(time);
  scheduler.invalidate(painter);
  scheduler.invalidate(painter);
  expect(frames.length).toBe(1);
  pass(16);
  expect(drawn).toEqual([16]);
  expect(frames.length).toBe(0);
});

test('a painter that asks again while it draws gets the frame after', () => {
  const { scheduler, pass } = manual();
  const drawn: number[] = [];
  const painter = (time: number) => {
    drawn.push(time);
    if (drawn.length < 3) scheduler.invalidate(painter);
  };
  scheduler.invalidate(painter);
  pass(1);
  pass(2);
  expect(drawn).toEqual([1, 2]);
  pass(3);
  expect(drawn).toEqual([1, 2, 3]);
});

test('a forgotten painter does not draw, not even in the frame under way', () => {
  const { scheduler, pass } = manual();
  const drawn: string[] = [];
  const second = () => drawn.push('second');
  scheduler.invalidate(() => {
    drawn.push('first');
    scheduler.forget(second);
  });
  scheduler.invalidate(second);
  pass(1);
  expect(drawn).toEqual(['first']);
});

test('idle comes when a frame leaves nothing to draw', async () => {
  const { scheduler, pass } = manual();
  await scheduler.whenIdle();
  let again = true;
  const painter = () => {
    if (again) scheduler.invalidate(painter);
    again = false;
  };
  scheduler.invalidate(painter);
  let idle = false;
  const waiting = scheduler.whenIdle().then(() => {
    idle = true;
  });
  pass(1);
  await Promise.resolve();
  expect(idle).toBe(false);
  pass(2);
  await waiting;
  expect(idle).toBe(true);
});

test('one painter that throws keeps no other from drawing', async () => {
  const { scheduler, pass } = manual();
  const errors: unknown[] = [];
  const listener = (error: unknown) => errors.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', listener);
  let drawn = false;
  scheduler.invalidate(() => {
    throw new Error('no ink');
  });
  scheduler.invalidate(() => {
    drawn = true;
  });
  pass(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.removeListener('uncaughtException', listener);
  for (const other of others) process.on('uncaughtException', other);
  expect(drawn).toBe(true);
  expect(String(errors[0])).toBe('Error: no ink');
});
