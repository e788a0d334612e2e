import { duration, times } from './labs.ts';
import { count, grouped, memory } from './numbers.ts';

export type Criterion = 'pages' | 'speed' | 'worst' | 'bytes' | 'overhead';

const pages = (amount: number) => count(amount, 'page', 'pages');
const list = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
/** Of allocators, at the head of a sentence. */
const NUMBERS = ['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const code = (name: string) => `\`${name}\``;

/** Texts of the lab about choosing an allocator. */
export const choiceStrings = {
  question:
    'One scenario goes through every allocator, each a module of its own, with the engine of the comparison. Which one is right depends on what matters to you: say so below, and the order follows.',
  work: {
    label: 'Workload',
    choices: {
      own: 'the scenario of the comparison',
      small: 'small objects',
      mixed: 'mixed sizes',
      phases: 'request phases',
      frames: 'game frames',
      vectors: 'growing vectors',
    },
  },
  by: {
    label: 'What matters most',
    choices: {
      pages: 'least memory',
      speed: 'speed',
      worst: 'the worst search',
      bytes: 'a small module',
      overhead: 'memory a live byte',
    } satisfies Record<Criterion, string>,
  },
  max: { label: 'Maximum of memory', own: 'as the scenario says', pages },
  none: 'Not enough has run to compare allocators.',
  headline: {
    /** `by` as a whole clause: who is first, and by how much. */
    best: (name: string, by: Criterion, ratio: number) =>
      `${name} ${
        {
          pages: 'needs the least memory here',
          speed: 'is the fastest here',
          worst: 'has the shortest worst search here',
          bytes: 'is the smallest module',
          overhead: 'spends the fewest bytes for a live byte here',
        }[by]
      }${Number.isFinite(ratio) ? `, by ${times(ratio)}` : ''}`,
    /** `names` in the alphabet's order, so that none stands before another for its merit. */
    level: (names: readonly string[], by: Criterion) =>
      `${NUMBERS[names.length] ?? names.length} are level in ${
        {
          pages: 'memory',
          speed: 'speed',
          worst: 'their worst search',
          bytes: 'module size',
          overhead: 'bytes for a live byte',
        }[by]
      }: ${list(names)}`,
    allFailed: 'No allocator serves this scenario within this maximum',
  },
  lead: {
    best: (name: string, value: string, second: string, its: string) =>
      `${code(name)}: *${value}*; next is ${code(second)} with *${its}*.`,
    level: (names: readonly string[], low: string, high: string) =>
      low === high
        ? `${list(names.map(code))}, by name: *${low}* each.`
        : `${list(names.map(code))}, by name: *${low}* to *${high}*. No more than 3 % lies between them, or their bands overlap.`,
    undecided: (by: Criterion) =>
      `In what comes second, ${by === 'speed' ? 'memory' : 'speed'}, none of these is ahead either: take the one that your toolchain brings.`,
    second: (name: string, value: string, next: string, its: string) =>
      `Among these ${code(name)} is ahead in what comes second: *${value}* against *${its}* of ${code(next)}.`,
    price: (name: string, what: string) => `What ${code(name)} costs elsewhere: ${what}.`,
    noPrice: (name: string) => `In nothing else measured here is any other more than 3 % ahead of ${code(name)}.`,
    against: (what: string, value: string, other: string, its: string) =>
      `${what} *${value}* against *${its}* of ${code(other)}`,
    failed: (lanes: readonly { name: string; failures: number }[]) =>
      `Refused requests, and so last in every order: ${list(
        lanes.map(({ name, failures }) => `${code(name)} *${grouped(failures)}*`),
      )}.`,
    stopped: (names: readonly string[]) =>
      `Came to a standstill before the end, and so last in every order: ${list(names.map(code))}.`,
    loops: (name: string, ratio: number) =>
      `A loop that allocates a buffer and eight objects in each pass takes at least *${times(ratio)}* the time of one that uses them again (${code(name)}).`,
    loopsNothing: (name: string) => `Using a buffer and eight objects again brought ${code(name)} nothing here.`,
    ran: (what: string, operations: number, lanes: number) =>
      `${what}: ${grouped(operations)} operations through ${lanes} allocators.`,
  },
  measures: {
    pages: 'Peak memory',
    speed: 'Speed',
    worst: 'Worst search',
    mean: 'Mean search',
    bytes: 'Module',
    overhead: 'Memory a live byte',
    external: 'Free memory in pieces',
    failures: 'Refused',
  },
  values: {
    pages: (count: number) => `${pages(count)}, ${memory(count * 65_536).replace(/\.0+ /, ' ')}`,
    /** From the time of one operation in ns. */
    speed: (ns: number, below: boolean) => {
      const perSecond = 1e9 / ns;
      const text = perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(1)} M` : grouped(Math.round(perSecond));
      return `${below ? 'over ' : ''}${text} ops/s`;
    },
    /** Two speeds, slow and fast, of times an operation in ns. */
    band: (high: number, low: number) => `${(1e3 / high).toFixed(1)} to ${(1e3 / low).toFixed(1)} M`,
    steps: (amount: number) => count(amount, 'step', 'steps'),
    mean: (steps: number) => steps.toFixed(2),
    bytes: (count: number) => `${grouped(count)} B`,
    overhead: (ratio: number) => `${ratio.toFixed(2)} B`,
    share: (ratio: number) => `${(ratio * 100).toFixed(1)} %`,
    unknown: 'none',
    stopped: 'standstill',
    refused: (count: number) => `${grouped(count)} refused`,
  },
  chart: {
    title: (by: Criterion) =>
      ({
        pages: 'Peak memory',
        speed: 'Speed',
        worst: 'Worst search',
        bytes: 'Size of the module',
        overhead: 'Memory for each live byte at the peak',
      })[by],
    note: (by: Criterion) =>
      ({
        pages: 'pages at the end, the most there ever were; less is better',
        speed: 'operations a second, recording included; band as a line; more is better',
        worst: 'free chunks, slots or bin nodes read for one request; less is better',
        bytes: 'bytes of the .wasm file; less is better',
        overhead: '(committed − below the base) / most bytes live at once; less is better',
      })[by],
    alike: 'equal ones by name',
  },
  table: {
    title: 'All that was measured',
    note: 'a heading sorts; speed is measured, all else is exact',
    head: 'Allocator',
  },
  cases: {
    title: 'Arenas by phase, pools by size: where they fit and where they do not',
    note: 'memory and time an operation; four scripts of this lab, whatever is chosen above',
    head: ['Case', 'Allocator', 'Its memory', 'That of dlmalloc', 'of wee', 'Its time an operation', 'dlmalloc', 'wee'],
    names: {
      arenaBest: 'Arena, every block ends with its phase',
      arenaWorst: 'Arena, the same blocks end one by one',
      poolBest: 'Pool, one size comes and goes',
      poolWorst: 'Pool, one size after the other',
    },
  },
  loops: {
    title: 'Allocating in the loop, or using again',
    note: 'time a pass: a buffer of 4 KiB and eight objects of 48 B, made in each pass or made once, then written',
    names: { loop: 'allocated in each pass', reuse: 'made once, used again' },
  },
  advice: {
    fits: (fit: number, dl: number, unfit: number, its: number) =>
      `An arena needed ${pages(fit)} where blocks end with their phase (dlmalloc ${pages(dl)}) and ${pages(unfit)} for the same blocks without phases (dlmalloc ${pages(its)}). `,
    general:
      'Run your own scenario here, not a benchmark of ours: record your program or write down its pattern. Take what is ahead in what matters to you and affordable in the rest; within 3 % take the one that your toolchain brings. Where blocks end together, an arena; where they are of one size, a pool; and what a loop needs in each pass, make before the loop.',
  },
  time: duration,
  empty: 'there is nothing to run in the comparison',
  mistake: (line: number, message: string) => `line ${grouped(line)} of your scenario has a mistake (${message})`,
  settings: (message: string) => `the memory cannot be set up so (${message})`,
  noRecording: (name: string) => `${name} is no recording that this lab can read`,
} as const;
