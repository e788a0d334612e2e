import { grouped, memory } from './numbers.ts';

/** A time in the unit that reads best, two digits or three: `52 ns`, `1.3 µs`, `12 ms`, `2.4 s`. */
export function duration(ns: number): string {
  const [amount, unit] =
    ns < 1e3 ? [ns, 'ns'] : ns < 1e6 ? [ns / 1e3, 'µs'] : ns < 1e9 ? [ns / 1e6, 'ms'] : [ns / 1e9, 's'];
  const digits = amount === 0 || amount >= 9.95 ? 0 : amount >= 0.995 ? 1 : 2;
  return `${amount >= 1000 ? grouped(Math.round(amount)) : amount.toFixed(digits)}\u00a0${unit}`;
}

/** How many times: `13×`, `1.4×`, `0.25×`. */
export function times(ratio: number): string {
  return `${ratio >= 9.95 ? grouped(Math.round(ratio)) : ratio >= 0.995 ? ratio.toFixed(1) : ratio.toFixed(2)}×`;
}

/** A size without needless digits: `64 B`, `1 KiB`, `1.5 MiB`. */
export function size(bytes: number): string {
  return memory(bytes).replace(/(\.0+)? /, '\u00a0');
}

/** Texts of the frame that all labs stand in. */
export const labsStrings = {
  title: 'Labs',
  lab: 'Lab',
  titles: {
    boundary: 'Crossing the boundary',
    growth: 'Growing memory',
    isolation: 'Isolation and corruption',
    choice: 'Choosing an allocator',
    gc: 'WasmGC beside linear memory',
  },
  openScenario: 'Open as scenario',
  run: 'Run',
  again: 'Run again',
  stop: 'Stop',
  csv: 'CSV',
  link: 'Copy link',
  linkCopied: 'The link to this lab and its settings is copied.',
  linkByHand: (address: string) => `The browser did not let the link be copied. It is ${address}`,
  backTo: (lesson: string, step: number) => `Back to the lesson: ${lesson}, step ${step}`,
  skip: 'Skip to the results',
  progressLabel: 'Progress of the run',
  changed: 'The settings have changed since. Run again to measure with them.',
  loading: 'Loading the lab',
  loadFailed: 'This lab could not be loaded. Check the connection and pick it again.',
  settings: 'Settings',
  results: 'Results',
  words: 'Question and provenance',
  runs: { label: 'Runs', stable: 'until stable', quick: 'quick, 3' },
  progress: (done: number, total: number, what: string) =>
    total === 0 ? 'Starting' : `${grouped(done)} of ${grouped(total)}: ${what}`,
  stopped: 'Stopped by you. What was measured until then is shown.',
  stoppedEmpty: 'Stopped by you before anything was measured.',
  missing: (feature: string) => `This browser has no ${feature}, and this lab needs it. Nothing was measured.`,
  failed: (message: string) => `The lab stopped: ${message || 'its worker ended'}. Run it again.`,
  notRun: 'Nothing measured yet.',
  provenance: {
    title: 'Measured on this machine now',
    when: (time: string, took: string) => `${time}, took ${took}.`,
    machine: (browser: string, system: string, cores: number) =>
      `${browser}, ${system}, ${cores} ${cores === 1 ? 'core' : 'cores'}.`,
    clock: (tick: string, isolated: boolean) =>
      `Clock tick ${tick} (page is ${isolated ? '' : 'not '}cross-origin isolated).`,
    batch: (batch: string) => `Each operation repeats until a batch lasts ${batch} or more.`,
    runs: (least: number, most: number) =>
      `Median of ${least === most ? least : `${least} to ${most}`} batches; band: 10th to 90th percentile.`,
    gap: 'Gap or hatching: below the clock. Your numbers will differ.',
    exact: 'Counts, sizes and results of calls are exact and the same on every run.',
  },
  advice: 'What to do with this',
  code: {
    title: 'The code that ran',
    copy: 'Copy',
    copied: 'The code is copied.',
    byHand: 'The browser did not let the code be copied. Select it below.',
    file: 'File',
    failed: 'This file could not be fetched. Once the network is back, reload the page and open it again.',
  },
  figure: {
    table: 'Table',
    chart: 'Chart',
    tableOf: (title: string) => `${title}, as a table`,
    chartOf: (title: string) => `${title}, as a chart`,
    keys: 'Left and right: point. Up and down: series.',
    belowClock: (bound: string) => `under ${bound}, below the clock`,
    belowShort: (bound: string) => `< ${bound}, below the clock`,
    ended: 'ended before',
    notMeasured: 'not measured',
    point: (series: string, at: string, value: string) => `${series}, ${at}: ${value}`,
    value: (median: string, low: string, high: string, runs: number) =>
      `${median} (${low} to ${high}, ${runs} ${runs === 1 ? 'batch' : 'batches'})`,
    bytesHead: ['Address', 'Byte', 'Part of', 'Written over'],
    writtenOver: 'written over',
    bytesKey: 'Framed and bold: written over. Letters name the parts.',
    steps: 'step',
    pageName: (page: number, state: string) => `page ${grouped(page)}: ${state}`,
    pageRange: (from: number, to: number) =>
      from === to ? `page ${grouped(from)}` : `pages ${grouped(from)} to ${grouped(to)}`,
  },
  csvAt: (places: string) => `at: ${places}`,
  csvHead: {
    figure: 'figure',
    series: 'series',
    at: 'at',
    median: 'median ns',
    low: '10th percentile ns',
    high: '90th percentile ns',
    batches: 'batches',
    below: 'below the clock',
    value: 'value',
  },
} as const;
