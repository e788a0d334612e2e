import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { DifferenceState } from '../../model/heap-frame.ts';
import { differenceStrings as words } from '../../model/strings/difference.ts';
import type { Pages } from '../../model/units.ts';
import { differenceSprites, type Pair, paintDifference, repaintDifference } from '../../paint/difference.ts';
import { type MapMarks, paintOverlay } from '../../paint/heatmap-overlay.ts';
import type { PageOrder } from '../../paint/page-order.ts';
import { mapViewport, pageAt, type Viewport } from '../../paint/viewport.ts';
import type { AppState } from '../../state/store.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePaintTheme } from '../shared/theme.tsx';
import { type CanvasSize, useSize } from '../shared/use-canvas.ts';
import { useFrame } from '../shared/use-frame.ts';
import { DifferenceSide } from './difference-side.tsx';
import { useExtent } from './final-pages.ts';
import { framesAt, type LaneDifference, pageText } from './lane-difference.ts';
import { Scale } from './legend.tsx';
import { MapAxis } from './map-axis.tsx';
import { PageGrid } from './page-grid.tsx';
import { SpriteStrip, type StripSprites } from './sprite-strip.tsx';
import './difference.css';
import '../lanes/lane-row.css';
import './lane-maps.css';
import './lane-map.css';

const A_MORE = [7, 6, 5, 4, 3, 2, 1, 0].map((level) => DifferenceState.MoreA1 + level);
const B_MORE = [0, 1, 2, 3, 4, 5, 6, 7].map((level) => DifferenceState.MoreB1 + level);
const SAME = [DifferenceState.Same];
const ONLY_A = [DifferenceState.OnlyA];
const ONLY_B = [DifferenceState.OnlyB];

/** Two lanes on one map: which of them holds more of each page, with the sums beside it. */
export function DifferenceView({ short, tools }: { short: boolean; tools?: ReactNode }) {
  const { records } = useApp();
  const lanes = useFact((state) => state.lanes);
  const generation = useFact((state) => state.generation);
  const order = useFact((state) => state.order);
  const from = useFact(({ view }) => (view.kind === 'difference' ? view.from : 0));
  const to = useFact(({ view }) => (view.kind === 'difference' ? view.to : 1));
  const { ref, size } = useSize();
  const pair = useMemo(() => [lanes[from]!, lanes[to]!] as const, [lanes, from, to]);
  const { longest: pages } = useExtent(records, pair, generation);
  const viewport = useMemo<Viewport | null>(
    () => (size === null ? null : differenceViewport(size, pages, order)),
    [size, pages, order],
  );
  const between: LaneDifference = useMemo(
    () => ({ keys: [pair[0].key, pair[1].key], letters: [laneLetter(from), laneLetter(to)], places: [from, to] }),
    [pair, from, to],
  );
  return (
    <>
      <div className="map-strip">{tools}</div>
      <div className="compare-row lane-maps difference">
        <MapAxis viewport={viewport} pages={pages} short={short} />
        <div className="difference-body">
          <div className="map-slot" ref={ref}>
            {viewport !== null && (
              <DifferenceMap
                between={between}
                label={words.grid(
                  `${between.letters[0]} ${laneTitle(pair[0])}`,
                  `${between.letters[1]} ${laneTitle(pair[1])}`,
                )}
                viewport={viewport}
              />
            )}
          </div>
          <DifferenceSide between={between} lanes={lanes} shift={size === null ? 0 : spareWidth(size, viewport)} />
        </div>
      </div>
      <DifferenceLegend between={between} />
    </>
  );
}

/** Rows of 16 pages or of 32, whichever has the larger cells. */
function differenceViewport({ width, height, ratio }: CanvasSize, pages: Pages, order: PageOrder): Viewport {
  const [narrow, wide] = [false, true].map((stacked) => mapViewport({ width, height, ratio, stacked, pages, order }));
  const holds = (viewport: Viewport) => viewport.rows * viewport.columns >= pages;
  const best = holds(wide!) && (!holds(narrow!) || wide!.cell > narrow!.cell) ? wide! : narrow!;
  return { ...best, side: 1 };
}

/** What the map leaves of its column, in CSS px. */
function spareWidth({ width }: CanvasSize, viewport: Viewport | null): number {
  return viewport === null ? 0 : Math.max(0, width - viewport.width / viewport.ratio);
}

