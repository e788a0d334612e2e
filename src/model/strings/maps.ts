import { count, grouped, memory } from './numbers.ts';

const pages = (amount: number) => count(amount, 'page', 'pages');

/** Long maps: scrolling, and a lane alone on the page. */
export const mapStrings = {
  scrolled: (from: number, to: number, all: number) =>
    `Pages ${grouped(from)} to ${grouped(to)} of ${grouped(all)}. The wheel, a drag or Page Down scrolls.`,
  inSight: (from: number, to: number, all: number) => `${grouped(from)} to ${grouped(to)} of ${pages(all)}`,
  fit: 'Fit cells to the pages',
  fitShort: 'Fit',
  alone: 'Alone',
  aloneOf: (letter: string) => `Show lane ${letter} alone`,
  allLanes: 'All lanes',
  stoppedAt: (operation: number) => `stopped at op ${grouped(operation)}`,
  label: (letter: string, name: string) => `Lane ${letter}, ${name}, alone`,
  facts: (count: number, bytes: number, max: number, live: string) =>
    `${pages(count)}, ${memory(bytes)} committed of a ${max % 2 ** 30 === 0 ? `${max / 2 ** 30} GiB` : memory(max)} maximum. ${live} live.`,
  allPages: (count: number) => `All ${grouped(count)} pages, 1 px each`,
  gib: (index: number) => `${index}G`,
  lens: (from: number, to: number) => `Lens, pages ${grouped(from)} to ${grouped(to)}`,
  lensTiles: '16 tiles of 4 KiB a page. Space pins the lens.',
  pin: 'Pin',
  pinned: 'Pinned',
  pinLens: 'Pin the lens',
  byLive: 'Pages by live %',
  byLiveBar: (level: string, count: number) => `${level}: ${pages(count)}`,
  levels: ['0', '≤12', '25', '37', '50', '62', '75', '87', '100'],
  ofLevel: (level: string) => `up to ${level.replace('≤', '')} % live`,
  noneLive: 'nothing live',
  short: (count: number) => (count < 10_000 ? grouped(count) : `${grouped(Math.round(count / 1000))}k`),
  rowBars: 'live',
  offset: (bytes: number) => `+${memory(bytes).replace(/\.0+ /, ' ')}`,
  goTo: 'Go to',
  goToHint: '0x… or page',
  goToLabel: 'Go to an address or a page',
  notAPlace: (text: string) =>
    `“${text}” is no page and no address. Type a page such as 4 096, or an address such as 0x10000000.`,
  beyond: (page: number) =>
    `Page ${grouped(page)} does not exist: a memory has 65 536 pages at most, the last one is 65 535.`,
  empty: 'Empty',
  emptyNote: (bytes: number) => `${memory(bytes)} nothing uses`,
  held: 'Held by < 1 KiB',
  heldNote: (bytes: number) => `${memory(bytes)} pinned`,
  holes: 'Holes',
  holesNote: (bytes: number) => `${memory(bytes)} free`,
  hole: 'Largest hole',
  fragmentation: (text: string) => `ext. frag. ${text}`,
  findings: 'Findings',
  noFindings: 'none',
  broken: (count: number) => `${grouped(count)} corrupted`,
  found: (count: number) => `${grouped(count)} ${count === 1 ? 'finding' : 'findings'}`,
  failed: (count: number) => `${grouped(count)} ${count === 1 ? 'request' : 'requests'} not served`,
  reading: 'reading…',
  pages,
  largestHole: (bytes: number, count: number) => `Largest hole ${memory(bytes)}, ${pages(count)}`,
  committedEnd: (page: number) => `committed ends at page ${grouped(page)}`,
  noCanvas:
    'This browser gives the page no canvas, so the map cannot be drawn. T shows its pages as a table; the name of each cell, reached with the arrow keys, says the same.',
} as const;
