import { grouped } from './numbers.ts';

/** Texts of the gallery. */
export const galleryStrings = {
  title: 'Gallery',
  about:
    'Each picture is drawn from a run: the pages of each allocator at one moment, darker where more bytes are live. Open one to move through it, change it, and add other allocators.',
  scenarios: 'Scenarios',
  recordings: 'Recordings of real programs',
  open: (title: string) => `Open ${title}`,
  operations: (amount: number) => `${grouped(amount)} ops`,
  at: (moment: string) => `at “${moment}”`,
  atEnd: 'at the end',
  lane: (name: string, pages: number) => `${name} ${grouped(pages)}`,
  pages: 'pages',
  picture: (lanes: readonly string[], when: string) => `Pages ${when}: ${lanes.join(', ')}`,
};

/** What to look at in each scenario and recording of the gallery, in a sentence. */
export const gallerySentences: Readonly<Record<string, string>> = {
  'first-look': 'Half of the blocks are freed; see which allocator reuses the holes and which one grows.',
  'swiss-cheese': 'Half of the heap is free, but in holes of 448 bytes: no request for 904 fits, so all of them grow.',
  sawtooth: 'Five times everything is given back, and five times the footprint stays at its peak.',
  'last-in-first-out':
    'Blocks freed in reverse merge at once: three pages are enough for dlmalloc, while wee_alloc’s walk loses some.',
  'first-in-first-out': 'A queue of mixed sizes leaves holes behind it, and the arena only climbs.',
  'growing-vector': 'Every doubling leaves the old place behind, unless the block can grow where it stands.',
  'long-lived-among-short-lived': 'A few survivors of a rush hold on to more than ten times the pages that they need.',
  'size-class-cliff':
    'The first block of 1,024 bytes costs wee_alloc a slab of 266,256; one byte more, and a page will do.',
  'arena-by-phases': 'All of a phase ends together: one step back for an arena, 300 frees for the others.',
  'stranded-pages': 'Pages that a pool once gave to 64-byte slots cannot serve 80 bytes, however empty they are.',
  'hitting-the-maximum': 'Requests fail at 32 pages; later 60 KiB fails too, though far more is free, in holes of 40.',
  'pre-allocate-or-grow':
    'With 32 pages from the start dlmalloc never grows; wee_alloc ignores memory that it did not grow itself.',
  'wee-alloc-leak':
    'Two sizes in turn, everything freed, and the walk still loses two pages a round; repaired it stays flat.',
  'chat-server': 'Long sessions among short messages; half of them leave, and bigger ones come back.',
  overflow: 'Twenty bytes too many land on a header, and nothing happens until a call believes it.',
  'use-after-free': 'A stale name writes into a block of another owner, frees it, and a third one gets it too.',
  'recorded-cc1':
    'A compiler’s 5,164 calls: 13 pages for dlmalloc, 241 for wee_alloc, which gives a slab to each size that comes.',
  'recorded-git-log':
    'dlmalloc ends at 29 pages, wee_alloc at 484: large buffers come and go, and its walk loses the holes it passes.',
  'recorded-sqlite':
    '20,000 rows go in, are indexed, changed and deleted: 86 pages for dlmalloc, 121 for wee_alloc, 215 for an arena.',
};
