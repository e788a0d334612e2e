import type { AnomalyKind } from '../scenario.ts';

/** Digits in groups of three, parted by a thin space that does not break: `19 633`. */
export function grouped(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return value < 0 ? `−${digits}` : digits;
}

const count = (amount: number, one: string, many: string) => `${grouped(amount)} ${amount === 1 ? one : many}`;

/** Memory in the unit that reads best: `40 B`, `3.0 KiB`, `2.76 MiB`. */
export function memory(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const unit = bytes < 1024 ** 2 ? 'KiB' : bytes < 1024 ** 3 ? 'MiB' : 'GiB';
  const amount = bytes / (unit === 'KiB' ? 1024 : unit === 'MiB' ? 1024 ** 2 : 1024 ** 3);
  return `${amount.toFixed(amount < 10 ? 2 : amount < 100 ? 1 : 0)} ${unit}`;
}

/** Texts of the script editor, the list of its messages, the language reference and the dialogs round recordings. */
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
  recordings: {
    open: 'Open a file',
    openHint: 'A recording of a real program, or a script. You can also drop it anywhere, or paste it.',
    dropTitle: 'Drop to open',
    dropHint: 'A recording or a script. It stays on this machine.',
    pastedName: 'Pasted text',
    droppedTextName: 'Dropped text',
    severalFiles: (taken: string, others: number) =>
      `Opened ${taken}, the first. ${count(others, 'other file was', 'other files were')} left out: one recording runs at a time.`,
    folder: (folder: string, taken: string, others: number) =>
      others === 0
        ? `Opened ${taken} of the folder ${folder}.`
        : `Opened ${taken}, the first file of the folder ${folder}. ${count(others, 'other was', 'others were')} left out: one recording runs at a time.`,
    emptyFolder: (folder: string) => `The folder ${folder} holds no file. Drop the recording itself.`,
    unreadable: (name: string) =>
      `${name} could not be read. It may have been moved, or the browser may not open it. Choose it with “Open a file”.`,
    link: 'That was a link, and Heapscape loads nothing from elsewhere. Save the file it leads to, then drop that.',
    nothing: 'Nothing in that drop can be opened. Drop a file with a recording or a script.',
    helpTitle: 'Record a real program',
    helpIntro:
      'Any of these files can be opened, dropped or pasted. What a file is, its content decides; what is no recording is read as a script.',
    command: 'Record it',
    looksLike: 'Looks like',
    copy: 'Copy',
    copyCommand: (format: string) => `Copy the command that records ${format}`,
    copied: 'Copied',
    copyFailed: 'Select and copy by hand',
    limits: (bytes: number, operations: number) =>
      `Up to ${memory(bytes)} and ${grouped(operations)} operations. A file is read on this machine and sent nowhere.`,
    anomaliesTitle: 'What did not fit',
    readCount: (operations: number) => `Read ${count(operations, 'op', 'ops')}.`,
    readPartly: (operations: number) => `Read ${count(operations, 'op', 'ops')} before it was stopped.`,
    onlyAnomaly: (sentence: string) => `${sentence}; kept and marked, not dropped.`,
    allKept: 'All are kept and marked, not dropped.',
    anomaly: {
      'unknown-line': (n: number) => `${count(n, 'line is', 'lines are')} not of this format`,
      'alloc-of-live-id': (n: number) => `${count(n, 'alloc takes', 'allocs take')} an id that is still live`,
      'free-of-unknown-id': (n: number) => `${count(n, 'free names', 'frees name')} an unknown id`,
      'write-of-unknown-id': (n: number) => `${count(n, 'write names', 'writes name')} an unknown id`,
      'realloc-of-unknown-id': (n: number) => `${count(n, 'realloc names', 'reallocs name')} an unknown id`,
      'free-of-unknown-address': (n: number) => `${count(n, 'free matches', 'frees match')} no alloc`,
      'realloc-of-unknown-address': (n: number) => `${count(n, 'realloc matches', 'reallocs match')} no alloc`,
      'alloc-at-live-address': (n: number) =>
        `${count(n, 'alloc returns', 'allocs return')} an address that is still live`,
      'failed-request': (n: number) =>
        `${count(n, 'request', 'requests')} failed when it was recorded and asks nothing here`,
      'scope-survivor': (n: number) => `${count(n, 'scope ends', 'scopes end')} with blocks that no line frees`,
      'leave-without-enter': (n: number) => `${count(n, 'scope ends', 'scopes end')} that never began`,
      'scope-left-open': (n: number) => `${count(n, 'scope is', 'scopes are')} open at the end`,
      truncated: (n: number) => `${count(n, 'place ends', 'places end')} in the middle of a line`,
    } satisfies Record<AnomalyKind, (amount: number) => string>,
    linesOf: (lines: readonly number[], more: number) =>
      `${lines.length === 1 && more === 0 ? 'line' : 'lines'} ${lines.map(grouped).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`,
    anomalyLine: (line: number) => `line ${grouped(line)}`,
    anomalyAt: (position: number) => `after op ${grouped(position)}`,
    notListed: (amount: number) => `${grouped(amount)} more are counted but not listed.`,
    showMore: (amount: number) => `Show ${grouped(amount)} more`,
    showEach: (amount: number) => `Show each (${grouped(amount)})`,
    wrongFile: (name: string) => `“${name}” was not opened.`,
    whatOpens: 'What can be opened',
    another: 'Choose another file',
    dismiss: 'Dismiss',
    saveTitle: 'Save what runs',
    saveFormat: 'Format',
    formats: {
      operations: {
        name: 'Operation list',
        ending: '.ops',
        about: 'One operation a line, with writes, scopes and marks. Read again, it gives the same addresses.',
      },
      rep: {
        name: 'malloc lab',
        ending: '.rep',
        about: 'Allocs, frees and reallocs only, for the drivers of the CS:APP malloc lab.',
      },
    },
    saysAll: 'This format says everything that runs.',
    leavesOut: 'This format cannot say, and leaves out:',
    preparing: 'Preparing the file…',
    prepareFailed: (reason: string) => `The file could not be made: ${reason}`,
    save: 'Save',
    saveAs: (name: string, bytes: number) => `Save ${name} (${memory(bytes)})`,
    saved: (name: string) => `${name} was handed to the browser to save.`,
  },
} as const;
