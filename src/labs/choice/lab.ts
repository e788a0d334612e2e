import { choiceStrings as words } from '../../model/strings/labs-choice.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { RUNS } from '../controls.ts';
import type { Lab, Values } from '../lab.ts';
import type { BarFigure, CodeFile, RowFigure, Style, TableFigure } from '../report.ts';
import { type Choice, CRITERIA, type Criterion, choose, lead, ranked, served, weight } from './choose.ts';
import type { ChoiceData, LaneFigures } from './data.ts';
import { CASE_IDS, CASES, LOOP_IDS, LOOPS, WORKLOAD_IDS, WORKLOADS, type Workload } from './workloads.ts';

const MAXIMA = [9, 17, 33, 65, 129, 257];

export const choiceLab: Lab<ChoiceData> = {
  question: words.question,
  controls: [
    {
      key: 'work',
      label: words.work.label,
      choices: (['own', ...WORKLOAD_IDS] as const).map((value) => ({ value, label: words.work.choices[value] })),
      initial: 'phases',
    },
    {
      key: 'by',
      label: words.by.label,
      choices: CRITERIA.map((value) => ({ value, label: words.by.choices[value] })),
      initial: 'pages',
      looksOnly: true,
    },
    {
      key: 'max',
      label: words.max.label,
      choices: [
        { value: 'own', label: words.max.own },
        ...MAXIMA.map((count) => ({ value: String(count), label: words.max.pages(count) })),
      ],
      initial: 'own',
    },
    RUNS,
  ],
  code: [
    ...WORKLOAD_IDS.map((id) => ({ path: `src/labs/choice/workloads/${id}.heap`, text: given(WORKLOADS[id]) })),
    ...CASE_IDS.map((id) => ({ path: `src/labs/choice/workloads/${fileOf(id)}.heap`, text: given(CASES[id].text) })),
    ...LOOP_IDS.map((id) => ({ path: `src/labs/choice/workloads/${id}.heap`, text: given(LOOPS[id]) })),
    { path: 'src/labs/choice/run.ts', text: () => import('./run.ts?raw') },
    { path: 'src/engine/lane-run.ts', text: () => import('../../engine/lane-run.ts?raw') },
  ],
  script(values) {
    if (!Object.hasOwn(WORKLOADS, values.work ?? '')) return null;
    const id = values.work as Workload;
    return { name: words.work.choices[id], text: WORKLOADS[id].trimEnd() };
  },
  report(data, values) {
    const by = values.by as Criterion;
    const choice = choose(data.lanes, by);
    return {
      headline: headlineOf(data, by, choice),
      lead: leadOf(data, values, by, choice),
      figures: [barsOf(data, by, choice), tableFigure(data), casesOf(data), loopsOf(data)],
      asides: [],
      advice: adviceOf(data),
    };
  },
};

/** A text that the lab holds already, as one that would be fetched. */
function given(text: string): CodeFile['text'] {
  return async () => ({ default: text });
}

