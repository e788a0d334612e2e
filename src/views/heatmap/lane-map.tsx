import { Suspense, useEffect, useRef, useState } from 'react';
import type { HeapFrame } from '../../model/heap-frame.ts';
import { headerBytes, parseLaneName } from '../../model/lanes.ts';
import { mapStrings } from '../../model/strings/maps.ts';
import type { Pages } from '../../model/units.ts';
import { forgetFont } from '../../paint/charts.ts';
import { hitMap, paintMap, repaintMap } from '../../paint/heatmap.ts';
import { RecentChanges } from '../../paint/heatmap-changes.ts';
import { type MapMarks, paintOverlay } from '../../paint/heatmap-overlay.ts';
import type { Viewport } from '../../paint/viewport.ts';
import type { Link, Target } from '../../state/pointing.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { mapDrawn } from '../shared/after-first-map.ts';
import { useApp } from '../shared/app-context.tsx';
import { laterPart } from '../shared/part.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { coverOf } from '../timeline/cover.ts';
import { lookInto } from '../zoom/entry.ts';
import { LinkedPages } from './linked-pages.ts';
import { showViewport } from './shown-viewport.ts';
import './lane-map.css';

/** Lies over the map and shows nothing. */
const MapGrid = laterPart(() => import('./map-grid.tsx').then((m) => m.MapGrid));

