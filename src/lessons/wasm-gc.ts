import type { Lesson } from '../model/lesson.ts';

const CYCLES = `# A language with a collector, in linear memory
repeat 20 as cycle {
  repeat 2000 { o[] = alloc 16..400 }
  mark "before"
  free random 80% of o
  mark "collected"
}`;

const LAZY = `# The same program; the collector runs in every fourth cycle
repeat 20 as cycle {
  repeat 2000 { o[] = alloc 16..400 }
  mark "before"
  if cycle mod 4 == 3 { free random 80% of o }
  mark "cycle over"
}`;

const HALVES = `# A copying collector: two halves, one of them empty
from = alloc 512 KiB
mark "one half"
into = alloc 512 KiB
write into 100 KiB
mark "survivors copied"`;

const HOST = `# What is left in linear memory when objects are the host's
io = alloc 4 KiB
repeat 200 {
  write io
  read io
}`;

export const wasmGc: Lesson = {
  id: 'wasm-gc',
  title: 'WasmGC',
  about:
    'Objects that the host collects: what a collector of one’s own costs in linear memory, what WasmGC changes, when to use which.',
  minutes: 6,
  steps: [
    {
      title: 'A collector of one’s own',
      script: CYCLES,
      lanes: ['dlmalloc', 'pool'],
      at: 'mark:before#1',
      show: ['pages', 'live', 'holes', 'blocks'],
      prose: [
        'Java, Kotlin, Dart or OCaml have no `free`. A program of theirs that runs in linear memory brings its collector along: code that finds out which objects are still reachable and frees the others.',
        'Until it runs, garbage is as live as anything: the collector has not looked yet. In [the first cycle](line:3) 2,000 objects were made; [line 5](line:5) is the collector, and keeps one in five. The program ends with {10|pages for dlmalloc} pages.',
        'To do so it must know every reference into the heap, those on the stack too. The stack of WebAssembly cannot be read, so such programs keep a second one in linear memory.',
      ],
    },
    {
      title: 'Rarely or often',
      script: LAZY,
      lanes: ['dlmalloc'],
      at: 'mark:before#1',
      show: ['pages', 'live', 'blocks', 'floor'],
      prose: [
        'To collect costs time: everything that is reachable is visited, and the program waits meanwhile. So a collector waits until it is worth it. Here it runs in every fourth cycle.',
      ],
      predict: {
        kind: 'number',
        question:
          'With a collection in every cycle the program took the pages that you saw in the step before. How many does it take now?',
        unit: 'pages',
        least: 1,
        most: 80,
        answer: 35,
        proof: 'pages for dlmalloc',
      },
      after: [
        'Memory against time: the rarer the collector runs, the more garbage lies about at its peak, and the peak is what a linear memory keeps.',
      ],
    },
    {
      title: 'Objects that move',
      script: HALVES,
      lanes: ['dlmalloc'],
      at: 'mark:one half',
      show: ['pages', 'live', 'holes'],
      prose: [
        'A collector knows every reference, so it may **move** objects and set the references right. It then needs no holes and no search: objects are placed one behind the other, as in an arena, and the survivors are copied into the other half when one is full.',
        'There has to be another half.',
      ],
      predict: {
        kind: 'choice',
        question: 'How many pages does the program have when it copies?',
        options: [
          { text: '10: half of it is reused', when: 'pages == 10', pages: 10 },
          { text: '18: both halves are there', when: 'pages == 18', pages: 18, right: true },
          { text: '12: only the survivors are copied', when: 'pages == 12', pages: 12 },
        ],
      },
      after: [
        'No fragmentation, and twice the memory. A linear memory keeps both halves, and cannot give the empty one back.',
      ],
    },
    {
      title: 'The host collects',
      script: HOST,
      lanes: ['dlmalloc'],
      at: 'end',
      show: ['pages', 'live', 'blocks'],
      prose: [
        '**WasmGC** gives a module structs and arrays that are no bytes in its memory. They have types and references, no addresses, and the engine that collects JavaScript’s objects collects them too. No collector comes in the download, none has to be written, and a cycle through JavaScript is found.',
        'So there is nothing to draw. The map shows what stays in linear memory: here [one buffer](line:2) for bytes that come in and go out, in {2|pages for dlmalloc} pages, however many objects there are.',
        'What you give up is the layout. A struct’s fields cannot be read as bytes, an array of structs is an array of references, and how much memory it all takes only the engine knows.',
      ],
    },
    {
      title: 'Which one, when',
      at: 'end',
      show: ['pages', 'live'],
      prose: [
        '**WasmGC** for programs made of many small objects that refer to each other: interfaces, compilers, documents, anything in a language that has a collector. The module is small, and there is no leak but what stays reachable.',
        '**Linear memory** for numbers in large arrays: pictures, sound, physics, databases, codecs, anything where the place of a byte matters or where C, C++ or Rust exist already.',
        'Many programs want both: objects in the host’s heap, and the large arrays in a memory beside them.',
        'The [lab](lab:gc) builds one tree three ways in your browser, with WasmGC, in linear memory and as plain JavaScript objects, and measures building, walking and dropping it. There a module of WasmGC really runs, if your browser knows it.',
      ],
    },
  ],
  sources: [
    'WebAssembly Garbage Collection proposal, part of the WebAssembly 3.0 specification: struct and array types, casts.',
    'R. Jones, A. Hosking, E. Moss, The Garbage Collection Handbook, 2011: marking, copying, and the price of memory.',
  ],
};
