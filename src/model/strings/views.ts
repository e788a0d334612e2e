import { type AllocatorId, GUARD_BYTES } from '../lanes.ts';
import type { MetricId } from '../metrics.ts';
import { grouped, memory } from './editor.ts';

const count = (amount: number, one: string, many: string) => `${grouped(amount)} ${amount === 1 ? one : many}`;
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
  loadFailed: 'This page could not start.',
  reload: 'Reload the page',

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
    nothing: 'What was dropped',
    notLoaded: (name: string) => `“${name}” could not be loaded. Check the connection and pick it again.`,
  },

  script: {
    title: 'Script',
    facts: (lines: number, operations: number | null) =>
      operations === null
        ? count(lines, 'line', 'lines')
        : `${count(lines, 'line', 'lines')}, ${count(operations, 'op', 'ops')}`,
    label: 'Scenario script',
    close: 'Close the script',
    open: 'Open the script',
    resize: 'Width of the script',
    reference: 'Language',
    recordingFacts: (name: string, operations: number) => `${name}, ${count(operations, 'op', 'ops')}`,
    recordingNote:
      'A recording has no script: its operations are the program’s own. Drag the needle to see any of them, or write a script of your own.',
    newScript: 'Write a script',
    stale: 'The lanes show the last run without errors.',
    notes: 'Findings',
    noFindings: (operations: number) =>
      `No findings in ${count(operations, 'op', 'ops')}. Checked: header chain, links, overlaps, live at the end.`,
    findings: (amount: number) => count(amount, 'finding', 'findings'),
    findingsLeftOut: (amount: number) => `${grouped(amount)} more, counted but not listed.`,
  },

  strip: {
    before: 'Before the first op',
    operation: (number: number) => `Op ${grouped(number)}`,
    line: (line: number) => `line ${grouped(line)}`,
    searched: (parts: string) => `Steps searched: ${parts}.`,
    grew: (letter: string, pages: number) => `${letter} grew to ${count(pages, 'page', 'pages')}.`,
    limit: (pages: number) => `grow returned −1: ${count(pages, 'page', 'pages')} is this module’s maximum.`,
    stopped: (letter: string) => `${letter} stopped before it.`,
    at: (letter: string, address: number) => `${letter} ${hex(address)}`,
    placed: (parts: string) => `Placed at ${parts}.`,
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
    options: 'Options',
    optionsOf: (letter: string) => `Options of lane ${letter}`,
    allocator: 'Allocator',
    optionNames: {
      repaired: 'Repaired walk (its own cells are no longer lost)',
      noclasses: 'No size classes (every request walks the main list)',
      guard: 'Guard (red zones, canaries, poison, quarantine)',
    } as Readonly<Record<string, string>>,
    guardedName: (name: string) => `${name}, guarded`,
    larger: `blocks ${GUARD_BYTES} B larger`,
    guarded: `Sizes are larger: each block takes ${GUARD_BYTES} bytes more, and freed ones wait in quarantine. What lies in front counts as metadata, canary and red zone behind as slack, quarantine as dead. What the guard finds is listed with the findings.`,
    base: 'Heap base, bytes',
    initial: 'Initial pages',
    max: 'Maximum pages',
    fromScript: 'from the script',
    fill: 'Write a pattern after each allocation, 0x57 before each free',
    apply: 'Apply',
    badNumber: (label: string, max: number) => `${label}: a whole number from 0 to ${grouped(max)}, or nothing.`,
    remove: 'Remove lane',
    removeOf: (letter: string) => `Remove lane ${letter}`,
    left: (letter: string) => `Move lane ${letter} to the left`,
    right: (letter: string) => `Move lane ${letter} to the right`,
    moveHint: (letter: string, name: string) =>
      `Lane ${letter}, ${name}: drag to another place, or move it in its options`,
    add: 'Add lane',
    addShort: '+ Lane',
    addNone: 'Four lanes are the most.',
    empty: 'No lane yet. Add an allocator to see its memory.',
    switcher: 'Lanes',
    pages: (amount: number) => ({ number: grouped(amount), unit: amount === 1 ? 'page' : 'pages' }),
    fail: (message: string) => message,
    restart: 'Run again',
  },

  metric: {
    rows: {
      footprint: 'Footprint',
      live: 'Live',
      free: 'Free, reusable',
      hole: 'Largest hole',
      external: 'External frag.',
      internal: 'Internal frag.',
      search: 'Search / op',
      failures: 'Failures',
    },
    titles: {
      footprint: 'Footprint, pages',
      live: 'Live of heap, now',
      free: 'Free bytes that a later request can be given',
      hole: 'Largest hole',
      external: 'External fragmentation, largest hole',
      internal: 'Internal fragmentation',
      search: 'Search steps a request, mean so far',
      failures: 'Requests that returned 0 so far',
    },
    caption: 'Metrics of each lane at the playhead',
    best: 'best',
    none: 'n/a',
    untilReset: 'none until reset',
    counting: 'counting',
    steps: (mean: number) => `${mean < 10 ? mean.toFixed(1) : grouped(Math.round(mean))} steps`,
    formula: (name: string) => `Formula of ${name}`,
    source: (source: string) => `Source: ${source}`,
    scale: {
      pages: 'The line ends at the most pages of any lane in the whole run.',
      ratio: 'The line ends at 100 %.',
      bytes: 'The line is logarithmic, from 16 B to the largest memory of any lane.',
      search: 'The line is logarithmic, to the most steps of one request in any lane.',
      count: 'The line ends at the most failures of any lane.',
    },
    all: 'All metrics',
    asTables: 'As tables',
    tableTitle: (position: number) => `Every metric after op ${grouped(position)}`,
    tableHead: { metric: 'Metric', formula: 'Formula', source: 'Source' },
    steady: (from: number) => `read at op ${grouped(from)}`,
    ids: {
      pages: 'Footprint, pages',
      grows: 'Grow events',
      failures: 'Failures',
      blocks: 'Live blocks',
      committed: 'Committed',
      static: 'Static',
      live: 'Live, requested',
      slack: 'Rounding slack',
      metadata: 'Metadata',
      free: 'Free, reusable',
      dead: 'Dead',
      top: 'Top',
      peak_live: 'Peak live',
      internal_fragmentation: 'Internal fragmentation',
      internal_slack: 'of it slack',
      internal_metadata: 'of it headers',
      external_fragmentation: 'External fragmentation, largest hole',
      external_l2: 'External fragmentation, L2',
      unusable: 'Unusable free index, next request',
      holes: 'Holes',
      hole_bytes: 'Bytes in holes',
      largest_hole: 'Largest hole',
      utilisation: 'Live of heap, now',
      peak_utilisation: 'Peak live of heap',
      peak_overhead: 'Peak overhead',
      floor: 'Floor, pages',
      ratchet: 'Ratchet: pages over floor',
      empty_pages: 'Empty pages',
      trailing_pages: 'Empty pages at the end',
      pinned_waste: 'Pinned waste',
      search_steps: 'Search steps in all',
      search_mean: 'Search steps a request, mean',
      search_p99: 'Search steps, 99th percentile',
      search_worst: 'Search steps, worst request',
      misuses: 'Misuses',
      lost: 'Lost blocks',
      verdict: 'Verdict',
    } satisfies Record<MetricId, string>,
  },

  check: {
    /** The parts in the order of the sum; a class of 0 bytes is left out. */
    parts: { static: 'static', live: 'live', slack: 'slack', metadata: 'meta', free: 'free', dead: 'dead', top: 'top' },
    adds: (parts: readonly string[], total: string) => [parts.join(' + '), ` = ${total}`] as const,
    bytes: (name: string, bytes: number) => `${name} ${grouped(bytes)}`,
    wrong: (sum: number, total: number) => `classes give ${grouped(sum)} B of ${grouped(total)} B`,
    waiting: 'reading the bytes',
    label: 'Every committed byte belongs to one class',
    broken: (text: string) => text,
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
    grid: (letter: string, name: string) => `Pages of lane ${letter}, ${name}`,
    cellName: (letter: string, page: number, live: string, selected: boolean) =>
      `Lane ${letter}, page ${grouped(page)}, ${live}${selected ? ', selected' : ''}`,
    cellLive: (ratio: number) => `${Math.round(ratio * 100)} percent live`,
    cellNotGrown: 'not grown yet',
    cellUntouched: 'untouched',
    cellStatic: 'static',
    cellFree: 'no live byte',
    cellDead: 'dead, held until the reset',
    holes: (amount: number) => count(amount, 'hole', 'holes'),
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

  holes: {
    axis: ['Free bytes', 'by hole size'] as const,
    fit: (fitting: number, all: number, size: number) =>
      `${grouped(fitting)} of ${count(all, 'hole', 'holes')} ${fitting === 1 ? 'fits' : 'fit'} ${grouped(size)} B`,
    noNext: (all: number) => count(all, 'hole', 'holes'),
    noneArena: 'No holes: a free here gives nothing back until the reset.',
    none: 'No hole: everything free lies on top.',
    next: 'Next',
    nextFull: (operation: number, size: number) => `Op ${grouped(operation)} asks for ${grouped(size)} B: it`,
    outcome: {
      stopped: 'is not reached: the lane stopped',
      fails: 'fails: the lane gives 0',
      nothing: 'takes no memory',
      grows: (pages: number) => `must grow by ${count(pages, 'page', 'pages')}`,
      stays: (address: string) => `stays at ${address}`,
      hole: (bytes: number, holes: number, address: string) =>
        holes === 1
          ? `goes into a hole of ${grouped(bytes)} B at ${address}`
          : `goes into ${grouped(holes)} holes joined, ${grouped(bytes)} B at ${address}`,
      top: (address: string) => `is cut from the top at ${address}`,
      freed: (address: string) => `goes to ${address}, given back before it`,
    },
    noRequest: 'No request follows.',
    waiting: 'Reading the bytes.',
    label: (letter: string) => `Free bytes of lane ${letter} by size of hole`,
    bar: (from: number, holes: number, bytes: number) =>
      `${memory(from)} to ${memory(from * 2 - 1)}: ${count(holes, 'hole', 'holes')}, ${memory(bytes)}`,
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
    guideLive: 'bytes the program really uses',
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
    previousMark: 'Mark before',
    nextMark: 'Next mark',
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

  findings: {
    title: 'Findings',
    checks: 'Checks',
    held: 'held',
    failed: 'failed',
    unchecked: 'not checked',
    check: (text: string, lane: string) => `${text}: ${lane}`,
    value: (value: string) => `was ${value}`,
    at: (operation: number, line: number) => `op ${grouped(operation)}, line ${grouped(line)}`,
    line: (line: number) => `line ${grouped(line)}`,
    go: (operation: number) => `Go to op ${grouped(operation)}`,
    ofLane: (letter: string) => `Lane ${letter}`,
    allLanes: 'All lanes',
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
    lostTooMuch: 'It did not answer for 3 seconds, or ran out of memory.',
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

  live: {
    ready: (operations: number, lanes: number) =>
      `Ran ${count(operations, 'op', 'ops')} in ${count(lanes, 'lane', 'lanes')}.`,
    grew: (position: number, letter: string, pages: number) =>
      `Op ${grouped(position)}, ${letter} grew to ${count(pages, 'page', 'pages')}`,
    paused: (position: number) => `Paused at op ${grouped(position)}`,
    mark: (text: string) => `Mark ${text}`,
    noGrow: 'No grow after this op.',
    noFinding: 'No finding in this run.',
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
    grewNone: (letters: string, amount: number, mark: string) =>
      `${letters} ${amount === 1 ? 'needs' : 'need'} no new page after “${mark}”.`,
    allGrew: (mark: string) => `Every lane took new pages after “${mark}”.`,
  },

  keys: {
    title: 'Keys',
    note: 'Single keys are off while you type in a field.',
    close: 'Close',
    list: [
      [['Space'], 'play or pause'],
      [['←', '→'], 'one op back or forward; , and . when a map has the focus'],
      [['⇧ ←', '⇧ →'], '100 ops'],
      [['[', ']'], 'mark before, next mark'],
      [['Home', 'End'], 'first and last op'],
      [['G'], 'next grow'],
      [['F'], 'next finding'],
      [['1', '2', '3', '4'], 'to the map of lane A to D'],
      [['↑', '↓', '←', '→'], 'in a map: to the page above, below, before, after'],
      [['Ctrl ←', 'Ctrl →'], 'in a map: next page of another state'],
      [['Page Up', 'Page Down'], 'in a map: 16 rows'],
      [['Enter'], 'down: select the page, go into it, to the block, to its bytes'],
      [['B'], 'the same block in the next lane'],
      [['Esc'], 'up one level: bytes, block, page, all pages'],
      [['S'], 'share this view'],
      [['Ctrl Z', 'Ctrl ⇧ Z'], 'undo or do again: scenario, lanes, view (in the script: what was typed)'],
      [['+', '−'], 'in a map: larger or smaller cells, then into the page; on the timeline: zoom about the needle'],
      [['C'], 'maps coloured by live bytes, age, script line'],
      [['D'], 'difference of two lanes, or lanes side by side'],
      [['H'], 'maps in Hilbert order or in that of addresses'],
      [['E'], 'script open or closed'],
      [['L'], 'lessons, and in a lesson the next step'],
      [['I'], 'inspector open or closed'],
      [['T'], 'maps and charts as tables'],
      [['Ctrl Enter'], 'in the script: run at once'],
      [['Ctrl K'], 'go to a page, address, op, line or scenario, or do something by its name'],
      [['?'], 'this list'],
    ] as const,
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
