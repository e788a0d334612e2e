import { type ReactNode, Suspense } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { type AppState, operationCount } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { part } from '../shared/part.tsx';
import { useTake } from '../shared/use-take.ts';
import './status-bar.css';

const Notices = part(() => import('../notices/notices.tsx').then((m) => m.Notices));
const WrongFile = part(() => import('../recordings/wrong-file.tsx').then((m) => m.WrongFile));

/**
 * One line on how the run stands, where it is not simply done: progress with a way to stop, what was stopped, what could not
 * be opened, a lane that trapped, a worker that is gone. Fact, cause, action. `laneHeads`: that a lane trapped stands in its
 * header, so here it is said only to those who do not see that.
 */
export function StatusBar({ laneHeads = false }: { laneHeads?: boolean }) {
  const { runs, look, store } = useApp();
  const take = useTake();
  const status = useFact((state) => state.status);
  const count = useFact(operationCount);
  const lanes = useFact((state) => state.lanes);
  const stop = useFact((state) => state.scenario?.stopped ?? null);
  const untold = useFact(untoldStops);
  const noticed = useFact((state) => state.notices.length > 0);
  const lines: ReactNode[] = [];
  switch (status.kind) {
    case 'working':
      lines.push(
        <p key="run" className="status-line status-working">
          <progress
            aria-labelledby="run-progress"
            max={status.total > 0 ? status.total : undefined}
            value={status.total > 0 ? status.done : undefined}
          />
          <span id="run-progress">{progressText(status)}</span>
          <button type="button" className="button" onClick={() => runs.stop()}>
            {words.status.stop}
          </button>
        </p>,
      );
      break;
    case 'cancelled':
      lines.push(
        <p key="run" className="status-line">
          {words.status.cancelled(count)}
        </p>,
      );
      break;
    case 'empty':
      lines.push(
        <p key="run" className="status-line">
          {words.status.empty}
        </p>,
      );
      break;
    case 'refused':
      lines.push(
        <Suspense key="run" fallback={null}>
          <WrongFile
            name={status.name}
            message={status.message}
            onTake={take}
            onHelp={() => look.open('recordings')}
            onDismiss={() => store.setState({ status: { kind: 'done' } })}
          />
        </Suspense>,
      );
      break;
    case 'lost':
      lines.push(
        <p key="run" className="status-line" role="alert">
          <b>{words.status.lost}</b> {status.message}
          <button type="button" className="button" data-kind="primary" onClick={() => runs.restart()}>
            {words.status.restart}
          </button>
        </p>,
      );
      break;
    case 'idle':
      lines.push(
        <p key="run" className="status-line status-working">
          {words.status.loading}
        </p>,
      );
      break;
    case 'done':
    case 'rejected':
      break;
  }
  if (stop !== null && status.kind !== 'working') {
    lines.push(
      <p key="stop" className="status-line">
        {stop.message}
      </p>,
    );
  }
  lanes.forEach((lane, index) => {
    const stopped = lane.result?.stopped;
    if (!stopped) return;
    lines.push(
      (untold & (1 << index)) !== 0 ? (
        // Its place is there from the start, so that nothing moves when the needle comes to it.
        <p key={`${lane.key} untold`} className="status-line" data-untold="" aria-hidden="true">
          {words.status.laneStopped(laneLetter(index), stopped.message)}
        </p>
      ) : (
        <p key={lane.key} className={laneHeads ? 'visually-hidden' : 'status-line'} data-broken="" role="alert">
          {words.status.laneStopped(laneLetter(index), stopped.message)}
        </p>
      ),
    );
  });
  return (
    <div className="status-bar">
      {noticed && (
        <Suspense fallback={null}>
          <Notices />
        </Suspense>
      )}
      {lines}
    </div>
  );
}

/** A bit for each lane whose stop is still to come where something is asked or told step by step: it is not said before. */
function untoldStops({ course, prediction, lanes, position }: AppState): number {
  let untold = 0;
  if (course === null && prediction === null) return untold;
  lanes.forEach(({ result }, index) => {
    if (result?.stopped && position < result.stopped.operation) untold |= 1 << index;
  });
  return untold;
}

function progressText(status: Extract<AppState['status'], { kind: 'working' }>): string {
  switch (status.phase) {
    case 'reading':
      return words.status.reading(status.done, status.total);
    case 'evaluating':
      return words.status.evaluating(status.done);
    case 'recording':
      return words.status.recording(status.done, status.total);
    case 'counting':
      return words.status.counting(status.done, status.total);
  }
}
