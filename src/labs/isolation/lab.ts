import { isolationStrings as words } from '../../model/strings/labs-isolation.ts';
import { RUNS } from '../controls.ts';
import type { Lab } from '../lab.ts';
import type { ByteFigure, RowFigure, TableFigure, TranscriptFigure } from '../report.ts';
import { hex } from '../tables.ts';
import { type Borders, GUARDS, type GuardData, type IsolationData, MISUSES, type SceneData } from './data.ts';

export const isolationLab: Lab<IsolationData> = {
  question: words.question,
  controls: [RUNS],
  code: [
    { path: 'wasm/labs/isolation.ts', text: () => import('../../../wasm/labs/isolation.ts?raw') },
    { path: 'wasm/guard.ts', text: () => import('../../../wasm/guard.ts?raw') },
    { path: 'src/labs/isolation/programs.ts', text: () => import('./programs.ts?raw') },
  ],
  report(data) {
    return {
      headline: headlineOf(data),
      lead: leadOf(data.guards),
      figures: [...data.scenes.map(bytesOf), tableFigure(data.guards), costRows(data.guards)],
      asides: data.borders === null ? [] : [bordersOf(data.borders)],
      advice: `${words.advice} ${words.larger}`,
    };
  },
};

/** Bytes outside of the target that an overflow changed. */
function outside({ before, after, parts }: SceneData): number {
  return after.filter((byte, i) => byte !== before[i] && parts[i] !== 1).length;
}

function headlineOf({ borders, scenes }: IsolationData): string {
  if (borders === null || scenes.length === 0) return words.headline.none;
  if (borders.sameMemory || borders.others === borders.own || borders.past === '') return words.headline.open;
  return words.headline.held(scenes.filter((one) => outside(one) > 0 && one.thrown === '').length, scenes.length);
}

const told = ({ catches }: GuardData) => catches.filter((one) => one !== 'missed').length;

function leadOf(guards: readonly GuardData[]): string[] {
  const none = guards.find(({ id }) => id === 'none');
  const all = guards.find(({ id }) => id === 'all');
  const lines = none === undefined ? [] : [words.lead.plain(told(none), MISUSES.length)];
  if (none !== undefined && all !== undefined && !none.time.below) {
    const ratio = all.time.median / none.time.median;
    lines.push(words.lead.guards(told(all), MISUSES.length, ratio, all.bytes, none.bytes));
  }
  return lines;
}

function bytesOf(scene: SceneData): ByteFigure {
  const { id, from, target, size, wrote, before, after, parts, value, twoOwners, thrown } = scene;
  return {
    kind: 'bytes',
    id,
    title: words.scenes[id].title,
    note: words.sceneNote(wrote, target, size, outside(scene)),
    from,
    bytes: after,
    parts,
    changed: after.map((byte, i) => byte !== before[i] && parts[i] !== 1),
    legend: words.scenes[id].legend,
    after: words.scenes[id].after(...value, twoOwners) + (thrown === '' ? '' : words.thrown(thrown)),
  };
}

function tableFigure(guards: readonly GuardData[]): TableFigure {
  return {
    kind: 'table',
    id: 'guards',
    title: words.guards.title,
    note: words.guards.note,
    table: {
      head: [words.guards.head, ...MISUSES.map((id) => words.guards.misuses[id]), words.guards.bytes],
      rows: guards.map(({ id, catches, bytes }) => [
        words.guards.names[id],
        ...catches.map((one) => words.guards.catches[one]),
        words.guards.plainBytes(bytes),
      ]),
    },
  };
}

function costRows(guards: readonly GuardData[]): RowFigure {
  return {
    kind: 'rows',
    id: 'cost',
    title: words.cost.title,
    note: words.cost.note,
    series: [{ id: 'time', label: words.cost.series, style: 0 }],
    rows: GUARDS.map((id) => ({
      label: id,
      note: '',
      points: [guards.find((guard) => guard.id === id)?.time ?? null],
    })),
  };
}

function bordersOf(borders: Borders): TranscriptFigure {
  const { wrote, own, others, sameMemory, end, last, past } = borders;
  return {
    kind: 'transcript',
    id: 'borders',
    title: words.borders.title,
    note: words.borders.note,
    lines: [
      { code: `one.put(${hex(wrote, 4)}, 1, 65)`, result: '', tone: 'plain' },
      { code: `one.get(${hex(wrote, 4)})`, result: String(own), tone: 'plain' },
      { code: `two.get(${hex(wrote, 4)})`, result: String(others), tone: others === own ? 'bad' : 'good' },
      { code: 'one.memory === two.memory', result: String(sameMemory), tone: sameMemory ? 'bad' : 'good' },
      { code: `one.get(${end - 1})`, result: String(last), tone: 'plain' },
      { code: `one.get(${end})`, result: past, tone: 'bad' },
    ],
    after: words.borders.after,
  };
}
