import { useMemo, useSyncExternalStore } from 'react';
import type { Position } from '../../model/units.ts';
import type { AppStore } from '../../state/store.ts';
import { useApp } from './app-context.tsx';

const EVERY_MS = 100;

/** The playhead's position for texts that React renders: at most ten times a second, and always where it came to rest. */
export function usePosition(): Position {
  const { store } = useApp();
  const pace = useMemo(() => paceOf(store), [store]);
  return useSyncExternalStore(pace.subscribe, pace.position);
}

interface Pace {
  readonly subscribe: (listener: () => void) => () => void;
  readonly position: () => Position;
}

const paces = new WeakMap<AppStore, Pace>();

/** One pace for all views of a store, so that they render together, in one frame of six, and not one after the other. */
function paceOf(store: AppStore): Pace {
  const known = paces.get(store);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  let published = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stop = () => {};
  const now = () => store.getState().position;
  const publish = () => {
    timer = null;
    published = now();
    for (const listener of listeners) listener();
  };
  const pace: Pace = {
    position: () => (listeners.size === 0 ? now() : published),
    subscribe(listener) {
      if (listeners.size === 0) {
        published = now();
        stop = store.subscribe((state) => {
          if (state.position !== published) timer ??= setTimeout(publish, EVERY_MS);
        });
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop();
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
    },
  };
  paces.set(store, pace);
  return pace;
}
