import { type ReactNode, Suspense, useMemo } from 'react';
import { FIRST_MINUTE } from '../../lessons/first-minute.ts';
import { parseLaneName } from '../../model/lanes.ts';
import { firstMinuteStrings as strings } from '../../model/strings/first-minute.ts';
import { word, viewsStrings as words } from '../../model/strings/views.ts';
import { mapViewport, type Viewport } from '../../paint/viewport.ts';
import { wantLesson } from '../../state/lessons/want.ts';
import { type Lane, operationCount } from '../../state/store.ts';
import { useExtent } from '../heatmap/final-pages.ts';
import { LaneMap } from '../heatmap/lane-map.tsx';
import { Legend } from '../heatmap/legend.tsx';
import { laneTitle } from '../lanes/lane-names.ts';
import { LanePages } from '../lanes/lane-pages.tsx';
import { LaterScriptText } from '../script/later-script-panel.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { laterPart } from '../shared/part.tsx';
import { useSize } from '../shared/use-canvas.ts';
import { usePhoneWidth } from '../shared/use-media.ts';
import { StatusBar } from '../status/status-bar.tsx';
import { LaterTimeline } from '../timeline/later-timeline.tsx';
import { Counter, PlayButton } from '../timeline/play-buttons.tsx';
import { PhoneBar, TopBar } from '../top-bar/top-bar.tsx';
import { MapNote } from './map-note.tsx';
import { useFirstMinute } from './use-first-minute.ts';
import './guide.css';
import '../lanes/lane-badge.css';

const Change = laterPart(() => import('./change.tsx').then((m) => m.Change));
const Predict = laterPart(() => import('../lessons/predict.tsx').then((m) => m.Predict));
const Line = laterPart(() => import('../lessons/prose.tsx').then((m) => m.Line));

/** Room for the maps of the first visit: up to so many rows of 32 pages. */
const MAP_ROOM = 130;
/** Rows of a map before its run is known, so that nothing below moves while a short program records. */
const LEAST_ROWS = 4;

/**
 * The first visit: three allocators stacked over one program, three things to do (run it, say what comes next, change a
 * number), notes in the margin that point at real tiles. Ticked as the visitor really does them; left by going on, shown once.
 */
export function Guide() {
  const { look, playback } = useApp();
  const lanes = useFact((state) => state.lanes);
  const ready = useFact((state) => state.reached > 0);
  const narrow = usePhoneWidth();
  return (
    <div className="guide">
      {narrow ? <PhoneBar /> : <TopBar drawer={false} />}
      <StatusBar />
      <div className="guide-body">
        <section className="guide-side" aria-label={words.guide.title}>
          <h2 className="guide-title">{words.guide.title}</h2>
          <p className="guide-lead">{words.guide.real}</p>
          <Steps />
          <div className="guide-script" id="script">
            <LaterScriptText />
          </div>
          <Next />
        </section>
        <main className="guide-main" id="maps" tabIndex={-1}>
          <Lanes lanes={lanes} />
          <h2 className="guide-chart-title">{words.timeline.guideTitle}</h2>
          <section className="guide-timeline" aria-label={words.timeline.label}>
            <LaterTimeline kind="guide" />
          </section>
          <div className="guide-transport">
            <PlayButton />
            <button type="button" className="button" disabled={!ready} onClick={() => playback.step(-1)}>
              <span aria-hidden="true">◂</span> {words.transport.step}
              <span className="visually-hidden">{words.transport.back}</span>
            </button>
            <button type="button" className="button" disabled={!ready} onClick={() => playback.step(1)}>
              {words.transport.step} <span aria-hidden="true">▸</span>
              <span className="visually-hidden">{words.transport.forward}</span>
            </button>
            <Counter />
            <button type="button" className="button guide-hide" data-kind="plain" onClick={() => look.leaveGuide()}>
              {words.guide.hide}
            </button>
          </div>
          <Legend viewport={null} dead />
        </main>
      </div>
    </div>
  );
}

function Steps() {
  const done = useFact((state) => state.guideDone);
  const count = useFact(operationCount);
  const prediction = useFact((state) => state.prediction);
  const ready = useFact((state) => state.reached > 0);
  const text = useFact((state) => (state.document.kind === 'script' ? state.document.text : ''));
  const { ran, run } = useFirstMinute();
  const lines = word(text.trimEnd().split('\n').length);
  const shown = prediction === null || prediction.locked;
  const current = !ran ? 1 : !shown ? 2 : !done.changed ? 3 : 0;
  return (
    <ol className="guide-steps">
      <Step number={1} done={ran} current={current === 1} title={strings.run}>
        <p>{ran ? strings.ran(FIRST_MINUTE.at!.replace('mark:', '')) : strings.runNote(lines, count)}</p>
        {!ran && (
          <button type="button" className="button guide-run" data-kind="primary" disabled={!ready} onClick={run}>
            {strings.runIt}
          </button>
        )}
      </Step>
      <Step number={2} done={ran && shown} current={current === 2} title={strings.predict}>
        {!ran || prediction === null ? <p>{strings.predictNote}</p> : <Predict prediction={prediction} plain />}
        {ran && shown && FIRST_MINUTE.after?.map((line) => <Line key={line} text={line} />)}
      </Step>
      <Step number={3} done={done.changed} current={current === 3} title={strings.change}>
        {ran && shown ? <Change changed={done.changed} /> : <p>{strings.changeNote}</p>}
      </Step>
    </ol>
  );
}

