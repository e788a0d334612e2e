import type { Step } from '../model/lesson.ts';

/** Where the number stands that the visitor is asked to change. */
export const CHANGED_LINE = 5;

/**
 * What a first visit is asked: about the gallery's First look, at the place where half of its blocks are gone. Apart from the
 * lessons, since it belongs to what is loaded first.
 */
export const FIRST_MINUTE: Step = {
  title: 'One program, three allocators. Watch what each does with the same memory.',
  script: `repeat 400 as i {
  a[i] = alloc 200..9k
}
mark "full"
free random 50% of a
mark "holes"
repeat 150 { alloc 3k..12k }`,
  lanes: ['wee', 'dlmalloc', 'arena'],
  at: 'mark:holes',
  prose: [],
  predict: {
    kind: 'choice',
    lane: 'B',
    question:
      'Half of the blocks are gone, and no memory became smaller: it cannot. **B** has {30|pages for dlmalloc at "holes"} pages; line 7 asks for 150 blocks more. How many will it have then?',
    options: [
      { text: '30, all of them fit into the holes', when: 'pages == 30 for dlmalloc', pages: 30 },
      { text: '34, most of them do', when: 'pages == 34 for dlmalloc', pages: 34, right: true },
      { text: '47, as if nothing had been freed', when: 'pages == 47 for dlmalloc', pages: 47 },
    ],
  },
  after: [
    'At 50% B took {4|pages for dlmalloc - pages for dlmalloc at "holes"} new pages, A {14|pages for wee - pages for wee at "holes"}, and the arena C {17|pages for arena - pages for arena at "holes"}: it reuses nothing.',
  ],
};
