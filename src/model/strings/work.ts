const ways = { reload: 'Reload' } as const;

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
