import { count, grouped, memory } from './numbers.ts';

/** Texts of the difference of two lanes. */
export const differenceStrings = {
  name: 'Difference',
  hint: 'Live bytes of one lane less those of another, page by page (D)',
  needsTwo: 'A difference needs two lanes.',
  title: 'Difference',
  back: 'Lanes side by side',
  from: 'Less',
  to: 'Live bytes of',
  grid: (a: string, b: string) => `Live bytes of ${b} less those of ${a}, page by page`,
  more: (letter: string) => `${letter} holds more`,
  moreAt: (pages: number, bytes: number) => `${count(pages, 'page', 'pages')}, ${memory(bytes)}`,
  only: (letter: string) => `Pages only in ${letter}`,
  moved: 'Elsewhere',
  movedHint: 'Bytes that both hold, but on other pages: the smaller of the two sums above',
  net: 'In all',
  netOf: (a: string, b: string, bytes: number) =>
    bytes === 0 ? 'equally much' : `${bytes > 0 ? b : a} holds ${memory(Math.abs(bytes))} more`,
  legend: 'What the difference shows',
  same: 'equally much',
  onlyShort: (letter: string) => `only ${letter} has it`,
  page: (page: number, text: string) => `Page ${grouped(page)}, ${text}`,
  pageMore: (letter: string, bytes: number) => `${letter} holds ${memory(bytes)} more`,
  pageSame: 'both hold equally much',
  pageOnly: (letter: string) => `only ${letter} has it, no live byte`,
  pageNeither: 'not grown yet',
  selected: ', selected',
  pick: 'Point at a page to read it.',
} as const;
