import { type KeyboardEvent, useRef, useState } from 'react';
import { CellState, type HeapFrame } from '../../model/heap-frame.ts';
import type { Survey } from '../../model/metrics.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { type Box, cellBox, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-header.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';

const ROWS_A_PAGE = 16;

/**
 * A map for the keyboard and for screen readers: one tab stop, and one cell in the tree that stands over the focused page
 * with its name and the focus ring. The canvas paints; 65,536 elements would not.
 */
export function MapGrid({ lane, letter, viewport }: { lane: Lane; letter: string; viewport: Viewport }) {
  const { store, records, point, lanes } = useApp();
  const [page, setPage] = useState(0);
  const [focused, setFocused] = useState(false);
  const cell = useRef<HTMLDivElement>(null);
  // The name is that of the operation drawn when the focus came or the pages changed, at React's pace.
  const selected = useFact(({ link }) => link.selected?.kind === 'page' && link.selected.page === page);
  const { columns, rows, firstPage, ratio } = viewport;
  const shown = Math.min(Math.max(page, firstPage), firstPage + rows * columns - 1);
  const box: Box = { x: 0, y: 0, width: 0, height: 0 };
  cellBox(viewport, shown, box);

  const nameOf = (at: number) => {
    const state = store.getState();
    const { frame } = records.lane(lane.key);
    if (frame === null) return words.map.cellName(letter, at, words.map.cellNotGrown, false);
    frame.seek(Math.min(state.position, frame.logged));
    const now = state.lanes.find((other) => other.key === lane.key);
    const holes = now?.survey && isFresh(state, now) ? holesIn(now.survey, at) : null;
    const live = stateText(frame, at);
    return words.map.cellName(
      letter,
      at,
      holes === null || holes === 0 ? live : `${live}, ${words.map.holes(holes)}`,
      selected,
    );
  };
  const move = (to: number) => {
    const next = Math.max(firstPage, Math.min(firstPage + rows * columns - 1, to));
    setPage(next);
    point.hover({ kind: 'page', lane: lane.key, page: next });
  };
  const keys = (event: KeyboardEvent) => {
    const { frame } = records.lane(lane.key);
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'ArrowUp':
      case 'ArrowDown': {
        const sign = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1;
        const step = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? sign : sign * columns;
        move(
          event.ctrlKey && frame !== null ? nextOther(frame, shown, step, firstPage + rows * columns) : shown + step,
        );
        break;
      }
      case 'PageUp':
        move(shown - ROWS_A_PAGE * columns);
        break;
      case 'PageDown':
        move(shown + ROWS_A_PAGE * columns);
        break;
      case 'Enter':
        point.select({ kind: 'page', lane: lane.key, page: shown });
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid over a canvas; a table would need every cell
    <div
      className="map-grid"
      role="grid"
      aria-label={words.map.grid(letter, laneTitle(lane))}
      aria-rowcount={rows}
      aria-colcount={columns}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the cell takes the focus */}
      <div role="row" aria-rowindex={Math.floor((shown - firstPage) / columns) + 1}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div
          ref={cell}
          id={`map-${lane.key}`}
          className="map-cell"
          role="gridcell"
          tabIndex={0}
          aria-colindex={((shown - firstPage) % columns) + 1}
          aria-selected={selected}
          aria-label={nameOf(shown)}
          data-focused={focused || undefined}
          style={{
            insetInlineStart: box.x / ratio,
            insetBlockStart: box.y / ratio,
            inlineSize: box.width / ratio,
            blockSize: box.height / ratio,
          }}
          onFocus={() => {
            setFocused(true);
            lanes.focus(lane.key);
          }}
          onBlur={() => {
            setFocused(false);
            point.hover(null);
          }}
          onKeyDown={keys}
        />
      </div>
    </div>
  );
}

function stateText(frame: HeapFrame, page: number): string {
  switch (frame.tileState(page, 0, 1)) {
    case CellState.NotGrown:
      return words.map.cellNotGrown;
    case CellState.Untouched:
      return words.map.cellUntouched;
    case CellState.Static:
      return words.map.cellStatic;
    case CellState.Dead:
      return words.map.cellDead;
    case CellState.Free:
      return words.map.cellFree;
    default:
      return words.map.cellLive(frame.pageLive(page) / PAGE_BYTES);
  }
}

/** The next page in a direction whose state is another one; the edge where there is none. */
function nextOther(frame: HeapFrame, from: number, step: number, end: number): number {
  const here = frame.tileState(from, 0, 1);
  let page = from + step;
  while (page >= 0 && page < end && frame.tileState(page, 0, 1) === here) page += step;
  return page;
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
