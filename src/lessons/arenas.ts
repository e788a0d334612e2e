import type { Lesson } from '../model/lesson.ts';

const PHASES = `# All blocks of a phase end together
repeat 12 {
  scope {
    repeat 300 { alloc 16..2k }
    mark "full"
  }
  mark "phase over"
}`;

const QUEUE = `# A queue: the oldest leaves as a new one comes
repeat 250 { q[] = alloc 16..2k mostly small }
mark "full"
repeat 3750 {
  q[] = alloc 16..2k mostly small
  free oldest of q
}`;

const FRAMES = `# Sixty frames of a game, 200 temporary blocks in each
repeat 60 {
  repeat 200 as k { tmp[k] = alloc 16..600 }
  free tmp
  mark "frame end"
}`;

const FRAME_ARENA = `# The same frames, in an arena that the program keeps for itself
arena frame
repeat 60 {
  repeat 200 as k { tmp[k] = alloc 16..600 in frame }
  reset frame
  mark "frame end"
}`;

const STRANDED = `# Objects of 64 bytes, then objects of 80
repeat 8000 as i {
  node[i] = alloc 64
}
mark "full"
free random 95% of node
mark "stranded"
repeat 4000 { alloc 80 }`;

const REQUESTS = `# Eight requests; each keeps one small block of its result
repeat 8 as r {
  repeat 500 as i { alloc 16..3k }
  kept[r] = alloc 100
  free kept[r]
  mark "request over"
}
expect pages <= 14
expect peak_live >= 700 KiB`;

