import type { Lesson } from '../model/lesson.ts';

const CHEESE = `# Half the bytes come free, in holes that are too small
repeat 4000 as i {
  p[i] = alloc 448
}
mark "all live"
free every 2nd of p
mark "every other freed"
repeat 900 { alloc 904 }`;

const CHALLENGE = `# Free 2,000 blocks so that the large ones fit into their holes
repeat 4000 as i {
  p[i] = alloc 448
}
mark "all live"
free every 2nd of p
mark "half freed"
repeat 900 { alloc 904 }
expect blocks == 2000 + 900
expect pages <= 30`;

export const holes: Lesson = {
  id: 'holes',
  title: 'Swiss cheese',
  about: 'Why a heap with plenty of free bytes grows all the same, how that is measured, and what prevents it.',
  minutes: 8,
  steps: [
    {
      title: 'A heap full of equal blocks',
      script: CHEESE,
      lanes: ['dlmalloc', 'wee'],
      at: 'mark:all live',
      show: ['pages', 'live', 'free', 'largest_hole'],
      prose: [
        'Two allocators have just run [lines 2 to 4](line:3): 4,000 blocks of 448 bytes. That is {A.live} live, in {A.pages} pages by dlmalloc (A) and {B.pages} by wee_alloc (B).',
        'One cell of the maps is one page, 64 KiB. The cells are dark: the pages are full. Point at one to see what lies there, or go back to [the first block](op:1) and [watch the memory fill](play).',
        'When you have seen it, take [line 6](after:6): every second block is freed.',
      ],
    },
    {
      title: 'Half of it comes back',
      at: 'mark:every other freed',
      show: ['pages', 'live', 'free', 'holes'],
      set: ['holes:'],
      prose: [
        '[Line 6](line:6) gave {2,000|blocks for dlmalloc at "all live" - blocks for dlmalloc at "every other freed"} blocks back. The cells are pale now, and there are as many of them as before: a WebAssembly memory cannot shrink.',
        'What came back is **{A.free} free** in A, in {A.holes} holes, and {B.free} in B, in {B.holes}. The maps mark [the pages that have some](holes:).',
        'No two of those holes touch. Between them lie blocks that still live, and an allocator may not move a block: the program holds its address.',
      ],
    },
    {
      title: 'Half the bytes are free. Does the next block fit?',
      at: 'mark:every other freed',
      show: ['free', 'holes', 'largest_hole', 'pages'],
      prose: [
        'A hole is as large as the block that was there: in A the [largest](holes:largest) has {460 B|largest_hole for dlmalloc at "every other freed"}. In B two are larger, the rests of what it grew last.',
        '[Line 8](line:8) asks for 900 blocks of 904 bytes. That is {795 KiB|live for dlmalloc - live for dlmalloc at "every other freed"}, less than what is free.',
      ],
      predict: {
        kind: 'choice',
        question:
          'How many pages will **A** have after line 8? It has {30|pages for dlmalloc at "every other freed"} now.',
        options: [
          { text: '30, everything fits into the holes', when: 'pages == 30 for dlmalloc', pages: 30 },
          { text: '36, about half of it fits', when: 'pages == 36 for dlmalloc', pages: 36 },
          { text: '42, nothing fits', when: 'pages == 42 for dlmalloc', pages: 42, right: true },
        ],
      },
      after: [
        'Not one of the 900 went into a hole. A has as many holes as before, {1,999|holes for dlmalloc}, and {12|pages for dlmalloc - pages for dlmalloc at "every other freed"} pages more. B went from {37|pages for wee at "every other freed"} to {53|pages for wee}.',
        'Bytes that are free, but apart, are **external fragmentation**.',
      ],
    },
    {
      title: 'How apart, in one number',
      at: 'mark:every other freed',
      show: ['free', 'largest_hole', 'external_fragmentation', 'external_l2', 'internal_fragmentation'],
      set: ['holes:largest'],
      prose: [
        'The usual measure takes the largest hole L and all free bytes F: 1 − L / F. In A that is {A.external_fragmentation} here: the largest hole is next to nothing of what is free.',
        'It looks at one hole only. The second measure, L2, looks at all of them: 1 − √(Σ f²) / F says {A.external_l2}. Both are 0 % when everything free is one hole. They differ, so name the one that you quote.',
        '**Internal** fragmentation is another thing: bytes lost inside of blocks, to headers and rounding. In A it is {A.internal_fragmentation}, in B {B.internal_fragmentation}.',
        'No percentage says whether a request fits. That depends on its size: change 904 to 448 [on line 8](edit:8:repeat 900 { alloc 448 }) and look at [the end](end): the holes are filled, no lane takes a page. [Put 904 back](edit:8:repeat 900 { alloc 904 }).',
      ],
    },
    {
      title: 'Where the survivors lie decides',
      script: `# The same blocks; the first half goes instead of every second one
repeat 4000 as i {
  p[i] = alloc 448
}
mark "all live"
free p[0..1999]
mark "first half freed"
repeat 900 { alloc 904 }`,
      at: 'mark:first half freed',
      show: ['pages', 'free', 'holes', 'largest_hole'],
      prose: [
        'The same blocks, and again {2,000|blocks for dlmalloc at "all live" - blocks for dlmalloc at "first half freed"} of them go, but [line 6](line:6) takes neighbours. In A they have grown together into {one|holes for dlmalloc at "first half freed"} hole of {906 KiB|largest_hole for dlmalloc at "first half freed"}.',
        'In B they have not: wee_alloc keeps blocks of one size in a list of that size, and never joins them. It still has {2,002|holes for wee at "first half freed"} holes.',
      ],
      predict: {
        kind: 'number',
        question:
          'How many pages will **A** have after line 8, with {30|pages for dlmalloc at "first half freed"} now?',
        unit: 'pages',
        least: 25,
        most: 60,
        answer: 30,
        proof: 'pages for dlmalloc',
      },
      after: [
        'All 900 blocks fit, and A stays at {30|pages for dlmalloc} pages. B goes to {53|pages for wee}, as before.',
        'To join free neighbours is called **coalescing**. It helps where neighbours die together; what lives long should not lie among what dies young.',
      ],
    },
    {
      title: 'Make the large blocks fit',
      script: CHALLENGE,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['pages', 'blocks', 'free', 'largest_hole'],
      prose: [
        'Your turn. Only dlmalloc runs here, and [line 6](line:6) frees every second block again. The large blocks find no place, and the heap grows to {42|pages for dlmalloc} pages.',
      ],
      challenge: {
        task: 'Free 2,000 blocks in another pattern, so that the 900 large ones need no page more than the {30|pages for dlmalloc at "half freed"} that are there. The first half at once is one way; find one that leaves survivors everywhere.',
        editable: [6],
        hints: [
          'A large block needs two neighbours that are both free: `p[0]` and `p[1]`, say.',
          'One line can take several groups, or a loop: `for k in 0..3999 step 4 { … }`.',
          'Two blocks go and two stay: `free p[k], p[k + 1]` in a loop by 4.',
        ],
        solution: { 6: 'for k in 0..3999 step 4 { free p[k], p[k + 1] }' },
        why: 'Two neighbours make one hole of more than twice 448 bytes, since the header between them is free too. There are as many survivors as before, on every page; what changed is who dies beside whom.',
      },
    },
  ],
  sources: [
    'B. Randell, “A note on storage fragmentation and program segmentation”, Communications of the ACM 12 (7), 1969: internal and external fragmentation.',
    'P. R. Wilson, M. S. Johnstone, M. Neely, D. Boles, “Dynamic storage allocation: a survey and critical review”, International Workshop on Memory Management, 1995: coalescing, and why lifetimes matter more than sizes.',
    'lv_mem_core_builtin.c of LVGL and HeapStats_t of FreeRTOS: the measure by the largest hole. Esp-frag.cpp of the esp8266 Arduino core: the measure by all holes.',
  ],
};
