import { scriptStrings } from '../../model/strings/script-panel.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { markAt, SPEEDS } from '../../state/playback.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Footer } from '../shared/footer.tsx';
import { Glyph } from '../shared/icons.tsx';
import { usePosition } from '../shared/use-position.ts';
import { Counter, PlayButton, StepButton } from './play-buttons.tsx';
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
      {line !== undefined && scriptStrings.strip.line(line)}
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
