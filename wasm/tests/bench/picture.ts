import { DRIVER_ALONE } from './contestants.ts';
import { nanoseconds, type Outcome, ratio, realDlmalloc, spread } from './report.ts';

/** Colours stand in the file itself, for both themes: a picture in a README has no other style. */
const STYLE = `
  .ground { fill: #fff } .ink { fill: #1f2328 } .quiet { fill: #59636e } .rule { stroke: #d1d9e0 } .one { stroke: #59636e }
  .ours { fill: #0b6e99; stroke: #0b6e99 } .theirs { fill: #fff; stroke: #59636e }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .ink { fill: #f0f6fc } .quiet { fill: #9198a1 } .rule { stroke: #3d444d } .one { stroke: #9198a1 }
    .ours { fill: #5cc3ee; stroke: #5cc3ee } .theirs { fill: #0d1117; stroke: #9198a1 }
  }
  text { font: 12px system-ui, sans-serif } .title { font-weight: 600 } .number { text-anchor: end; font-variant-numeric: tabular-nums }`;

const WIDTH = 760;
const PLOT = { left: 200, right: 610 } as const;
const ROW = 20;
const TITLE = 30;
const FOOT = 40;
/** The axis, in ratios; what lies beyond is drawn at its end, as an arrow. */
const LEAST = 0.125;
const MOST = 8;
const TICKS = [0.125, 0.25, 0.5, 1, 2, 4, 8] as const;

const x = (value: number): number => {
  const share = Math.log(Math.min(MOST, Math.max(LEAST, value)) / LEAST) / Math.log(MOST / LEAST);
  return Math.round((PLOT.left + share * (PLOT.right - PLOT.left)) * 10) / 10;
};

/** Time of every allocator over that of the real dlmalloc, a group for each program. Null where the real one did not run. */
export function picture(outcomes: readonly Outcome[]): string | null {
  const marks: string[] = [];
  let y = 0;
  for (const outcome of outcomes) {
    const real = realDlmalloc(outcome);
    if (!real) return null;
    y += TITLE;
    marks.push(`<text class="ink title" x="12" y="${y - 8}">${outcome.program.name}</text>`);
    for (const measured of outcome.measured) {
      const { name, counted, untimed } = measured.contestant;
      if (name === DRIVER_ALONE || untimed) continue;
      const { low, median, high } = ratio(measured, real);
      const middle = y + ROW / 2;
      const look = counted ? 'ours' : 'theirs';
      const mark =
        median > MOST
          ? `<path class="${look}" d="M${x(MOST)} ${middle}l-8 -5v10z"/>`
          : `<path class="${look}" stroke-width="2" d="M${x(low)} ${middle}H${x(high)}"/><circle class="${look}" stroke-width="1.5" cx="${x(median)}" cy="${middle}" r="4"/>`;
      marks.push(
        `<text class="${counted ? 'ink' : 'quiet'}" x="24" y="${middle + 4}">${name}</text>`,
        mark,
        `<text class="ink number" x="678" y="${middle + 4}">${median < 10 ? median.toFixed(2) : median.toFixed(0)}</text>`,
        `<text class="quiet number" x="748" y="${middle + 4}">${nanoseconds(spread(measured.rounds).median)} ns</text>`,
      );
      y += ROW;
    }
  }
  const height = y + FOOT;
  const rules = TICKS.map(
    (tick) =>
      `<path class="${tick === 1 ? 'one' : 'rule'}" d="M${x(tick)} 8V${y + 6}"/><text class="quiet" text-anchor="middle" x="${x(tick)}" y="${y + 20}">${tick}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">`,
    '<title id="title">Time of each allocator over the time of the real dlmalloc, for each program</title>',
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    ...rules,
    ...marks,
    `<text class="quiet" x="${PLOT.left}" y="${y + 35}">time over the real dlmalloc’s: median, 10 to 90 % of the rounds · filled: ours</text>`,
    '</svg>',
    '',
  ].join('\n');
}
