import { useRef } from 'react';
import { grouped } from '../../model/strings/editor.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { markAt, SPEEDS } from '../../state/playback.ts';
import { operationCount } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Footer } from '../shared/footer.tsx';
import { Glyph } from '../shared/icons.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { usePosition } from '../shared/use-position.ts';
import './transport.css';

/** Play and step; the number of the operation drawn; the keys that do the same. */
export function Transport() {
  const { playback } = useApp();
  const ready = useFact((state) => state.reached > 0);
  return (
    <section className="transport" aria-label={words.transport.label}>
      <div className="transport-buttons">
        <button
          type="button"
          className="button"
          aria-label={words.transport.start}
          disabled={!ready}
          onClick={() => playback.seek(0)}
        >
          <Glyph name="start" />
        </button>
        <StepButton by={-1} />
        <PlayButton />
        <StepButton by={1} />
        <Speed />
      </div>
      <Counter />
      <Place />
      <Hints />
      <Footer />
    </section>
  );
}

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

function Speed() {
  const { playback } = useApp();
  const speed = useFact((state) => state.speed);
  return (
    <select
      className="button transport-speed"
      aria-label={words.transport.speed}
      value={speed}
      onChange={(event) => playback.setSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value}>
          {words.transport.perSecond(value)}
        </option>
      ))}
    </select>
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

/** The phase and the line that the playhead stands in. */
function Place() {
  const scenario = useFact((state) => state.scenario);
  const position = usePosition();
  const mark = scenario === null ? undefined : markAt(scenario.marks, position);
  const line = position > 0 ? scenario?.operations.line[position - 1] : undefined;
  return (
    <p className="transport-place">
      {mark !== undefined && (
        <>
          {words.transport.in}
          <b>{mark.text}</b>
          {line === undefined ? '' : ', '}
        </>
      )}
      {line !== undefined && words.strip.line(line)}
    </p>
  );
}

function Hints() {
  const { look } = useApp();
  const { keys } = words.transport;
  return (
    <p className="transport-hints">
      <span>
        <kbd>←</kbd> <kbd>→</kbd> {keys.one}
      </span>
      <span>
        <kbd>⇧</kbd> {keys.hundred}
      </span>
      <span>
        <kbd>[</kbd> <kbd>]</kbd> {keys.mark}
      </span>
      <br />
      <span>
        <kbd>G</kbd> {keys.grow}
      </span>
      <span>
        <kbd>F</kbd> {keys.finding}
      </span>
      <button type="button" className="transport-keys" onClick={() => look.open('keys')}>
        <kbd>?</kbd> {keys.all}
      </button>
    </p>
  );
}