interface Props {
  readonly lane: Lane;
  readonly letter: string;
  readonly viewport: Viewport;
  /** A second map of the same lane on the page takes another slot. */
  readonly slot?: number;
  /** All that can be scrolled to; what is shown where it is left out. */
  readonly pages?: Pages;
  /** Draws on the map what lies under the marks that every map has. */
  readonly paintBeneath?: (ctx: CanvasRenderingContext2D, frame: HeapFrame) => void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One lane's pages: a canvas for the memory, one above it for what is pointed at and what just changed, a grid for the keyboard. */
export function LaneMap({ lane, letter, viewport, slot = 0, pages = 0, paintBeneath }: Props) {
  const app = useApp();
  const { store, records, point } = app;
  const theme = usePaintTheme();
  /** The browser gives no canvas. */
  const [bare, setBare] = useState(false);
  const map = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const changes = useRef<RecentChanges | null>(null);
  changes.current ??= new RecentChanges();
  const linked = useRef<LinkedPages | null>(null);
  linked.current ??= new LinkedPages();
  const marks = useRef<Mutable<MapMarks> | null>(null);
  const allocator = parseLaneName(lane.config.name);
  const header = allocator === null ? 0 : headerBytes(allocator);

  const request = useFrame(() => {
    const below = map.current?.getContext('2d', { alpha: false });
    const above = overlay.current?.getContext('2d');
    if (!below || !above) {
      if (map.current !== null) setBare(true);
      return;
    }
    const state = store.getState();
    const now = state.lanes.find((other) => other.key === lane.key);
    const { frame } = records.lane(lane.key);
    above.clearRect(0, 0, viewport.width, viewport.height);
    if (frame === null || now === undefined) {
      paintMap(below, null, viewport, theme, slot, state.colour);
      return;
    }
    frame.seek(Math.min(state.position, frame.logged));
    // A colouring that is new to this run is made ready over a few frames.
    if (!paintMap(below, frame, viewport, theme, slot, state.colour)) request();
    if (frame.logged > 0) mapDrawn();
    const { operations } = records;
    if (operations === null) return;
    const passing = state.playing ? state.speed / 60 : 0;
    changes.current!.update(frame, operations, header, passing, Math.ceil(state.speed / 3));
    marks.current ??= emptyMarks(changes.current!);
    markPointed(marks.current, state, lane.key);
    marks.current.linked = linked.current!.of(records, state, now, frame);
    const stopped = now.result?.stopped ?? null;
    const broken =
      stopped !== null && state.position >= stopped.operation
        ? stopped
        : isFresh(state, now)
          ? (now.survey?.broken ?? null)
          : null;
    marks.current.broken = broken === null ? null : { address: broken.address, label: broken.rule };
    // What is to be predicted is not given away.
    const covered = coverOf(state)?.locked === false;
    marks.current.finalPages = now.result === null || covered ? null : frame.finalPages;
    marks.current.bump = frame.bump;
    paintBeneath?.(above, frame);
    paintOverlay(above, frame, viewport, theme, marks.current);
  });
  useEffect(() => (slot === 0 ? showViewport(lane.key, viewport) : undefined), [slot, lane.key, viewport]);
  useEffect(() => {
    // A canvas that is given its size loses what was on it.
    const canvas = map.current;
    if (canvas === null) return;
    if (canvas.width === viewport.width && canvas.height === viewport.height) return;
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    overlay.current!.width = viewport.width;
    overlay.current!.height = viewport.height;
    const ctx = canvas.getContext('2d', { alpha: false });
    if (ctx !== null) repaintMap(ctx);
    const above = overlay.current!.getContext('2d');
    if (above !== null) forgetFont(above);
  }, [viewport]);

  const style = { inlineSize: viewport.width / viewport.ratio, blockSize: viewport.height / viewport.ratio };
  const at = (event: React.PointerEvent | React.MouseEvent) => {
    const { frame } = records.lane(lane.key);
    const canvas = overlay.current;
    if (frame === null || canvas === null) return null;
    const box = canvas.getBoundingClientRect();
    frame.seek(Math.min(store.getState().position, frame.logged));
    return hitMap(frame, viewport, event.clientX - box.left, event.clientY - box.top);
  };
  const targetAt = (event: React.PointerEvent | React.MouseEvent) => {
    const hit = at(event);
    if (hit === null) return null;
    return hit.block !== 0
      ? ({ kind: 'block', lane: lane.key, operation: hit.block, page: hit.page } as const)
      : ({ kind: 'page', lane: lane.key, page: hit.page } as const);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's half; MapGrid is the keyboard's
    // biome-ignore lint/a11y/useKeyWithClickEvents: the pointer's half; MapGrid is the keyboard's
    <div
      className="lane-map"
      data-lane={letter}
      data-lane-name={lane.config.name}
      style={style}
      onPointerMove={(event) => {
        if (event.pointerType !== 'touch') point.hover(targetAt(event));
      }}
      onPointerLeave={() => point.hover(null)}
      onClick={(event) => point.select(targetAt(event))}
      onDoubleClick={({ clientX, clientY }) => {
        // The first click has selected it; what opened then may have moved the map from under the pointer.
        const { selected } = store.getState().link;
        const side = viewport.cell / viewport.ratio;
        if (selected?.kind === 'page' || selected?.kind === 'block')
          lookInto(app, selected.lane, selected.page, {
            left: clientX - side / 2,
            top: clientY - side / 2,
            width: side,
            height: side,
          });
      }}
    >
      <div aria-hidden="true">
        <canvas ref={map} className="lane-canvas" style={style} data-map="" />
        <canvas ref={overlay} className="lane-canvas" style={style} />
      </div>
      {bare && <p className="lane-unopened">{mapStrings.noCanvas}</p>}
      {lane.unopened !== null && <p className="lane-unopened">{lane.unopened}</p>}
      <Suspense fallback={null}>
        <MapGrid lane={lane} letter={letter} viewport={viewport} pages={pages} />
      </Suspense>
    </div>
  );
}

function emptyMarks(changes: RecentChanges): Mutable<MapMarks> {
  return { changes, pointed: -1, linked: [], selected: -1, broken: null, finalPages: null, bump: null };
}

/** A page pointed at is marked in every lane; a block's page only where it was pointed at, its own pages elsewhere. */
function markPointed(marks: Mutable<MapMarks>, { link }: { readonly link: Link }, key: string): void {
  marks.pointed = pageOf(link.hover, key);
  marks.selected = pageOf(link.selected, key);
}

function pageOf(target: Target | null, key: string): number {
  if (target?.kind === 'page') return target.page;
  if (target?.kind === 'block' && target.lane === key) return target.page;
  return -1;
}
