import type { Lesson } from '../model/lesson.ts';

const FIT = `# Three holes of different sizes, walls between them
small = alloc 1000
w1 = alloc 16
middle = alloc 2000
w2 = alloc 16
large = alloc 4000
w3 = alloc 16
free small, middle, large
mark "three holes"
x = alloc 1900
mark "served"`;

const JOIN = `# Two holes, and the block between them goes too
repeat 9 as i { p[i] = alloc 1000 }
wall = alloc 16
free p[1], p[3]
mark "apart"
free p[2]
mark "joined"`;

const SEARCH = `# Many sizes, half of them freed, and as many again
repeat 3000 as i {
  p[i] = alloc 64..4k
}
free random 50% of p
mark "half"
repeat 1500 { alloc 64..4k }`;

const GROW = `# A list doubles eight times alone, another one beside small blocks
v = alloc 1 KiB
repeat 8 { realloc v to 200% }
mark "alone"
w = alloc 1 KiB
repeat 8 as i {
  wall[i] = alloc 16
  realloc w to 200%
}`;

const WALLS = `# Blocks that stay lie between blocks that go
repeat 1000 as i {
  stay[i] = alloc 32
  go[i] = alloc 2000
}
mark "full"
free go
mark "short ones gone"
repeat 400 { alloc 3000 }
expect blocks == 1400
expect pages <= 33`;

