import { useRef } from 'react';
import { grouped } from '../../model/strings/numbers.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { operationCount } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Glyph } from '../shared/icons.tsx';
import { useFrame } from '../shared/use-frame.ts';
import './transport.css';

/** One operation on or back. */
export function StepButton({ by }: { by: 1 | -1 }) {
  const { playback } = useApp();
  const ready = useFact((state) => state.reached > 0);
  return (
    <button
      type="button"
      className="button"
      aria-label={by < 0 ? words.transport.back : words.transport.forward}
      disabled={!ready}
      onClick={() => playback.step(by)}
    >
      <Glyph name={by < 0 ? 'back' : 'forward'} />
    </button>
  );
}

export function PlayButton() {
  const { playback } = useApp();
  const playing = useFact((state) => state.playing);
  const ready = useFact((state) => state.reached > 0);
  return (
    <button
      type="button"
      className="button transport-play"
      data-kind="primary"
      disabled={!ready}
      onClick={() => playback.toggle()}
    >
      <Glyph name={playing ? 'pause' : 'play'} />
      {playing ? words.transport.pause : words.transport.play}
    </button>
  );
}

/** The number shown is always the operation drawn: written in the frame that draws it. */
export function Counter() {
  const { store } = useApp();
  const count = useFact(operationCount);
  const number = useRef<HTMLElement>(null);
  const shown = useRef(-1);
  useFrame(() => {
    const { position } = store.getState();
    if (number.current === null || shown.current === position) return;
    shown.current = position;
    number.current.textContent = grouped(position);
    number.current.dataset.value = String(position);
  });
  return (
    <p className="transport-counter">
      <strong ref={number} data-testid="position" /> {words.transport.of(count)}
    </p>
  );
}
