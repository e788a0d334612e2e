import { samplingOf } from '../controls.ts';
import type { LabContext, LabRun } from '../lab.ts';
import type { Clock, Measure } from '../measure.ts';
import { type GrowthData, LEAK, MAXIMUM, POLICIES, type Policy, SIZES, STEPS } from './data.ts';
import {
  leakOf,
  limitsOf,
  mapOf,
  type Program,
  type Running,
  ratchetOf,
  reach,
  resizableOf,
  start,
} from './programs.ts';

/** Calls on one memory: few enough that it stays about as large as it was. */
const CALLS = 512;
/** Pages that are grown and touched in one go: 32 MiB. */
const TOUCHED = 512;
/** Later writes are so much shorter that they are repeated. */
const AGAIN = 64;
/** Memories that are grown one after the other in one batch, so that it lasts longer than a tick. */
const TOGETHER = 16;

/** First what is exact, then the times. */
export const runGrowth: LabRun = async (values, context) => {
  const { module } = await context.module('labs.growth');
  const dlmalloc = await context.module('dlmalloc');
  const to = Number(values.to);
  const touching = values.touch === 'yes';
  const batches = samplingOf(values).least;
  const exact = await exactOf(module, dlmalloc.module, to);
  const call = { without: [] as Measure[], maximum: [] as Measure[] };
  const touch: GrowthData['touch'][number][] = [];
  const reached: GrowthData['reach'][number][] = [];
  const data = (): GrowthData => ({ ...exact, call, touch, reach: reached });
  const total = SIZES.length + STEPS.length + POLICIES.length;
  let done = 0;
  const tell = (what: string) => context.tell(++done, total, what, data());
  for (const pages of SIZES) {
    call.without.push(await oneCall(context, module, batches, pages));
    call.maximum.push(await oneCall(context, module, batches, pages, MAXIMUM));
    await tell(`grow(1), ${pages}`);
  }
  for (const step of STEPS) {
    touch.push(await firstTouch(context, module, batches, step));
    await tell(`touch, ${step}`);
  }
  for (const policy of POLICIES) {
    reached.push(await reaching(context, module, batches, policy, to, touching));
    await tell(policy);
  }
  return data();
};

/** All that comes out the same on every run. */
export async function exactOf(module: WebAssembly.Module, dlmalloc: WebAssembly.Module, most: number) {
  const map = (policy: Policy) => mapOf(module, policy, most);
  const maps = {
    one: await map('one'),
    eight: await map('eight'),
    fifth: await map('fifth'),
    double: await map('double'),
    once: await map('once'),
  };
  const [without, maximum] = [await leakOf(module), await leakOf(module, LEAK.maximum)];
  return {
    maps,
    ratchet: await ratchetOf(dlmalloc),
    limits: await limitsOf(module),
    leak: { without: without.pages, maximum: maximum.pages, refusedAt: maximum.refused ? maximum.pages.length : 0 },
    resizable: resizableOf(),
  };
}

/** Times a piece of work on `together` fresh memories in a row, `batches` times; ms a batch. */
async function batchesOf(
  clock: Clock,
  batches: number,
  together: number,
  fresh: () => Promise<Running>,
  work: (program: Program) => void,
): Promise<number[]> {
  const ms: number[] = [];
  for (let k = 0; k < batches; k++) {
    const running: Running[] = [];
    for (let i = 0; i < together; i++) running.push(await fresh());
    const from = clock();
    for (const { program } of running) work(program);
    ms.push(clock() - from);
  }
  return ms;
}

async function oneCall(
  { clock, timed }: LabContext,
  module: WebAssembly.Module,
  batches: number,
  pages: number,
  maximum?: number,
): Promise<Measure> {
  const fresh = () => start(module, pages, maximum);
  const ms = await batchesOf(clock, batches, TOGETHER, fresh, (program) => program.growBy(1, pages + CALLS));
  return timed(ms, TOGETHER * CALLS);
}

async function firstTouch({ clock, timed }: LabContext, module: WebAssembly.Module, batches: number, step: number) {
  const fresh = () => start(module, 1);
  const calls = await batchesOf(clock, batches, TOGETHER, fresh, (program) => program.growBy(step, 1 + TOUCHED));
  const [first, again]: [number[], number[]] = [[], []];
  for (let k = 0; k < batches; k++) {
    const { program } = await fresh();
    program.growBy(step, 1 + TOUCHED);
    const from = clock();
    program.touch(1, 1 + TOUCHED, 1);
    const between = clock();
    program.touch(1, 1 + TOUCHED, AGAIN);
    first.push(between - from);
    again.push(clock() - between);
  }
  return {
    call: timed(calls, TOGETHER * TOUCHED),
    first: timed(first, TOUCHED),
    again: timed(again, TOUCHED * AGAIN),
  };
}

async function reaching(
  { clock, timed }: LabContext,
  module: WebAssembly.Module,
  batches: number,
  policy: Policy,
  to: number,
  touching: boolean,
): Promise<GrowthData['reach'][number]> {
  // A touched memory takes real room; one at a time lasts long enough.
  const together = touching ? 1 : TOGETHER;
  let calls = 0;
  const fresh = () => start(module, policy === 'ready' ? to : 1);
  const ms = await batchesOf(clock, batches, together, fresh, (program) => {
    calls = reach(program, policy, to);
    if (touching) program.touch(0, to, 1);
  });
  return { policy, calls, time: timed(ms, together) };
}