/** `arenaBest` lies in `arena-best.heap`. */
function fileOf(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A figure with its unit. */
function valueText(lane: LaneFigures, by: Criterion): string {
  const value = weight(lane, by);
  if (value === null) return words.values.unknown;
  switch (by) {
    case 'pages':
      return words.values.pages(value);
    case 'speed':
      return words.values.speed(value, lane.time.below);
    case 'worst':
      return words.values.steps(value);
    case 'bytes':
      return words.values.bytes(value);
    case 'overhead':
      return words.values.overhead(value);
  }
}

function headlineOf(data: ChoiceData, by: Criterion, choice: Choice | null): string {
  const first = choice?.level[0];
  if (choice === null || first === undefined) {
    const failed = data.lanes.length > 0 && !data.lanes.some(served);
    return failed ? `${words.headline.allFailed}.` : words.none;
  }
  if (choice.level.length > 1) {
    return `${words.headline.level(
      choice.level.map(({ name }) => name),
      by,
    )}.`;
  }
  const ratio = choice.next === null ? Number.POSITIVE_INFINITY : (lead(first, choice.next, by) ?? 1);
  return `${words.headline.best(first.name, by, ratio)}.`;
}

function leadOf(data: ChoiceData, values: Values, by: Criterion, choice: Choice | null): string[] {
  const lines: string[] = [];
  if (choice !== null) {
    const { level, next, chosen, second, costs } = choice;
    const order = ranked(level, by);
    const [first, last] = [order[0]!, order.at(-1)!];
    const text = (lane: LaneFigures, criterion = by) => valueText(lane, criterion);
    if (level.length > 1) {
      lines.push(
        words.lead.level(
          level.map(({ name }) => name),
          text(first),
          text(last),
        ),
      );
    } else if (next !== null) lines.push(words.lead.best(first.name, text(first), next.name, text(next)));
    if (second !== null) {
      const { best, next: other } = second;
      lines.push(words.lead.second(best.name, text(best, second.by), other.name, text(other, second.by)));
    }
    if (chosen === null) lines.push(words.lead.undecided(by));
    else {
      const prices = costs.map((cost) =>
        words.lead.against(
          words.measures[cost.by].toLowerCase(),
          text(chosen, cost.by),
          cost.other.name,
          text(cost.other, cost.by),
        ),
      );
      lines.push(
        prices.length === 0 ? words.lead.noPrice(chosen.name) : words.lead.price(chosen.name, prices.join('; ')),
      );
    }
  }
  const refused = data.lanes.filter(({ failures }) => failures > 0);
  if (refused.length > 0) lines.push(words.lead.failed(refused));
  const stopped = data.lanes.filter(({ stopped: why }) => why !== null).map(({ name }) => name);
  if (stopped.length > 0) lines.push(words.lead.stopped(stopped));
  const ratio = loopRatio(data);
  if (ratio !== null) {
    lines.push(ratio.times > 1.03 ? words.lead.loops(ratio.name, ratio.times) : words.lead.loopsNothing(ratio.name));
  }
  const what = data.own ?? words.work.choices[(values.work ?? 'small') as Workload];
  const capital = what.charAt(0).toUpperCase() + what.slice(1);
  lines.push(words.lead.ran(capital, data.operations, data.lanes.length));
  return lines;
}

/** How many times longer a pass takes that allocates, where that saves the least. */
function loopRatio({ loops }: ChoiceData): { name: string; times: number } | null {
  const [loop, reuse] = LOOP_IDS.map((id) => loops.find((entry) => entry.id === id)?.lanes ?? []);
  const ratios = (loop ?? []).flatMap((lane) => {
    const other = reuse?.find(({ name }) => name === lane.name);
    return other === undefined || other.time.below || lane.time.below
      ? []
      : [{ name: lane.name, times: lane.time.median / other.time.median }];
  });
  return ratios.sort((a, b) => a.times - b.times)[0] ?? null;
}

function barsOf(data: ChoiceData, by: Criterion, choice: Choice | null): BarFigure {
  return {
    kind: 'bars',
    id: 'order',
    title: words.chart.title(by),
    note: `${words.chart.note(by)}; ${words.chart.alike}`,
    rowLabel: words.table.head,
    rows: ranked(data.lanes, by).map((lane) => {
      const value = weight(lane, by);
      const speed = by === 'speed' && value !== null;
      return {
        label: lane.name,
        value: speed ? 1e9 / value : value,
        band: speed && !lane.time.below ? [1e9 / lane.time.high, 1e9 / lane.time.low] : null,
        text:
          speed && served(lane) && !lane.time.below
            ? `${valueText(lane, by)}, ${words.values.band(lane.time.high, lane.time.low)}`
            : served(lane)
              ? valueText(lane, by)
              : `${valueText(lane, by)}, ${failureText(lane)}`,
        strong: choice?.level.includes(lane) ?? false,
      };
    }),
  };
}

const failureText = ({ stopped, failures }: LaneFigures) =>
  stopped !== null ? words.values.stopped : words.values.refused(failures);

function tableFigure(data: ChoiceData): TableFigure {
  const { measures, values } = words;
  const columns: {
    head: string;
    key: (lane: LaneFigures) => number | string | null;
    text: (lane: LaneFigures) => string;
  }[] = [
    { head: words.table.head, key: ({ name }) => name, text: ({ name }) => name },
    ...(['pages', 'speed'] as const).map((by) => ({
      head: measures[by],
      key: (lane: LaneFigures) => weight(lane, by),
      text: (lane: LaneFigures) => valueText(lane, by),
    })),
    {
      head: measures.mean,
      key: ({ searchMean }) => searchMean,
      text: ({ searchMean }) => (searchMean === null ? values.unknown : values.mean(searchMean)),
    },
    ...(['worst', 'bytes', 'overhead'] as const).map((by) => ({
      head: measures[by],
      key: (lane: LaneFigures) => weight(lane, by),
      text: (lane: LaneFigures) => valueText(lane, by),
    })),
    {
      head: measures.external,
      key: ({ external }) => external,
      text: ({ external }) => (external === null ? values.unknown : values.share(external)),
    },
    {
      head: measures.failures,
      key: ({ failures }) => failures,
      text: (lane) => (lane.stopped === null ? grouped(lane.failures) : values.stopped),
    },
  ];
  return {
    kind: 'table',
    id: 'figures',
    title: words.table.title,
    note: words.table.note,
    table: {
      head: columns.map(({ head }) => head),
      rows: data.lanes.map((lane) => columns.map(({ text }) => text(lane))),
      keys: data.lanes.map((lane) => columns.map(({ key }) => key(lane))),
    },
  };
}

function casesOf({ cases }: ChoiceData): TableFigure {
  return {
    kind: 'table',
    id: 'cases',
    title: words.cases.title,
    note: words.cases.note,
    table: {
      head: words.cases.head,
      rows: cases.map(({ id, lanes }) => [
        words.cases.names[id],
        lanes[0]?.name ?? '',
        ...lanes.map((lane) => words.values.pages(lane.pages)),
        ...lanes.map((lane) => words.time(lane.time.median)),
      ]),
    },
  };
}

function loopsOf({ loops }: ChoiceData): RowFigure {
  const names = loops[0]?.lanes.map(({ name }) => name) ?? [];
  const styles: readonly Style[] = [6, 3];
  return {
    kind: 'rows',
    id: 'loops',
    title: words.loops.title,
    note: words.loops.note,
    series: LOOP_IDS.map((id, i) => ({ id, label: words.loops.names[id], style: styles[i]! })),
    rows: names.map((name) => ({
      label: name,
      note: '',
      points: LOOP_IDS.map(
        (id) => loops.find((entry) => entry.id === id)?.lanes.find((lane) => lane.name === name)?.time ?? null,
      ),
    })),
  };
}

function adviceOf({ cases }: ChoiceData): string {
  const pages = (id: string, lane: number) => cases.find((entry) => entry.id === id)?.lanes[lane]?.pages;
  const [fit, dl, unfit, its] = [
    pages('arenaBest', 0),
    pages('arenaBest', 1),
    pages('arenaWorst', 0),
    pages('arenaWorst', 1),
  ];
  const known = fit !== undefined && dl !== undefined && unfit !== undefined && its !== undefined;
  return `${known ? words.advice.fits(fit, dl, unfit, its) : ''}${words.advice.general}`;
}
