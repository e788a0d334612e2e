import type { Lesson } from '../model/lesson.ts';

const FIRST = `# Three blocks in an empty memory
a = alloc 100
mark "one block"
b = alloc 40 KiB
mark "two blocks"
c = alloc 40 KiB
mark "three blocks"`;

const UP_AND_DOWN = `# Sixty buffers come, and all of them go
repeat 60 as i {
  a[i] = alloc 20 KiB
}
mark "full"
free a
mark "empty"
repeat 30 { alloc 20 KiB }`;

const MAXIMUM = `# A module that may have 8 pages and no more
memory max 8 pages
repeat 40 as i {
  a[i] = alloc 20 KiB
}`;

const FILES = `# Ten files, read one after the other
repeat 10 as i {
  f[i] = alloc 100 KiB
  write f[i]
  mark "read"
}
expect pages <= 3
expect live <= 100 KiB`;

export const pages: Lesson = {
  id: 'pages',
  title: 'Pages and linear memory',
  about: 'What memory a WebAssembly module has, how it grows, where it ends, and why it never becomes smaller.',
  minutes: 7,
  steps: [
    {
      title: 'One long row of bytes',
      script: FIRST,
      lanes: ['dlmalloc'],
      at: 'mark:one block',
      show: ['pages', 'committed', 'static', 'live', 'top'],
      prose: [
        'A WebAssembly module keeps everything in one row of bytes, its **linear memory**. An address is a place in that row: 0 is the first byte, 1 the next. There is no other memory, and no way to an address outside.',
        'The row comes in **pages** of 64 KiB, 65,536 bytes. One cell of the map is one page; the numbers at the left are addresses, counted in MiB.',
        'The first page is grey: **static data**, what the compiler put there. Where it ends the heap begins. There the allocator, a library inside of the module, has just served [line 2](after:2): {A.live} live, the rest of the page untouched.',
      ],
    },
    {
      title: 'When does a page come?',
      at: 'mark:one block',
      show: ['pages', 'live', 'top', 'grows'],
      prose: [
        'The module has {2|pages for dlmalloc at "one block"} pages now, {63.8 KiB|top for dlmalloc at "one block"} of them untouched: the allocator calls that part **top**. [Line 4](line:4) asks for 40 KiB, and so does [line 6](line:6).',
        'Where an allocator has no room it executes `memory.grow`, the one instruction that adds pages. It adds whole ones.',
      ],
      predict: {
        kind: 'choice',
        question: 'How many pages will there be after line 6?',
        options: [
          { text: '2, both fit into what is untouched', when: 'pages == 2', pages: 2 },
          { text: '3, one of them needs a page more', when: 'pages == 3', pages: 3, right: true },
          { text: '4, each brings a page of its own', when: 'pages == 4', pages: 4 },
        ],
      },
      after: [
        'The first 40 KiB fit: the number of pages stayed at {2|pages for dlmalloc at "two blocks"}. For the second only {23.8 KiB|top for dlmalloc at "two blocks"} were left, so the memory grew to {3|pages for dlmalloc}.',
        'The new block begins in the old page and ends in the new one. An allocator does not care about the edges of pages; only growing does.',
      ],
    },
    {
      title: 'Everything goes. What happens to the pages?',
      script: UP_AND_DOWN,
      lanes: ['dlmalloc', 'wee', 'arena'],
      at: 'mark:full',
      show: ['pages', 'live', 'floor'],
      prose: [
        'Three allocators run the same program, each in a memory of its own. Sixty buffers of 20 KiB are live: {20|pages for dlmalloc at "full"} pages in A, {21|pages for wee at "full"} in B, {20|pages for arena at "full"} in C.',
        '[Line 6](line:6) frees all of them.',
      ],
      predict: {
        kind: 'curve',
        question: 'Draw the pages of **A** from here to the end: all buffers go, then thirty come back.',
        most: 40,
      },
      after: [
        'The line stays level. There is an instruction to grow a memory and none to shrink it: after [line 6](mark:empty) live was 0, and A had {20|pages for dlmalloc at "empty"} pages.',
        'The thirty new buffers went into what was free, in A and in B. The arena C takes nothing back one by one, so it grew to {30|pages for arena}. The dotted line in the chart is the **floor**: what would be enough at each moment.',
        'To the rest of the computer all of these pages are in use until the whole instance is dropped. The peak is what counts.',
      ],
    },
    {
      title: 'A place in the row',
      script: FIRST,
      lanes: ['dlmalloc'],
      at: 'mark:three blocks',
      set: ['block:b@A'],
      show: ['pages', 'live', 'static', 'metadata'],
      prose: [
        'The program knows a block by its address alone. [a](block:a@A), [b](block:b@A) and [c](block:c@A) lie one after the other; what is selected is boxed, here and in the script.',
        'Which page an address lies in is a division by 65,536: address 65,535 is the last byte of [page 0](page:A:0), 65,536 the first of [page 1](page:A:1). Written as `0x` and eight hex digits, the first four are the page.',
        'So 0x00020000 is the first byte of [page 2](page:A:2), and c begins before it and ends behind it: one block in two pages. Colour the map [by age](colour:age) or [by line of the script](colour:line) to tell the blocks apart, and [by live bytes](colour:live) again.',
      ],
    },
    {
      title: 'The end of the row',
      script: MAXIMUM,
      lanes: ['dlmalloc', 'wee'],
      at: 'after:4',
      show: ['pages', 'blocks', 'failures', 'top'],
      prose: [
        'An address has 32 bits, so a memory ends at 65,536 pages, which is 4 GiB. A module may set a lower **maximum** for itself, as line 2 does here.',
        'At the maximum `memory.grow` returns −1 and changes nothing. The allocator then returns 0, the null pointer, and what happens next is up to the program. Of 40 requests A could not serve {18|failures for dlmalloc}, and B {19|failures for wee}: the struck circles in the chart.',
        'A maximum is worth having. A leak without one takes the page of the browser down; with one it fails at a place that can be handled. Try `memory max 16 pages` [on line 2](edit:2:memory max 16 pages): all requests are served.',
      ],
    },
    {
      title: 'Ten files in three pages',
      script: FILES,
      lanes: ['dlmalloc', 'wee'],
      at: 'end',
      show: ['pages', 'live', 'blocks'],
      prose: [
        'A program reads ten files of 100 KiB, one after the other. When it is through, A has {17|pages for dlmalloc} pages and B {21|pages for wee}, although the program looks at one file at a time.',
      ],
      challenge: {
        task: 'Let the program get by with 3 pages, and never hold more than one file.',
        editable: [5],
        hints: [
          'Nothing is ever given back. When is a file no longer needed?',
          'At line 5 the file was read. What ends there?',
          '`free f[i]` gives the block of this pass back.',
        ],
        solution: { 5: 'mark "read"\nfree f[i]' },
        why: 'Each file now lies where the one before lay. Pages follow the peak of what is live, not the sum of what was asked for.',
      },
    },
  ],
  sources: [
    'WebAssembly Core Specification, W3C: memory instances, memory.grow, the limits of a memory.',
    'WebAssembly JavaScript Interface, W3C: Memory objects, their initial and maximum pages.',
  ],
};
