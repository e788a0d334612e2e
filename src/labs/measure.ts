/** Milliseconds since some moment; `performance.now` in the worker, a made one in tests. */
export type Clock = () => number;

/** Times in nanoseconds for one operation. */
export interface Measure {
  readonly median: number;
  /** 10th and 90th percentile. */
  readonly low: number;
  readonly high: number;
  /** Batches that were timed, and operations in each. */
  readonly runs: number;
  readonly times: number;
  /** The clock could not tell it from nothing: the three times are no more than an upper bound. */
  readonly below: boolean;
}

/**
 * How long to go on: batches of at least `batchMs`, `least` of them, then more until they agree, `most` at the most. Three
 * are enough once `budgetMs` are spent: what is slow is measured less often, not less long.
 */
export interface Sampling {
  readonly batchMs: number;
  readonly least: number;
  readonly most: number;
  readonly budgetMs: number;
}

const FEWEST_BATCHES = 3;

/** Batches agree when the middle half of them lies within this share of the median. */
const AGREED = 0.05;
/** A time under so many ticks of the clock may be off by more than a third, and is not shown as one. */
const FEWEST_TICKS = 3;
const ATTEMPTS = 3;
/** No operation is so short that a batch needs more. */
const MOST_TIMES = 2 ** 28;

/** The clock's tick in ms: the median of the steps that it makes while one waits for it. Takes at most 60 ms. */
export function tickOf(clock: Clock): number {
  const steps: number[] = [];
  const start = clock();
  let last = start;
  while (steps.length < 31 && last - start < 60) {
    const now = clock();
    if (now > last) {
      steps.push(now - last);
      last = now;
    }
  }
  return percentile(
    steps.sort((a, b) => a - b),
    0.5,
  );
}

/**
 * Times an operation that is shorter than the clock's tick: `run(times)` does it `times` times in a row, in batches that
 * last long enough. Finding the size of a batch warms the engine up as well.
 */
export function measure(run: (times: number) => void, sampling: Sampling, clock: Clock, tickMs: number): Measure {
  const once = (times: number): number => {
    const start = clock();
    run(times);
    return clock() - start;
  };
  let times = 1;
  let batches: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    times = enough(once, times, sampling.batchMs, tickMs);
    batches = sample(once, times, sampling);
    // The engine warmed up, or something else had held the batch up that seemed long enough.
    const typical = percentile(
      [...batches].sort((a, b) => a - b),
      0.5,
    );
    if (typical >= sampling.batchMs / 2 || times >= MOST_TIMES) break;
    times = Math.ceil(times * Math.min(8, sampling.batchMs / Math.max(typical, tickMs)));
  }
  return measureOf(batches, times, tickMs);
}

/** How often an operation must be repeated, from `times` on, so that a batch lasts `batchMs`. */
function enough(once: (times: number) => number, times: number, batchMs: number, tickMs: number): number {
  for (let most = times; ; ) {
    const ms = once(most);
    if (ms >= batchMs || most >= MOST_TIMES) return most;
    // Under a few ticks the reading says nothing yet.
    const factor = ms < FEWEST_TICKS * tickMs || ms <= 0 ? 4 : Math.min(8, (1.2 * batchMs) / ms);
    most = Math.min(MOST_TIMES, Math.ceil(most * Math.max(1.1, factor)));
  }
}

function sample(once: (times: number) => number, times: number, { least, most, budgetMs }: Sampling): number[] {
  const batches: number[] = [];
  let spent = 0;
  while (batches.length < most && !(batches.length >= least && agree(batches))) {
    if (spent >= budgetMs && batches.length >= FEWEST_BATCHES) break;
    const ms = once(times);
    batches.push(ms);
    spent += ms;
  }
  return batches;
}

/** The measure of batches that were timed by hand: `ms` of each, `times` operations in one. */
export function measureOf(batchesMs: readonly number[], times: number, tickMs: number): Measure {
  const sorted = [...batchesMs].sort((a, b) => a - b);
  const least = FEWEST_TICKS * tickMs;
  const below = percentile(sorted, 0.5) < least;
  const each = (ms: number) => (Math.max(ms, below ? least : 0) * 1e6) / times;
  return {
    median: each(percentile(sorted, 0.5)),
    low: each(percentile(sorted, 0.1)),
    high: each(percentile(sorted, 0.9)),
    runs: sorted.length,
    times,
    below,
  };
}

function agree(batches: readonly number[]): boolean {
  const sorted = [...batches].sort((a, b) => a - b);
  return percentile(sorted, 0.75) - percentile(sorted, 0.25) <= AGREED * percentile(sorted, 0.5);
}

/** Of sorted values, between neighbours in proportion; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}
