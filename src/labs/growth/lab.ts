import { CellState } from '../../model/heap-frame.ts';
import { duration } from '../../model/strings/labs.ts';
import { growthStrings as words } from '../../model/strings/labs-growth.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { RUNS } from '../controls.ts';
import type { Lab, Values } from '../lab.ts';
import type { Measure } from '../measure.ts';
import type { PageFigure, RowFigure, StepFigure, TranscriptFigure } from '../report.ts';
import { type GrowthData, LEAK, MAXIMUM, NEED, POLICIES, type Policy, SIZES, STEPS } from './data.ts';

/** From this factor on one cost outweighs another. */
const OUTWEIGHS = 3;

const GROWING = POLICIES.filter((policy) => policy !== 'ready');

export const growthLab: Lab<GrowthData> = {
  question: words.question,
  controls: [
    {
      key: 'to',
      label: words.to.label,
      choices: [512, 1024, 4096].map((pages) => ({ value: String(pages), label: words.pages(pages) })),
      initial: '1024',
    },
    {
      key: 'touch',
      label: words.touch.label,
      choices: (['no', 'yes'] as const).map((value) => ({ value, label: words.touch.choices[value] })),
      initial: 'no',
    },
    {
      key: 'how',
      label: words.how.label,
      choices: GROWING.map((value) => ({ value, label: words.policies[value] })),
      initial: 'double',
      looksOnly: true,
    },
    RUNS,
  ],
  code: [
    { path: 'wasm/labs/growth.ts', text: () => import('../../../wasm/labs/growth.ts?raw') },
    { path: 'src/labs/growth/programs.ts', text: () => import('./programs.ts?raw') },
  ],
  report(data, values) {
    return {
      headline: headlineOf(data),
      lead: leadOf(data),
      figures: [callRows(data), touchRows(data), reachRows(data, values), mapOf(data, values), ...curves(data)],
      asides: [limitsOf(data), resizableOf(data)],
      advice: adviceOf(data),
    };
  },
};

/** Median cost of one call for one page, and of a page's first and later writes, where they were measured. */
function costsOf(data: GrowthData) {
  const call = data.call.without[0];
  const touch = data.touch[0];
  return call === undefined || touch === undefined ? null : { call, first: touch.first, again: touch.again };
}

function headlineOf(data: GrowthData): string {
  const costs = costsOf(data);
  if (costs === null || costs.first.below) return words.headline.none;
  const ratio = costs.first.median / costs.call.median;
  if (ratio >= OUTWEIGHS) return words.headline.touch;
  return ratio <= 1 / OUTWEIGHS && !costs.call.below ? words.headline.call : words.headline.same;
}

const timeText = ({ median, below }: Measure) => (below ? words.lead.below(median) : words.lead.time(median));

