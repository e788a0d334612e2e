import type { Lesson } from '../model/lesson.ts';

const SMALL = `# One byte, twelve, thirteen
a = alloc 1
mark "one byte"
b = alloc 12
mark "twelve"
c = alloc 13
mark "thirteen"`;

const MANY = `# A thousand small blocks
repeat 1000 { alloc 13 }`;

const CLIFF = `# One byte less costs pages more
mark "start"
over = alloc 1025
mark "too long for a list"
edge = alloc 1024
mark "on a list"`;

const POINTS = `# A thousand points of three numbers, 4 bytes each
for i in 0..999 {
  alloc 12
}
expect live == 1000 * 12
expect internal_fragmentation <= 1%
expect blocks >= 1`;

export const headers: Lesson = {
  id: 'headers',
  title: 'Allocating and headers',
  about: 'What a request really costs: header, rounding, the least block; and which sizes are cheap.',
  minutes: 7,
  steps: [
    {
      title: 'What one byte costs',
      script: SMALL,
      lanes: ['dlmalloc', 'wee', 'arena', 'pool'],
      at: 'mark:one byte',
      show: ['live', 'slack', 'metadata', 'internal_fragmentation'],
      prose: [
        'Four allocators have served the same request: [one byte](line:2). What it cost has three parts.',
        '**Live** is what the program asked for. **Slack** is what it did not ask for but got: A gave it a block that holds 12, because no smaller one is made. **Metadata** is the allocator’s own: the header in front of the block, and the state that it keeps at the bottom of the memory.',
        'A keeps 4 bytes of header for a block, wee_alloc (B) 8. The arena (C) and the pool (D) have none: they know a size from elsewhere, or not at all. But an empty pool starts with a table of its pages, {2,032|metadata for pool at "one byte"} bytes.',
        'The share of a block that is not the program’s is **internal fragmentation**: in A {93.8 %|internal_fragmentation for dlmalloc at "one byte"} here. One byte is no fair size; go on with [twelve](mark:twelve).',
      ],
    },
    {
      title: 'One byte more',
      at: 'mark:twelve',
      show: ['live', 'slack', 'metadata'],
      prose: [
        'Twelve bytes and the header of 4 are 16: in A that block has no slack at all. [Line 6](line:6) asks for 13.',
        'Header and all, dlmalloc makes chunks of 16, 32 and so on, multiples of 16 bytes. It can find a chunk’s neighbour by adding its size, and every block lies at a multiple of 16, as the fastest loads want it.',
      ],
      predict: {
        kind: 'choice',
        question: 'How many bytes does **A** use up for the 13?',
        options: [
          { text: '17: 13 and the header', when: 'slack == 11' },
          { text: '24: the next multiple of 8', when: 'slack == 18' },
          { text: '32: the next chunk size', when: 'slack == 26 for dlmalloc', right: true },
        ],
      },
      after: [
        'Slack went up by {15|slack for dlmalloc - slack for dlmalloc at "twelve"} bytes: 13, those, and the header are 32. B rounds to multiples of 4 only, and lost {3|slack for wee - slack for wee at "twelve"}; the two without headers {3|slack for arena - slack for arena at "twelve"} each.',
      ],
    },
    {
      title: 'A thousand times thirteen',
      script: MANY,
      lanes: ['dlmalloc', 'wee', 'arena', 'pool'],
      at: 'end',
      show: ['live', 'slack', 'internal_fragmentation', 'internal_slack', 'internal_metadata'],
      prose: [
        'A program is made of many small blocks, and there it adds up. Of all that A gave out {59.4 %|internal_fragmentation for dlmalloc} is not the program’s: {46.9 %|internal_slack for dlmalloc} slack, {12.5 %|internal_metadata for dlmalloc} headers.',
        'Change the size [to 12](edit:2:repeat 1000 { alloc 12 }), [to 28](edit:2:repeat 1000 { alloc 28 }), [to 29](edit:2:repeat 1000 { alloc 29 }), [to 100](edit:2:repeat 1000 { alloc 100 }), [back to 13](edit:2:repeat 1000 { alloc 13 }), or type your own. In A the good sizes are those that end just below a multiple of 16.',
        'Large blocks hardly notice. It is the small ones, many of them, where a byte in the size of a struct decides.',
      ],
    },
    {
      title: 'A list for every size',
      script: CLIFF,
      lanes: ['wee', 'dlmalloc'],
      at: 'mark:too long for a list',
      show: ['pages', 'live', 'free', 'metadata'],
      prose: [
        'wee_alloc (now A) has a list for every size up to 1,024 bytes, by words of 4 bytes. The first block of a size brings a **slab**: a stretch of memory that is cut up for that size alone.',
        'Line 3 asked for 1,025 bytes, which is too much for a list: one page, {2|pages for wee at "too long for a list"} with the static one. [Line 5](line:5) asks for one byte less.',
      ],
      predict: {
        kind: 'number',
        question: 'How many pages will **A** have after line 5?',
        unit: 'pages',
        least: 1,
        most: 12,
        answer: 7,
        proof: 'pages for wee',
      },
      after: [
        'The slab for w words has (w + 2)² words: for 256 words 266,256 bytes, which is {5|pages for wee - pages for wee at "too long for a list"} pages for a single block. dlmalloc (B) stays at {2|pages for dlmalloc}.',
        'Small print decides such things. wee_alloc is no longer maintained; it is here as a specimen.',
      ],
    },
    {
      title: 'A thousand points for one header',
      script: POINTS,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['live', 'blocks', 'metadata', 'internal_fragmentation'],
      prose: [
        'A thousand points of three numbers are a thousand blocks of 12 bytes, and {25 %|internal_fragmentation for dlmalloc} of what they take is header.',
      ],
      challenge: {
        task: 'Keep the same points with less than 1 % of overhead.',
        editable: [2, 3],
        hints: [
          'The header is paid for each block, not for each byte.',
          'Points that live and die together can share a block: an array.',
          'One pass is enough if it asks for a thousand times as much.',
        ],
        solution: { 2: 'for i in 0..0 {', 3: 'alloc 1000 * 12' },
        why: 'One array of points costs one header. It is faster to walk as well; what it takes from you is to free one point alone.',
      },
    },
  ],
  sources: [
    'D. Lea, “A memory allocator”, and the comments of dlmalloc 2.8.6: chunks, header bits, alignment.',
    'wee_alloc 0.4.5, source: cells, size classes and the size of a slab.',
    'B. Randell, “A note on storage fragmentation and program segmentation”, Communications of the ACM 12 (7), 1969.',
  ],
};
