import { count, grouped } from './numbers.ts';

const hex = (address: number) => `0x${(address >>> 0).toString(16).padStart(8, '0')}`;

/** Texts of the script's panel and of the operation under the playhead. */
export const scriptStrings = {
  script: {
    title: 'Script',
    facts: (lines: number, operations: number | null) =>
      operations === null
        ? count(lines, 'line', 'lines')
        : `${count(lines, 'line', 'lines')}, ${count(operations, 'op', 'ops')}`,
    label: 'Scenario script',
    close: 'Close the script',
    open: 'Open the script',
    resize: 'Width of the script',
    reference: 'Language',
    recordingFacts: (name: string, operations: number) => `${name}, ${count(operations, 'op', 'ops')}`,
    recordingNote:
      'A recording has no script: its operations are the program’s own. Drag the needle to see any of them, or write a script of your own.',
    newScript: 'Write a script',
    stale: 'The lanes show the last run without errors.',
    notes: 'Findings',
    noFindings: (operations: number) =>
      `No findings in ${count(operations, 'op', 'ops')}. Checked: header chain, links, overlaps, live at the end.`,
    findings: (amount: number) => count(amount, 'finding', 'findings'),
    findingsLeftOut: (amount: number) => `${grouped(amount)} more, counted but not listed.`,
  },

  strip: {
    before: 'Before the first op',
    operation: (number: number) => `Op ${grouped(number)}`,
    line: (line: number) => `line ${grouped(line)}`,
    searched: (parts: string) => `Steps searched: ${parts}.`,
    grew: (letter: string, pages: number) => `${letter} grew to ${count(pages, 'page', 'pages')}.`,
    limit: (pages: number) => `grow returned −1: ${count(pages, 'page', 'pages')} is this module’s maximum.`,
    stopped: (letter: string) => `${letter} stopped before it.`,
    at: (letter: string, address: number) => `${letter} ${hex(address)}`,
    placed: (parts: string) => `Placed at ${parts}.`,
  },
} as const;
