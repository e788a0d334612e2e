import type { Lesson } from '../model/lesson.ts';

const STEADY = `# A program fills up, 8 KiB at a time
repeat 400 as i {
  a[i] = alloc 8 KiB
}`;

const PREPARED = `# 32 pages from the start: who uses them?
memory initial 32 pages
repeat 1500 as i {
  a[i] = alloc 1 KiB
}`;

const FULL = `# 64 blocks of 40 KiB do not fit into 2 MiB
memory max 32 pages
repeat 64 as i {
  a[i] = alloc 40 KiB
}
mark "full"
free every 2nd of a
mark "half freed"
alloc 60 KiB`;

const PEAK = `# Six days; on the third one large file is opened
repeat 6 as day {
  repeat 200 as i { job[i] = alloc 2k..8k }
  mark "busy"
  if day == 2 { file = alloc 3 MiB; free file }
  free job
  mark "evening"
}`;

const CHALLENGE = `# 300 blocks of 6 KiB, and no growing while they come
memory initial 4 pages max 40 pages
repeat 300 as i {
  a[i] = alloc 6 KiB
}
expect grows == 0
expect failures == 0
expect pages <= 31`;

export const growing: Lesson = {
  id: 'growing',
  title: 'Growing, limits, pre-allocation',
  about:
    'When a memory grows and by how much, what to give it from the start, what a maximum does, and why a peak stays.',
  minutes: 7,
  steps: [
    {
      title: 'One page at a time',
      script: STEADY,
      lanes: ['dlmalloc', 'wee', 'arena', 'pool'],
      at: 'end',
      show: ['pages', 'grows', 'live'],
      prose: [
        'Each step of the curves is one `memory.grow`. dlmalloc (A) grew {51|grows for dlmalloc} times to {52|pages for dlmalloc} pages: by what was missing, rounded up to pages, which for small blocks is one page at a time. The key G goes from one to the next; [begin at the start](start).',
        'The call itself is cheap, the first touch of a new page is not: the host has to find real memory for it. And there is a third cost, which is JavaScript’s: **every grow detaches all views** of the memory, as the lesson on [crossing the boundary](lesson:boundary.3) shows.',
        'What growing costs in your browser is measured in a [lab](lab:growth).',
      ],
    },
    {
      title: 'Given from the start',
      script: PREPARED,
      lanes: ['dlmalloc', 'wee'],
      at: 'start',
      show: ['pages', 'grows', 'live', 'dead'],
      prose: [
        'A module may ask for memory before its first instruction: `memory initial 32 pages` on line 2. There is no growing, and no view is detached, until those are full.',
        'The program asks for {1.46 MiB|live for dlmalloc}, which fits into them.',
      ],
      predict: {
        kind: 'choice',
        lane: 'B',
        question: 'How often will wee_alloc, **B**, grow all the same?',
        options: [
          { text: 'Never, 32 pages are enough', when: 'grows == 0 for wee' },
          { text: 'Six times, as if it had been given nothing', when: 'grows == 6 for wee', right: true },
          { text: 'Once, at the end', when: 'grows == 1 for wee' },
        ],
      },
      after: [
        'dlmalloc begins its heap in the memory that is there: {0|grows for dlmalloc} grows. wee_alloc uses only what it has grown itself: the 32 pages lie striped and dead, {2.23 MiB|dead for wee}, and it ends at {62|pages for wee} pages.',
        'Before you pre-allocate, look whether your allocator takes it.',
      ],
    },
    {
      title: 'At the maximum',
      script: FULL,
      lanes: ['dlmalloc'],
      at: 'mark:half freed',
      show: ['pages', 'failures', 'free', 'largest_hole'],
      prose: [
        '64 blocks of 40 KiB are more than 32 pages hold, so {15|failures for dlmalloc at "full"} requests [failed](mark:full). A failed request gives 0 and changes nothing else; a program that does not look at the result writes to address 0.',
        'Then [every second block](line:7) was freed. {960 KiB|free for dlmalloc at "half freed"} are free now, and [line 9](line:9) asks for 60 KiB.',
      ],
      predict: {
        kind: 'choice',
        question: 'Is that request served?',
        options: [
          { text: 'Yes, there is room sixteen times over', when: 'failures == 15' },
          { text: 'No', when: 'failures == 16', right: true },
        ],
      },
      after: [
        'It fails: the largest hole has {40 KiB|largest_hole for dlmalloc}. “Out of memory” has two causes, and the first thing to find out is which: **shortage**, too little is free, or **fragmentation**, enough is free and nothing fits.',
        'Without a maximum the heap would have grown instead. [Take line 2 out](edit:2:) and run: no request fails, and the memory ends larger.',
      ],
    },
    {
      title: 'The peak stays',
      script: PEAK,
      lanes: ['dlmalloc'],
      at: 'mark:evening#2',
      show: ['pages', 'live', 'floor', 'ratchet'],
      prose: [
        'Two days have passed; each evening everything is given back, and the next day fits into the same pages. On the third day a file of 3 MiB is opened, for one moment, while the jobs of the day are live.',
      ],
      predict: {
        kind: 'curve',
        question: 'Draw the pages from here to the evening of the sixth day.',
        most: 90,
      },
      after: [
        'One moment, and the memory has {65|pages for dlmalloc} pages for the rest of its life. This is the **ratchet**: it goes up and never down. In the evening it is {65|ratchet for dlmalloc} times what would be needed.',
        'So the largest thing that a program ever does decides what it costs always. Read a large file in pieces, or do the large thing in an instance of its own and drop that instance: its memory goes as a whole.',
      ],
    },
    {
      title: 'The right number of pages',
      script: CHALLENGE,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['pages', 'grows', 'failures', 'live'],
      prose: [
        'The program knows what it will need: 300 blocks of 6 KiB. As it stands it grows {26|grows for dlmalloc} times on the way to {30|pages for dlmalloc} pages.',
      ],
      challenge: {
        task: 'Give it enough from the start that it never grows, and no more than 31 pages.',
        editable: [2],
        hints: [
          '300 blocks of 6 KiB are {1,800 KiB|live for dlmalloc} of live bytes. How many pages is that?',
          'Headers and the static page come on top.',
          'The run as it stands tells: it ends at {30|pages for dlmalloc} pages.',
        ],
        solution: { 2: 'memory initial 30 pages max 40 pages' },
        why: 'A run of the real workload is the best estimate there is: take its peak and a margin, and set a maximum above that.',
      },
    },
  ],
  sources: [
    'WebAssembly Core Specification, W3C: memory.grow and its result −1.',
    'WebAssembly JavaScript Interface, W3C: growing a memory detaches its ArrayBuffer.',
    'MDN Web Docs, “WebAssembly.Memory”.',
  ],
};
