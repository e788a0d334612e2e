import { count, grouped } from './numbers.ts';

/** What screen readers are told while the playhead moves. */
export const liveStrings = {
  ready: (operations: number, lanes: number) =>
    `Ran ${count(operations, 'op', 'ops')} in ${count(lanes, 'lane', 'lanes')}.`,
  grew: (position: number, letter: string, pages: number) =>
    `Op ${grouped(position)}, ${letter} grew to ${count(pages, 'page', 'pages')}`,
  paused: (position: number) => `Paused at op ${grouped(position)}`,
  mark: (text: string) => `Mark ${text}`,
  noGrow: 'No grow after this op.',
  noFinding: 'No finding in this run.',
};
