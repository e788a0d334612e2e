import { useEffect, useRef, useState } from 'react';
import { liveStrings as words } from '../../model/strings/live.ts';
import { markAt } from '../../state/playback.ts';
import type { AppState } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';

const EVERY_MS = 1000;

/**
 * Says what a screen shows by moving: a finished run, a pause, a mark reached, a grow. Polite, at most one message a
 * second: what happens in between is passed over, never queued.
 */
export function LiveRegion() {
  const { store, records } = useApp();
  const [text, setText] = useState('');
  const last = useRef(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let waiting = '';
    const say = (message: string) => {
      if (message === '') return;
      const now = performance.now();
      waiting = message;
      if (timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          last.current = performance.now();
          setText(waiting);
        },
        Math.max(0, last.current + EVERY_MS - now),
      );
    };
    const ready = ({ scenario, lanes }: AppState) => {
      if (scenario !== null) say(words.ready(scenario.operations.count, lanes.length));
    };
    // It is fetched after the first map, whose run is over by then.
    if (store.getState().status.kind === 'done') ready(store.getState());
    const stop = store.subscribe((state, before) => {
      if (state.announcement !== before.announcement) say(state.announcement);
      if (state.status.kind === 'done' && before.status.kind !== 'done') ready(state);
      if (state.position === before.position) return;
      if (before.playing && !state.playing) say(words.paused(state.position));
      const mark = state.scenario === null ? undefined : markAt(state.scenario.marks, state.position);
      if (mark !== undefined && mark.position > before.position) say(words.mark(mark.text));
      for (let i = 0; i < state.lanes.length; i++) {
        const { series } = records.lane(state.lanes[i]!.key);
        const grown = series.growAt.upTo(state.position);
        if (state.position > before.position && grown > series.growAt.upTo(before.position)) {
          say(words.grew(state.position, laneLetter(i), series.growPages.at(grown - 1)));
          break;
        }
      }
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, records]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
