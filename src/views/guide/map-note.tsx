import { useRef } from 'react';
import { CellState, type HeapFrame } from '../../model/heap-frame.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { type Box, tileBox, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';

interface Note {
  readonly text: readonly [string, string];
  /** Share of a row at which the note would like to stand. */
  readonly wish: number;
  /** Is this tile what the note speaks of? */
  readonly fits: (frame: HeapFrame, page: number, tile: number, side: 1 | 4 | 8) => boolean;
}

const NOTES: Readonly<Record<string, Note>> = {
  A: {
    text: words.guide.notes.cell,
    wish: 0.2,
    fits: (frame, page, tile, side) => {
      const live = frame.pageLive(page) / PAGE_BYTES;
      return live > 0.1 && frame.tileState(page, tile, side) >= CellState.Live1;
    },
  },
  B: {
    text: words.guide.notes.holes,
    wish: 0.66,
    fits: (frame, page, tile, side) => frame.tileState(page, tile, side) === CellState.Free,
  },
  C: {
    text: words.guide.notes.dead,
    wish: 0.25,
    fits: (frame, page, tile, side) => frame.tileState(page, tile, side) === CellState.Dead,
  },
};

/** A note that had to stand far from where it belongs looks again after so many operations. */
const NEAR = 0.15;
const PATIENCE = 40;

const box: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * A note in the margin with a leader line to a tile that shows what it says. It stays with its tile for as long as that is
 * true, then looks for another; where no tile shows it the note is gone.
 */
export function MapNote({ lane, letter, viewport }: { lane: Lane; letter: string; viewport: Viewport }) {
  const { store, records } = useApp();
  const root = useRef<HTMLDivElement>(null);
  const held = useRef({ page: -1, tile: -1, position: 0 });
  const note = NOTES[letter];
  useFrame(() => {
    const { frame } = records.lane(lane.key);
    if (root.current === null || note === undefined) return;
    const position = frame === null ? -1 : Math.min(store.getState().position, frame.logged);
    const at = held.current;
    if (frame === null || position <= 0) {
      root.current.hidden = true;
      at.page = -1;
      return;
    }
    frame.seek(position);
    const { side } = viewport;
    const off = Math.abs((at.page % viewport.columns) / viewport.columns - note.wish) > NEAR;
    const stale = off && Math.abs(position - at.position) > PATIENCE;
    if (at.page < 0 || stale || !note.fits(frame, at.page, at.tile, side)) {
      at.position = position;
      findTile(frame, viewport, note, at);
    }
    root.current.hidden = at.page < 0;
    if (at.page < 0 || !tileBox(viewport, at.page, at.tile, box)) return;
    const { ratio, width, height } = viewport;
    const x = (box.x + box.width / 2) / ratio;
    const y = (box.y + box.height / 2) / ratio;
    const { style } = root.current;
    style.setProperty('--x', `${x}px`);
    style.setProperty('--y', `${y}px`);
    style.setProperty('--down', `calc(${height / ratio - y}px + 1rem)`);
    root.current.dataset.side = x > (width / ratio) * 0.62 ? 'before' : 'after';
  });
  if (note === undefined) return null;
  return (
    <div ref={root} className="map-note" hidden>
      <span className="map-note-line" aria-hidden="true" />
      <p className="map-note-text">
        <b>{note.text[0]}</b> {note.text[1]}
      </p>
    </div>
  );
}

/** The tile nearest to the wished column that fits: a few thousand states at most, and only when the last one no longer does. */
function findTile(frame: HeapFrame, viewport: Viewport, note: Note, out: { page: number; tile: number }): void {
  const { columns, rows, side } = viewport;
  const wish = Math.round(note.wish * columns);
  const { pages } = frame.facts();
  out.page = -1;
  for (let distance = 0; distance < columns; distance++) {
    for (const column of distance === 0 ? [wish] : [wish + distance, wish - distance]) {
      if (column < 0 || column >= columns) continue;
      for (let row = 0; row < rows; row++) {
        const page = row * columns + column;
        if (page >= pages) break;
        for (let tile = side * side - 1; tile >= 0; tile--) {
          if (!note.fits(frame, page, tile, side)) continue;
          out.page = page;
          out.tile = tile;
          return;
        }
      }
    }
  }
}