interface MapProps {
  readonly between: LaneDifference;
  readonly label: string;
  readonly viewport: Viewport;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function DifferenceMap({ between, label, viewport }: MapProps) {
  const { store, records, point } = useApp();
  const theme = usePaintTheme();
  const map = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const marks = useRef<Mutable<MapMarks> | null>(null);
  const selected = useFact(selectedPage);
  const { keys } = between;
  useFrame(() => {
    const below = map.current?.getContext('2d', { alpha: false });
    const above = overlay.current?.getContext('2d');
    const state = store.getState();
    const frames = framesAt(keys, records, state.position);
    if (!below || !above || frames === null) return;
    paintDifference(below, frames[0], frames[1], viewport, theme, between.places);
    marks.current ??= {
      changes: null,
      pointed: -1,
      linked: [],
      selected: -1,
      broken: null,
      finalPages: null,
      bump: null,
    };
    const { hover } = state.link;
    marks.current.pointed = hover?.kind === 'page' ? hover.page : -1;
    marks.current.selected = selectedPage(state);
    above.clearRect(0, 0, viewport.width, viewport.height);
    paintOverlay(above, frames[0], viewport, theme, marks.current);
  });
  useEffect(() => {
    const canvas = map.current;
    const above = overlay.current;
    if (canvas === null || above === null) return;
    if (canvas.width === viewport.width && canvas.height === viewport.height) return;
    for (const each of [canvas, above]) {
      each.width = viewport.width;
      each.height = viewport.height;
    }
    const ctx = canvas.getContext('2d', { alpha: false });
    if (ctx !== null) repaintDifference(ctx);
  }, [viewport]);

  const style = { inlineSize: viewport.width / viewport.ratio, blockSize: viewport.height / viewport.ratio };
  const pageUnder = (event: React.PointerEvent | React.MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return pageAt(viewport, event.clientX - box.left, event.clientY - box.top);
  };
  /** A page of both lanes; the link needs one of them to say which. */
  const targetOf = (page: number) => (page < 0 ? null : ({ kind: 'page', lane: keys[1], page } as const));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's half; PageGrid is the keyboard's
    // biome-ignore lint/a11y/useKeyWithClickEvents: the pointer's half; PageGrid is the keyboard's
    <div
      className="lane-map"
      style={style}
      onPointerMove={(event) => {
        if (event.pointerType !== 'touch') point.hover(targetOf(pageUnder(event)));
      }}
      onPointerLeave={() => point.hover(null)}
      onClick={(event) => point.select(targetOf(pageUnder(event)))}
    >
      <div aria-hidden="true">
        <canvas ref={map} className="lane-canvas" style={style} data-difference="" />
        <canvas ref={overlay} className="lane-canvas" style={style} />
      </div>
      <PageGrid
        id="map-difference"
        label={label}
        viewport={viewport}
        selected={selected}
        nameOf={(page) => {
          const frames = framesAt(keys, records, store.getState().position);
          const text = words.page(page, pageText(between, frames, page));
          return page === selected ? `${text}${words.selected}` : text;
        }}
        stateOf={(page) => {
          const frames = framesAt(keys, records, store.getState().position);
          return frames === null ? 0 : Math.sign(frames[1].pageLive(page) - frames[0].pageLive(page));
        }}
        onPoint={(page) => point.hover(page === null ? null : targetOf(page))}
        onPick={(page) => point.select(targetOf(page))}
      />
    </div>
  );
}

function selectedPage({ link }: AppState): number {
  return link.selected?.kind === 'page' ? link.selected.page : -1;
}

function DifferenceLegend({ between }: { between: LaneDifference }) {
  const [a, b] = between.letters;
  const [from, to] = between.places;
  const sprites = useMemo<StripSprites>(() => {
    const pair: Pair = [from, to];
    return (theme, cell, unit) => differenceSprites(theme, pair, cell, unit);
  }, [from, to]);
  return (
    <section className="legend" aria-label={words.legend}>
      <Scale side={1} />
      <span className="legend-item">
        {words.more(a)}
        <SpriteStrip states={A_MORE} sprites={sprites} />
        <SpriteStrip states={SAME} sprites={sprites} />
        <SpriteStrip states={B_MORE} sprites={sprites} />
        {words.more(b)}
      </span>
      <span className="legend-item">
        <SpriteStrip states={SAME} sprites={sprites} />
        {words.same}
      </span>
      {[ONLY_A, ONLY_B].map((states, index) => (
        <span key={states[0]} className="legend-item">
          <SpriteStrip states={states} sprites={sprites} />
          {words.onlyShort(between.letters[index]!)}
        </span>
      ))}
      <span className="legend-item">
        <i className="legend-swatch" data-kind="not-grown" aria-hidden="true" />
        {words.pageNeither}
      </span>
    </section>
  );
}
