import type { Addr, Bytes, Pages, Position } from './units.ts';

/**
 * What a cell or a tile of the map shows: the one thing that decides its fill and pattern. The numbers are shared with
 * `wasm/view.ts`. Level n of live (1 to 8) is ⌈8 · live⌉: never rounded up to full, never down to nothing.
 */
export const CellState = {
  /** Not committed: beyond the pages at this position. */
  NotGrown: 0,
  /** Committed, never part of a live block so far. */
  Untouched: 1,
  /** Was handed out, holds no live byte now. */
  Free: 2,
  /** 3 to 10: level 1 to 8 of live bytes. */
  Live1: 3,
  Live8: 10,
  /** No live byte, and below the bump of an arena lane: held until its reset; or beneath wee's first run. */
  Dead: 11,
  /** Wholly below the heap base. */
  Static: 12,
} as const;
export type CellState = number;
export const CELL_STATES = 13;

/** What follows from the operations and the addresses, exact at every position. */
export interface LogFacts {
  readonly position: Position;
  readonly pages: Pages;
  readonly grows: number;
  readonly failures: number;
  readonly blocks: number;
  /** R, A, P and Σ usable of `metrics.ts`. */
  readonly live: Bytes;
  readonly gross: Bytes;
  readonly peakLive: Bytes;
  readonly usable: Bytes;
  readonly emptyPages: Pages;
  readonly trailingPages: Pages;
  readonly pinnedWaste: Bytes;
}

/** One lane at one position, as its log tells it. Everything it hands out is valid until the next `seek`. */
export interface HeapFrame {
  readonly base: Addr;
  /** Operations logged so far: positions beyond are not known yet. */
  readonly logged: Position;
  /** Pages at `logged`, the future's extent. */
  readonly finalPages: Pages;
  readonly position: Position;
  seek(position: Position): void;
  facts(): LogFacts;
  /** Gross live bytes in a page. */
  pageLive(page: number): Bytes;
  /** State of tile `tile` (row by row) of a page cut into `side` × `side` tiles, side 1, 4 or 8. */
  tileState(page: number, tile: number, side: 1 | 4 | 8): CellState;
  /** Where operation t put its block in this lane; null where it failed or gives no block. */
  blockOf(operation: number): { readonly address: Addr; readonly usable: Bytes; readonly requested: Bytes } | null;
  /** The last operation that made a live block covering an address, or any of `bytes` (1) from there on; 0 for none. */
  blockAt(address: Addr, bytes?: Bytes): number;
  /** Live requested bytes by the line of the operation that last sized each block: `out[line]`, from 1. Cheap: kept up as it seeks. */
  liveByLine(out: Float64Array): void;
  /** Next position after `position` at which pages grew, or null. */
  nextGrow(position: Position): Position | null;
  /** Draws all pages that changed since the last call into an RGBA picture and says which rows changed. */
  raster(target: RasterTarget): void;
}

/**
 * A picture of a lane's map in device pixels: `columns` cells a row, each `cell` px wide, with `gap` before, between and
 * after them, so that cell c begins at `gap + c · (cell + gap)`; rows alike. `sprites` holds for each CellState a whole cell of `cell` × `cell` RGBA pixels; a tile copies its part of it, so patterns run on across tiles.
 */
export interface RasterTarget {
  readonly columns: number;
  readonly rows: number;
  readonly firstPage: number;
  readonly cell: number;
  readonly gap: number;
  readonly side: 1 | 4 | 8;
  /**
   * Null: pages follow each other row by row. Else they fill squares of 16 × 16 cells, left to right and band by band, and
   * this is the page that each cell of a square shows, row by row, counted from the square's first.
   */
  readonly square: Uint8Array | null;
  readonly sprites: Uint32Array;
  /** Changes with theme or geometry: everything is drawn anew. */
  readonly version: number;
  /** Pixels between cells, and of the graticule ticks where memory does not exist yet: RGBA in memory order. */
  readonly paper: number;
  readonly tick: number;
  /** A lane keeps one picture for each slot: another canvas of the same lane takes another one. */
  readonly slot: number;
  /** Receives the picture; rows `from` to `to − 1` of device pixels differ from the last one. */
  blit(pixels: ImageData, from: number, to: number): void;
}
