import { duration } from '../../model/strings/labs.ts';
import { gcStrings as words } from '../../model/strings/labs-gc.ts';
import { RUNS } from '../controls.ts';
import type { Lab } from '../lab.ts';
import type { RowFigure, Style, TableFigure, TranscriptFigure } from '../report.ts';
import { FORMS, type Form, type FormData, type GcData, type Seen } from './data.ts';

/** Times within this factor count as equal. */
const EQUAL = 1.25;
/** From this factor on a module counts as smaller. */
const SMALLER = 1.5;

const STYLES: Readonly<Record<Form, Style>> = { gc: 3, linear: 0, collector: 6, objects: 2 };

export const gcLab: Lab<GcData> = {
  question: words.question,
  controls: [
    {
      key: 'n',
      label: words.n.label,
      choices: [1000, 10_000, 100_000].map((n) => ({ value: String(n), label: words.n.value(n) })),
      initial: '10000',
    },
    RUNS,
  ],
  code: [
    { path: 'wasm/labs/gc.wat', text: () => import('../../../wasm/labs/gc.wat?raw') },
    { path: 'wasm/labs/linear.ts', text: () => import('../../../wasm/labs/linear.ts?raw') },
    { path: 'wasm/labs/collector.ts', text: () => import('../../../wasm/labs/collector.ts?raw') },
    { path: 'src/labs/gc/objects.ts', text: () => import('./objects.ts?raw') },
  ],
  report(data) {
    const linear = formOf(data, 'linear');
    return {
      headline: headlineOf(data),
      lead: leadOf(data),
      figures: [
        phasesOf(data),
        fieldsOf(data),
        // A stopped run may not have come so far.
        ...(data.pauses.length > 0 ? [pausesOf(data)] : []),
        sizesOf(data),
      ],
      asides: data.seen === null ? [] : [seenOf(data.seen)],
      advice: `${linear === undefined || linear.drop.below ? '' : words.advice.drop(linear.drop.median)}${words.advice.general}`,
    };
  },
};

const formOf = (data: GcData, form: Form): FormData | undefined => data.forms.find((entry) => entry.form === form);

function headlineOf(data: GcData): string {
  const [gc, linear] = [formOf(data, 'gc'), formOf(data, 'linear')];
  if (gc === undefined || linear === undefined || gc.build.below || linear.build.below) return words.headline.none;
  const ratio = gc.build.median / linear.build.median;
  const speed =
    ratio > EQUAL
      ? words.headline.slower(ratio)
      : ratio < 1 / EQUAL
        ? words.headline.faster(ratio)
        : words.headline.same;
  const smaller = linear.bytes / gc.bytes;
  return speed + (smaller >= SMALLER ? words.headline.smaller(smaller) : words.headline.end);
}

function leadOf(data: GcData): string[] {
  const [gc, linear, collector] = [formOf(data, 'gc'), formOf(data, 'linear'), formOf(data, 'collector')];
  const pause = data.pauses.at(-1);
  return [
    ...(gc === undefined ? [] : [words.lead.checked(data.n, gc.sum, data.forms.length)]),
    ...(gc && linear && collector ? [words.lead.bytes(gc.bytes, linear.bytes, collector.bytes)] : []),
    ...(pause ? [words.lead.pause(pause.objects, duration(pause.time.median), data.collections)] : []),
  ];
}

const SERIES = FORMS.map((form) => ({ id: form, label: words.forms[form], style: STYLES[form] }));

function phasesOf(data: GcData): RowFigure {
  const row = (phase: 'build' | 'walk' | 'drop', note: string) => ({
    label: words.phases[phase],
    note,
    points: FORMS.map((form) => formOf(data, form)?.[phase] ?? null),
  });
  return {
    kind: 'rows',
    id: 'phases',
    title: words.phases.title,
    note: words.phases.note,
    series: SERIES,
    rows: [row('build', ''), row('walk', ''), row('drop', words.phases.dropNote)],
  };
}

function fieldsOf(data: GcData): RowFigure {
  const row = (way: 'direct' | 'call') => ({
    label: way === 'direct' ? words.field.rowDirect : words.field.rowCall,
    note: '',
    points: FORMS.map((form) => formOf(data, form)?.[way] ?? null),
  });
  return {
    kind: 'rows',
    id: 'field',
    title: words.field.title,
    note: words.field.note,
    series: SERIES,
    rows: [row('direct'), row('call')],
  };
}

function pausesOf(data: GcData): RowFigure {
  return {
    kind: 'rows',
    id: 'pauses',
    title: words.pauses.title,
    note: words.pauses.note,
    series: [{ id: 'pause', label: words.pauses.series, style: STYLES.collector }],
    rows: data.pauses.map(({ objects, time }) => ({ label: words.pauses.row(objects), note: '', points: [time] })),
  };
}

function sizesOf(data: GcData): TableFigure {
  return {
    kind: 'table',
    id: 'sizes',
    title: words.size.title,
    note: words.size.note,
    table: {
      head: words.size.head,
      rows: data.forms.map(({ form, bytes, memory }) => [
        words.forms[form],
        bytes === 0 ? words.size.none : words.n.value(bytes),
        memory === null ? words.size.noMemory : words.size.memory(memory),
        words.size.addresses[form],
        words.size.frees[form],
      ]),
    },
  };
}

function seenOf(seen: Seen): TranscriptFigure {
  return {
    kind: 'transcript',
    id: 'seen',
    title: words.seen.title,
    note: words.seen.note,
    lines: [
      { code: 'const root = gc.root(); typeof root', result: seen.type, tone: 'plain' },
      { code: 'root.value', result: seen.field, tone: seen.field === 'undefined' ? 'bad' : 'good' },
      { code: 'Object.keys(root).length', result: String(seen.keys), tone: 'plain' },
      { code: 'root.value = 1', result: seen.write, tone: seen.write.includes('Error') ? 'bad' : 'good' },
      { code: 'gc.value(root)', result: String(seen.value), tone: 'good' },
      { code: 'gc.memory', result: seen.memory, tone: 'bad' },
      { code: 'const p = linear.root()', result: `0x${seen.address.toString(16).padStart(8, '0')}`, tone: 'plain' },
      { code: 'view.getInt32(p, true)', result: String(seen.read), tone: 'good' },
    ],
    after: words.seen.after,
  };
}
