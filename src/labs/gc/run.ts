import { samplingOf } from '../controls.ts';
import { type LabContext, type LabModule, type LabRun, MissingFeature } from '../lab.ts';
import type { Sampling } from '../measure.ts';
import { FORMS, type Form, type FormData, type GcData, type Seen } from './data.ts';
import { plainObjects } from './objects.ts';

/** What every form offers. A struct of WasmGC, an address or an object stands for the root. */
interface Program {
  build(n: number): void;
  walk(): number;
  drop(): void;
  root(): unknown;
  value(node: unknown): number;
  readonly memory?: WebAssembly.Memory;
}

interface Collector extends Program {
  collect(): number;
  collections(): number;
}

const MODULES: Readonly<Record<Exclude<Form, 'objects'>, LabModule>> = {
  gc: 'labs.gc',
  linear: 'labs.linear',
  collector: 'labs.collector',
};

/** Nodes and records that are built in one batch, over as many programs as that takes. */
const BATCH = 160_000;
/** Each program has a memory of its own, and browsers hold about a hundred. */
const MOST_PROGRAMS = 32;

/** A module with one struct type and nothing else: who takes it has WasmGC. */
const STRUCT = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 3, 1, 0x5f, 0]);

/** Keeps results alive, so that no engine leaves the work out. */
export let sink: unknown;

export const runGc: LabRun = async (values, context) => {
  if (!WebAssembly.validate(STRUCT)) throw new MissingFeature('WebAssembly structs that it collects (WasmGC)');
  const n = Number(values.n);
  const sampling = samplingOf(values);
  const forms: FormData[] = [];
  const pauses: GcData['pauses'][number][] = [];
  let [collections, seen]: [number, Seen | null] = [0, null];
  const data = (): GcData => ({ n, forms, pauses, collections, seen });
  const sizes = [n / 10, n];
  const total = FORMS.length + sizes.length;
  seen = await look(context);
  for (const form of FORMS) {
    forms.push(await measureForm(context, form, n, sampling));
    if (new Set(forms.map(({ sum }) => sum)).size > 1) throw new Error(`${form} added up to something else`);
    await context.tell(forms.length, total, form, data());
  }
  for (const size of sizes) {
    const program = (await start(context, 'collector')) as Collector;
    program.build(size);
    collections = program.collections();
    const time = context.time((times) => {
      for (let i = 0; i < times; i++) sink = program.collect();
    }, sampling);
    pauses.push({ objects: 3 * size, time });
    await context.tell(FORMS.length + pauses.length, total, 'collect', data());
  }
  return data();
};

async function start(context: LabContext, form: Form): Promise<Program> {
  if (form === 'objects') return plainObjects() as Program;
  const { module } = await context.module(MODULES[form]);
  return (await WebAssembly.instantiate(module)).exports as unknown as Program;
}

async function measureForm(context: LabContext, form: Form, n: number, sampling: Sampling): Promise<FormData> {
  const { clock, timed } = context;
  const programs: Program[] = [];
  for (let i = 0; i < Math.min(MOST_PROGRAMS, Math.ceil(BATCH / n)); i++) programs.push(await start(context, form));
  const one = programs[0]!;
  one.build(n);
  const sum = one.walk();
  const memory = one.memory?.buffer.byteLength ?? null;
  const walk = context.time((times) => {
    for (let i = 0; i < times; i++) sink = one.walk();
  }, sampling);
  const root = one.root();
  const call = context.time((times) => {
    for (let i = 0; i < times; i++) sink = one.value(root);
  }, sampling);
  const direct = directOf(context, form, one, sampling);
  one.drop();
  const [builds, drops]: [number[], number[]] = [[], []];
  // The first batch only warms up.
  for (let k = 0; k <= sampling.least; k++) {
    const from = clock();
    for (const program of programs) program.build(n);
    const between = clock();
    for (const program of programs) program.drop();
    if (k === 0) continue;
    builds.push(between - from);
    drops.push(clock() - between);
  }
  return {
    form,
    bytes: form === 'objects' ? 0 : (await context.module(MODULES[form])).bytes,
    sum,
    build: timed(builds, programs.length),
    walk,
    drop: timed(drops, programs.length),
    direct,
    call,
    memory,
  };
}

/** The root's value without the module's help: through a view, as a property; a struct of WasmGC has no such way. */
function directOf({ time }: LabContext, form: Form, program: Program, sampling: Sampling) {
  switch (form) {
    case 'gc':
      return null;
    case 'objects': {
      const root = program.root() as { value: number };
      return time((times) => {
        for (let i = 0; i < times; i++) sink = root.value;
      }, sampling);
    }
    default: {
      const view = new Int32Array(program.memory!.buffer);
      const at = (program.root() as number) >> 2;
      return time((times) => {
        for (let i = 0; i < times; i++) sink = view[at];
      }, sampling);
    }
  }
}

/** Looks at a struct, and at what an address leads to. */
async function look(context: LabContext): Promise<Seen> {
  const gc = await start(context, 'gc');
  gc.build(10);
  const root = gc.root() as Record<string, unknown>;
  let write = 'done';
  try {
    root.value = 1;
  } catch (error) {
    write = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const linear = await start(context, 'linear');
  linear.build(10);
  const address = linear.root() as number;
  return {
    type: typeof root,
    field: String(root.value),
    keys: Object.keys(root).length,
    write,
    value: gc.value(root),
    memory: String(gc.memory),
    address,
    read: new DataView(linear.memory!.buffer).getInt32(address, true),
  };
}
