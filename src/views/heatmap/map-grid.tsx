import { CellState, type HeapFrame } from '../../model/heap-frame.ts';
import { lineSites } from '../../model/line-sites.ts';
import type { Survey } from '../../model/metrics.ts';
import { colourStrings } from '../../model/strings/colour.ts';
import { mapGridStrings as words } from '../../model/strings/map-grid.ts';
import { PAGE_BYTES, type Pages } from '../../model/units.ts';
import { prepareColouring } from '../../paint/heatmap.ts';
import { isLargest, nextPitch, type Viewport } from '../../paint/viewport.ts';
import type { AppState, Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { lookInto } from '../zoom/entry.ts';
import { PageGrid } from './page-grid.tsx';

interface Props {
  readonly lane: Lane;
  readonly letter: string;
  readonly viewport: Viewport;
  /** All that can be scrolled to. */
  readonly pages: Pages;
  /** Stands beside a page that is seen from near: it goes to another page, and its cells keep their size. */
  readonly beside?: boolean;
}

/** One lane's map for the keyboard and for screen readers. */
export function MapGrid({ lane, letter, viewport, pages, beside = false }: Props) {
  const app = useApp();
  const { store, records, point, lanes, look, zoom } = app;
  // The name says what the colour says.
  useFact((state) => state.colour);
  const selected = useFact(({ link: { selected: held } }) => {
    if (held?.kind === 'page') return held.page;
    return held?.kind === 'block' && held.lane === lane.key && beside ? held.page : -1;
  });
  const nameOf = (page: number) => {
    const state = store.getState();
    const { frame } = records.lane(lane.key);
    if (frame === null) return words.cellName(letter, page, words.cellNotGrown, false);
    frame.seek(Math.min(state.position, frame.logged));
    const now = state.lanes.find((other) => other.key === lane.key);
    const holes = now?.survey && isFresh(state, now) ? holesIn(now.survey, page) : null;
    const live = `${stateText(frame, page)}${shadeText(state, frame, page)}`;
    return words.cellName(
      letter,
      page,
      holes === null || holes === 0 ? live : `${live}, ${words.holes(holes)}`,
      selected === page,
    );
  };
  return (
    <PageGrid
      id={`map-${lane.key}`}
      label={words.grid(letter, laneTitle(lane))}
      viewport={viewport}
      selected={selected}
      nameOf={nameOf}
      stateOf={(page) => records.lane(lane.key).frame?.tileState(page, 0, 1) ?? CellState.NotGrown}
      onPoint={(page) => point.hover(page === null ? null : { kind: 'page', lane: lane.key, page })}
      onPick={(page) => point.select({ kind: 'page', lane: lane.key, page })}
      onFocus={() => lanes.focus(lane.key)}
      pages={pages}
      onScroll={(first) => !beside && look.setFirstPage(first)}
      onPitch={(by, page, cell) => {
        if (beside) zoom[by > 0 ? 'down' : 'up']();
        else if (by > 0 && isLargest(viewport)) lookInto(app, lane.key, page, cell);
        else look.setPitch(nextPitch(viewport, by));
      }}
      onDown={(page, cell) => {
        if (beside) document.querySelector<HTMLElement>('.page-chunks')?.focus();
        else lookInto(app, lane.key, page, cell);
      }}
    />
  );
}

/** What the colour of a page says beside how much of it is live. */
function shadeText({ colour, scenario }: AppState, frame: HeapFrame, page: number): string {
  if (colour === 'live' || scenario === null) return '';
  const shade = prepareColouring(frame, colour) ? frame.pageShade(page, colour) : null;
  if (shade === null) return '';
  if (colour === 'age') return `, ${colourStrings.cell.age(shade)}`;
  const line = lineSites(scenario.operations)[shade];
  return `, ${line === undefined ? colourStrings.cell.otherLines : colourStrings.cell.line(line)}`;
}

function stateText(frame: HeapFrame, page: number): string {
  switch (frame.tileState(page, 0, 1)) {
    case CellState.NotGrown:
      return words.cellNotGrown;
    case CellState.Untouched:
      return words.cellUntouched;
    case CellState.Static:
      return words.cellStatic;
    case CellState.Dead:
      return words.cellDead;
    case CellState.Free:
      return words.cellFree;
    default:
      return words.cellLive(frame.pageLive(page) / PAGE_BYTES);
  }
}

/** How many holes begin in a page; addresses ascend. */
function holesIn({ holeAddress }: Survey, page: number): number {
  const start = lowerBound(holeAddress, page * PAGE_BYTES);
  return lowerBound(holeAddress, (page + 1) * PAGE_BYTES) - start;
}

function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