export const dlmalloc: Lesson = {
  id: 'dlmalloc',
  title: 'How dlmalloc works',
  about: 'The allocator of most C and Rust programs on WebAssembly: bins, best fit, joining, top; and its weak spot.',
  minutes: 9,
  steps: [
    {
      title: 'Which hole does it take?',
      script: FIT,
      lanes: ['dlmalloc', 'wee-noclasses-repaired'],
      at: 'mark:three holes',
      set: ['holes:'],
      show: ['holes', 'free', 'largest_hole'],
      prose: [
        '[Line 8](line:8) left three holes: of about 1000, 2000 and 4000 bytes, in that order. The small blocks between them are walls. Lane B is wee_alloc with one list for everything and the walk repaired.',
        'Both are asked for 1900 bytes next.',
      ],
      predict: {
        kind: 'choice',
        question: 'From which hole does **A** serve them?',
        options: [
          { text: 'From the one of 4000, the largest', when: 'holes(3900..4100) == 0 for dlmalloc' },
          { text: 'From the one of 2000, the tightest', when: 'holes(1900..2100) == 0 for dlmalloc', right: true },
          { text: 'From none: it takes fresh memory', when: 'top < 0 for dlmalloc' },
        ],
      },
      after: [
        'dlmalloc takes the **best fit**, the smallest hole that serves, and keeps large ones for those who need them. In A the hole of 4000 is still there.',
        'B took the first that its list came to, the one of 4000, and cut it. For one request that is as good; over a long run the large holes are gone when they are needed.',
      ],
    },
    {
      title: 'Best fit without looking everywhere',
      script: SEARCH,
      at: 'mark:half',
      show: ['pages', 'holes', 'free', 'search_mean', 'search_worst'],
      prose: [
        'The best of {759|holes for dlmalloc at "half"} holes, without reading them all: dlmalloc sorts free chunks into **bins**. Up to 236 bytes there is a bin for each size; above, each range of sizes has a tree, in which one step down decides one bit of the size.',
        'B has {1,189|holes for wee-noclasses-repaired at "half"} holes on its one list. [Line 7](line:7) makes 1500 requests.',
      ],
      predict: {
        kind: 'number',
        question:
          'The worst request of **A** took how many steps, over the whole run? In B it was {584|search_worst for wee-noclasses-repaired}.',
        unit: 'steps',
        least: 1,
        most: 600,
        answer: 11,
        proof: 'search_worst for dlmalloc',
      },
      after: [
        'At most {11|search_worst for dlmalloc} steps in A, {1.8|search_mean for dlmalloc} in the mean; in B {83.6|search_mean for wee-noclasses-repaired}. A step is a free chunk that is read to see whether it serves: a count, the same on every machine.',
        'What is left of a hole that was cut stays at hand as the **designated victim**: the next small request is cut from it, so that blocks asked for together lie together.',
      ],
    },
    {
      title: 'Neighbours grow together',
      script: JOIN,
      lanes: ['dlmalloc', 'wee'],
      at: 'mark:apart',
      set: ['holes:'],
      show: ['holes', 'largest_hole', 'free'],
      prose: [
        'In A two holes of {1,004 B|largest_hole for dlmalloc at "apart"} lie with one block between them. [Line 6](line:6) frees that block.',
        'Each chunk’s header says whether the chunk before it is in use, and a free chunk repeats its size at its end. So the neighbours on both sides are found without any search.',
      ],
      predict: {
        kind: 'number',
        question: 'How many holes has **A** then?',
        unit: 'holes',
        least: 0,
        most: 9,
        answer: 1,
        proof: 'holes for dlmalloc',
      },
      after: [
        'One, of {2.95 KiB|largest_hole for dlmalloc}: three blocks, and the two headers between them. dlmalloc joins at every free, on both sides, at once. Two free chunks never lie side by side.',
        'wee_alloc (B) keeps blocks of this size on the list of that size and joins none: it counts {6|holes for wee} holes.',
      ],
    },
    {
      title: 'Growing where it stands',
      script: GROW,
      lanes: ['dlmalloc', 'arena'],
      at: 'mark:alone',
      show: ['pages', 'live', 'free', 'holes', 'dead'],
      prose: [
        'A list that runs full is made twice as large with `realloc`. In A the one of [line 3](line:3) is the last block before **top**, the part that was never cut: while top has room it grows there and stays where it is. Where top has not, the list moves: a new block, a copy, and the old place is free. That left {224 KiB|free for dlmalloc at "alone"} free, in {1|holes for dlmalloc at "alone"} hole.',
        '[Line 7](line:7) puts a small block behind the second list each time.',
      ],
      predict: {
        kind: 'number',
        question:
          'Both lists end with 256 KiB. How many pages does **A** have at the end? It has {9|pages for dlmalloc at "alone"} now.',
        unit: 'pages',
        least: 5,
        most: 30,
        answer: 15,
        proof: 'pages for dlmalloc',
      },
      after: [
        'With a wall behind it the second list could never stay. It moved every time, and its old places are holes: {9|holes for dlmalloc} in A, {352 KiB|free for dlmalloc}. In the arena (B) every resize is a new block anyway, and {510 KiB|dead for arena} are dead.',
        'Reserve what a list will need before it is filled, if you know. It saves the copies and the holes.',
      ],
    },
    {
      title: 'One block that stays',
      script: WALLS,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['pages', 'floor', 'holes', 'largest_hole', 'external_fragmentation'],
      prose: [
        'The weak spot. A block that lives long keeps apart what lies on either side of it. Between any two of the large blocks that [line 7](line:7) freed lies a small one that stays: {999|holes for dlmalloc at "short ones gone"} holes of {1.96 KiB|largest_hole for dlmalloc at "short ones gone"}, and no room for 3000 bytes.',
        'Live was down to {2|floor for dlmalloc at "short ones gone"} pages’ worth, yet the last line took the heap from {33|pages for dlmalloc at "short ones gone"} to {51|pages for dlmalloc} pages.',
      ],
      challenge: {
        task: 'The same blocks, the same frees. Arrange them so that 33 pages are enough.',
        editable: [3, 4],
        hints: [
          'Nothing has to be freed that stays. It only has to lie elsewhere.',
          'What if all blocks that stay were allocated before the first that goes?',
          'End the loop after line 3 and begin a second one: `}` and `repeat 1000 as i {`.',
        ],
        solution: { 3: 'stay[i] = alloc 32\n}\nrepeat 1000 as i {' },
        why: 'Long-lived blocks lie together at the bottom, and what is freed joins into one hole. Programs do it by allocating what stays at the start, or in a pool of its own.',
      },
    },
  ],
  sources: [
    'D. Lea, “A memory allocator”, and the comments of dlmalloc 2.8.6: bins, trees, the designated victim, top.',
    'wasi-libc, the settings with which it builds dlmalloc: 16-byte alignment, memory.grow in place of sbrk.',
    'D. E. Knuth, The Art of Computer Programming, volume 1, section 2.5: boundary tags.',
  ],
};
