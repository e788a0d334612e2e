import { samplingOf } from '../controls.ts';
import type { LabRun } from '../lab.ts';
import type { Measure } from '../measure.ts';
import { type BoundaryData, type Detached, SIZES } from './data.ts';
import type { Exports } from './exports.ts';
import { type Kind, sumOf } from './payload.ts';
import type { Way, WayId } from './way.ts';
import { waysOf } from './ways.ts';

/** One transfer that is expected to take longer is left out; a payload is four times the one before. */
const TOO_LONG_NS = 250e6;

/** Times each way at each size, small sizes first, and checks before that each brings the same values. */
export const runBoundary: LabRun = async (values, context) => {
  const { module } = await context.module('labs.boundary');
  const wasm = (await WebAssembly.instantiate(module)).exports as unknown as Exports;
  const sampling = samplingOf(values);
  const kind = values.kind as Kind;
  const xs = SIZES.filter((size) => size <= Number(values.to));
  const detached = detach((await WebAssembly.instantiate(module)).exports as unknown as Exports);
  const points = new Map<WayId, (Measure | null)[]>();
  const sums: number[] = [];
  const data = (): BoundaryData => ({
    xs,
    ways: [...points].map(([id, known]) => ({ id, points: xs.map((_, i) => known[i] ?? null) })),
    sums,
    detached,
  });
  for (const [i, bytes] of xs.entries()) {
    const json = points.get('json');
    const ways = chosen(waysOf(kind, wasm, bytes, i === 0 || !tooLong(json?.[i - 1])), values.dir!);
    const sum = sumOf(kind, bytes);
    sums.push(sum);
    for (const [k, way] of ways.entries()) {
      const known = points.get(way.id) ?? [];
      points.set(way.id, known);
      if (i > 0 && tooLong(known[i - 1])) {
        known[i] = null;
        continue;
      }
      const arrived = way.check();
      if (arrived !== sum) throw new Error(`${way.id} brought a sum of ${arrived} instead of ${sum} at ${bytes} B`);
      known[i] = context.time(way.run, sampling);
      await context.tell(i * ways.length + k + 1, xs.length * ways.length, `${way.id}, ${bytes} B`, data());
    }
  }
  return data();
};

/** Would four times as much take too long, or has it been left out already? */
function tooLong(last: Measure | null | undefined): boolean {
  return last == null || last.median * 4 > TOO_LONG_NS;
}

/** One line a way: where it goes both ways, the one that was asked for; for both, out of Wasm. */
function chosen(ways: readonly Way[], direction: string): Way[] {
  if (direction !== 'both') return ways.filter((way) => way.direction === null || way.direction === direction);
  return ways.filter(
    (way) => way.direction !== 'in' || !ways.some((other) => other.id === way.id && other.direction === 'out'),
  );
}

/** Takes a view and grows, by nothing and by a page. */
function detach({ memory, reserve, payload }: Exports): Detached {
  reserve(65_536, 0);
  const p = payload();
  let v = new Uint8Array(memory.buffer).subarray(p, p + 65_536);
  const before = v.length;
  const grewBy0 = memory.grow(0);
  const after0 = v.length;
  const value0 = String(v[0]);
  v = new Uint8Array(memory.buffer).subarray(p, p + 65_536);
  const madeAgain = v.length;
  const grewBy1 = memory.grow(1);
  return {
    before,
    grewBy0,
    after0,
    value0,
    madeAgain,
    grewBy1,
    after1: v.length,
    sameBuffer: v.buffer === memory.buffer,
  };
}
