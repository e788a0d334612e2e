import { useEffect, useLayoutEffect, useRef } from 'react';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import { chunkOf, inspectedOf } from '../../state/inspections.ts';
import { depthOf } from '../../state/zooming.ts';
import { useExtent } from '../heatmap/final-pages.ts';
import { PagePicture } from '../inspector/page-picture.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useFrame } from '../shared/use-frame.ts';
import { usePosition } from '../shared/use-position.ts';
import { AllPages } from './all-pages.tsx';
import { BlockLegend } from './block-legend.tsx';
import { Details } from './details.tsx';
import { growFrom, shrinkTo, takeOrigin } from './entry.ts';
import { FreeListRail } from './free-list-rail.tsx';
import { useZoomGestures } from './use-zoom-gestures.ts';
import { ZoomHead } from './zoom-head.tsx';
import '../inspector/inspector.css';
import './zoom.css';

/**
 * The selected page in the place of the maps: all pages and the free lists at its left, its blocks to scale, the bytes of
 * the one that is looked at. Everything is of the operation under the playhead; what is read from the bytes is dimmed until
 * it is.
 */
export default function Zoom() {
  const { records, store, zoom } = useApp();
  usePosition();
  useFact((state) => state.lanes);
  useFact((state) => state.link.selected);
  useFact((state) => state.focusedLane);
  const generation = useFact((state) => state.generation);
  const depth = useFact(depthOf);
  const known = useFact((state) => state.inspect.page);
  useFact((state) => state.inspect.picked);
  const state = store.getState();
  const target = inspectedOf(state, records);
  const root = useRef<HTMLElement>(null);
  const blocks = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const gestures = useZoomGestures();
  const { longest } = useExtent(records, state.lanes, generation);
  useFrame(() => {
    const now = store.getState();
    const at = inspectedOf(now, records);
    const read = now.inspect.page;
    const fresh =
      at !== null &&
      read?.lane === at.lane.key &&
      read.reading.page === at.page &&
      read.reading.position === at.position;
    root.current?.toggleAttribute('data-stale', !fresh);
  });
  useLayoutEffect(() => {
    const from = takeOrigin();
    if (from !== null && blocks.current !== null) growFrom(blocks.current, from);
  }, []);
  // Down at the bytes they have the keys that scroll; up from there the blocks do.
  useEffect(() => {
    const hex = root.current?.querySelector<HTMLElement>('.hex-scroll') ?? null;
    const lost = document.activeElement === document.body;
    if (depth === 'bytes') hex?.focus({ preventScroll: true });
    else if (lost || document.activeElement === hex) list.current?.focus({ preventScroll: true });
  }, [depth]);
  // Of the latest rendering: who went to another lane comes back at that one's map.
  const lane = useRef(target?.lane.key);
  lane.current = target?.lane.key;
  useLayoutEffect(
    () => () => {
      // Back on all pages the focus is at the page that one came from, and the map shrinks to there.
      const from = blocks.current?.querySelector('canvas')?.getBoundingClientRect() ?? null;
      if (lane.current !== undefined) goBack(lane.current, from, FRAMES);
    },
    [],
  );
  if (target === null) return <main className="zoom" />;
  const letter = laneLetter(target.index);
  const reading =
    known !== null && known.lane === target.lane.key && known.reading.page === target.page ? known.reading : null;
  const chunk = chunkOf(state, records, target);
  return (
    <main
      ref={root}
      className="zoom"
      id="maps"
      tabIndex={-1}
      aria-label={words.label(letter, target.page)}
      data-lane={letter}
      data-depth={depth}
      onKeyDown={(event) => {
        // With Ctrl they are the browser's own zoom.
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === '-' || event.key === '−') zoom.up();
        else if (event.key === '+' || event.key === '=') zoom.down();
        else return;
        event.preventDefault();
      }}
    >
      <ZoomHead target={target} chunk={chunk} />
      <div className="zoom-side">
        <AllPages target={target} letter={letter} pages={longest} />
        <FreeListRail target={target} lists={reading?.lists ?? null} chunk={chunk} />
      </div>
      <section className="zoom-blocks" ref={gestures} aria-labelledby="zoom-blocks-title">
        <h3 id="zoom-blocks-title">{words.blocks(target.page)}</h3>
        <div className="zoom-picture" ref={blocks}>
          <PagePicture target={target} reading={reading} chunk={chunk} large list={list} />
        </div>
      </section>
      <Details target={target} reading={reading} chunk={chunk} />
      <BlockLegend reading={reading} />
    </main>
  );
}

/** The maps are measured before they stand: within so many frames. */
const FRAMES = 20;

function goBack(lane: string, from: DOMRect | null, frames: number): void {
  requestAnimationFrame(() => {
    const cell = document.getElementById(`map-${lane}`);
    if (cell === null && frames > 0) goBack(lane, from, frames - 1);
    if (cell === null || document.activeElement !== document.body) return;
    cell.focus({ preventScroll: true });
    const map = cell.closest<HTMLElement>('.lane-map');
    if (map !== null && from !== null) shrinkTo(map, cell.getBoundingClientRect(), from);
  });
}
