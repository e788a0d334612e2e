import { expect, test, vi } from 'vitest';
import { canvasGeneration, onCanvasLoss, watchCanvases } from './canvas-loss.ts';

test('a canvas that was lost, a page that comes into sight and a typeface that arrives begin another generation', () => {
  const fonts = new EventTarget();
  const events = Object.assign(new EventTarget(), { fonts }) as unknown as Document & { visibilityState: string };
  events.visibilityState = 'hidden';
  watchCanvases(events);
  const again = vi.fn();
  const stop = onCanvasLoss(again);
  const first = canvasGeneration();
  events.dispatchEvent(new Event('visibilitychange'));
  expect(canvasGeneration()).toBe(first);
  events.visibilityState = 'visible';
  events.dispatchEvent(new Event('visibilitychange'));
  events.dispatchEvent(new Event('contextrestored'));
  expect(canvasGeneration()).toBe(first + 2);
  expect(again).toHaveBeenCalledTimes(2);
  fonts.dispatchEvent(new Event('loadingdone'));
  expect(canvasGeneration()).toBe(first + 3);
  expect(again).toHaveBeenCalledTimes(3);
  stop();
  events.dispatchEvent(new Event('contextrestored'));
  expect(again).toHaveBeenCalledTimes(3);
});
