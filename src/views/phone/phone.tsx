import { Suspense, useRef } from 'react';
import { metricStrings } from '../../model/strings/metrics.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Lane } from '../../state/store.ts';
import { Maps } from '../heatmap/maps.tsx';
import { AddLane } from '../lanes/add-lane.tsx';
import { CheckLine } from '../lanes/check-line.tsx';
import { Findings } from '../lanes/findings.tsx';
import { laneFacts, reusedFacts } from '../lanes/lane-facts.ts';
import { LaneHeader } from '../lanes/lane-header.tsx';
import { laneTitle } from '../lanes/lane-names.ts';
import { MapTools } from '../lanes/map-tools.tsx';
import { MetricRows } from '../lanes/metric-rows.tsx';
import { ROWS } from '../lanes/metric-values.ts';
import { LaterScriptPanel } from '../script/later-script-panel.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Footer } from '../shared/footer.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { part } from '../shared/part.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { StatusBar } from '../status/status-bar.tsx';
import { LaterTimeline } from '../timeline/later-timeline.tsx';
import { Counter, PlayButton } from '../timeline/play-buttons.tsx';
import { BottomTabs } from '../top-bar/bottom-tabs.tsx';
import { PhoneBar } from '../top-bar/top-bar.tsx';
import './phone.css';
import '../lanes/lane-row.css';
import '../lanes/lane-badge.css';

const TableTwin = part(() => import('../tables/table-twin.tsx').then((m) => m.TableTwin));
const PageSummary = part(() => import('../inspector/page-summary.tsx').then((m) => m.PageSummary));

const LIVE = ROWS.find(({ id }) => id === 'live')!;

/** A sideways stroke of this length goes to the next lane. */
const SWIPE_PX = 48;

/** One lane at a time, a thumb's reach from everything: map, script, metrics and findings behind a tab each. */
export function Phone() {
  const { look } = useApp();
  const lanes = useFact((state) => state.lanes);
  const focused = useFact((state) => state.focusedLane);
  const tab = useFact((state) => state.phoneTab);
  const shown = useFact((state) => state.scenario !== null);
  const index = Math.max(
    0,
    lanes.findIndex((lane) => lane.key === focused),
  );
  const lane = lanes[index];
  return (
    <div className="phone">
      <PhoneBar />
      <StatusBar />
      <LaneSwitcher lanes={lanes} index={index} />
      <main className="phone-body" id="maps" tabIndex={-1} data-tab={tab}>
        {lane === undefined ? (
          <p className="compare-empty">{words.lane.empty}</p>
        ) : (
          <>
            {tab === 'map' && <MapTab lane={lane} lanes={lanes} index={index} />}
            {tab === 'metrics' && <MetricsTab lane={lane} index={index} places={lanes.length} />}
          </>
        )}
        {tab === 'findings' && <FindingsTab />}
        {tab === 'script' && (
          <>
            <div className="phone-tools">
              <button type="button" className="button" disabled={!shown} onClick={() => look.open('save')}>
                {words.bar.save}
              </button>
              <button type="button" className="button" onClick={() => look.open('reference')}>
                {words.bar.help}
              </button>
            </div>
            <LaterScriptPanel findings={false} />
          </>
        )}
      </main>
      {tab !== 'script' && <PhoneTimeline />}
      <BottomTabs />
    </div>
  );
}

function FindingsTab() {
  const waits = useFact((state) => state.scenario === null || state.lanes.some((lane) => lane.result === null));
  return (
    <>
      {waits && <p className="compare-empty">{words.phone.nothing}</p>}
      <Findings />
    </>
  );
}

/** The number that matters of each lane, and which one is shown. */
export function LaneSwitcher({ lanes, index }: { lanes: readonly Lane[]; index: number }) {
  const { lanes: commands, store, records } = useApp();
  const facts = useRef(reusedFacts());
  const numbers = useRef(new Map<string, { readonly element: HTMLElement; pages: number; live: number }>());
  useFrame(() => {
    const state = store.getState();
    for (const lane of state.lanes) {
      const number = numbers.current.get(lane.key);
      const known = laneFacts(records, state, lane, facts.current);
      if (number === undefined || known === null) continue;
      const { pages } = known.facts;
      const live = LIVE.value(known) ?? 0;
      if (number.pages === pages && number.live === live) continue;
      number.pages = pages;
      number.live = live;
      number.element.firstChild!.textContent = words.pages(pages);
      number.element.lastChild!.textContent = `, ${LIVE.text(live)}`;
    }
  });
  return (
    <section className="phone-lanes" aria-label={words.lane.switcher}>
      {lanes.map((lane, i) => (
        <button
          key={lane.key}
          type="button"
          aria-pressed={i === index}
          data-lane={laneLetter(i)}
          onClick={() => commands.focus(lane.key)}
        >
          <span className="phone-lane-name">
            <span className="lane-badge" aria-hidden="true">
              {laneLetter(i)}
            </span>
            {laneTitle(lane)}
          </span>
          <span
            className="phone-lane-pages"
            ref={(element) => {
              if (element === null) numbers.current.delete(lane.key);
              else numbers.current.set(lane.key, { element, pages: -1, live: -1 });
            }}
          >
            <span />
            <span className="phone-lane-live" />
          </span>
        </button>
      ))}
    </section>
  );
}

