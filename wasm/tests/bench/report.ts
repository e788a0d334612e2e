import { DRIVER_ALONE, OUR_DLMALLOC, OUR_WEE, REAL_DLMALLOC, REAL_DLMALLOC_O3, REAL_WEE } from './contestants.ts';
import type { Measured } from './measure.ts';
import type { Program } from './programs.ts';

/** One program, all who ran it. */
export interface Outcome {
  readonly program: Pick<Program, 'name' | 'what'>;
  readonly measured: readonly Measured[];
}

/** Median, and the range that holds all but a tenth of the values on either side. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The value below which a share of all lies, interpolated. Values: at least one. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (at - below);
}

export function spread(values: readonly number[]): Spread {
  return { low: quantile(values, 0.1), median: quantile(values, 0.5), high: quantile(values, 0.9) };
}

const named = ({ measured }: Outcome, name: string): Measured | undefined =>
  measured.find(({ contestant }) => contestant.name === name);

const time = ({ rounds }: Measured): number => spread(rounds).median;

/** The real dlmalloc, of its two builds the one that was faster on this program; undefined if it did not run. */
export function realDlmalloc(outcome: Outcome): Measured | undefined {
  const linked = named(outcome, REAL_DLMALLOC);
  const optimised = named(outcome, REAL_DLMALLOC_O3);
  if (!linked || !optimised) return undefined;
  return time(linked) <= time(optimised) ? linked : optimised;
}

/** Time over that of another, round by round. */
export function ratio(one: Measured, other: Measured): Spread {
  return spread(one.rounds.map((value, round) => value / other.rounds[round]!));
}

export const nanoseconds = (value: number): string => value.toFixed(value < 100 ? 1 : 0);
const spreadText = ({ low, median, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The figures as Markdown. */
export function tables(outcomes: readonly Outcome[], machine: string, rounds: number): string {
  const names = outcomes[0]!.measured.map(({ contestant }) => contestant.name);
  const columns = outcomes.map(({ program }) => program.name);
  const cells = (name: string, text: (measured: Measured, outcome: Outcome) => string) =>
    outcomes.map((outcome) => text(named(outcome, name)!, outcome));
  const over = (label: string, name: string, real: (outcome: Outcome) => Measured | undefined) => [
    label,
    ...cells(name, (measured, outcome) => {
      const other = real(outcome);
      return other ? spreadText(ratio(measured, other)) : '–';
    }),
  ];
  const counted = names.filter((name) => named(outcomes[0]!, name)!.facts.steps !== null);
  const allocators = names.filter((name) => name !== DRIVER_ALONE);
  const timed = names.filter((name) => !named(outcomes[0]!, name)!.contestant.untimed);
  return [
    `Measured on one machine: ${machine}, ${rounds} rounds. The ratios say more than the nanoseconds, which another machine does not share.`,
    '',
    table(
      ['time over the real one’s', ...columns],
      [
        over('dlmalloc / the faster real one', OUR_DLMALLOC, realDlmalloc),
        over('wee / the real one', OUR_WEE, (outcome) => named(outcome, REAL_WEE)),
      ],
    ),
    '',
    table(
      ['ns an operation', ...columns],
      timed.map((name) => [name, ...cells(name, (measured) => nanoseconds(time(measured)))]),
    ),
    '',
    table(
      ['pages grown', ...columns],
      allocators.map((name) => [name, ...cells(name, ({ facts }) => String(facts.grown))]),
    ),
    '',
    table(
      ['search steps a request', ...columns],
      counted.map((name) => [name, ...cells(name, ({ facts }) => facts.steps!.toFixed(2))]),
    ),
  ].join('\n');
}

const BEGIN = '<!-- written by npm run bench -->';
const END = '<!-- end of what npm run bench writes -->';

/** Puts what a command writes in the place that a document keeps for it. Throws where it has none. */
export function placed(document: string, written: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`No place for the benchmark's figures: "${BEGIN}" and "${END}" must stand in it.`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${written}\n\n${document.slice(end)}`;
}
