import { ALL_LANE_NAMES, LANE_NAMES } from '../lanes.ts';

/** What the command line says. */
export const cliStrings = {
  usage: `Usage: npm run --silent heapscape -- replay FILE [options]

Runs FILE, a scenario or a recording, on real allocators and prints what each came to.

  --allocator LIST   comma-parted, of ${ALL_LANE_NAMES.join(', ')}
                     (without it ${LANE_NAMES.join(', ')});
                     NAME-guard puts the guard before it, for all but arena
  --base BYTES       first byte of the heap: a multiple of 16, at least 2048
  --initial PAGES    pages at the start, 1 to 65536
  --max PAGES        pages at most, 1 to 65536
  --addresses        print INDEX KIND ID ADDRESS PAGES for each request (one allocator only)
  --json             print one JSON object and nothing else`,
  unknownCommand: (word: string) => `There is no command ${word}. The one there is: replay FILE.`,
  noFile: 'Which file? For example: npm run --silent heapscape -- replay public/scenarios/first-look.heap',
  twoFiles: (first: string, second: string) => `One file at a time: both ${first} and ${second} were named.`,
  unknownOption: (option: string) =>
    `There is no option ${option}. What there is: npm run --silent heapscape -- --help`,
  noValue: (option: string) => `${option} needs a value after it.`,
  notANumber: (option: string, value: string) => `${option} takes a whole number; it was ${value}.`,
  outOfRange: (option: string, value: number, from: number, to: number) =>
    `${option} goes from ${from} to ${to}; it was ${value}.`,
  badBase: (value: number) => `--base is a multiple of 16; it was ${value}.`,
  unknownAllocator: (name: string) =>
    `There is no allocator ${name || '(nothing)'}. There are ${ALL_LANE_NAMES.join(', ')}; options come in any order.`,
  twice: (name: string) => `${name} is named twice.`,
  addressesOfOne: 'Addresses are printed for one allocator: name it with --allocator.',
  addressesOrJson: 'Either --addresses or --json, not both.',
  cannotRead: (file: string, why: string) => `${file} cannot be read: ${why}`,
  atLine: (file: string, line: number, column: number, code: string, message: string) =>
    `${file}:${line}:${column} ${code} ${message}`,
  checkFailed: (file: string, line: number, lane: string, text: string, value: string) =>
    `${file}:${line} does not hold for ${lane}: ${text} (it is ${value})`,
  checkNotRun: (file: string, line: number, lane: string) =>
    `${file}:${line} was not checked: it is for ${lane}, and that lane does not run here.`,
  laneStopped: (lane: string, message: string) => `${lane} stopped: ${message}`,
  anomalies: (count: number) => `${count} ${count === 1 ? 'anomaly' : 'anomalies'}, kept and listed by --json`,
  noValueThere: 'no value there',
  notApplicable: 'n/a',
  metric: 'metric',
  operations: (count: number) => `${count} operations`,
} as const;