function leadOf(data: GrowthData): string[] {
  const costs = costsOf(data);
  if (costs === null) return [];
  const lines = [words.lead.cost(timeText(costs.call), timeText(costs.first), timeText(costs.again))];
  const known = data.call.without.flatMap((point, i) => (point.below ? [] : [{ pages: SIZES[i]!, ns: point.median }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    const ratio = last.ns / first.ns;
    lines.push(
      ratio < OUTWEIGHS ? words.lead.level(first.pages, last.pages) : words.lead.rises(first.pages, last.pages, ratio),
    );
  }
  return lines;
}

function callRows({ call }: GrowthData): RowFigure {
  return {
    kind: 'rows',
    id: 'call',
    title: words.call.title,
    note: words.call.note,
    series: [
      { id: 'without', label: words.call.without, style: 2 },
      { id: 'maximum', label: words.call.maximum(MAXIMUM), style: 3 },
    ],
    rows: SIZES.map((pages, i) => ({
      label: words.call.row(pages),
      note: '',
      points: [call.without[i] ?? null, call.maximum[i] ?? null],
    })),
  };
}

function touchRows({ touch }: GrowthData): RowFigure {
  return {
    kind: 'rows',
    id: 'touch',
    title: words.touchFigure.title,
    note: words.touchFigure.note,
    series: [
      { id: 'call', label: words.touchFigure.call, style: 3 },
      { id: 'first', label: words.touchFigure.first, style: 6 },
      { id: 'again', label: words.touchFigure.again, style: 4 },
    ],
    rows: STEPS.map((step, i) => ({
      label: words.touchFigure.row(step),
      note: '',
      points: [touch[i]?.call ?? null, touch[i]?.first ?? null, touch[i]?.again ?? null],
    })),
  };
}

function reachRows({ reach }: GrowthData, values: Values): RowFigure {
  return {
    kind: 'rows',
    id: 'reach',
    title: words.reach.title(Number(values.to)),
    note: words.reach.note(values.touch === 'yes'),
    series: [{ id: 'time', label: words.reach.series, style: 0 }],
    rows: POLICIES.map((policy) => {
      const done = reach.find((entry) => entry.policy === policy);
      return {
        label: words.policies[policy],
        note: done === undefined ? '' : done.calls === 0 ? words.reach.none : words.reach.calls(done.calls),
        points: [done?.time ?? null],
      };
    }),
  };
}

function mapOf({ maps }: GrowthData, values: Values): PageFigure {
  const how = values.how as Exclude<Policy, 'ready'>;
  const pages = maps[how] ?? [];
  const got = pages.filter((state) => state !== CellState.NotGrown).length;
  return {
    kind: 'pages',
    id: 'map',
    title: words.map.title(words.policies[how]),
    note: words.map.note(NEED, got),
    pages,
    legend: [
      { state: CellState.Live8, label: words.map.touched },
      { state: CellState.Untouched, label: words.map.untouched },
      { state: CellState.NotGrown, label: words.map.notGrown },
    ],
  };
}

function curves({ ratchet, leak }: GrowthData): StepFigure[] {
  return [
    {
      kind: 'steps',
      id: 'ratchet',
      title: words.ratchet.title,
      note: words.ratchet.note,
      xLabel: words.ratchet.x,
      series: [
        { id: 'live', label: words.ratchet.live, style: 1, filled: true, values: ratchet.live },
        { id: 'committed', label: words.ratchet.committed, style: 0, filled: false, values: ratchet.committed },
      ],
      marks: ratchet.rounds.map((at, i) => ({ at, label: words.ratchet.round(i + 1) })),
    },
    {
      kind: 'steps',
      id: 'leak',
      title: words.leak.title,
      note: words.leak.note(LEAK.bytes, LEAK.cap),
      xLabel: words.leak.x,
      series: [
        { id: 'without', label: words.leak.without, style: 2, filled: false, values: leak.without },
        { id: 'maximum', label: words.leak.maximum(LEAK.maximum), style: 3, filled: false, values: leak.maximum },
      ],
      marks: leak.refusedAt === 0 ? [] : [{ at: leak.refusedAt, label: words.leak.refused(leak.refusedAt) }],
    },
  ];
}

function limitsOf({ limits }: GrowthData): TranscriptFigure {
  return {
    kind: 'transcript',
    id: 'limits',
    title: words.limits.title,
    note: words.limits.note,
    lines: [
      { code: 'new WebAssembly.Memory({ initial: 1, maximum: 16 })', result: '', tone: 'plain' },
      { code: 'memory.grow(15)', result: words.limits.until(limits.upTo), tone: 'good' },
      { code: 'memory.grow(1)', result: limits.outside, tone: limits.outside.includes('Error') ? 'bad' : 'good' },
      {
        code: 'wasm.grow(1)',
        result: limits.inside === -1 ? words.limits.inside : words.limits.until(limits.inside),
        tone: limits.inside === -1 ? 'bad' : 'good',
      },
      {
        code: `wasm.careful(${limits.careful.asked})`,
        result: words.limits.careful(limits.careful.asked, limits.careful.got),
        tone: 'good',
      },
      { code: 'wasm.careless(1)', result: limits.careless, tone: limits.careless.includes('Error') ? 'bad' : 'good' },
      { code: 'memory.buffer.byteLength / 65536', result: String(limits.pagesAfter), tone: 'plain' },
    ],
    after: words.limits.after,
  };
}

function resizableOf({ resizable }: GrowthData): TranscriptFigure {
  return {
    kind: 'transcript',
    id: 'resizable',
    title: words.resizable.title,
    note: words.resizable.note,
    lines:
      resizable === null
        ? []
        : [
            { code: 'const v = new Uint8Array(memory.toResizableBuffer())', result: '', tone: 'plain' },
            { code: 'v.length', result: grouped(resizable.before), tone: 'plain' },
            { code: 'memory.grow(1)', result: '1', tone: 'plain' },
            {
              code: 'v.length',
              result: grouped(resizable.after),
              tone: resizable.after > resizable.before ? 'good' : 'bad',
            },
            {
              code: 'new TextDecoder().decode(v)',
              result: resizable.decode,
              tone: resizable.decode.includes('Error') ? 'bad' : 'good',
            },
          ],
    after: resizable === null ? words.resizable.missing : words.resizable.after,
  };
}

function adviceOf(data: GrowthData): string {
  const plain = ({ median, below }: Measure) => `${below ? '< ' : ''}${duration(median)}`;
  const one = data.reach.find(({ policy }) => policy === 'one');
  const ready = data.reach.find(({ policy }) => policy === 'ready');
  const costs = costsOf(data);
  const [without, maximum] = [data.call.without.at(-1), data.call.maximum.at(-1)];
  return [
    one && ready
      ? words.advice.pre(words.policies.one, one.calls, plain(one.time), plain(ready.time)) + words.advice.detach
      : '',
    costs === null ? '' : words.advice.over(plain(costs.first)),
    without === undefined || maximum === undefined || without.below || maximum.below
      ? ''
      : words.advice.maximum(maximum.median / without.median),
    words.advice.general,
  ].join('');
}
