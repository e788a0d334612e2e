import type { Pages, Position } from './units.ts';

/** What the gallery shows of a scenario: its lanes' maps at one position, drawn from a run of it. */
export interface GalleryPicture {
  readonly position: Position;
  readonly lanes: readonly GalleryMap[];
}

/** A lane's map as a small picture: a pixel a tile, or a page where there are many. */
export interface GalleryMap {
  readonly name: string;
  /** Committed at that position. */
  readonly pages: Pages;
  /** Pixels a row. */
  readonly width: number;
  /** A `CellState` for each pixel, row by row, as a digit in base 36. */
  readonly states: string;
}