interface StepProps {
  readonly number: number;
  readonly done: boolean;
  readonly current: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, done, current, title, children }: StepProps) {
  return (
    <li className="guide-step" data-done={done || undefined} data-current={current || undefined}>
      <span className="guide-number" aria-hidden="true">
        {done ? '' : number}
      </span>
      <h3>
        {title}
        {done && <span className="visually-hidden"> ({words.guide.done})</span>}
      </h3>
      <div className="guide-doing">
        <Suspense fallback={null}>{children}</Suspense>
      </div>
    </li>
  );
}

/** Ways on from here. */
function Next() {
  const { look, runs, store } = useApp();
  return (
    <section className="guide-next" aria-label={words.guide.next}>
      <h3>{words.guide.next}</h3>
      <dl>
        <dt>
          <button
            type="button"
            className="button"
            data-kind="link"
            onClick={() => {
              look.leaveGuide();
              wantLesson(store, { lesson: 'pages', step: 1 });
            }}
          >
            {strings.lesson}
          </button>
        </dt>
        <dd>{strings.lessonNote}</dd>
        <dt>
          <button type="button" className="button" data-kind="link" onClick={() => look.leaveGuide()}>
            {words.guide.all}
          </button>
        </dt>
        <dd>{words.guide.allNote}</dd>
        <dt>
          <button type="button" className="button" data-kind="link" onClick={() => look.open('recordings')}>
            {words.guide.trace}
          </button>
        </dt>
        <dd>{words.guide.traceNote}</dd>
        <dt>
          <button
            type="button"
            className="button"
            data-kind="link"
            onClick={() => {
              look.leaveGuide();
              runs.open({ kind: 'script', name: words.bar.own, text: '', origin: { kind: 'own' } });
            }}
          >
            {words.guide.empty}
          </button>
        </dt>
        <dd>{words.guide.emptyNote}</dd>
      </dl>
    </section>
  );
}

/** Maps of 32 pages a row on top of each other; as many rows as the run needs. */
function Lanes({ lanes }: { lanes: readonly Lane[] }) {
  const { records } = useApp();
  const generation = useFact((state) => state.generation);
  const { ref: slot, size } = useSize();
  const { longest: pages } = useExtent(records, lanes, generation);
  const viewport = useMemo<Viewport | null>(() => {
    if (size === null || size.width < 40) return null;
    const space = { width: size.width, ratio: size.ratio, stacked: true, pages };
    const roomy = mapViewport({ ...space, height: MAP_ROOM });
    const rows = Math.max(LEAST_ROWS, Math.min(roomy.rows, Math.ceil(pages / roomy.columns)));
    // The same cells, and no more rows than the run needs.
    return { ...roomy, rows, height: 2 * roomy.origin + rows * roomy.pitch + roomy.gap };
  }, [size, pages]);
  return (
    <div className="guide-lanes">
      <div ref={slot} className="guide-measure" />
      {lanes.map((lane, index) => (
        <GuideLane key={lane.key} lane={lane} letter={laneLetter(index)} viewport={viewport} />
      ))}
    </div>
  );
}

/** Rows with a label: all where there is room, else every other one, and so on. */
function axisRows({ rows, pitch, ratio }: Viewport): number[] {
  let every = 1;
  while ((every * pitch) / ratio < 14) every *= 2;
  return Array.from({ length: Math.ceil(rows / every) }, (_, i) => i * every);
}

function GuideLane({ lane, letter, viewport }: { lane: Lane; letter: string; viewport: Viewport | null }) {
  const id = parseLaneName(lane.config.name)?.id;
  return (
    <section
      className="guide-lane"
      data-lane={letter}
      style={viewport === null ? undefined : { maxInlineSize: viewport.width / viewport.ratio }}
      aria-label={words.lane.region(letter, laneTitle(lane))}
    >
      <header>
        <span className="lane-badge" aria-hidden="true">
          {letter}
        </span>
        <h2>{laneTitle(lane)}</h2>
        {id !== undefined && <p>{words.lane.guidePolicies[id]}</p>}
        <p className="guide-pages">
          <LanePages lane={lane} />
        </p>
      </header>
      <div className="guide-map">
        {viewport !== null && (
          <>
            <div className="guide-axis" aria-hidden="true">
              {axisRows(viewport).map((row) => (
                <span
                  key={row}
                  style={{ insetBlockStart: (viewport.origin + (row + 0.5) * viewport.pitch) / viewport.ratio }}
                >
                  {row === 0 ? '0' : words.map.page(row * viewport.columns)}
                </span>
              ))}
            </div>
            <LaneMap lane={lane} letter={letter} viewport={viewport} slot={1} />
            <MapNote lane={lane} letter={letter} viewport={viewport} />
          </>
        )}
      </div>
    </section>
  );
}
