import type { RasterTarget } from '../model/heap-frame.ts';
import type { Addr } from '../model/units.ts';
import type { Regions } from './heap-view-regions.ts';

/** What of the view's module lays a picture out. */
export interface PictureExports {
  openPicture(
    columns: number,
    rows: number,
    cell: number,
    gap: number,
    side: number,
    squares: boolean,
    patterns: number,
  ): Addr;
}

/** A picture in the view's memory: `at` is where its structure lies. */
export interface Picture {
  at: Addr;
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly gap: number;
  readonly side: number;
  readonly square: Uint8Array | null;
  readonly states: number;
  version: number;
  image: ImageData | null;
}

/** Words of a picture's structure in memory: the first fields of its class in wasm/view/. */
const PIXELS = 0;
const PATTERNS = 1;
const WIDTH = 2;
const HEIGHT = 3;
const FROM = 4;
const TO = 5;
const SQUARE = 6;

/** The pictures that a lane is drawn into, one a slot: each remembers what it shows, so that only what changes is drawn. */
export class Pictures {
  private readonly made: (Picture | undefined)[] = [];

  constructor(
    private readonly wasm: PictureExports,
    private readonly regions: Regions,
  ) {}

  /** The picture of a target's slot; another one where its cells are others. `states`: how many its sprites are of. */
  of(target: RasterTarget, states: number): Picture {
    const { columns, rows, cell, gap, side, square, slot } = target;
    if (target.sprites.length !== states * cell * cell) throw new RangeError('A sprite is missing or too many.');
    const old = this.made[slot];
    if (
      old !== undefined &&
      old.columns === columns &&
      old.rows === rows &&
      old.cell === cell &&
      old.gap === gap &&
      old.side === side &&
      old.square === square &&
      old.states === states
    ) {
      return old;
    }
    const { regions, wasm } = this;
    if (old !== undefined) regions.releaseAll(old);
    const made: Picture = { at: 0, columns, rows, cell, gap, side, square, states, version: -1, image: null };
    regions.owner = made;
    made.at = wasm.openPicture(columns, rows, cell, gap, side, square !== null, states) >>> 0;
    if (square !== null) regions.bytes.set(square, regions.words[made.at / 4 + SQUARE]!);
    this.made[slot] = made;
    return made;
  }

  /** Gives a picture its patterns where they are others; true where everything is to be drawn anew. */
  dress(picture: Picture, { version, sprites }: RasterTarget): boolean {
    if (picture.version === version) return false;
    picture.version = version;
    const { words } = this.regions;
    words.set(sprites, words[picture.at / 4 + PATTERNS]! / 4);
    return true;
  }

  /** Hands the rows that the last raster changed to the target. */
  blit(picture: Picture, target: RasterTarget): void {
    const { words } = this.regions;
    const at = picture.at / 4;
    const from = words[at + FROM]!;
    const to = words[at + TO]!;
    if (to <= from) return;
    if (picture.image?.data.buffer !== words.buffer) {
      const width = words[at + WIDTH]!;
      const height = words[at + HEIGHT]!;
      const pixels = new Uint8ClampedArray(words.buffer as ArrayBuffer, words[at + PIXELS]!, width * height * 4);
      picture.image = new ImageData(pixels, width, height);
    }
    target.blit(picture.image!, from, to);
  }

  dispose(): void {
    for (const picture of this.made) if (picture !== undefined) this.regions.releaseAll(picture);
  }
}
