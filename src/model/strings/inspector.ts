import { SpanKind } from '../spans.ts';
import { count, grouped, memory, roundMemory } from './numbers.ts';

const hex = (address: number) => `0x${(address >>> 0).toString(16).padStart(8, '0')}`;
/** Bytes as they are, and in the unit that reads best where that is another. */
const exact = (bytes: number) => (bytes < 1024 ? memory(bytes) : `${memory(bytes)} (${grouped(bytes)} B)`);

const KINDS: Readonly<Record<number, string>> = {
  [SpanKind.Static]: 'Static data',
  [SpanKind.State]: 'The allocator’s state',
  [SpanKind.Header]: 'Header',
  [SpanKind.Used]: 'Block',
  [SpanKind.Free]: 'Hole',
  [SpanKind.Dead]: 'Dead bytes',
  [SpanKind.Top]: 'Top',
};

/** Texts of the inspector: the page, its chunks, the block or hole that is looked at, its bytes. */
export const inspectorStrings = {
  label: 'Inspector',
  title: 'Inspector',
  open: 'Inspector',
  close: 'Close the inspector',
  closeShort: 'Close',
  resize: 'Width of the inspector',
  openBlocks: 'Open blocks',
  nearer: 'Zoom in',
  nearerOf: (page: number) => `Zoom into page ${grouped(page)}`,
  follows: 'Follows the playhead. Select a page or a block to hold it.',
  nothing: 'No lane has run yet. What a page holds is shown here.',
  waiting: 'Reading the bytes.',
  notGrown: (pages: number) => `Not committed at this op: the memory has ${count(pages, 'page', 'pages')}.`,
  page: (page: number) => `Page ${grouped(page)}`,
  letterPage: (letter: string, page: number) => `Lane ${letter}, page ${grouped(page)}`,
  address: hex,
  exact,

  path: { label: 'How deep', pages: 'All pages', page: 'page', block: 'block', hole: 'hole', bytes: 'bytes' },

  picture: {
    label: (page: number) => `Chunks of page ${grouped(page)}`,
    scale: (rows: number, bytes: number) => `${rows} rows of ${roundMemory(bytes)}`,
    scaleOf: (rows: number, rowBytes: number, bytes: number) =>
      `${rows} rows of ${roundMemory(rowBytes)}, 1 px = ${Number(bytes.toFixed(1))} ${bytes === 1 ? 'byte' : 'bytes'}`,
    offset: (bytes: number) => `+${bytes.toString(16).padStart(4, '0')}`,
    keys: 'Arrow keys go from chunk to chunk, Enter goes down to it and to its bytes, Escape up.',
    chunk: (kind: number, name: string | null, address: number, bytes: number) =>
      `${name ?? KINDS[kind] ?? ''}, ${hex(address)}, ${memory(bytes)}`,
  },
  kinds: KINDS,

  budget: {
    label: 'Bytes of the page by class',
    caption: 'Byte budget, 65 536 B',
    broken: 'Two owners of the same bytes: the classes do not add up here.',
    names: {
      static: 'Static',
      live: 'Live',
      slack: 'Rounding',
      metadata: 'Headers',
      free: 'Free',
      dead: 'Dead',
      top: 'Top',
    },
    withCount: (name: string, amount: number, one: string, many: string) => `${name}, ${count(amount, one, many)}`,
    blocks: ['block', 'blocks'] as const,
    holes: ['hole', 'holes'] as const,
    largest: 'Largest hole',
    bytes: (bytes: number) => `${grouped(bytes)} B`,
    share: (bytes: number) => `${((bytes / 65_536) * 100).toFixed(bytes > 0 && bytes < 655 ? 1 : 0)} %`,
  },

  since: {
    live: (operation: number) => `Holds a live byte since op ${grouped(operation)}.`,
    empty: (operation: number) => `No live byte since op ${grouped(operation)}.`,
    untouched: 'Never held a block.',
    committed: (operation: number) =>
      operation === 0 ? 'One of the initial pages.' : `Committed at op ${grouped(operation)}.`,
    keeper: 'Held longest by',
    age: (operations: number) => `${count(operations, 'op', 'ops')} old`,
    until: (end: number) => (end === 0 ? 'lives to the end' : `freed at op ${grouped(end)}`),
  },

  block: {
    name: (name: string) => `Block ${name}`,
    gone: (end: number) => `Freed at op ${grouped(end)}.`,
    notYet: (operation: number) => `Not allocated yet: op ${grouped(operation)} makes it.`,
    failed: 'This lane could not serve it.',
    noBytes: 'A request for 0 bytes: the pointer is made up and nothing is stored.',
    request: 'Requested',
    usable: 'Usable',
    rounding: 'Rounding',
    header: 'Header',
    noHeader: 'none',
    headerAt: (bytes: number, address: number) => `${grouped(bytes)} B at ${hex(address)}`,
    address: 'Address',
    born: 'Allocated',
    resized: 'Last resized',
    ends: 'Freed',
    never: 'never: lives to the end',
    age: 'Age',
    operation: (operation: number) => `op ${grouped(operation)}`,
    line: (operation: number, line: number) => `op ${grouped(operation)}, line ${grouped(line)}`,
    ageValue: (operations: number) => count(operations, 'op', 'ops'),
    elsewhere: 'The same block in the other lanes',
    there: (address: number, page: number, usable: number) =>
      `${hex(address)}, page ${grouped(page)}, ${memory(usable)}`,
    notThere: 'not there at this op',
    go: (letter: string) => `Show it in lane ${letter}`,
    goToOperation: (operation: number) => `Go to op ${grouped(operation)}`,
  },

  hole: {
    at: (address: number) => `Hole at ${hex(address)}`,
    other: (kind: number, address: number) => `${KINDS[kind] ?? ''} at ${hex(address)}`,
    since: (bytes: number, operation: number) => `${exact(bytes)} since op ${grouped(operation)}, freed by`,
    fresh: (bytes: number) => `${exact(bytes)}, never handed out.`,
    size: (bytes: number) => `${exact(bytes)}.`,
    line: (line: number) => `line ${grouped(line)}`,
    place: (place: number, length: number, list: string) => `${grouped(place)} of ${grouped(length)} in the ${list}`,
    placeLabel: 'In its list',
    before: 'Before it',
    after: 'Next in it',
    first: 'nothing, it is the head',
    last: 'nothing, it is the last',
  },

  bytes: {
    title: 'Bytes',
    note: 'little-endian, fields as the allocator lays them out',
    show: 'Show bytes',
    folded: (bytes: number, byte: string) => `${count(bytes, 'byte', 'bytes')} of ${byte} folded`,
    earlier: 'Earlier bytes',
    later: 'Later bytes',
    window: (from: number, to: number) => `${hex(from)} to ${hex(to)}`,
    table: 'Bytes of the chunk',
    head: { address: 'Address', bytes: 'Bytes', text: 'Text' },
    fields: 'Header fields',
    linkFields: 'Fields of the hole',
    none: 'This allocator writes no header here.',
    yes: 'yes',
    no: 'no',
    legend: { header: 'header', live: 'requested', slack: 'rounding', free: 'hole', other: 'neighbours' },
  },
} as const;
