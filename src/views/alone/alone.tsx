import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { parseLaneName } from '../../model/lanes.ts';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { type AloneMarks, paintAloneMarks } from '../../paint/alone-marks.ts';
import { aloneViewport } from '../../paint/lane-viewport.ts';
import { SQUARE_PAGES } from '../../paint/page-order.ts';
import { lastFirstPage, type Viewport } from '../../paint/viewport.ts';
import { lit } from '../../state/pointing.ts';
import type { AppState, Lane } from '../../state/store.ts';
import { useExtent } from '../heatmap/final-pages.ts';
import { LaneMap } from '../heatmap/lane-map.tsx';
import { Legend } from '../heatmap/legend.tsx';
import { MapAxis } from '../heatmap/map-axis.tsx';
import { ScrollNote } from '../heatmap/scroll-note.tsx';
import { useMapScroll } from '../heatmap/use-map-scroll.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useSize } from '../shared/use-canvas.ts';
import { AloneHead } from './alone-head.tsx';
import { Figures } from './figures.tsx';
import { Lens } from './lens.tsx';
import { LiveHistogram } from './live-histogram.tsx';
import { MiniMap } from './mini-map.tsx';
import { RowBars } from './row-bars.tsx';
import './alone.css';
import '../heatmap/lane-maps.css';

interface Props {
  readonly lane: Lane;
  readonly letter: string;
}

/** One lane as large as the page is: its map, all 65,536 pages beside it, and the page that is pointed at in detail. */
export default function Alone({ lane, letter }: Props) {
  const { store, records, point } = useApp();
  const theme = usePaintTheme();
  const generation = useFact((state) => state.generation);
  const order = useFact((state) => state.order);
  const pitch = useFact((state) => state.pitch);
  const asked = useFact((state) => state.firstPage);
  const lanes = useMemo(() => [lane], [lane]);
  const { longest: pages } = useExtent(records, lanes, generation);
  const { ref: slot, size } = useSize();
  const viewport = useMemo(() => {
    if (size === null) return null;
    const space = { ...size, order, pitch };
    const firstPage = Math.min(asked, lastFirstPage(aloneViewport(space, pages), pages));
    return aloneViewport({ ...space, firstPage }, pages);
  }, [size, pages, order, pitch, asked]);
  const scroll = useMapScroll(viewport, pages);
  const [pinned, setPinned] = useState<number | null>(null);
  const pointed = useFact((state) => pointedPage(state, lane.key));
  const recent = useRef(0);
  if (pointed >= 0) recent.current = lensOf(pointed);
  const lens = pinned ?? recent.current;
  const togglePin = () => setPinned(pinned === null ? lens : null);
  const marks = useRef<AloneMarks>({ pages: 0, hole: null, lens: 0 });
  return (
    <main
      className="alone"
      id="maps"
      tabIndex={-1}
      aria-label={words.label(letter, laneTitle(lane))}
      data-lane={letter}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== ' ' || !(event.target as Element).matches('.map-cell')) return;
        event.preventDefault();
        togglePin();
      }}
    >
      <AloneHead lane={lane} letter={letter} viewport={viewport} pages={pages} />
      <div className="alone-side">
        <MiniMap lane={lane} viewport={viewport} pages={pages} />
        <Lens lane={lane} firstPage={lens} pinned={pinned !== null} onPin={togglePin} />
      </div>
      <div
        className="alone-map"
        ref={scroll}
        data-scrolls={(viewport !== null && lastFirstPage(viewport, pages) > 0) || undefined}
      >
        <Offsets viewport={viewport} />
        <MapAxis viewport={viewport} pages={pages} />
        <div className="map-slot" ref={slot}>
          {viewport !== null && (
            <LaneMap
              lane={lane}
              letter={letter}
              viewport={viewport}
              pages={pages}
              paintBeneath={(ctx, frame) => {
                marks.current = marksOf(store.getState(), lane.key, frame.facts().pages, lens);
                paintAloneMarks(ctx, viewport, theme, marks.current);
              }}
            />
          )}
        </div>
        {viewport !== null && <RowBars lane={lane} viewport={viewport} />}
      </div>
      {viewport !== null && <ScrollNote lanes={[]} viewport={viewport} pages={pages} />}
      <div className="alone-figures">
        <Figures lane={lane} onHole={(page) => point.select({ kind: 'page', lane: lane.key, page })} />
        <LiveHistogram lane={lane} />
      </div>
      <Legend viewport={viewport} dead={parseLaneName(lane.config.name)?.id !== 'dlmalloc'} />
    </main>
  );
}

/** The page that the pointer, the focus or the selection means in a lane, or −1. */
function pointedPage({ link }: AppState, key: string): number {
  const target = lit(link);
  if (target?.kind === 'page') return target.page;
  return target?.kind === 'block' && target.lane === key ? target.page : -1;
}

/** The lens shows 256 pages, from a multiple of 256 on: they fill a rectangle of the map in either order. */
function lensOf(page: number): number {
  return Math.floor(page / SQUARE_PAGES) * SQUARE_PAGES;
}

function marksOf(state: AppState, key: string, pages: number, lens: number): AloneMarks {
  const now = state.lanes.find((other) => other.key === key);
  const survey = now !== undefined && isFresh(state, now) ? now.survey : null;
  return { pages, hole: survey === null ? null : largestHole(survey.holeAddress, survey.holeBytes), lens };
}

let kept: { readonly bytes: Uint32Array; readonly hole: AloneMarks['hole'] } | null = null;

/** Looked for once a survey. */
function largestHole(address: Uint32Array, bytes: Uint32Array): AloneMarks['hole'] {
  if (kept?.bytes === bytes) return kept.hole;
  let most = -1;
  for (let i = 0; i < bytes.length; i++) if (most < 0 || bytes[i]! > bytes[most]!) most = i;
  kept = { bytes, hole: most < 0 ? null : { address: address[most]!, bytes: bytes[most]! } };
  return kept.hole;
}

/** How far into its row a column lies, over every fourth of the map. */
function Offsets({ viewport }: { viewport: Viewport | null }) {
  if (viewport === null || viewport.order !== 'address' || viewport.columns < 64) return null;
  const { columns, pitch, origin, ratio } = viewport;
  return (
    <div className="alone-offsets" aria-hidden="true">
      {[1, 2, 3].map((quarter) => {
        const column = (quarter * columns) / 4;
        return (
          <span key={quarter} style={{ insetInlineStart: (origin + column * pitch) / ratio }}>
            {words.offset(column * PAGE_BYTES)}
          </span>
        );
      })}
    </div>
  );
}
