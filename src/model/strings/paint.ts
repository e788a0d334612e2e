import { grouped } from './numbers.ts';

/** Where there is little room, without what the middle says. */
const CELL = ['1 cell', ' = 1 page', ' = 64 KiB'] as const;
const pages = (count: number) => `${grouped(count)} ${count === 1 ? 'page' : 'pages'}`;

/** What the maps say: written on them and under them. */
export const paintStrings = {
  /** On the outline of what the lane will have taken at its end; an arrow where that lies below the rows shown. */
  willEnd: (count: number, below: boolean) => `will end at ${pages(count)}${below ? ' ↓' : ''}`,
  willEndAbove: (count: number) => `will end at ${pages(count)} ↑`,
  /** Beside a mark whose page lies outside the rows shown. */
  above: (label: string) => `${label} ↑`,
  below: (label: string) => `${label} ↓`,
  cell: CELL,
  cellIsPage: CELL.join(''),
  tiles: (count: number, kibibytes: number) => `${count} tiles of ${kibibytes} KiB`,
  rowIs: (size: string) => `1 row = ${size}`,
  /** An address of the map's scale: whole units where a row is a round size. */
  axis: (bytes: number, unit: 'MiB' | 'GiB') =>
    unit === 'MiB' ? `${grouped(bytes / 1024 ** 2)} MiB` : `${(bytes / 1024 ** 3).toFixed(2)} GiB`,
  noMemory: (bytes: number) =>
    `The browser gave no more memory: the replay needs ${grouped(Math.ceil(bytes / 1024 ** 2))} MiB. Close other tabs, or run fewer lanes.`,
} as const;
