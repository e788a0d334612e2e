import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { FIRST_MINUTE } from '../../lessons/first-minute.ts';
import { placeOf } from '../../model/lesson-places.ts';
import type { Position } from '../../model/units.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useMedia } from '../shared/use-media.ts';

/** Operations a second at which the first run is watched: about three seconds. */
const WATCH_SPEED = 200;

/**
 * The course of the first minute: all is covered until the program was run up to the question, then what comes after it
 * until the visitor has said what to expect. Gone with the first visit's page.
 */
export function useFirstMinute(): { readonly ran: boolean; readonly run: () => void } {
  const { store, playback, predictions, look } = useApp();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const ran = useFact((state) => state.guideDone.ran);
  const placed = useRef(0);
  const watchTo = useCallback(
    (position: Position) => {
      if (still) playback.seek(position);
      else {
        playback.setSpeed(WATCH_SPEED);
        playback.playTo(position);
      }
    },
    [playback, still],
  );
  useLayoutEffect(() => {
    predictions.cover(FIRST_MINUTE.predict!);
    return () => predictions.drop();
  }, [predictions]);
  useEffect(() => {
    const watch = () => {
      const { scenario, lanes, generation, prediction, position, guideDone } = store.getState();
      if (scenario === null || prediction === null || lanes.some((lane) => lane.result === null)) return;
      if (generation !== placed.current) {
        placed.current = generation;
        const from = placeOf(FIRST_MINUTE.at!, scenario);
        // Another script than the question is about: there is nothing to cover.
        if (from === null) predictions.drop();
        else {
          predictions.place(from, scenario.operations.count);
          // Never empty: the stretch before the question's own is there already, or comes before the visitor's eyes.
          if (!guideDone.ran && position === 0)
            watchTo(scenario.marks.find((mark) => mark.position < from)?.position ?? 0);
        }
        return;
      }
      if (prediction.from > 0 && position >= prediction.from) look.tick('ran');
    };
    watch();
    return store.subscribe(watch);
  }, [store, predictions, look, watchTo]);
  const run = useCallback(() => watchTo(store.getState().prediction?.from ?? 0), [store, watchTo]);
  return { ran, run };
}
