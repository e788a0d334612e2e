import type { Lesson } from '../model/lesson.ts';

const STRINGS = `# A thousand strings go in, each in a block of its own
repeat 1000 as i {
  text = alloc 20..2k
  write text
  free text
}`;

const BUFFER = `# One buffer for all strings
buffer = alloc 2 KiB
repeat 1000 {
  write buffer 20..2k
  read buffer 20
}`;

const ROWS = `# 300 rows are loaded, then copied out one after the other
repeat 300 as i {
  row[i] = alloc 3 KiB
  write row[i]
}
mark "loaded"
repeat 300 as i {
  copy[i] = alloc 3 KiB
  read row[i]
  write copy[i]
}`;

const CALLS = `# Forty calls, input and output of 96 KiB each
repeat 40 as call {
  input = alloc 96 KiB
  write input
  output = alloc 96 KiB
  read output
  mark "call over"
}
expect pages <= 5
expect lost == 0
expect grows <= 4`;

export const boundary: Lesson = {
  id: 'boundary',
  title: 'Crossing the boundary',
  about:
    'What passes between JavaScript and a module, what is copied, why views go stale, and the pattern that avoids both.',
  minutes: 7,
  steps: [
    {
      title: 'Only numbers cross',
      script: STRINGS,
      lanes: ['dlmalloc', 'arena', 'wee'],
      at: 'op:3',
      show: ['pages', 'live', 'grows', 'search_steps'],
      prose: [
        'A function of a module takes numbers and returns numbers. A string, an array, an object has to be written into the linear memory first, byte by byte, and then its address and its length are passed.',
        'So a call with a string is three things: [allocate](line:3), [write](line:4), and after the call [free](line:5). In a loop that is what line 2 does a thousand times.',
        'Never is more than one string live, 2 KiB at most.',
      ],
      predict: {
        kind: 'number',
        lane: 'C',
        question: 'How many pages will wee_alloc, **C**, have after that?',
        until: 'end',
        unit: 'pages',
        least: 1,
        most: 500,
        answer: 366,
        proof: 'pages for wee',
      },
      after: [
        'dlmalloc (A) gets by with {2|pages for dlmalloc} pages. The arena (B) keeps all strings until it is reset: {17|pages for arena}. wee_alloc makes a slab for nearly every length that occurs: {366|pages for wee} pages for one string at a time.',
        'A library that passes your strings allocates for you. What its allocator does with many lengths is worth a look.',
      ],
    },
    {
      title: 'One buffer',
      script: BUFFER,
      lanes: ['dlmalloc', 'arena', 'wee'],
      at: 'end',
      show: ['pages', 'live', 'grows', 'search_steps'],
      prose: [
        'The same thousand strings through one block that is made once: {1|search_steps for dlmalloc} step of search instead of a thousand, and no lane grows after [line 2](line:2).',
        'The copy itself remains. It goes at the speed of memory; `TextEncoder.encodeInto` writes a string right into a view of the module’s memory, without an array in between.',
        'How long each way takes for your sizes is a question for the [lab](lab:boundary): it measures in your browser, now.',
      ],
    },
    {
      title: 'When views go stale',
      script: ROWS,
      lanes: ['dlmalloc'],
      at: 'mark:loaded',
      show: ['pages', 'grows', 'live'],
      prose: [
        'JavaScript sees the memory through a view, `new Uint8Array(memory.buffer)`. When the memory grows, the buffer is replaced and the old one is **detached**: its length is 0, and every view of it reads nothing.',
        'Any call that may allocate may grow. While the rows were loaded that happened {15|grows for dlmalloc at "loaded"} times; [line 8](line:8) goes on allocating.',
      ],
      predict: {
        kind: 'number',
        question: 'How many times was the buffer replaced, over the whole run?',
        unit: 'times',
        least: 0,
        most: 60,
        answer: 29,
        proof: 'grows for dlmalloc',
      },
      after: [
        'At {29|grows for dlmalloc} of the operations, and not at the others. That is why such a mistake is found late: the view works until the one call that grows.',
        'So make the view after the call, each time, or compare `view.buffer` with `memory.buffer` before it is used. To make a view costs next to nothing.',
      ],
    },
    {
      title: 'Leave it inside',
      script: ROWS,
      at: 'mark:loaded',
      show: ['pages', 'live', 'blocks'],
      prose: [
        'The program now copies all rows into a form that JavaScript likes better, [one by one](line:8). Rows and copies are live together.',
      ],
      predict: {
        kind: 'choice',
        question: 'How many pages does that take? It has {16|pages for dlmalloc at "loaded"} now.',
        options: [
          { text: '17: a copy is short-lived', when: 'pages == 17', pages: 17 },
          { text: '30: all of it is there twice', when: 'pages == 30', pages: 30, right: true },
          { text: '46: three times, with what was freed', when: 'pages == 46', pages: 46 },
        ],
      },
      after: [
        'Data that lives inside is best asked there: pass the question in, and only the answer out. An index of a row, a sum, the ten rows that are on the screen are a few numbers.',
        'What has to come out as a whole can be read in place, through a view, while nobody grows.',
      ],
    },
    {
      title: 'Two buffers for forty calls',
      script: CALLS,
      lanes: ['dlmalloc', 'wee-repaired'],
      at: 'end',
      show: ['pages', 'grows', 'live', 'lost'],
      prose: [
        'Forty calls, each with an input and an output of 96 KiB. Nothing is given back, and at the end of the loop no name leads to the old buffers any more: {78|lost for dlmalloc} blocks are lost, and A has {122|pages for dlmalloc} pages.',
      ],
      challenge: {
        task: 'Make the same forty calls with 5 pages, without a lost block.',
        editable: [2, 3, 5, 7],
        hints: [
          'The buffers have the same size every time. How many are needed at once?',
          'Two ways lead there: free both at the end of a call, or allocate both before the loop.',
          'Line 3 before line 2: put `input = alloc 96 KiB` above the `repeat`, and the output too.',
        ],
        solution: {
          2: 'input = alloc 96 KiB\noutput = alloc 96 KiB\nrepeat 40 as call {',
          3: '# both are there already',
          5: '# the output too',
        },
        why: 'Buffers that are kept need no call, grow once, and leave the views alone for the rest of the run.',
      },
    },
  ],
  sources: [
    'WebAssembly JavaScript Interface, W3C: ToWebAssemblyValue, refreshing the memory buffer after memory.grow.',
    'Encoding Standard, WHATWG: TextEncoder, encodeInto.',
    'MDN Web Docs, “ArrayBuffer: detached”.',
  ],
};
