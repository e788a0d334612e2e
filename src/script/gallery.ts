/** Something to run that comes with the page. Its id is in links, and what it runs never changes. */
interface GalleryItem {
  readonly id: string;
  readonly title: string;
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
    file: 'first-look.heap',
    moment: 'holes',
    operations: 750,
    checksum: '93685227',
  },
  {
    id: 'swiss-cheese',
    title: 'Swiss cheese',
    file: 'swiss-cheese.heap',
    moment: 'every other freed',
    operations: 6900,
    checksum: '4d913c15',
  },
  {
    id: 'sawtooth',
    title: 'Sawtooth',
    file: 'sawtooth.heap',
    moment: 'valley',
    operations: 6000,
    checksum: '2507e7f7',
  },
  {
    id: 'last-in-first-out',
    title: 'Last in, first out',
    file: 'last-in-first-out.heap',
    moment: 'warm',
    operations: 12000,
    checksum: '7bc3d85e',
  },
  {
    id: 'first-in-first-out',
    title: 'First in, first out',
    file: 'first-in-first-out.heap',
    moment: 'steady',
    operations: 8000,
    checksum: 'a6100456',
  },
  {
    id: 'growing-vector',
    title: 'Growing vector',
    file: 'growing-vector.heap',
    operations: 169,
    checksum: '09e136d9',
  },
  {
    id: 'long-lived-among-short-lived',
    title: 'Long-lived among short-lived',
    file: 'long-lived-among-short-lived.heap',
    moment: 'quiet',
    operations: 11927,
    checksum: 'e426497a',
  },
  {
    id: 'size-class-cliff',
    title: 'Size-class cliff',
    file: 'size-class-cliff.heap',
    lanes: ['wee', 'wee-noclasses', 'dlmalloc'],
    operations: 2,
    checksum: '14fd717b',
  },
  {
    id: 'arena-by-phases',
    title: 'Arena by phases',
    file: 'arena-by-phases.heap',
    moment: 'full',
    operations: 7224,
    checksum: '76e2d867',
  },
  {
    id: 'stranded-pages',
    title: 'Stranded pages',
    file: 'stranded-pages.heap',
    lanes: ['pool', 'dlmalloc', 'wee'],
    operations: 19600,
    checksum: '67918db3',
  },
  {
    id: 'hitting-the-maximum',
    title: 'Hitting the maximum',
    file: 'hitting-the-maximum.heap',
    operations: 97,
    checksum: '7c86b994',
  },
  {
    id: 'pre-allocate-or-grow',
    title: 'Pre-allocate or grow',
    file: 'pre-allocate-or-grow.heap',
    operations: 1500,
    checksum: '65a331df',
  },
  {
    id: 'wee-alloc-leak',
    title: 'wee_alloc’s leak',
    file: 'wee-alloc-leak.heap',
    lanes: ['wee', 'wee-repaired', 'dlmalloc'],
    operations: 200,
    checksum: '1a089866',
  },
  {
    id: 'chat-server',
    title: 'Chat server',
    file: 'chat-server.heap',
    moment: 'rejoin',
    operations: 19617,
    checksum: 'c88a0eec',
  },
  {
    id: 'overflow',
    title: 'Overflow',
    file: 'overflow.heap',
    lanes: ['wee', 'dlmalloc', 'arena', 'pool'],
    operations: 13,
    checksum: '0c682fb3',
  },
  {
    id: 'use-after-free',
    title: 'Use after free',
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
    file: 'cc1.mtrace',
    operations: 5164,
  },
  {
    id: 'recorded-git-log',
    title: 'git log -p, 200 commits',
    file: 'git-log.mtrace',
    operations: 27_527,
  },
  {
    id: 'recorded-sqlite',
    title: 'SQLite, compiled to WebAssembly',
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
