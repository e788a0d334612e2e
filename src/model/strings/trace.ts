import type { SourceFormat } from '../scenario.ts';
import { LIMITS } from '../units.ts';

/** `5,000,000`: as in the messages of the language, so that a figure can be searched for as it was printed. */
const figure = (value: number) => value.toLocaleString('en-US');
const many = (amount: number, one: string, more: string) => `${figure(amount)} ${amount === 1 ? one : more}`;

/** Texts of reading and saving recordings. */
export const traceStrings = {
  refused: {
    empty: 'The file is empty. There is nothing to run in it.',
    unreadable: (reason: string) => `The file could not be read to its end (${reason}). Choose it once more.`,
    bytes: (bytes: number) => `The file has ${figure(bytes)} bytes; the limit is ${figure(LIMITS.traceBytes)}.`,
    operations: (operations: number) =>
      `The recording has about ${figure(operations)} operations; the limit is ${figure(LIMITS.operations)}. Record a shorter stretch of the program.`,
    line: (line: number, limit: number) =>
      `Line ${figure(line)} is longer than ${figure(limit)} bytes, more than any line of a recording has.`,
    scenarioBytes: (bytes: number) =>
      `This is no recording that can be read here, and for a scenario it is too long: more than ${figure(bytes)} bytes. The help lists the kinds of recording.`,
    nul: (offset: number) => `This is no text: byte ${figure(offset)} is 0. Recordings and scenarios are text.`,
    utf8: (offset: number) => `This is no text in UTF-8: byte ${figure(offset)} fits in no letter.`,
    seen: (what: string, wayOut: string) => `This is ${what}. ${wayOut}`,
  },
  /** What a file turned out to be, and what to do about it. */
  seen: {
    unpack: 'Unpack it and open the recording inside.',
    utf8: 'Save it as UTF-8 and open it again.',
    wasm: 'Heapscape shows the memory of its own allocators; record what a program asks of its allocator and open that.',
    wanted: 'Open a recording or a scenario; the help lists what can be read.',
    gzip: 'a gzip archive',
    zip: 'a zip archive',
    bzip2: 'a bzip2 archive',
    xz: 'an xz archive',
    zstd: 'a Zstandard archive',
    sevenZip: 'a 7z archive',
    png: 'a PNG picture',
    jpeg: 'a JPEG picture',
    gif: 'a GIF picture',
    pdf: 'a PDF document',
    elf: 'a Linux program (ELF)',
    webassembly: 'a WebAssembly module',
    sqlite: 'an SQLite database',
    utf16: 'text in UTF-16',
    utf32: 'text in UTF-32',
    json: 'JSON',
    markup: 'HTML, XML or SVG',
  },
  /** What exactly does not fit on a line of a recording. `what` quotes the line. */
  anomaly: {
    unknownLine: (what: string) => `not understood: ${what}`,
    truncated: (what: string) => `the file ends in the middle of a line: ${what}`,
    missing: (read: number, said: number) =>
      `the head says ${many(said, 'operation', 'operations')}, the file has ${figure(read)}`,
    liveId: (id: number) => `allocates id ${id} again while its block is live; the id names the new block now`,
    freeOfId: (id: number) => `frees id ${id}, which names no block`,
    freeOfDeadId: (id: number) => `frees id ${id}, which is free already`,
    writeOfId: (id: number) => `writes to id ${id}, which names no block`,
    reallocOfId: (id: number) => `resizes id ${id}, which names no block: allocated`,
    reallocOfDeadId: (id: number) => `resizes id ${id}, which is free already: allocated`,
    freeOfAddress: (address: string) => `free of ${address}, where no block is live`,
    reallocOfAddress: (address: string) => `realloc of ${address}, where no block is live: allocated`,
    reallocOfNothing: 'the end of a realloc that never began: allocated',
    liveAddress: (address: string) => `a new block at ${address}, where one is live; the old one stays live`,
    failed: (what: string) => `failed when it was recorded: ${what}`,
    tooLarge: (what: string) =>
      `asks for more than 4,294,967,295 bytes, which 32-bit memory cannot be asked for: ${what}`,
    noAddress: (what: string) => `valgrind does not say where this block is; it is left out: ${what}`,
    otherProcess: (process: string, first: string) =>
      `process ${process}, while the recording is of process ${first}; left out`,
    tooManyMarks: `mark ${figure(LIMITS.stations + 1)} or later; the limit is ${figure(LIMITS.stations)}`,
    survivors: (blocks: number) => `${many(blocks, 'block', 'blocks')} of the scope had no free; freed here`,
    leaveWithoutEnter: 'ends a scope, and none is open',
    scopeLeftOpen: 'begins a scope that nothing ends',
  },
  /** The findings of the language's section 5, for blocks that have numbers instead of names. */
  finding: {
    doubleFree: (line: number, block: number, freedBy: number) =>
      `Line ${line} frees block ${block}, already freed by operation ${freedBy}.`,
    deadWrite: (line: number, block: number, freedAt: number) =>
      `Line ${line} writes block ${block}, freed at operation ${freedAt}.`,
    deadResize: (line: number, block: number, freedAt: number) =>
      `Line ${line} resizes block ${block}, freed at operation ${freedAt}.`,
    pastEnd: (line: number, block: number, over: number, size: number) =>
      `Line ${line} writes ${many(over, 'byte', 'bytes')} past the end of block ${block}, which has ${figure(size)}.`,
    beforeStart: (line: number, block: number, under: number) =>
      `Line ${line} writes ${many(under, 'byte', 'bytes')} before the start of block ${block}.`,
    movedIntoScope: (block: number) => `Block ${block} was resized in a scope and ends with it.`,
  },
  /** What a saved list cannot say, each with its amount. */
  leftOut: {
    placements: (amount: number) => `${many(amount, 'operation', 'operations')} inside the program’s own arenas`,
    reads: (amount: number) => many(amount, 'read', 'reads'),
    innerFrees: (amount: number) => `${many(amount, 'free', 'frees')} of an inner address`,
    fills: (amount: number) =>
      `${many(amount, 'fill', 'fills')} of more than one value: the first byte is written all over`,
    notes: (amount: number) => many(amount, 'note', 'notes'),
    pauses: (amount: number) => many(amount, 'pause', 'pauses'),
    checks: (amount: number) => many(amount, 'check', 'checks'),
    settings: (amount: number) => many(amount, 'memory setting', 'memory settings'),
    marks: (amount: number) => many(amount, 'mark', 'marks'),
    writes: (amount: number) => many(amount, 'write', 'writes'),
    scopes: (amount: number) => `${many(amount, 'scope', 'scopes')}; the frees at the end are kept`,
    alignments: (amount: number) => many(amount, 'alignment', 'alignments'),
    zeroing: (amount: number) => `${many(amount, 'zeroed block', 'zeroed blocks')}: allocated without zeroing`,
    doubleFrees: (amount: number) => `${many(amount, 'free', 'frees')} of a block that was free already`,
    deadResizes: (amount: number) =>
      `${many(amount, 'resize', 'resizes')} of a block that was free already: saved as ${amount === 1 ? 'an alloc' : 'allocs'}`,
    anomalies: (amount: number) => `${many(amount, 'line', 'lines')} of the recording that did not fit`,
  },
  saved: {
    head: (operations: number) => `Saved by Heapscape: ${many(operations, 'operation', 'operations')}`,
    comment: (line: number, detail: string) => `line ${line}: ${detail}`,
  },
} as const;

