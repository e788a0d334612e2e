import type { AnomalyKind } from '../scenario.ts';
import { count, grouped, memory } from './numbers.ts';

/** Texts of the dialogs round recordings, and of what is dropped and pasted. */
export const recordingStrings = {
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
} as const;
