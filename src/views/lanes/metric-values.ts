import type { LogFacts } from '../../model/heap-frame.ts';
import type { Survey } from '../../model/metrics.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped, memory } from '../../model/strings/numbers.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { type Addr, type Bytes, PAGE_BYTES, type Pages } from '../../model/units.ts';

/** What the eight rows of a lane are computed from, at one position. */
export interface LaneFacts {
  readonly facts: LogFacts;
  readonly base: Addr;
  readonly survey: Survey | null;
  /** Mean search steps a request so far; undefined while the instrumented pass has not come to this lane. */
  readonly searchMean: number | null | undefined;
  /** Arenas have no chunk that could be given again before the reset. */
  readonly arena: boolean;
}

/** Ends of the rows' lines: facts of the whole run and of all lanes, so that nothing rescales while the playhead moves. */
export interface RowScales {
  readonly pages: Pages;
  readonly bytes: Bytes;
  readonly steps: number;
  readonly failures: number;
}

export interface Row {
  readonly id: keyof typeof metricStrings.metric.rows;
  /** `survey` rows are read from the bytes and stand dimmed until they have been. */
  readonly tier: 'log' | 'survey' | 'steps';
  readonly metric: string;
  readonly better: 'low' | 'high' | null;
  readonly scale: keyof typeof metricStrings.metric.scale;
  /** Null where there is no such number (n/a), undefined where it is not known yet. */
  value(lane: LaneFacts): number | null | undefined;
  text(value: number): string;
  none(lane: LaneFacts): string;
  /** Where the dot stands on its line, 0 to 1. */
  share(value: number, scales: RowScales): number;
}

const notApplicable = () => metricStrings.metric.none;
const untilReset = (lane: LaneFacts) => (lane.arena ? metricStrings.metric.untilReset : metricStrings.metric.none);
const surveyed = (id: string) => (lane: LaneFacts) => (lane.survey === null ? undefined : lane.survey.metrics[id]);
/** Small and large on one line: 16 B at its start, the largest memory at its end. */
const logShare = (bytes: Bytes, { bytes: most }: RowScales) =>
  bytes <= 16 ? 0 : Math.min(1, Math.log2(bytes / 16) / Math.log2(Math.max(32, most) / 16));

/** The eight rows, in the order of the page. Their other metrics stand in the table. */
export const ROWS: readonly Row[] = [
  {
    id: 'footprint',
    tier: 'log',
    metric: 'pages',
    better: 'low',
    scale: 'pages',
    value: ({ facts }) => facts.pages,
    text: words.pages,
    none: notApplicable,
    share: (pages, scales) => pages / Math.max(1, scales.pages),
  },
  {
    id: 'live',
    tier: 'log',
    metric: 'utilisation',
    better: 'high',
    scale: 'ratio',
    value: ({ facts, base }) => ratio(facts.live, facts.pages * PAGE_BYTES - base),
    text: (value) => words.percent(value, value < 0.1 ? 1 : 0),
    none: notApplicable,
    share: (value) => value,
  },
  {
    id: 'free',
    tier: 'survey',
    metric: 'free',
    better: null,
    scale: 'bytes',
    value: (lane) => (lane.arena ? null : surveyed('free')(lane)),
    text: memory,
    none: untilReset,
    share: logShare,
  },
  {
    id: 'hole',
    tier: 'survey',
    metric: 'largest_hole',
    better: 'high',
    scale: 'bytes',
    value: surveyed('largest_hole'),
    text: memory,
    none: notApplicable,
    share: logShare,
  },
  {
    id: 'external',
    tier: 'survey',
    metric: 'external_fragmentation',
    better: 'low',
    scale: 'ratio',
    value: surveyed('external_fragmentation'),
    text: (value) => words.percent(value),
    none: notApplicable,
    share: (value) => value,
  },
  {
    id: 'internal',
    tier: 'log',
    metric: 'internal_fragmentation',
    better: 'low',
    scale: 'ratio',
    value: ({ facts }) => ratio(facts.gross - facts.live, facts.gross),
    text: (value) => words.percent(value),
    none: notApplicable,
    share: (value) => value,
  },
  {
    id: 'search',
    tier: 'steps',
    metric: 'search_mean',
    better: 'low',
    scale: 'search',
    value: ({ searchMean }) => searchMean,
    text: metricStrings.metric.steps,
    none: notApplicable,
    share: (value, { steps }) => Math.log2(1 + value) / Math.log2(1 + Math.max(1, steps)),
  },
  {
    id: 'failures',
    tier: 'log',
    metric: 'failures',
    better: 'low',
    scale: 'count',
    value: ({ facts }) => facts.failures,
    text: grouped,
    none: notApplicable,
    share: (value, { failures }) => (failures === 0 ? 0 : value / failures),
  },
];

function ratio(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole;
}

/** Better by more than this share of the next best is worth a word; less is noise. */
const MARGIN = 0.03;

/** The lane that is best in a row, or -1: only one that beats every other by more than 3 %. */
export function bestOf(values: readonly (number | null | undefined)[], better: Row['better']): number {
  if (better === null) return -1;
  let best = -1;
  let second = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if (best < 0 || beats(value, values[best]!, better)) {
      second = best;
      best = i;
    } else if (second < 0 || beats(value, values[second]!, better)) second = i;
  }
  if (second < 0) return -1;
  const gap = Math.abs(values[best]! - values[second]!);
  return gap > MARGIN * Math.abs(values[second]!) && gap > 0 ? best : -1;
}

const beats = (a: number, b: number, better: 'low' | 'high') => (better === 'low' ? a < b : a > b);
