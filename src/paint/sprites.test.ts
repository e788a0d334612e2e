import { expect, test } from 'vitest';
import { CELL_STATES, CellState, OTHER_LINES } from '../model/heap-frame.ts';
import { cellSprites } from './sprites.ts';
import { DARK, forcedTheme, LIGHT, type PaintTheme, pixelOf } from './theme.ts';

const FORCED = forcedTheme(
  (colour) => ({ Canvas: 'rgb(0, 0, 0)', GrayText: 'rgb(128, 128, 128)' })[colour as 'Canvas'] ?? 'rgb(255, 255, 255)',
);

/** One state's cell: a line of text a row of pixels, `.` for the first colour met, `#` for the other. */
function drawing(theme: PaintTheme, state: CellState, cell: number, side: number, unit = 1): string[] {
  const pixels = cellSprites(theme, cell, side, unit).subarray(state * cell * cell, (state + 1) * cell * cell);
  const ground = pixelOf(
    state === CellState.Untouched ? theme.panel : state === CellState.Static ? theme.fixed : theme.ramp[0]!,
  );
  return Array.from({ length: cell }, (_, y) =>
    [...pixels.subarray(y * cell, (y + 1) * cell)].map((pixel) => (pixel === ground ? '.' : '#')).join(''),
  );
}

test('untouched memory has one dot in each tile', () => {
  expect(drawing(LIGHT, CellState.Untouched, 8, 2)).toEqual([
    '........',
    '.#...#..',
    '........',
    '........',
    '........',
    '.#...#..',
    '........',
    '........',
  ]);
  expect(drawing(LIGHT, CellState.Untouched, 24, 4, 2).join('').match(/#/g)!.length).toBe(16 * 4);
});

test('dead memory is striped every second hairline', () => {
  expect(drawing(LIGHT, CellState.Dead, 4, 1)).toEqual(['####', '....', '####', '....']);
  expect(drawing(DARK, CellState.Dead, 8, 1, 2)[0]).toBe('########');
  expect(drawing(DARK, CellState.Dead, 8, 1, 2)[1]).toBe('########');
  expect(drawing(DARK, CellState.Dead, 8, 1, 2)[2]).toBe('........');
});

test('static data is laid in bricks', () => {
  expect(drawing(LIGHT, CellState.Static, 16, 4).slice(0, 9)).toEqual([
    '################',
    '..#.......#.....',
    '..#.......#.....',
    '..#.......#.....',
    '################',
    '......#.......#.',
    '......#.......#.',
    '......#.......#.',
    '################',
  ]);
});

test('live memory is one colour, the darker the more, and no two states look alike', () => {
  for (const theme of [LIGHT, DARK, FORCED]) {
    for (const [cell, side, unit] of [
      [32, 8, 1],
      [28, 4, 1],
      [20, 4, 1],
      [16, 4, 1],
      [12, 4, 1],
      [8, 1, 1],
      [32, 4, 2],
      [96, 8, 3],
      // Four gigabytes: a pixel a page, on the screen and on paper.
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 3],
    ] as const) {
      const sprites = cellSprites(theme, cell, side, unit);
      const looks = new Set(
        Array.from({ length: CELL_STATES }, (_, state) =>
          sprites.subarray(state * cell * cell, (state + 1) * cell * cell).join(),
        ),
      );
      expect(looks.size, `${theme.name}, cell ${cell}`).toBe(CELL_STATES);
    }
  }
});

test('lines and all other states look unlike each other, without colours too', () => {
  for (const theme of [LIGHT, DARK, FORCED]) {
    for (const [cell, side, unit] of [
      [32, 8, 1],
      [16, 4, 1],
      [12, 4, 1],
      [8, 1, 1],
      [32, 4, 2],
    ] as const) {
      const sprites = cellSprites(theme, cell, side, unit, 'line');
      // A tile is all that is seen of a line where lines change from tile to tile.
      const size = cell / side;
      const looks = new Set<string>();
      for (const state of [...Array(CELL_STATES).keys()].filter((at) => at <= OTHER_LINES || at > CellState.Live8)) {
        const rows = Array.from({ length: size }, (_, y) => sprites.subarray((state * cell + y) * cell).slice(0, size));
        looks.add(rows.join());
      }
      expect(looks.size, `${theme.name}, cell ${cell}`).toBe(OTHER_LINES + 3);
    }
  }
});

test('without colours n eighths live are n eighths inked', () => {
  const sprites = cellSprites(FORCED, 16, 4, 1);
  const ink = pixelOf(FORCED.ink);
  for (let level = 1; level <= 8; level++) {
    const state = CellState.Free + level;
    const inked = sprites.subarray(state * 256, (state + 1) * 256).filter((pixel) => pixel === ink).length;
    expect(inked).toBe(level * 32);
  }
});

test('without colours and without room for patterns, dead memory is lighter than any that lives', () => {
  const tones = cellSprites(FORCED, 1, 1, 1);
  const tone = (state: CellState) => tones[state]! & 255;
  const order = [CellState.NotGrown, CellState.Untouched, CellState.Free, CellState.Dead, CellState.Static];
  const rising = [...order, ...Array.from({ length: 8 }, (_, level) => CellState.Live1 + level)].map(tone);
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  expect([rising[0], rising.at(-1)]).toEqual([0, 255]);
  // A legend's swatch has room, its map has none: it shows the map's tone.
  expect(new Set(cellSprites(FORCED, 12, 2, 1, 'live', true).subarray(0, 144))).toEqual(new Set([tones[0]]));
});

test('colours become pixels byte for byte', () => {
  expect(pixelOf('#010203')).toBe(0xff030201);
  expect(pixelOf('rgb(1, 2, 3)')).toBe(0xff030201);
  expect(pixelOf('rgba(255, 254, 253, 1)')).toBe(0xfffdfeff);
  expect(() => pixelOf('teal')).toThrow(/teal/);
});