/** What the help says of each format, in the order in which it is shown. */
export const recordingHelpTexts: Readonly<
  Record<Exclude<SourceFormat, 'script'>, { readonly name: string; readonly about: string; readonly note: string }>
> = {
  operations: {
    name: 'Operation list',
    about:
      'One operation a line: a allocates, z allocates zeroed, f frees, r resizes, w writes, s and x enter and leave a scope, m sets a mark. Heapscape saves it, and any program can write it.',
    note: 'valgrind watches the program, awk gives each block a number. For a module of WebAssembly, print these lines from its malloc and free.',
  },
  rep: {
    name: 'malloc lab trace',
    about:
      'The .rep files of the malloc lab of Computer Systems: A Programmer’s Perspective: four numbers, then a, r and f lines.',
    note: 'The head is the suggested heap size, the number of ids, the number of operations and a weight.',
  },
  mtrace: {
    name: 'glibc mtrace',
    about: 'What glibc writes about every malloc, realloc and free once a program has called mtrace().',
    note: 'The first half builds a small library that calls mtrace() before main, so that any program can be recorded.',
  },
  valgrind: {
    name: 'valgrind --trace-malloc',
    about: 'What valgrind prints about every call of malloc, calloc, realloc, memalign, free, new and delete.',
    note: 'calloc is known as zeroed here, and alignments are kept. Only the first process is replayed.',
  },
  'wee-trace': {
    name: 'wee_alloc trace',
    about: 'The traces of wee_alloc’s own tests: sizes, and frees by the number of the block, counted from 0.',
    note: 'Run it in a checkout of github.com/rustwasm/wee_alloc, with valgrind installed. A realloc becomes a free and an alloc.',
  },
};
