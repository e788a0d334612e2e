import { count, grouped } from './numbers.ts';

/** What screen readers are told: of the playhead as it moves, of what a key has changed. */
export const liveStrings = {
  ready: (operations: number, lanes: number) =>
    `Ran ${count(operations, 'op', 'ops')} in ${count(lanes, 'lane', 'lanes')}.`,
  grew: (position: number, letter: string, pages: number) =>
    `Op ${grouped(position)}, ${letter} grew to ${count(pages, 'page', 'pages')}`,
  paused: (position: number) => `Paused at op ${grouped(position)}`,
  mark: (text: string) => `Mark ${text}`,
  noGrow: 'No grow after this op.',
  maps: {
    colour: {
      live: 'Maps coloured by live bytes',
      age: 'Maps coloured by age',
      line: 'Maps coloured by script line',
    },
    difference: (a: string, b: string) => `Difference: lane ${b} less lane ${a}`,
    compare: 'Lanes side by side',
    order: { address: 'Pages in the order of addresses', hilbert: 'Pages in Hilbert order' },
  },
  noFinding: 'No finding in this run.',
};
