import { useCallback, useEffect, useRef } from 'react';
import { onCanvasLoss } from '../../paint/canvas-loss.ts';
import { type Painter, scheduler } from '../../paint/scheduler.ts';
import { useApp } from './app-context.tsx';

/**
 * Runs `paint` in the next frame whenever the store changes, and once at the start: how pixels and texts that change every
 * frame follow the store without React. Returns a function that asks for a frame. `paint` always sees the latest props.
 */
export function useFrame(paint: Painter): () => void {
  const { store } = useApp();
  const latest = useRef(paint);
  latest.current = paint;
  const painter = useRef<Painter | null>(null);
  painter.current ??= (time) => latest.current(time);
  const request = useCallback(() => scheduler.invalidate(painter.current!), []);
  useEffect(() => {
    request();
    const stop = store.subscribe(request);
    const stopLoss = onCanvasLoss(request);
    return () => {
      stop();
      stopLoss();
      scheduler.forget(painter.current!);
    };
  }, [store, request]);
  // A render of the component brings new props, and so may bring a new picture.
  useEffect(request);
  return request;
}
