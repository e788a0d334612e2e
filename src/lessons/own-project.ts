import type { Lesson } from '../model/lesson.ts';

const CHAT = `# Sessions stay, messages pass, half of the users leave, others come
seed 7
repeat 600 as i {
  user[i] = alloc 400..3k
}
mark "connected"
repeat 3000 {
  alloc 24..900 free after 1..60 keep 1 in 7
}
mark "chatted"
free random 50% of user
mark "half left"
repeat 300 { user[] = alloc 600..5k }`;

const HOURS = `# Six hours of a small server
repeat 6 as hour {
  repeat 100 as i {
    session[] = alloc 200
    page = alloc 40k
    write page
    free page
    body[i] = alloc 2k..6k
  }
  free body
  mark "hour over"
}`;

const CHALLENGE = `# The same server, as it was found
memory initial 4 pages max 64 pages
repeat 6 as hour {
  repeat 100 as i {
    session[] = alloc 200
    page = alloc 40k
    write page
    body[i] = alloc 2k..6k
  }
  free body
  mark "hour over"
}
expect failures == 0
expect lost == 0
expect pages <= 12`;

export const ownProject: Lesson = {
  id: 'own-project',
  title: 'What to do in your own project',
  about: 'A checklist: what to measure, what to set, what to change first, and in which order.',
  minutes: 8,
  steps: [
    {
      title: 'Know two numbers',
      script: CHAT,
      lanes: ['dlmalloc', 'pool', 'arena'],
      at: 'mark:half left',
      show: ['pages', 'live', 'peak_live', 'peak_utilisation'],
      prose: [
        'The first number is the **peak of live bytes**: what your program really needs at its worst moment. The second is the **pages** that it takes. Their ratio says whether there is anything to win: here A uses {97 %|peak_utilisation for dlmalloc at "half left"} of its heap at the peak, the pool {47.3 %|peak_utilisation for pool at "half left"}.',
        'Take them from a run of your own program: record what it allocates, in [one of these ways](recordings), or describe it in a few lines, as here.',
        'Half of the users [have left](line:11); [line 13](line:13) brings 300 others.',
      ],
      predict: {
        kind: 'choice',
        question: 'Which lane ends with the fewest pages?',
        options: [
          { text: 'A, dlmalloc: it joins what was freed', when: 'pages < 30 for dlmalloc', right: true },
          { text: 'B, the pool: it reuses slots', when: 'pages < 30 for pool' },
          { text: 'C, the arena: it has no overhead', when: 'pages < 30 for arena' },
        ],
      },
      after: [
        '{26|pages for dlmalloc} pages in A, {52|pages for pool} in B, {53|pages for arena} in C, for the same operations. With other lifetimes the order is another. Run yours through [all of them](lab:choice&work=own).',
      ],
    },
    {
      title: 'Look at the same moment of every round',
      script: HOURS,
      lanes: ['dlmalloc'],
      at: 'mark:hour over#2',
      show: ['pages', 'live', 'floor', 'blocks'],
      prose: [
        'A program that runs long has rounds: requests, frames, hours. Compare like with like, the end of a round with the end of another. Two hours [are over](mark:hour over#2).',
      ],
      predict: {
        kind: 'choice',
        question: 'What do the remaining four hours show?',
        options: [
          { text: 'Pages rise, live is level: fragmentation', when: 'verdict == "fragmentation" at "hour over"' },
          { text: 'Live rises: something is kept', when: 'verdict == "leak" at "hour over"', right: true },
          { text: 'Both are level', when: 'verdict == "healthy" at "hour over"' },
        ],
      },
      after: [
        'The pages stay at {10|pages for dlmalloc}, so nothing looks wrong from outside. But each hour leaves its sessions behind, [line 4](line:4): {117 KiB|live for dlmalloc} by now. A leak hides for as long as it fits into what the peak has left.',
      ],
    },
    {
      title: 'Set the edges',
      script: CHALLENGE,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['pages', 'failures', 'lost', 'live'],
      prose: [
        'This is how the server was found. `memory` on line 2 sets two edges: 4 pages from the start, 64 at most. It reached the second one, and {635|failures for dlmalloc} requests of A failed. The area in the chart is what the program asked for, as if all had been served.',
        'Without the maximum it would have grown on, and the page of the browser would have failed instead, somewhere else. **Initial**: the pages of a normal run, so that nothing grows and no view goes stale. **Maximum**: what you are willing to lose to a mistake.',
        'And check every request’s result. A 0 that is used as an address is written to the first bytes of the memory.',
      ],
    },
    {
      title: 'Mend the server',
      at: 'end',
      show: ['pages', 'failures', 'lost', 'peak_live'],
      prose: ['Each pass makes a page of 40k bytes and loses it when the next one gets the name.'],
      challenge: {
        task: 'No failure, no lost block, and 12 pages at most.',
        editable: [6, 7, 8],
        hints: [
          'The page is written on line 7 and not used after that.',
          'What is not needed any more can be freed at once, and the next page lies in its place.',
          'Put `free page` behind line 7.',
        ],
        solution: { 7: 'write page\nfree page' },
        why: 'One line, and the peak falls to what is live at once. If 40k bytes a pass are too many calls, keep one page outside of the loop and write it anew.',
      },
    },
    {
      title: 'The checklist',
      at: 'end',
      show: ['pages', 'live'],
      prose: [
        '**Measure.** Peak of live bytes, pages at the end, the same moment of every round: live that rises is a [leak](lesson:wee.4), pages that rise alone are [fragmentation](lesson:holes.4).',
        '**Allocate less.** One array instead of [a thousand points](lesson:headers.5); one buffer instead of [a string a call](lesson:boundary.2); what a list will need, [before it is filled](lesson:dlmalloc.4).',
        '**Let neighbours die together.** What stays [at the start](lesson:dlmalloc.5), temporaries in [an arena of your own](lesson:arenas.4), equal objects in [a pool](lesson:arenas.5).',
        '**Choose the allocator last**, by your own trace: the [lab](lab:choice) runs a workload, or what you have open, through all of them. Not [wee_alloc](lesson:wee.2).',
        '**Set initial and maximum**, and [handle the 0](lesson:growing.3). Do the one large thing [in an instance of its own](lesson:growing.4).',
        '**At the boundary** make views [anew after every call](lesson:boundary.3), pass address and length, and keep the state inside.',
        '**Test with a debug build** that watches the edges of blocks: [a guard](lesson:corruption.6) finds what [nothing else](lesson:corruption.2) will.',
        '**Objects that refer to each other** in a language with a collector: [WasmGC](lesson:wasm-gc.5).',
      ],
    },
  ],
  sources: [
    'P. R. Wilson, M. S. Johnstone, M. Neely, D. Boles, “Dynamic storage allocation: a survey and critical review”, International Workshop on Memory Management, 1995.',
    'R. E. Bryant, D. R. O’Hallaron, Computer Systems: A Programmer’s Perspective, malloc lab: peak utilisation.',
    'The ten lessons before this one, each with its own sources.',
  ],
};
