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

/** What the live cells of a map are coloured by; the other states look alike in every colouring. */
export type Colouring = 'live' | 'age' | 'line';

/**
 * Colouring by age: the mean age of a cell's live bytes, in operations since their block's place was given, by an
 * allocation or a resize. Level n (1 to 8, states Live1 to Live8) is an age of up to `AGE_LEVELS[n − 1]`. The borders never
 * change, so that ages compare between lanes, positions and runs.
 */
export const AGE_LEVELS = [16, 64, 256, 1024, 4096, 16_384, 65_536, Number.POSITIVE_INFINITY] as const;

/**
 * Colouring by script line: the line that holds most of a cell's live bytes. The `SITES` lines with a colour are states
 * Live1 to Live5, all others count together and are `OTHER_LINES`.
 */
export const SITES = 5;
export const OTHER_LINES = CellState.Live1 + SITES;

/** More blocks than a page holds, were each of 8 bytes. */
export const MOST_BLOCKS = 8192;

/** What a page shows when two lanes are compared: A and B in this order. */
export const DifferenceState = {
  NeitherGrown: 0,
  /** Both have the page, with equally many live bytes. */
  Same: 1,
  /** One lane alone has the page, and no live byte in it. */
  OnlyA: 2,
  OnlyB: 3,
  /** 4 to 11: A holds more by level 1 to 8, ⌈8 · surplus⌉ of a page; 12 to 19: B does. */
  MoreA1: 4,
  MoreB1: 12,
} as const;
export type DifferenceState = number;
export const DIFFERENCE_STATES = 20;

/** Pages and bytes in which one of two lanes holds more live bytes than the other in the same page. */
export interface DifferenceFacts {
  readonly pagesMoreInA: Pages;
  readonly bytesMoreInA: Bytes;
  readonly pagesMoreInB: Pages;
  readonly bytesMoreInB: Bytes;
}

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
  /** State of tile `tile` (row by row) of a page cut into `side` × `side` tiles, side 1, 4 or 8, in a colouring (`live`). */
  tileState(page: number, tile: number, side: 1 | 4 | 8, colouring?: Colouring): CellState;
  /**
   * Of a page with a live byte: the mean age of these bytes in operations (`age`), or which line holds most of them, 0 to 4
   * of `lineSites`, 5 for all others (`line`). Null where no byte is live, or the colouring is not ready yet.
   */
  pageShade(page: number, colouring: 'age' | 'line'): number | null;
  /**
   * Follows the log for a colouring by at most `operations` (all); true when cells can be drawn in it at this position.
   * About 20 ns an operation the first time, nothing afterwards.
   */
  prepare(colouring: Colouring, operations?: number): boolean;
  /** Where operation t put its block in this lane; null where it failed or gives no block. */
  blockOf(operation: number): { readonly address: Addr; readonly usable: Bytes; readonly requested: Bytes } | null;
  /** The last operation that made a live block covering an address, or any of `bytes` (1) from there on; 0 for none. */
  blockAt(address: Addr, bytes?: Bytes): number;
  /**
   * The operations whose live blocks, headers included, have a byte in a page, the latest first: into `out`, `MOST_BLOCKS` at
   * most. Returns how many. About a nanosecond an operation of the log, and no more than it takes to find them all.
   */
  blocksIn(page: number, out: Uint32Array): number;
  /** Live requested bytes by the line of the operation that last sized each block: `out[line]`, from 1. Cheap: kept up as it seeks. */
  liveByLine(out: Float64Array): void;
  /**
   * How many committed pages show each state as one cell: `out[state]`; and in `out[CELL_STATES]` how many hold a live byte
   * but less than 1 KiB of them. About a nanosecond a page.
   */
  countPages(out: Uint32Array): void;
  /** Live bytes in each of `out.length` rows of `columns` pages from `firstPage` on. About a nanosecond a page. */
  liveByRow(firstPage: number, columns: number, out: Float64Array): void;
  /** Next position after `position` at which pages grew, or null. */
  nextGrow(position: Position): Position | null;
  /**
   * Draws all pages that changed since the last call into an RGBA picture and says which rows changed. In a colouring that
   * is not ready (see `prepare`) nothing is drawn.
   */
  raster(target: RasterTarget): void;
  /** How live bytes of `other`, a lane of the same run, differ page by page; this lane is A. */
  differenceTo(other: HeapFrame): DifferenceFacts;
  /** Draws the same, each page a DifferenceState; `target.side` is 1 and its colouring is not looked at. */
  rasterDifference(other: HeapFrame, target: RasterTarget): void;
}

/**
 * A picture of a lane's map in device pixels: `columns` cells a row, each `cell` px wide, with `gap` before, between and
 * after them, so that cell c begins at `gap + c · (cell + gap)`; rows alike. `sprites` holds for each state a whole cell of `cell` × `cell` RGBA pixels; a tile copies its part of it, so patterns run on across tiles.
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
  readonly colouring: Colouring;
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
