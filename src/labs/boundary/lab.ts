import { duration, size } from '../../model/strings/labs.ts';
import { boundaryStrings as words } from '../../model/strings/labs-boundary.ts';
import { RUNS } from '../controls.ts';
import type { Control, Lab, Values } from '../lab.ts';
import type { Measure } from '../measure.ts';
import type { CardFigure, LineFigure, Style, TranscriptFigure } from '../report.ts';
import { type BoundaryData, type Detached, SIZES } from './data.ts';
import { KINDS, type Kind } from './payload.ts';
import type { WayId } from './way.ts';

/** A view counts as level up to this factor between its smallest and its largest size, and between its dearest and its cheapest. */
const LEVEL = 4;
/** A copy counts as growing from this factor on between the smallest and the largest size. */
const GROWS = 10;

const STYLES: Readonly<Record<WayId, Style>> = {
  view: 0,
  in: 1,
  out: 2,
  inside: 3,
  encode: 4,
  decode: 5,
  call: 6,
  json: 7,
  clone: 8,
  ask: 9,
};

const sizes = (from: number): Control['choices'] =>
  SIZES.filter((bytes) => bytes >= from).map((bytes) => ({ value: String(bytes), label: size(bytes) }));

export const boundaryLab: Lab<BoundaryData> = {
  question: words.question,
  controls: [
    {
      key: 'kind',
      label: words.kind.label,
      choices: KINDS.map((value) => ({ value, label: words.kind.choices[value] })),
      initial: 'bytes',
    },
    {
      key: 'dir',
      label: words.direction.label,
      choices: (['both', 'in', 'out'] as const).map((value) => ({ value, label: words.direction.choices[value] })),
      initial: 'both',
    },
    { key: 'n', label: words.size.label, choices: sizes(64), initial: '65536', looksOnly: true },
    { key: 'to', label: words.to.label, choices: sizes(1024), initial: '16777216' },
    RUNS,
  ],
  code: [
    { path: 'src/labs/boundary/bytes-ways.ts', text: () => import('./bytes-ways.ts?raw') },
    { path: 'src/labs/boundary/numbers-ways.ts', text: () => import('./numbers-ways.ts?raw') },
    { path: 'src/labs/boundary/structs-ways.ts', text: () => import('./structs-ways.ts?raw') },
    { path: 'src/labs/boundary/strings-ways.ts', text: () => import('./strings-ways.ts?raw') },
    { path: 'src/labs/boundary/way.ts', text: () => import('./way.ts?raw') },
    { path: 'wasm/labs/boundary.ts', text: () => import('../../../wasm/labs/boundary.ts?raw') },
  ],
  report(data, values) {
    const at = Math.min(Number(values.n), data.xs.at(-1) ?? 0);
    // A run that was stopped may not have come to that size.
    const cards = cardsOf(data, values, at);
    return {
      headline: headlineOf(data),
      lead: leadOf(data, values, at),
      figures: [chartOf(data, values), ...(cards.cards.length > 0 ? [cards] : [])],
      asides: [transcriptOf(data.detached)],
      advice: `${smallCopies(data)}${words.advice.general}`,
    };
  },
};

/** The first and last size at which a way was told from nothing, and the times there. */
function spanOf(data: BoundaryData, ids: readonly WayId[]) {
  const way = data.ways.find(({ id, points }) => ids.includes(id) && points.some((point) => point !== null));
  const known = (way?.points ?? []).flatMap((point, i) =>
    point === null || point.below ? [] : [{ bytes: data.xs[i]!, ns: point.median }],
  );
  return known.length < 2 ? null : known;
}

const COPIES: readonly WayId[] = ['in', 'out', 'encode', 'decode'];

function headlineOf(data: BoundaryData): string {
  const view = spanOf(data, ['view']);
  const copy = spanOf(data, COPIES);
  if (view === null || copy === null) return words.headline.none;
  const [from, to] = [view[0]!.bytes, view.at(-1)!.bytes];
  const growth = view.at(-1)!.ns / view[0]!.ns;
  if (growth > LEVEL) return words.headline.grows(from, to, growth);
  const ratio = copy.at(-1)!.ns / copy[0]!.ns;
  const times = view.map(({ ns }) => ns);
  const spread = Math.max(...times) / Math.min(...times);
  if (spread > LEVEL) return words.headline.uneven(spread, from, to, ratio);
  return ratio >= GROWS ? words.headline.flat(from, to) : words.headline.flatBoth(from, to, ratio);
}

