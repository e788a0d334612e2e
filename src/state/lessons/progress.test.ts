import { expect, it } from 'vitest';
import { readProgress, withStep, writeProgress } from './progress.ts';

it('is stored and read again', () => {
  const progress = { holes: 3, 'own-project': 12 };
  expect(readProgress(writeProgress(progress))).toEqual(progress);
});

it('passes over whatever storage holds besides', () => {
  expect(readProgress(null)).toEqual({});
  expect(readProgress('{"holes":3},holes:3,x:0,__proto__:2,:4,a:1e9,b:9999')).toEqual({ holes: 3 });
  expect(Object.keys(readProgress('a:1,'.repeat(100_000))).length).toBeLessThanOrEqual(1);
});

it('only ever goes on', () => {
  const progress = withStep({}, 'holes', 2);
  expect(withStep(progress, 'holes', 1)).toBe(progress);
  expect(withStep(progress, 'holes', 3)).toEqual({ holes: 3 });
});