export const arenas: Lesson = {
  id: 'arenas',
  title: 'Arenas and pools',
  about: 'Allocators that know how your blocks die: all at once, or all of one size; how good they get, and how bad.',
  minutes: 8,
  steps: [
    {
      title: 'The simplest allocator there is',
      script: PHASES,
      lanes: ['arena', 'dlmalloc'],
      at: 'mark:full',
      show: ['pages', 'live', 'metadata', 'internal_fragmentation'],
      prose: [
        'An **arena** is one address that moves forward. A block begins where the last one ended; there is no header, no list and no search. What it cannot do is to take one block back.',
        'It need not. The 300 blocks of [line 4](line:4) belong to one scope, a request, say, or a phase of a compiler, and end with it. At [the end of the scope](mark:phase over) the arena (A) sets its address back: one step, where dlmalloc (B) does 300 frees.',
        'Twelve phases later both have {6|pages for arena} pages. A spent {0.7 %|internal_fragmentation for arena at "full"} of its blocks on rounding, B {1.1 %|internal_fragmentation for dlmalloc at "full"} on rounding and headers.',
      ],
    },
    {
      title: 'Where an arena is hopeless',
      script: QUEUE,
      lanes: ['arena', 'dlmalloc'],
      at: 'mark:full',
      show: ['pages', 'live', 'dead', 'free'],
      prose: [
        'A queue never ends as a whole: the oldest block leaves as a new one comes, at [line 6](line:6). From here on live bytes hardly change.',
        'The arena counts each free and does nothing else. What was freed is striped on the map: **dead** until everything goes.',
      ],
      predict: {
        kind: 'curve',
        question: 'Draw the pages of the arena, **A**, from here to the end.',
        most: 60,
      },
      after: [
        'It climbs for as long as the program runs: {28|pages for arena} pages in the end, {1.6 MiB|dead for arena} of them dead, for {99 KiB|live for arena} of live blocks. B needs {4|pages for dlmalloc}.',
        'An arena fits where lives end together. Ask of your program when that is, before you ask how fast it is.',
      ],
    },
    {
      title: 'An arena inside of the program',
      script: FRAMES,
      lanes: ['dlmalloc', 'pool'],
      at: 'mark:frame end#1',
      show: ['pages', 'live', 'search_steps', 'grows'],
      prose: [
        'You need not change the allocator to have one. Look at a game first. It allocates 200 temporary blocks a frame and [frees them](line:4): {12,000|search_steps for dlmalloc} requests in sixty frames, each of them a call and a search, if a short one.',
        'One frame is over.',
      ],
      predict: {
        kind: 'choice',
        question: 'What will all sixty frames leave behind in **A**?',
        options: [
          { text: 'Nothing live, and the pages of the largest frame', when: 'pages == 3 for dlmalloc', right: true },
          { text: 'Nothing live, and a little more each frame', when: 'pages > 3 for dlmalloc' },
          { text: 'Some blocks that were not freed', when: 'live > 0 for dlmalloc' },
        ],
      },
      after: [
        'dlmalloc does well here: {3|pages for dlmalloc} pages. The pool (B) needs {18|pages for pool}, a page at least for each of the sizes that it makes. What costs is the number of calls, and the next step does away with those.',
      ],
    },
    {
      title: 'Two requests instead of twelve thousand',
      script: FRAME_ARENA,
      lanes: ['dlmalloc', 'wee', 'pool', 'arena'],
      at: 'end',
      show: ['pages', 'live', 'search_steps', 'grows'],
      prose: [
        'The program keeps a few large blocks, the arena, cuts its temporaries from them itself, and begins anew each frame: `arena frame` on line 2. The allocator below sees {2|search_steps for dlmalloc} requests, for two chunks of nearly a page each; everything else is the program’s own addition.',
        'Now it does not matter which allocator that is: all four lanes have {3|pages for dlmalloc} pages.',
        'What it takes from you: a temporary must not be used after the frame has ended. Nothing checks that.',
      ],
    },
    {
      title: 'Slots of one size',
      script: STRANDED,
      lanes: ['pool', 'dlmalloc'],
      at: 'mark:stranded',
      show: ['pages', 'live', 'free', 'slack', 'holes'],
      prose: [
        'A **pool** gives a page to one size and cuts it into equal slots. No header, no search, and any free slot fits any request of its size: {9|pages for pool at "full"} pages for 8000 objects of 64 bytes, where dlmalloc (B) takes {11|pages for dlmalloc at "full"} with its rounding.',
        'Now 95 % of the objects [are gone](line:6), and the survivors are spread over all pages. [Line 8](line:8) asks for 4000 blocks of 80 bytes, {312.5 KiB|live for pool - live for pool at "stranded"}; A has {487 KiB|free for pool at "stranded"} free.',
      ],
      predict: {
        kind: 'number',
        question: 'How many pages will **A** have at the end? It has {9|pages for pool at "stranded"} now.',
        unit: 'pages',
        least: 5,
        most: 30,
        answer: 14,
        proof: 'pages for pool',
      },
      after: [
        'Every page of A still belongs to 64 bytes, however empty it is, so it takes {5|pages for pool - pages for pool at "stranded"} new ones. Such pages are **stranded**. dlmalloc stays at {11|pages for dlmalloc}: it joins what is free, whatever size it had.',
        'Pools are for sizes that stay. Where sizes change with the phases of a program, they keep what each phase had at its peak.',
      ],
    },
    {
      title: 'Give the arena an end',
      script: REQUESTS,
      lanes: ['arena'],
      at: 'end',
      show: ['pages', 'live', 'dead'],
      prose: [
        'A server on an arena handles eight requests and never resets it: {96|pages for arena} pages, and each request adds its own.',
      ],
      challenge: {
        task: 'Let all that a request allocates end with it, so that 14 pages are enough.',
        editable: [3, 4, 5],
        hints: [
          'The language has a word for a stretch of work whose blocks end with it. The first step of this lesson uses it.',
          'An arena steps back at the end of a `scope`.',
          'Put lines 3 to 5 between `scope {` and `}`.',
        ],
        solution: { 3: 'scope {\nrepeat 500 as i { alloc 16..3k }', 5: 'free kept[r]\n}' },
        why: 'Every request begins where the one before began. The pages follow the largest request, not their number.',
      },
    },
  ],
  sources: [
    'D. R. Hanson, “Fast allocation and deallocation of memory based on object lifetimes”, Software: Practice and Experience 20 (1), 1990: arenas.',
    'J. Bonwick, “The slab allocator: an object-caching kernel memory allocator”, USENIX Summer 1994: pools by size.',
    'The whole policy of the arena and the pool that run here is in wasm/README.md of this project.',
  ],
};
