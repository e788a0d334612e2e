import type { Lesson } from '../model/lesson.ts';

const WALK = `# Large blocks, half of them freed, and as many again
seed 3
repeat 400 as i {
  p[i] = alloc 1100..6k
}
mark "full"
free random 50% of p
mark "half"
repeat 200 { alloc 1100..6k }`;

const ROUNDS = `# Two sizes in turn; at the end of a round nothing is live
repeat 50 as round {
  a = alloc 85_196
  b = alloc 80_000
  free a, b
  mark "round"
  if round == 1 { mark "second" }
}`;

const TRUE_LEAK = `# Each round keeps a little
repeat 40 as round {
  kept[] = alloc 2k
  tmp = alloc 60k
  free tmp
  mark "round"
}`;

const CHALLENGE = `# Two sizes in turn; at the end of a round nothing is live
repeat 50 as round {
  a = alloc 85_196
  b = alloc 80_000
  free a, b
  mark "round"
}
expect grows <= 3
expect live == 0`;

export const wee: Lesson = {
  id: 'wee',
  title: 'How wee_alloc works, and leaks',
  about:
    'An allocator of one kilobyte: a single list, first fit; the bug that loses memory; and what a leak really is.',
  minutes: 8,
  steps: [
    {
      title: 'One list, first fit',
      script: WALK,
      lanes: ['wee', 'wee-repaired', 'dlmalloc'],
      at: 'mark:half',
      show: ['pages', 'holes', 'free', 'search_mean', 'search_worst'],
      set: ['holes:'],
      prose: [
        'wee_alloc was written to be small: {A.holes} holes of the blocks that [line 7](line:7) freed hang on **one list**, each hole holding the address of the next. Lane B is the same allocator with one bug mended, C is dlmalloc.',
        'A request walks that list from its head and takes the **first** hole that is large enough. If much is left over, the block is cut from the hole’s end and the rest stays in the list.',
        'That is little code and no search for the best. A walk may be long: [at the end](end) the worst of one request was {7|search_worst for wee} steps in A, {18|search_worst for wee-repaired} in B. Watch how A gets away with less.',
      ],
    },
    {
      title: 'What the walk drops',
      at: 'mark:half',
      show: ['pages', 'holes', 'free', 'dead'],
      prose: [
        'When a walk passes a hole that is too small it should move on and leave the hole where it is. wee_alloc as it was shipped writes the next hole’s address over the **head of the list** instead: what it has passed is on no list any more.',
        'Those bytes are **dead**: committed, free, and never to be given out again. In A that is {70.8 KiB|dead for wee at "half"} already; B keeps what it passes, and has none.',
        '[Line 9](line:9) asks for 200 blocks more, about as many bytes as are free.',
      ],
      predict: {
        kind: 'curve',
        question: 'Draw the pages of **A** from here to the end; it has {24|pages for wee at "half"}.',
        most: 40,
      },
      after: [
        'A grew to {29|pages for wee} pages, B to {26|pages for wee-repaired}; dlmalloc needed none. In A {1|holes for wee} hole [is left](holes:) on the list, and {256 KiB|dead for wee} are dead.',
        'A had fewer steps to search because it had lost what there was to search.',
      ],
    },
    {
      title: 'A program that gives everything back',
      script: ROUNDS,
      lanes: ['wee', 'wee-repaired', 'dlmalloc'],
      at: 'mark:second',
      show: ['pages', 'live', 'free', 'dead'],
      prose: [
        'Two blocks come and two blocks go, fifty times over. After [each round](mark:round#1) nothing is live at all. [Two rounds](mark:second) have run.',
      ],
      predict: {
        kind: 'number',
        question: 'How many pages will **A** have after fifty rounds? It has {7|pages for wee at "second"} now.',
        unit: 'pages',
        least: 1,
        most: 200,
        answer: 103,
        proof: 'pages for wee',
      },
      after: [
        'Two pages a round, for ever: {6.2 MiB|dead for wee} are dead at the end. Repaired, the same allocator stays at {5|pages for wee-repaired} pages, and dlmalloc at {4|pages for dlmalloc}.',
        'This is the report with which a real program was brought down. It was never mended in a release, and wee_alloc is archived since.',
      ],
    },
    {
      title: 'Is that a leak?',
      script: TRUE_LEAK,
      lanes: ['dlmalloc', 'wee-repaired'],
      at: 'mark:round#3',
      show: ['pages', 'live', 'floor', 'free'],
      prose: [
        'A **leak** is the program’s: it keeps blocks that it will never use again. Here every round keeps 2 KiB, in [line 3](line:3), and no allocator can help that.',
        'How to tell the two apart from outside? Look at the same moment of every round. Where live bytes rise from round to round, it is a leak. Where live bytes stay level and the pages rise, the allocator holds on to memory that the program gave back.',
      ],
      predict: {
        kind: 'choice',
        question: 'What does this run show, by that rule, at its marks?',
        options: [
          { text: 'A leak: live rises', when: 'verdict == "leak" for dlmalloc at "round"', right: true },
          {
            text: 'Fragmentation: live is level, pages rise',
            when: 'verdict == "fragmentation" for dlmalloc at "round"',
          },
          { text: 'Neither', when: 'verdict == "healthy" for dlmalloc at "round"' },
        ],
      },
      after: [
        'Live rises to {80 KiB|live for dlmalloc} while A needs {4|pages for dlmalloc} pages. A leak can be small and hide behind a large temporary block for long; B hides it worse, with {22|pages for wee-repaired} pages for the same program.',
      ],
    },
    {
      title: 'Keep it flat without mending it',
      script: CHALLENGE,
      lanes: ['wee'],
      at: 'end',
      show: ['pages', 'grows', 'dead', 'live'],
      prose: [
        'Suppose that you cannot change the allocator. The walk loses each hole that it passes because it is too small for the request, and in this program that happens in every round.',
      ],
      challenge: {
        task: 'Change the sizes so that wee_alloc grows 3 times at most. Both blocks must stay at least as large as they are.',
        editable: [3, 4],
        hints: [
          'No hole is lost if every hole on the list fits every request. Two equal blocks are not enough: each is cut from a hole of two pages, and the rest is too small for the other.',
          'A hole is handed out whole if less than about 2 KiB would be left of it. Two pages are 131,072 bytes.',
          'Ask for nearly two pages both times: `alloc 130_000`.',
        ],
        solution: { 3: 'a = alloc 130_000', 4: 'b = alloc 130_000' },
        why: 'Every hole is now handed out whole and comes back whole, so no walk passes any. Rounding requests up to a few sizes that divide what the allocator grows by is what pools do by design.',
      },
    },
  ],
  sources: [
    'wee_alloc 0.4.5, source; issue 106 of rustwasm/wee_alloc, “Memory leak”; RustSec advisory RUSTSEC-2022-0054.',
    'Issue 13417 of web-infra-dev/rspack: the rule of live bytes and footprint at the same moment of every cycle.',
  ],
};