function MapTab({ lane, lanes, index }: { lane: Lane; lanes: readonly Lane[]; index: number }) {
  const { lanes: commands, look } = useApp();
  const tables = useFact((state) => state.tableOpen);
  const selected = useFact(({ link }) => link.selected?.kind === 'page' || link.selected?.kind === 'block');
  const next = lanes.length > 1 ? (index + 1) % lanes.length : null;
  const start = useRef<{ x: number; y: number } | null>(null);
  const go = (by: number) => {
    const next = lanes[(index + by + lanes.length) % lanes.length];
    if (next !== undefined) commands.focus(next.key);
  };
  const summary = selected && (
    <Suspense fallback={null}>
      <PageSummary />
    </Suspense>
  );
  return (
    <div
      className="phone-map"
      style={{ ['--lanes' as string]: 1 }}
      onTouchStart={(event) => {
        const touch = event.touches[0];
        start.current = event.touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : null;
      }}
      onTouchEnd={(event) => {
        const touch = event.changedTouches[0];
        if (start.current === null || touch === undefined) return;
        const across = touch.clientX - start.current.x;
        if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(touch.clientY - start.current.y)) {
          go(across < 0 ? 1 : -1);
        }
      }}
    >
      {tables ? (
        <Suspense fallback={null}>
          <TableTwin />
        </Suspense>
      ) : (
        <Maps
          lanes={[lane]}
          letters={[laneLetter(index)]}
          short
          tools={next !== null && <span className="phone-swipe">{words.phone.swipe(laneLetter(next))}</span>}
        >
          {summary}
        </Maps>
      )}
      {tables && summary}
      <CheckLine lane={lane} letter={laneLetter(index)} />
      {!tables && (
        <div className="phone-more">
          <MapTools kind="button" />
          <button type="button" className="button" onClick={() => look.open('export')}>
            {words.bar.exportAs}
          </button>
        </div>
      )}
    </div>
  );
}

function MetricsTab({ lane, index, places }: { lane: Lane; index: number; places: number }) {
  const { look } = useApp();
  const letter = laneLetter(index);
  return (
    <div className="phone-metrics" style={{ ['--lanes' as string]: 1 }}>
      <div className="phone-lane-head">
        <LaneHeader lane={lane} letter={letter} places={places} />
        <AddLane />
      </div>
      <MetricRows lanes={[lane]} letters={[letter]} />
      <CheckLine lane={lane} letter={letter} />
      <button type="button" className="button" onClick={() => look.open('metrics')}>
        {metricStrings.metric.all}
      </button>
      <Footer />
    </div>
  );
}

/** The timeline with a thumb's transport. */
export function PhoneTimeline() {
  const { playback } = useApp();
  const ready = useFact((state) => state.reached > 0);
  return (
    <section className="phone-timeline" aria-label={words.timeline.label}>
      <LaterTimeline kind="phone" />
      <Counter />
      <div className="phone-transport">
        <button type="button" className="button" disabled={!ready} onClick={() => playback.toMark(-1)}>
          <span aria-hidden="true">|◂</span> {words.transport.markBack}
        </button>
        <button
          type="button"
          className="button"
          disabled={!ready}
          aria-label={words.transport.back}
          onClick={() => playback.step(-1)}
        >
          <span aria-hidden="true">◂ 1</span>
        </button>
        <PlayButton />
        <button
          type="button"
          className="button"
          disabled={!ready}
          aria-label={words.transport.forward}
          onClick={() => playback.step(1)}
        >
          <span aria-hidden="true">1 ▸</span>
        </button>
        <button type="button" className="button" disabled={!ready} onClick={() => playback.toMark(1)}>
          {words.transport.markOn} <span aria-hidden="true">▸|</span>
        </button>
      </div>
    </section>
  );
}
