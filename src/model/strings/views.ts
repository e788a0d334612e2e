import { type AllocatorId, GUARD_BYTES } from '../lanes.ts';
import { count, grouped, memory } from './numbers.ts';

const hex = (address: number) => `0x${(address >>> 0).toString(16).padStart(8, '0')}`;
const percent = (ratio: number, digits = 1) => `${(ratio * 100).toFixed(digits)} %`;

/** Texts of the page: bar, lanes, maps, timeline, first visit, states. */
export const viewsStrings = {
  name: 'Heapscape',
  address: hex,
  percent,
  operations: (amount: number) => count(amount, 'op', 'ops'),
  pages: (amount: number) => count(amount, 'page', 'pages'),

  footer: (version: string) => `Heapscape ${version},`,
  day: (date: Date) =>
    date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),

  sections: { label: 'Parts of the page', compare: 'Compare', labs: 'Labs', lessons: 'Lessons' },

  skip: { maps: 'Skip to the maps', timeline: 'Skip to the timeline', script: 'Skip to the script' },
  failed: {
    title: 'This page could not start.',
    noWasm: 'This browser runs no WebAssembly, or it is switched off; all that is shown here is WebAssembly.',
    noWorkers: 'This browser has no web workers, in which the allocators run.',
    notHere: 'Something that it needs did not come. Check the connection.',
  },
  stopped: 'This page has stopped. What you made is kept.',
  reload: 'Reload the page',
  part: {
    title: 'Not here',
    failed:
      'This part of the page could not be shown. What you made is kept. Check the connection and try again, or reload the page.',
    again: 'Try again',
  },

  file: {
    open: 'Open a file',
    openHint: 'A recording of a real program, or a script. You can also drop it anywhere, or paste it.',
  },

  bar: {
    scenario: 'Scenario',
    gallery: 'Gallery',
    recordings: 'Recordings of real programs',
    pictures: 'Gallery with pictures…',
    own: 'My script',
    recording: (name: string) => `Recording: ${name}`,
    empty: 'Empty script',
    open: 'Open…',
    save: 'Save…',
    share: 'Share',
    help: 'Help',
    toDark: 'Dark',
    toLight: 'Light',
    toDarkHint: 'Change to the dark theme',
    toLightHint: 'Change to the light theme',
    script: 'Script',
    exportAs: 'Export…',
    inspector: 'Inspector',
    saved: { none: 'Recent', saving: 'Saving', saved: 'Saved', failed: 'Not saved', 'too-large': 'Not kept' },
    recent: 'Recent work',
    nothing: 'What was dropped',
    notLoaded: (name: string) => `“${name}” could not be loaded. Check the connection and pick it again.`,
  },

  lane: {
    region: (letter: string, name: string) => `Lane ${letter}, ${name}`,
    names: {
      wee: 'wee_alloc',
      dlmalloc: 'dlmalloc',
      'dlmalloc-emscripten': 'dlmalloc, emscripten',
      'dlmalloc-rs': 'dlmalloc, Rust',
      tlsf: 'TLSF, AssemblyScript',
      arena: 'Arena',
      pool: 'Pool',
    } satisfies Record<AllocatorId, string>,
    policies: {
      wee: 'first fit, one list',
      dlmalloc: 'best fit, merges neighbours',
      'dlmalloc-emscripten': 'the same, 8-byte steps, a break in bytes',
      'dlmalloc-rs': 'the same, 8-byte steps, own pages only',
      tlsf: 'good fit by bitmaps, doubles memory',
      arena: 'moves forward, frees by scope',
      pool: 'equal slots, a page a size',
    } satisfies Record<AllocatorId, string>,
    guidePolicies: {
      wee: 'takes the first hole that fits',
      dlmalloc: 'takes the tightest hole, merges neighbours',
      'dlmalloc-emscripten': 'takes the tightest hole, in steps of 8 bytes',
      'dlmalloc-rs': 'takes the tightest hole, in pages of its own',
      tlsf: 'takes a hole from the next list, doubles memory',
      arena: 'only moves forward, frees all at once',
      pool: 'keeps slots of one size together',
    } satisfies Record<AllocatorId, string>,
    optionPolicies: { repaired: 'repaired walk', noclasses: 'no size classes' } as Readonly<Record<string, string>>,
    size: (bytes: number) => `${(bytes / 1000).toFixed(1)} kB .wasm`,
    guardedName: (name: string) => `${name}, guarded`,
    larger: `blocks ${GUARD_BYTES} B larger`,
    empty: 'No lane yet. Add an allocator to see its memory.',
    switcher: 'Lanes',
    pages: (amount: number) => ({ number: grouped(amount), unit: amount === 1 ? 'page' : 'pages' }),
  },

  map: {
    scaleInMib: 'MiB',
    row: (bytes: number) => `1 row = ${memory(bytes).replace('.00', '').replace('.0', '')}`,
    cell: (tileBytes: number | null, tiles: number) =>
      tileBytes === null
        ? '1 cell = 1 page = 64 KiB'
        : `1 cell = 1 page = 64 KiB, ${tiles} tiles of ${tileBytes / 1024} KiB`,
    mib: (mib: number) => `${grouped(mib)} MiB`,
    page: (page: number) => `page ${grouped(page)}`,
    willEnd: (pages: number) => `will end at ${count(pages, 'page', 'pages')}`,
    more: (pages: number) => `${count(pages, 'page', 'pages')} below`,
  },

  legend: {
    label: 'What the map shows',
    live: 'live',
    full: '100 %',
    dead: ['dead', ', given to no request'] as const,
    static: 'static',
    untouched: 'untouched',
    notGrown: 'not grown',
    changed: 'changed',
    selected: 'selected',
  },

  timeline: {
    label: 'Timeline',
    slider: 'Playhead',
    pages: 'pages',
    live: 'live',
    floor: 'floor',
    search: ['search', 'steps, max'] as const,
    alloc: 'alloc',
    free: 'free',
    resize: 'Height of the timeline',
    all: 'All ops',
    value: (position: number, total: number, mark: string | null, line: number | null) =>
      [
        `op ${grouped(position)} of ${grouped(total)}`,
        mark === null ? null : `in ${mark}`,
        line === null ? null : `line ${line}`,
      ]
        .filter((part) => part !== null)
        .join(', '),
    guideTitle: 'Pages each one has taken, over time',
    guideLive: 'bytes asked for and not freed',
    dragMe: 'drag me',
  },

  transport: {
    label: 'Playback',
    start: 'To the start',
    back: 'One op back',
    play: 'Play',
    pause: 'Pause',
    forward: 'One op forward',
    speed: 'Speed',
    perSecond: (speed: number) => `${grouped(speed)} ops/s`,
    of: (total: number) => `of ${count(total, 'op', 'ops')}`,
    place: (mark: string | null, line: number | null) => ({
      mark,
      line: line === null ? null : `line ${grouped(line)}`,
    }),
    in: 'in ',
    markBack: 'mark',
    markOn: 'mark',
    step: 'Step',
    keys: {
      one: 'one op',
      hundred: '100',
      mark: 'mark to mark',
      grow: 'next grow',
      finding: 'next finding',
      all: 'all keys',
    },
  },

  status: {
    loading: 'Loading the scenario',
    reading: (done: number, total: number) => (total > 0 ? `Reading, ${memory(done)} of ${memory(total)}` : 'Reading'),
    evaluating: (done: number) =>
      done > 0 ? `Working the script out, ${count(done, 'op', 'ops')}` : 'Working the script out',
    recording: (done: number, total: number) =>
      total > 0 ? `Running the lanes, ${count(done, 'op', 'ops')} of ${grouped(total)}` : 'Running the lanes',
    counting: (done: number, total: number) =>
      total > 0 ? `Counting search steps, ${grouped(done)} of ${grouped(total)}` : 'Counting search steps',
    stop: 'Stop',
    cancelled: (operations: number) => `Stopped by you. ${count(operations, 'op', 'ops')} ran and are kept.`,
    empty: 'Nothing to run. Type `a = alloc 64` or pick an example.',
    lost: 'The worker that runs the lanes has stopped. What is drawn stays; nothing of yours is lost.',
    restart: 'Start it again',
    laneStopped: (letter: string, message: string) =>
      `Lane ${letter}: ${message.replace(/\.?$/, '.')} The others go on.`,
    outOfMemory: (letter: string, size: number, operation: number, free: number | null, hole: number | null) =>
      `${letter} could not serve ${memory(size)} at op ${grouped(operation)}.${
        free === null || hole === null
          ? ''
          : ` ${memory(free)} is free, largest hole ${memory(hole)}: ${free >= size ? 'fragmentation, not shortage' : 'shortage'}.`
      }`,
  },

  guide: {
    title: 'One program, three allocators. Watch what each does with the same memory.',
    real: 'These are real WebAssembly modules running in this tab. Nothing is sent anywhere.',
    next: 'Then',
    all: 'Compare in full',
    allNote: 'metrics, every option, sixteen scenarios',
    trace: 'Load a recording',
    traceNote: 'from your own program, or drop a file anywhere',
    empty: 'Empty script',
    emptyNote: 'write your own, with completion',
    hide: 'Hide this guide',
    done: 'Done',
    notes: {
      cell: ['One cell is one page, 64 KiB.', 'The stronger its colour, the more of it is in use.'] as const,
      holes: ['Pale tiles are holes:', 'free, but maybe too small.'] as const,
      dead: ['Striped: freed,', 'but the arena keeps it until everything goes.'] as const,
    },
  },

  phone: {
    map: 'Map',
    script: 'Script',
    metrics: 'Metrics',
    findings: 'Findings',
    nothing: 'Nothing has run yet.',
    swipe: (letter: string) => `swipe for ${letter}`,
  },
  dialog: { close: 'Close' },
} as const;

/** A small number as a word at the beginning of a sentence. */
export function word(value: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'][value] ?? grouped(value);
}
