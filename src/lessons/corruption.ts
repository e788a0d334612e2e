import type { Lesson } from '../model/lesson.ts';

const OVERFLOW = `# 20 bytes too many land on the neighbour
repeat 3 as i {
  row[i] = alloc 96
  write row[i]
}
mark "sound"
write row[1] 116 with "RGBA"
mark "written too far"
free row
mark "freed"
repeat 3 { alloc 96 }`;

const STALE = `# A stale name reaches memory that has a new owner
ada = alloc 32
write ada with "Ada."
free ada
mark "freed"
bob = alloc 32
write bob with "Bob."
mark "two names, one place"
write ada with "Eve."
free ada
carl = alloc 32
write carl with "Carl"`;

const TWICE = `# The same block is freed twice
a = alloc 64
b = alloc 64
free a
free a
mark "freed twice"
x = alloc 64
y = alloc 64
write x with "x"
write y with "y"`;

const CHALLENGE = `# Rows of 96 bytes, written 4 bytes at a time
repeat 3 as i { row[i] = alloc 96 }
for k in 0..24 {
  write row[0] 4 at 4 * k
  write row[1] 4 at 4 * k
}
read row[0] 100
free row
expect misuses == 0
expect blocks == 0`;

export const corruption: Lesson = {
  id: 'corruption',
  title: 'Corruption and isolation',
  about:
    'What WebAssembly protects and what it does not: overflow, use after free, double free, each seen where it happens.',
  minutes: 8,
  steps: [
    {
      title: 'What is protected',
      script: OVERFLOW,
      lanes: ['dlmalloc', 'wee', 'arena', 'pool'],
      at: 'mark:sound',
      show: ['live', 'blocks', 'misuses', 'metadata'],
      prose: [
        'Two instances cannot reach each other’s memory, and nothing in a module can reach the browser’s. An access past the end of the memory **traps**: the instance stops before a byte is touched. That is isolation, and it holds.',
        '**Inside** of its memory there is no such wall. Each lane here has [three rows of 96 bytes](line:3), one behind the other, sound until now. To the hardware they are one stretch of bytes, like the headers between them and the static data below.',
        'The walls between instances are the host’s affair, and the [lab](lab:isolation) leans against them in your browser. This lesson is about where there are none.',
      ],
    },
    {
      title: 'Twenty bytes too far',
      at: 'mark:sound',
      show: ['live', 'blocks', 'misuses', 'pages'],
      set: ['line:7'],
      prose: [
        '[Line 7](line:7) writes 116 bytes into the second row, which has 96. In dlmalloc (A) and wee_alloc (B) the next row’s header lies in the way; in the arena (C) and the pool (D) there are no headers, and the bytes land in what follows.',
        'Then [the rows are freed](line:9), and three new ones are allocated.',
      ],
      predict: {
        kind: 'choice',
        question: 'Which lanes get through to the end?',
        options: [
          { text: 'All four: nothing was written outside of the memory', when: 'blocks == 3' },
          { text: 'A and B: their headers notice the damage', when: 'blocks == 3 for dlmalloc' },
          { text: 'C and D: they have no headers to damage', when: 'blocks == 3 for arena', right: true },
        ],
      },
      after: [
        'At [the write](mark:written too far) nothing happens, in any lane: the crosses on the maps of A and B are Heapscape’s own check of the bytes, no allocator looks. A traps while it frees the third row, B later, at a request: each when it first **believes** the header.',
        'C and D go on with wrong bytes in a neighbour’s row, which is worse to find. The trap comes far from the mistake, or never.',
      ],
    },
    {
      title: 'A name that outlives its block',
      script: STALE,
      lanes: ['dlmalloc', 'pool', 'arena'],
      at: 'mark:freed',
      show: ['live', 'blocks', 'misuses'],
      prose: [
        '`ada` was freed at [line 4](line:4), but the program still holds its address. [bob](line:6) asks for as many bytes next.',
        'In A and B, what was freed last is given out first.',
      ],
      predict: {
        kind: 'choice',
        question: 'What does the write to `ada` at line 9 hit?',
        options: [
          { text: 'Nothing: the block is gone', when: 'misuses == 0' },
          { text: 'It traps, since the block is free', when: 'live < 64 for dlmalloc' },
          { text: 'In A and B, bob’s bytes', when: 'misuses == 2 for dlmalloc', right: true },
        ],
      },
      after: [
        'In A and B bob lies [where ada lay](mark:two names, one place), so line 9 turns “Bob.” into “Eve.”, and [line 10](line:10) frees bob’s block. Carl gets it next: two owners of one place, and neither knows.',
        'Heapscape counts {2|misuses for dlmalloc} misuses because it remembers the names. The machine sees correct stores to its own memory.',
      ],
    },
    {
      title: 'Freed twice',
      script: TWICE,
      lanes: ['dlmalloc', 'pool', 'wee'],
      at: 'mark:freed twice',
      show: ['live', 'blocks', 'misuses'],
      prose: [
        '[Line 5](line:5) frees `a` again. An allocator that trusts its caller puts the block on its list a second time, so a later request gets a block that another one has.',
        'Go on to [op 6](op:6), where both have been served, and compare where x and y lie: select [x in B](block:x@B), then [y in B](block:y@B). Beside the numbers the page is drawn near, and the address of what is selected stands below it.',
        'A list that leads to itself is the other outcome: the next walk would never end. Here a lane that walks further than its memory has chunks is stopped, and says so.',
      ],
    },
    {
      title: 'Off by one',
      script: CHALLENGE,
      lanes: ['dlmalloc', 'pool'],
      at: 'end',
      show: ['blocks', 'misuses', 'live'],
      prose: [
        'Two rows are filled in steps of 4 bytes, and one is read. {3|misuses for dlmalloc} misuses are counted, and no allocator complained.',
      ],
      challenge: {
        task: 'Find the mistakes and mend them: no misuse, and every row freed.',
        editable: [3, 7],
        hints: [
          '`0..24` includes both ends. How many steps is that, and where does the last one begin?',
          'How many steps of 4 make 96 bytes, if steps count from 0?',
          'The last step is one too many, and a row has 96 bytes to read.',
        ],
        solution: { 3: 'for k in 0..23 {', 7: 'read row[0] 96' },
        why: 'Both mistakes are the same one: a bound that is one step too far. A debug build with red zones round each block finds them.',
      },
    },
    {
      title: 'What a guard finds',
      script: OVERFLOW,
      lanes: ['dlmalloc', 'dlmalloc-guard'],
      at: 'mark:sound',
      show: ['live', 'slack', 'metadata', 'misuses'],
      prose: [
        'B is the same allocator behind a **guard**: red zones on both sides of every block, a canary behind it, poison in what is freed, and a quarantine where freed blocks wait. Each block is larger for it, and lies elsewhere.',
        'The write at [line 7](line:7) is twenty bytes too long, as before. In A it spoils the next row’s header; in B it ends in what the guard has laid there.',
      ],
      predict: {
        kind: 'choice',
        question: 'When does the guard in B tell of it?',
        options: [
          { text: 'At the write', when: 'blocks == 3' },
          { text: 'When the row is freed', when: 'blocks == 3 for dlmalloc-guard', right: true },
          { text: 'Never: it traps, as A does', when: 'blocks < 3 for dlmalloc-guard' },
        ],
      },
      after: [
        'A write asks nobody, so no guard can see it happen. When the row [is freed](op:9) the guard looks at its edges and finds the canary gone: the finding, below the numbers, names the byte. B goes on to its three new rows, where A trapped.',
        'It is an option of every lane but the arena’s: off by default, since sizes and pages are no longer those of your program. What each part of it finds, and what it costs, the [lab](lab:isolation) measures in your browser.',
      ],
    },
  ],
  sources: [
    'WebAssembly Core Specification, W3C: traps on access out of bounds.',
    'D. Lehmann, J. Kinder, M. Pradel, “Everything old is new again: binary security of WebAssembly”, USENIX Security 2020.',
  ],
};
