import { count, grouped, memory } from './numbers.ts';

/** Texts of the script editor, the list of its messages and the language reference. */
export const editorStrings = {
  editor: {
    empty: 'Nothing to run. Type `a = alloc 64` or pick an example.',
    keysHelp:
      'Tab leaves the editor. Control Enter runs the script. Control Space completes. F8 goes to the next message, Control full stop applies its fix.',
    keysHelpIndenting:
      'Tab indents; press Escape, then Tab, to leave the editor. Control Enter runs the script. Control Space completes. F8 goes to the next message, Control full stop applies its fix.',
    loadFailed: 'The editor with colours and completion could not be loaded. This plain field does the same work.',
    loadAgain: 'Load the editor again',
    lineHolds: (line: number, bytes: number) => `Line ${line} holds ${memory(bytes)} live`,
    moreFindings: (amount: number) => `${count(amount, 'more finding', 'more findings')} on this line`,
    restOfText: (lines: number) => `${count(lines, 'more line', 'more lines')}, shown when the editor has loaded`,
    /** CodeMirror's own phrases, in the words of the page. */
    phrases: {
      Completions: 'Completions',
      'Selection deleted': 'Selection deleted',
    },
  },
  diagnostics: {
    title: 'Messages',
    error: 'Error',
    warning: 'Warning',
    stop: 'Stopped',
    place: (line: number, column: number) => `${line}:${column}`,
    goTo: (line: number, column: number) => `Go to line ${line}, column ${column}`,
    more: (amount: number) =>
      `${count(amount, 'more message', 'more messages')} not listed. Mend the first ones and the others show.`,
    fixHint: (label: string, line: number) => `${label}, line ${line}`,
  },
  operation: {
    placed: 'placed in the program’s own arena; no request reaches the allocator',
    moved: 'resized in the program’s own arena',
    dropped: 'in the program’s own arena: only marked dead',
    rewind: 'every block placed in the arena is dead',
    chunkTaken: 'a chunk for the program’s own arena',
    chunkGiven: 'the program’s own arena gives a chunk back',
    scopeBegins: 'a scope begins',
    scopeEnds: (enter: number) => `the scope of op ${grouped(enter)} ends; an arena lane goes back to where it was`,
    byScope: 'its scope ends',
    byLifetime: 'its lifetime is over',
    freedTwice: 'the block is dead already; passed on with its last address',
    freedInside: (offset: number) =>
      `frees an address ${count(Math.abs(offset), 'byte', 'bytes')} ${offset < 0 ? 'before' : 'inside'} the block; the block counts as live still`,
    resizedDead: 'the block is dead; the resize is passed on with its last address',
    readsDead: 'the block is dead; its last address is read',
    writesDead: 'the block is dead; its last address is written',
    writesPast: (over: number, size: number) =>
      `${count(over, 'byte', 'bytes')} past the end of a block of ${grouped(size)}`,
    readsPast: (over: number, size: number) =>
      `${count(over, 'byte', 'bytes')} past the end of a block of ${grouped(size)}`,
    startsBefore: (bytes: number) => `starts ${count(bytes, 'byte', 'bytes')} before the block`,
    fillByte: (value: number) => `0x${value.toString(16).padStart(2, '0')}`,
  },
  dialog: {
    close: 'Close',
  },
  reference: {
    title: 'Language reference',
    search: 'Search the reference',
    searchHint: 'A word, a sign or a message code: random, %, E204',
    sections: 'Sections',
    found: (forms: number, query: string) =>
      forms === 0
        ? `Nothing on “${query}”. Try a shorter word, or clear the search to see everything.`
        : `${count(forms, 'entry', 'entries')} on “${query}”`,
    tryIt: 'Try it',
    tryItNamed: (form: string) => `Try it: ${form}`,
    messages: 'Messages',
    mistake: 'When:',
    fix: 'One-click fix:',
  },
} as const;
