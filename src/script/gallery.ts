/** Something to run that comes with the page. Its id is in links, and what it runs never changes. */
interface GalleryItem {
  readonly id: string;
  readonly title: string;
  /** What to look at, in a sentence. */
  readonly sentence: string;
  readonly file: string;
  readonly operations: number;
  /** Allocators on which its point shows, where they are not those of a first visit. FROZEN, like its text: links rely on it. */
  readonly lanes?: readonly string[];
  /** The mark, at the last time it is reached, that its picture shows; without one, the end. */
  readonly moment?: string;
}

/** A scenario, in public/scenarios/. */
export interface GalleryEntry extends GalleryItem {
  /** CRC-32 of the `a`, `f` and `r` lines of the saved operation list, a zeroed allocation as `a`, as 8 hex digits. */
  readonly checksum: string;
}

/** A recording of a real program, in public/recordings/. */
export type GalleryRecording = GalleryItem;

/** What a first visit begins with, and any later one that left nothing. */
export const FIRST_SCENARIO = 'first-look';
export const USUAL_SCENARIO = 'chat-server';

/** In the order in which they teach. */
export const GALLERY: readonly GalleryEntry[] = [
  {
    id: 'first-look',
    title: 'First look',
    sentence: 'Half of the blocks are freed; see which allocator reuses the holes and which one grows.',
    file: 'first-look.heap',
    moment: 'holes',
    operations: 750,
    checksum: '93685227',
  },
  {
    id: 'swiss-cheese',
    title: 'Swiss cheese',
    sentence: 'Half of the heap is free, but in holes of 448 bytes: no request for 904 fits, so all of them grow.',
    file: 'swiss-cheese.heap',
    moment: 'every other freed',
    operations: 6900,
    checksum: '4d913c15',
  },
  {
    id: 'sawtooth',
    title: 'Sawtooth',
    sentence: 'Five times everything is given back, and five times the footprint stays at its peak.',
    file: 'sawtooth.heap',
    moment: 'valley',
    operations: 6000,
    checksum: '2507e7f7',
  },
  {
    id: 'last-in-first-out',
    title: 'Last in, first out',
    sentence:
      'Blocks freed in reverse merge at once: three pages are enough for dlmalloc, while wee_alloc’s walk loses some.',
    file: 'last-in-first-out.heap',
    moment: 'warm',
    operations: 12000,
    checksum: '7bc3d85e',
  },
  {
    id: 'first-in-first-out',
    title: 'First in, first out',
    sentence: 'A queue of mixed sizes leaves holes behind it, and the arena only climbs.',
    file: 'first-in-first-out.heap',
    moment: 'steady',
    operations: 8000,
    checksum: 'a6100456',
  },
  {
    id: 'growing-vector',
    title: 'Growing vector',
    sentence: 'Every doubling leaves the old place behind, unless the block can grow where it stands.',
    file: 'growing-vector.heap',
    operations: 169,
    checksum: '09e136d9',
  },
  {
    id: 'long-lived-among-short-lived',
    title: 'Long-lived among short-lived',
    sentence: 'A few survivors of a rush hold on to more than ten times the pages that they need.',
    file: 'long-lived-among-short-lived.heap',
    moment: 'quiet',
    operations: 11927,
    checksum: 'e426497a',
  },
  {
    id: 'size-class-cliff',
    title: 'Size-class cliff',
    sentence: 'The first block of 1,024 bytes costs wee_alloc a slab of 266,256; one byte more, and a page will do.',
    file: 'size-class-cliff.heap',
    lanes: ['wee', 'wee-noclasses', 'dlmalloc'],
    operations: 2,
    checksum: '14fd717b',
  },
  {
    id: 'arena-by-phases',
    title: 'Arena by phases',
    sentence: 'All of a phase ends together: one step back for an arena, 300 frees for the others.',
    file: 'arena-by-phases.heap',
    moment: 'full',
    operations: 7224,
    checksum: '76e2d867',
  },
  {
    id: 'stranded-pages',
    title: 'Stranded pages',
    sentence: 'Pages that a pool once gave to 64-byte slots cannot serve 80 bytes, however empty they are.',
    file: 'stranded-pages.heap',
    lanes: ['pool', 'dlmalloc', 'wee'],
    operations: 19600,
    checksum: '67918db3',
  },
  {
    id: 'hitting-the-maximum',
    title: 'Hitting the maximum',
    sentence: 'Requests fail at 32 pages; later 60 KiB fails too, though far more is free, in holes of 40.',
    file: 'hitting-the-maximum.heap',
    operations: 97,
    checksum: '7c86b994',
  },
  {
    id: 'pre-allocate-or-grow',
    title: 'Pre-allocate or grow',
    sentence:
      'With 32 pages from the start dlmalloc never grows; wee_alloc ignores memory that it did not grow itself.',
    file: 'pre-allocate-or-grow.heap',
    operations: 1500,
    checksum: '65a331df',
  },
  {
    id: 'wee-alloc-leak',
    title: 'wee_alloc’s leak',
    sentence:
      'Two sizes in turn, everything freed, and the walk still loses two pages a round; repaired it stays flat.',
    file: 'wee-alloc-leak.heap',
    lanes: ['wee', 'wee-repaired', 'dlmalloc'],
    operations: 200,
    checksum: '1a089866',
  },
  {
    id: 'chat-server',
    title: 'Chat server',
    sentence: 'Long sessions among short messages; half of them leave, and bigger ones come back.',
    file: 'chat-server.heap',
    moment: 'rejoin',
    operations: 19617,
    checksum: 'c88a0eec',
  },
  {
    id: 'overflow',
    title: 'Overflow',
    sentence: 'Twenty bytes too many land on a header, and nothing happens until a call believes it.',
    file: 'overflow.heap',
    lanes: ['wee', 'dlmalloc', 'arena', 'pool'],
    operations: 13,
    checksum: '0c682fb3',
  },
  {
    id: 'use-after-free',
    title: 'Use after free',
    sentence: 'A stale name writes into a block of another owner, frees it, and a third one gets it too.',
    file: 'use-after-free.heap',
    lanes: ['wee', 'dlmalloc', 'pool'],
    operations: 10,
    checksum: '429ee875',
  },
];

/** Real programs under the same allocators. */
export const GALLERY_RECORDINGS: readonly GalleryRecording[] = [
  {
    id: 'recorded-cc1',
    title: 'gcc’s cc1, one small file',
    sentence:
      'A compiler’s 5,164 calls: 13 pages for dlmalloc, 241 for wee_alloc, which gives a slab to each size that comes.',
    file: 'cc1.mtrace',
    operations: 5164,
  },
  {
    id: 'recorded-git-log',
    title: 'git log -p, 200 commits',
    sentence:
      'dlmalloc ends at 29 pages, wee_alloc at 484: large buffers come and go, and its walk loses the holes it passes.',
    file: 'git-log.mtrace',
    operations: 27_527,
  },
  {
    id: 'recorded-sqlite',
    title: 'SQLite, compiled to WebAssembly',
    sentence:
      '20,000 rows go in, are indexed, changed and deleted: 86 pages for dlmalloc, 121 for wee_alloc, 215 for an arena.',
    file: 'sqlite-wasm.ops',
    operations: 84_332,
  },
];

/** What an id stands for, if it is one. */
export function galleryEntry(id: string): GalleryEntry | GalleryRecording | undefined {
  return [...GALLERY, ...GALLERY_RECORDINGS].find((entry) => entry.id === id);
}

/** Does a link’s id name something that comes with the page? */
export function isGalleryId(id: string): boolean {
  return galleryEntry(id) !== undefined;
}
