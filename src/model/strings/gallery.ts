import { grouped } from './editor.ts';

/** Texts of the gallery. */
export const galleryStrings = {
  title: 'Gallery',
  about:
    'Each picture is drawn from a run: the pages of each allocator at one moment, darker where more bytes are live. Open one to move through it, change it, and add other allocators.',
  scenarios: 'Scenarios',
  recordings: 'Recordings of real programs',
  open: (title: string) => `Open ${title}`,
  operations: (amount: number) => `${grouped(amount)} ops`,
  at: (moment: string) => `at “${moment}”`,
  atEnd: 'at the end',
  lane: (name: string, pages: number) => `${name} ${grouped(pages)}`,
  pages: 'pages',
  picture: (lanes: readonly string[], when: string) => `Pages ${when}: ${lanes.join(', ')}`,
};
