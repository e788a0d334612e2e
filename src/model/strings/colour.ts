import { count, grouped } from './numbers.ts';

const operations = (amount: number) => count(amount, 'op', 'ops');

/** What the legend, the colours and the orders of maps say. */
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
  axis: {
    squareIs: (size: string) => `square ${size}`,
  },
} as const;