const textOf = (values: Values, id: WayId) => {
  const kind = values.kind as Kind;
  const ways: Partial<Record<WayId, { label: string; code: string }>> = {
    ...words.ways[kind],
    ...(values.dir === 'in' ? words.waysIn[kind] : {}),
  };
  return ways[id] ?? { label: id, code: id };
};

/** What was measured at one size, in the order of its cost. */
function pointsAt(data: BoundaryData, at: number): { id: WayId; point: Measure }[] {
  const i = data.xs.indexOf(at);
  return data.ways
    .flatMap(({ id, points }) => (points[i] ? [{ id, point: points[i] }] : []))
    .sort((a, b) => a.point.median - b.point.median);
}

function leadOf(data: BoundaryData, values: Values, at: number): string[] {
  const known = pointsAt(data, at);
  const time = (id: WayId) => known.find((entry) => entry.id === id)?.point.median ?? null;
  const view = time('view');
  const lines: string[] = [];
  if (view !== null) {
    const rows = COPIES.flatMap((id) => {
      const ns = time(id);
      return ns === null ? [] : [words.lead.row(textOf(values, id).label, ns / view)];
    });
    lines.push(words.lead.at(at, view, rows.length === 0 ? '' : `${capital(rows.join(', '))}.`));
  }
  const [call, inside] = [time('call'), time('inside')];
  if (call !== null && inside !== null) {
    lines.push(
      words.lead.call(capital(textOf(values, 'call').label), call / inside, `“${textOf(values, 'inside').label}”`),
    );
  }
  if (data.sums.length > 0) lines.push(words.lead.checked(data.sums.length, data.ways.length));
  return lines;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function chartOf(data: BoundaryData, values: Values): LineFigure {
  return {
    kind: 'lines',
    id: 'transfer',
    title: words.chart.title,
    note: words.chart.note,
    xLabel: words.chart.x,
    xs: data.xs,
    series: data.ways.map(({ id, points }) => ({
      id,
      label: textOf(values, id).label,
      style: STYLES[id],
      strong: id === 'view',
      points,
    })),
    mark: data.xs.includes(65_536) ? { x: 65_536, label: words.chart.page } : null,
    speeds: [
      { perSecond: 1e8, label: '100 MB/s' },
      { perSecond: 1e9, label: '1 GB/s' },
      { perSecond: 1e10, label: '10 GB/s' },
    ],
  };
}

function cardsOf(data: BoundaryData, values: Values, at: number): CardFigure {
  const known = pointsAt(data, at);
  const view = known.find(({ id }) => id === 'view')?.point.median ?? null;
  return {
    kind: 'cards',
    id: 'cards',
    title: words.cards.title(at),
    note: words.cards.note,
    cards: known.map(({ id, point }) => ({
      ...textOf(values, id),
      value: duration(point.median),
      note: id === 'view' || view === null ? words.cards.baseline : words.cards.ratio(point.median / view),
      style: STYLES[id],
    })),
  };
}

function transcriptOf(d: Detached): TranscriptFigure {
  const { detach } = words;
  const gone = (length: number) => ({
    code: 'v.length',
    result: detach.detached(length, d.before),
    tone: length === d.before ? ('good' as const) : ('bad' as const),
  });
  return {
    kind: 'transcript',
    id: 'detach',
    title: detach.title,
    note: detach.note,
    lines: [
      { code: 'const v = u8.subarray(p, p + 65536)', result: '', tone: 'plain' },
      { code: 'v.length', result: String(d.before), tone: 'plain' },
      { code: 'memory.grow(0)', result: detach.pages(d.grewBy0), tone: 'plain' },
      gone(d.after0),
      { code: 'v[0]', result: d.value0, tone: d.value0 === 'undefined' ? 'bad' : 'good' },
      { code: detach.again, result: '', tone: 'plain' },
      { code: 'v2.length', result: String(d.madeAgain), tone: 'good' },
      { code: 'memory.grow(1)', result: detach.pages(d.grewBy1), tone: 'plain' },
      { ...gone(d.after1), code: 'v2.length' },
      { code: 'v2.buffer === memory.buffer', result: String(d.sameBuffer), tone: d.sameBuffer ? 'good' : 'bad' },
    ],
    after: detach.after,
  };
}

/** Up to where a copy costs less than ten views, if anywhere. */
function smallCopies(data: BoundaryData): string {
  const view = data.ways.find(({ id }) => id === 'view')?.points;
  const copy = data.ways.find(({ id }) => COPIES.includes(id))?.points;
  const small = data.xs.filter((_, i) => {
    const [a, b] = [view?.[i], copy?.[i]];
    return a != null && b != null && !a.below && b.median < 10 * a.median;
  });
  return small.length === 0 ? '' : words.advice.small(size(small.at(-1)!));
}
