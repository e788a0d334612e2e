import { grouped, memory } from './numbers.ts';
import { viewsStrings } from './views.ts';

const ways = {
  file: 'Save as file',
  restore: 'Open my work',
  export: 'Save raw data',
  reload: 'Reload',
} as const;

const undoable = {
  document: 'what is open',
  lanes: 'lanes',
  view: 'the view',
  colour: 'the colours',
  order: 'the order of pages',
  table: 'the table',
} as const;

/** Texts of saved work: notices, undo, what is kept and what is not. */
export const workStrings = {
  ways,
  dismiss: 'Dismiss',

  failed: {
    full: 'Not saved: this browser’s storage is full. What was saved before is still there. Free some space, or save this as a file.',
    refused: 'Not saved: this browser does not let the page store anything. Save it as a file to keep it.',
  },
  tooLarge: (bytes: number, limit: number) =>
    `Not kept: this recording has ${memory(bytes)}, and up to ${memory(limit)} are kept between visits. Open its file again next time.`,
  damaged: (amount: number) =>
    amount === 1
      ? 'One saved piece of work is damaged and could not be opened. It was put aside as it is.'
      : `${grouped(amount)} saved pieces of work are damaged and could not be opened. They were put aside as they are.`,
  newer: (amount: number) =>
    amount === 1
      ? 'One saved piece of work was made by a newer Heapscape. It stays as it is; reload to get the newer one.'
      : `${grouped(amount)} saved pieces of work were made by a newer Heapscape. They stay as they are; reload to get the newer one.`,
  recordingGone: (name: string) => `The recording ${name} is no longer kept. Open its file again.`,
  safeMode:
    'Heapscape stopped three times in a row right after it began, so nothing was opened this time. Your work is still kept.',
  rawFile: 'heapscape-raw-data.json',

  recent: {
    title: viewsStrings.bar.recent,
    note: 'Kept in this browser and nowhere else, the newest 50. Each tab keeps its own.',
    none: 'Nothing yet. A script that you edit or a recording that you open is kept here.',
    refused: 'This browser does not let the page store anything.',
    open: 'Open',
    openOf: (name: string) => `Open ${name}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    now: 'Open in this tab',
  },

  undo: {
    undone: (what: readonly (keyof typeof undoable)[]) => `Undone: ${list(what)}.`,
    redone: (what: readonly (keyof typeof undoable)[]) => `Done again: ${list(what)}.`,
    nothing: 'Nothing to undo. What was typed is undone in the script.',
    nothingAgain: 'Nothing to do again.',
  },
} as const;

function list(what: readonly (keyof typeof undoable)[]): string {
  // All else came with the document.
  return what.includes('document') ? undoable.document : what.map((one) => undoable[one]).join(', ');
}
