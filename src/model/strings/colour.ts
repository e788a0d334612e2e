import { grouped, memory } from './numbers.ts';

const operations = (count: number) => `${grouped(count)} ${count === 1 ? 'op' : 'ops'}`;

const pagesText = (count: number) => `${grouped(count)} ${count === 1 ? 'page' : 'pages'}`;

/** What the legend, the colours and orders of maps and the difference of two lanes say. */
export const colourStrings = {
  colour: {
    label: 'Colour maps by',
    names: { live: 'Live %', age: 'Age', line: 'Script line' },
    hints: {
      live: 'How much of a page or tile is live (C)',
      age: 'Mean age of the live bytes of a page or tile, counted from the op that placed or resized their block (C)',
      line: 'The line that holds most live bytes of a page or tile; the five lines that hold most at once in this run have a colour (C)',
    },
  },
  legend: {
    ageFrom: (most: number) => `age ≤ ${grouped(most)}`,
    ageTo: (most: number) => `> ${operations(most)}`,
    ageScale: 'mean age of live bytes, each step four times as old',
    line: 'line',
    otherLines: 'others',
    noLines: 'no line holds a byte',
    free: 'no live byte',
  },
  cell: {
    age: (age: number) => `mean age ${operations(Math.round(age))}`,
    line: (line: number) => `most of it from line ${grouped(line)}`,
    otherLines: 'most of it from other lines',
  },
  order: {
    hilbert: 'Hilbert order',
    short: 'Hilbert',
    hint: 'Pages along a Hilbert curve, so that what is near in memory is near on the map (H)',
  },
  difference: {
    name: 'Difference',
    hint: 'Live bytes of one lane less those of another, page by page (D)',
    needsTwo: 'A difference needs two lanes.',
    title: 'Difference',
    back: 'Lanes side by side',
    from: 'Less',
    to: 'Live bytes of',
    grid: (a: string, b: string) => `Live bytes of ${b} less those of ${a}, page by page`,
    more: (letter: string) => `${letter} holds more`,
    moreAt: (pages: number, bytes: number) => `${pagesText(pages)}, ${memory(bytes)}`,
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
  },
  picture: {
    save: 'Save map as PNG',
    failed: 'No picture was made: this browser cannot draw one. Take a screenshot instead.',
    position: (scenario: string, position: number, count: number) =>
      `${scenario}, op ${grouped(position)} of ${grouped(count)}`,
    part: (from: number, to: number, all: number) => `pages ${grouped(from)} to ${grouped(to)} of ${grouped(all)}`,
  },
  axis: {
    squareIs: (size: string) => `square ${size}`,
  },
  announce: {
    colour: {
      live: 'Maps coloured by live bytes',
      age: 'Maps coloured by age',
      line: 'Maps coloured by script line',
    },
    difference: (a: string, b: string) => `Difference: lane ${b} less lane ${a}`,
    compare: 'Lanes side by side',
    order: { address: 'Pages in the order of addresses', hilbert: 'Pages in Hilbert order' },
  },
} as const;
