import { inspectorStrings } from './inspector.ts';
import { count, grouped, memory } from './numbers.ts';

const { address: hex } = inspectorStrings;

/** Texts of a page seen from near: all pages, its blocks to scale, their bytes, the free lists. */
export const zoomStrings = {
  label: (letter: string, page: number) => `Lane ${letter}, page ${grouped(page)} from near`,
  path: {
    label: 'How near',
    pages: (pages: number) => count(pages, 'page', 'pages'),
    page: (page: number) => `page ${grouped(page)}`,
    block: 'block',
    hole: 'hole',
    bytes: 'bytes',
  },
  hints: { wheel: 'wheel or', zoom: 'zoom', up: 'up one level', lane: 'next lane' },
  in: 'Zoom in',
  out: 'Zoom out',
  showIn: (letter: string) => `Show in lane ${letter}`,
  noOtherLane: 'There is no other lane.',
  notElsewhere: 'No other lane has this block at this op.',
  shown: (letter: string, page: number) => `Lane ${letter}, page ${grouped(page)}`,

  allPages: 'All pages',
  blocks: (page: number) => `Blocks in page ${grouped(page)}`,
  legend: {
    label: 'What the blocks are drawn as',
    metadata: 'header',
    live: 'payload',
    slack: 'rounding',
    free: 'free',
    dead: 'dead',
    top: 'untouched',
    static: 'static data',
    link: 'free-list link (arcs stay in this page; dots without an arc lead elsewhere)',
  },
  choose: 'Click a block, or go to it with the arrow keys, to see its bytes.',

  lists: {
    title: 'Free list, from the head',
    titleMany: 'Free lists, from their heads',
    facts: (name: string, holes: number, bytes: number) =>
      `${name}: ${count(holes, 'hole', 'holes')}, ${memory(bytes)}`,
    more: (holes: number, bytes: number) => `… ${grouped(holes)} more, ${memory(bytes)} in all`,
    moreLists: (lists: number, holes: number, bytes: number) =>
      `… ${count(lists, 'more list', 'more lists')}; ${count(holes, 'hole', 'holes')}, ${memory(bytes)} in all`,
    none: 'Nothing is free.',
    arena: (bump: number) =>
      `This allocator keeps no free list: the next block goes to ${hex(bump)}, and all is free again at a reset.`,
    entry: (place: number, address: number, bytes: number) => `${grouped(place)}. ${hex(address)}, ${memory(bytes)}`,
    how: {
      wee: 'first fit: walks down until one fits',
      dlmalloc: 'best fit: the bin of its size, else the next larger one',
      tlsf: 'good fit: the first of the first list that is large enough',
      pool: 'last freed, first given out',
      arena: '',
    },
  },

  neighbour: 'Free neighbour',
  script: 'Script',
  strips: {
    block: ['this', 'block'] as const,
    neighbour: ['free', 'neighbour'] as const,
    page: (page: number) => [`page ${grouped(page)}`, 'live %'] as const,
    made: (line: number) => `line ${grouped(line)}`,
    freed: (line: number) => `free since line ${grouped(line)}`,
  },
} as const;
