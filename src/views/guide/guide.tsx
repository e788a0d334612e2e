import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { parseLaneName } from '../../model/lanes.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { mapViewport, type Viewport } from '../../paint/viewport.ts';
import { type Lane, operationCount } from '../../state/store.ts';
import { useFinalPages } from '../heatmap/final-pages.ts';
import { LaneMap } from '../heatmap/lane-map.tsx';
import { Legend } from '../heatmap/legend.tsx';
import { laneFacts } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-header.tsx';
import { ScriptText } from '../script/script-panel.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useSize } from '../shared/use-canvas.ts';
import { useFrame } from '../shared/use-frame.ts';
import { useMedia } from '../shared/use-media.ts';
import { StatusBar } from '../status/status-bar.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { Counter, PlayButton } from '../timeline/transport.tsx';
import { PhoneBar, TopBar } from '../top-bar/top-bar.tsx';
import { MapNote } from './map-note.tsx';
import './guide.css';

/** Room for the maps of the first visit: up to so many rows of 32 pages. */
const MAP_ROOM = 130;

/**
 * The first visit: three allocators stacked on a demo that is already playing, three things to do, notes in the margin that
 * point at real tiles. Ticked as the visitor really does them; left by going on, shown once.
 */
export function Guide() {
  const { look, playback } = useApp();
  const lanes = useFact((state) => state.lanes);
  const ready = useFact((state) => state.reached > 0);
  const narrow = useMedia('(width < 700px)');
  useAutoplay();
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
            <ScriptText />
          </div>
          <Next />
        </section>
        <main className="guide-main" id="maps" tabIndex={-1}>
          <Lanes lanes={lanes} />
          <h2 className="guide-chart-title">{words.timeline.guideTitle}</h2>
          <section className="guide-timeline" aria-label={words.timeline.label}>
            <Timeline kind="guide" />
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
          <Legend scale={null} dead />
        </main>
      </div>
    </div>
  );
}

/** Plays the demo once it has been recorded; where motion is unwelcome the visitor presses Play. */
function useAutoplay(): void {
  const { store, playback, look } = useApp();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const begun = useRef(false);
  useEffect(() => {
    const watch = () => {
      const { lanes, playing, position, scenario } = store.getState();
      if (scenario === null) return;
      if (!begun.current && lanes.length > 0 && lanes.every((lane) => lane.result !== null)) {
        begun.current = true;
        if (!still) playback.play();
      }
      // Watched: it played on its own past the first mark.
      if (playing && position > (scenario.marks[0]?.position ?? scenario.operations.count / 2)) look.tick('watched');
    };
    watch();
    return store.subscribe(watch);
  }, [store, playback, look, still]);
}

function Steps() {
  const done = useFact((state) => state.guideDone);
  const count = useFact(operationCount);
  const playing = useFact((state) => state.playing);
  const text = useFact((state) => (state.document.kind === 'script' ? state.document.text : ''));
  const lines = text.trimEnd().split('\n').length;
  const current = !done.watched ? 1 : !done.dragged ? 2 : !done.changed ? 3 : 0;
  return (
    <ol className="guide-steps">
      <Step number={1} done={done.watched} current={current === 1} title={words.guide.watch}>
        {playing || done.watched ? words.guide.watchNote(lines, count) : words.guide.watchPaused(lines, count)}
      </Step>
      <Step number={2} done={done.dragged} current={current === 2} title={words.guide.drag}>
        {words.guide.dragNote}
      </Step>
      <Step number={3} done={done.changed} current={current === 3} title={words.guide.change}>
        <Outcome changed={done.changed} />
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
      <p>{children}</p>
    </li>
  );
}

/** What the change came to, from the run itself. */
function Outcome({ changed }: { changed: boolean }) {
  const { records } = useApp();
  const lanes = useFact((state) => state.lanes);
  const scenario = useFact((state) => state.scenario);
  const idle = useFact((state) => state.status.kind === 'done');
  const mark = scenario?.marks[scenario.marks.length - 1];
  if (!changed || !idle || mark === undefined) return words.guide.changeNote;
  const level = lanes
    .map((lane, index) => {
      const { series } = records.lane(lane.key);
      return series.finalPages === series.pagesAt(mark.position) ? laneLetter(index) : '';
    })
    .filter((letter) => letter !== '');
  return level.length === 0
    ? words.guide.allGrew(mark.text)
    : words.guide.grewNone(level.join(', '), level.length, mark.text);
}

/** Ways on from here. */
function Next() {
  const { look, runs } = useApp();
  return (
    <section className="guide-next" aria-label={words.guide.next}>
      <h3>{words.guide.next}</h3>
      <dl>
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
  const pages = useFinalPages(records, lanes, generation);
  const viewport = useMemo<Viewport | null>(() => {
    if (size === null || size.width < 40) return null;
    const space = { width: size.width, ratio: size.ratio, stacked: true, pages };
    const roomy = mapViewport({ ...space, height: MAP_ROOM });
    const rows = Math.max(2, Math.min(roomy.rows, Math.ceil(pages / roomy.columns)));
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
  const { store, records } = useApp();
  const number = useRef<HTMLElement>(null);
  useFrame(() => {
    const state = store.getState();
    const known = laneFacts(records, state, lane);
    if (known === null || number.current === null) return;
    const text = String(known.facts.pages);
    if (number.current.textContent !== text) number.current.textContent = text;
  });
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
          <strong ref={number} /> {words.timeline.pages}
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
