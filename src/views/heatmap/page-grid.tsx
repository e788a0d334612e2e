import { type KeyboardEvent, useState } from 'react';
import { bandRows, cellOfPage, pageOfCell } from '../../paint/page-order.ts';
import { type Box, cellBox, lastFirstPage, type Viewport } from '../../paint/viewport.ts';
import './page-grid.css';

const ROWS_A_PAGE = 16;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly viewport: Viewport;
  /** −1 for none. */
  readonly selected: number;
  readonly nameOf: (page: number) => string;
  /** Anything: Ctrl and an arrow go to the next page for which it is another one. */
  readonly stateOf: (page: number) => number;
  /** The page that has the focus, null when it leaves the map. */
  readonly onPoint: (page: number | null) => void;
  readonly onPick: (page: number) => void;
  readonly onFocus?: () => void;
  /** All that can be scrolled to; nothing beyond what is shown where it is left out. */
  readonly pages?: number;
  /** A cell out of sight is wanted: the map shows other pages from now on. */
  readonly onScroll?: (firstPage: number) => void;
  /** Larger (1) or smaller (−1) cells are wanted. */
  readonly onPitch?: (by: 1 | -1, page: number, cell: DOMRect) => void;
  /** What is in the selected page is wanted. */
  readonly onDown?: (page: number, cell: DOMRect) => void;
}

/**
 * A map for the keyboard and for screen readers: one tab stop, and one cell in the tree that stands over the focused page
 * with its name and the focus ring. The canvas paints; 65,536 elements would not. Arrows go to the cell beside it, whatever
 * page the order of the map has put there.
 */
export function PageGrid({
  id,
  label,
  viewport,
  selected,
  nameOf,
  stateOf,
  onPoint,
  onPick,
  onFocus,
  pages = 0,
  onScroll,
  onPitch,
  onDown,
}: Props) {
  const [page, setPage] = useState(Math.max(0, selected));
  const [focused, setFocused] = useState(false);
  const { columns, rows, firstPage, ratio } = viewport;
  const shown = Math.min(Math.max(page, firstPage), firstPage + rows * columns - 1);
  const cell = cellOfPage(viewport, shown);
  const box: Box = { x: 0, y: 0, width: 0, height: 0 };
  cellBox(viewport, shown, box);

  const last = lastFirstPage(viewport, pages);
  const move = (to: number) => {
    // Rows are scrolled by whole steps, and so the cell moves by as many cells as pages go by.
    const step = columns * bandRows(viewport.order);
    const above = Math.min(0, Math.floor(to / step) * step);
    const below = Math.max(0, Math.ceil((to + 1) / step) * step - rows * columns);
    const first = Math.max(0, Math.min(last, firstPage + above + below));
    const inView = Math.max(0, Math.min(rows * columns - 1, to - (first - firstPage)));
    const next = pageOfCell({ ...viewport, firstPage: first }, inView);
    if (first !== firstPage) onScroll?.(first);
    setPage(next);
    onPoint(next);
  };
  /** The next cell in a direction whose state is another one; the edge where there is none. */
  const nextOther = (step: number) => {
    const here = stateOf(shown);
    let to = cell + step;
    while (to >= 0 && to < rows * columns && stateOf(pageOfCell(viewport, to)) === here) to += step;
    return to;
  };
  const keys = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'ArrowUp':
      case 'ArrowDown': {
        const sign = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1;
        const step = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? sign : sign * columns;
        move(event.ctrlKey ? nextOther(step) : cell + step);
        break;
      }
      case 'PageUp':
        move(cell - ROWS_A_PAGE * columns);
        break;
      case 'PageDown':
        move(cell + ROWS_A_PAGE * columns);
        break;
      case '+':
      case '=':
        onPitch?.(1, shown, event.currentTarget.getBoundingClientRect());
        break;
      case '-':
      case '−':
        onPitch?.(-1, shown, event.currentTarget.getBoundingClientRect());
        break;
      case 'Enter':
        // Down: first the page, then what is in it.
        if (selected === shown) onDown?.(shown, event.currentTarget.getBoundingClientRect());
        else onPick(shown);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid over a canvas; a table would need every cell
    <div className="map-grid" role="grid" aria-label={label} aria-rowcount={rows} aria-colcount={columns}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the cell takes the focus */}
      <div role="row" aria-rowindex={Math.floor(cell / columns) + 1}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div
          id={id}
          className="map-cell"
          role="gridcell"
          tabIndex={0}
          aria-colindex={(cell % columns) + 1}
          aria-selected={selected === shown}
          // The name is that of the operation drawn when the focus came or the facts changed, at React's pace.
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
            onFocus?.();
          }}
          onBlur={() => {
            setFocused(false);
            onPoint(null);
          }}
          onKeyDown={keys}
        />
      </div>
    </div>
  );
}
