import { useEffect, useState } from 'react';
import type { Position } from '../../model/units.ts';
import { useApp } from './app-context.tsx';

const EVERY_MS = 100;

/** The playhead's position for texts that React renders: at most ten times a second, and always where it came to rest. */
export function usePosition(): Position {
  const { store } = useApp();
  const [position, setPosition] = useState(() => store.getState().position);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const publish = () => {
      timer = null;
      setPosition(store.getState().position);
    };
    publish();
    const stop = store.subscribe((state, before) => {
      if (state.position !== before.position && timer === null) timer = setTimeout(publish, EVERY_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store]);
  return position;
}
