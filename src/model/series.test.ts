import { describe, expect, it } from 'vitest';
import { LaneSeries, StepSeries } from './lane-series.ts';
import { lifetimes, livesAt } from './lifetimes.ts';
import { type Operations, OperationsBuilder, OpFlag, OpKind } from './operations.ts';
import { ProgramSeries, type Range } from './series.ts';

/** A fixed generator; its seed stands in every failure. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Allocations, frees, resizes, misuse and a program's arena, well linked. */
function randomOperations(seed: number, count: number): Operations {
  const next = generator(seed);
  const builder = new OperationsBuilder();
  const live: { id: number; last: number }[] = [];
  const chunk = builder.push(OpKind.Alloc, 0, 4096, 1, 0, OpFlag.Chunk | OpFlag.ByArena, 0, 0, 0);
  const placed: { id: number; last: number }[] = [];
  let id = 1;
  while (builder.count < count) {
    const block = live[next(Math.max(1, live.length))];
    switch (next(7)) {
      case 0:
      case 1:
        live.push({ id, last: builder.push(OpKind.Alloc, id, 1 + next(500), 1) });
        id++;
        break;
      case 2:
        if (block === undefined) break;
        builder.push(OpKind.Free, block.id, 0, 1, block.last);
        live.splice(live.indexOf(block), 1);
        if (next(4) === 0) builder.push(OpKind.Free, block.id, 0, 1, block.last, OpFlag.Misuse);
        break;
      case 3:
        if (block !== undefined) block.last = builder.push(OpKind.Realloc, block.id, next(900), 1, block.last);
        break;
      case 4:
        placed.push({ id, last: builder.push(OpKind.Place, id, 1 + next(60), 1, 0, 0, 0, 0, chunk) });
        id++;
        break;
      case 5: {
        const one = placed.pop();
        if (one !== undefined) builder.push(OpKind.Drop, one.id, 0, 1, one.last);
        break;
      }
      case 6:
        if (next(6) !== 0) break;
        builder.push(OpKind.Rewind, 0, 0, 1);
        placed.length = 0;
        break;
    }
  }
  return builder.finish();
}

/** Live bytes at every position, from a set of blocks: slow and clear. */
function liveByModel(operations: Operations): number[] {
  const { count, kind, flags, id, size } = operations;
  const blocks = new Map<number, number>();
  const placed = new Map<number, number>();
  const out = [0];
  for (let k = 0; k < count; k++) {
    const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
    if (kind[k] === OpKind.Alloc && (flags[k]! & OpFlag.Chunk) === 0) blocks.set(id[k]!, size[k]!);
    else if (kind[k] === OpKind.Realloc) blocks.set(id[k]!, size[k]!);
    else if (kind[k] === OpKind.Free && !misuse) blocks.delete(id[k]!);
    else if (kind[k] === OpKind.Place) placed.set(id[k]!, size[k]!);
    else if (kind[k] === OpKind.Drop) placed.delete(id[k]!);
    else if (kind[k] === OpKind.Rewind) placed.clear();
    let sum = 0;
    for (const bytes of blocks.values()) sum += bytes;
    for (const bytes of placed.values()) sum += bytes;
    out.push(sum);
  }
  return out;
}

describe('the bytes that a program holds', () => {
  for (const seed of [1, 2, 3]) {
    const operations = randomOperations(seed, 1500);
    const model = liveByModel(operations);
    const series = new ProgramSeries(operations);

    it(`are those of a set of blocks at every position (seed ${seed})`, () => {
      for (let t = 0; t <= operations.count; t++) expect(series.liveAt(t), `seed ${seed}, t ${t}`).toBe(model[t]);
      expect(series.peak).toBe(Math.max(...model));
    });

    it(`have their least and most in any short stretch, and miss none in a long one (seed ${seed})`, () => {
      const next = generator(seed);
      const range: Range = { low: 0, high: 0 };
      for (let i = 0; i < 200; i++) {
        const from = next(operations.count);
        const to = Math.min(operations.count, from + next(1200));
        const part = model.slice(from, to + 1);
        series.live(from, to, range);
        if (to - from < 512)
          expect(range, `seed ${seed}, ${from} to ${to}`).toEqual({ low: Math.min(...part), high: Math.max(...part) });
        expect(range.low).toBeLessThanOrEqual(Math.min(...part));
        expect(range.high).toBeGreaterThanOrEqual(Math.max(...part));
      }
    });
  }

  it('count allocations and frees of a stretch exactly', () => {
    const operations = randomOperations(9, 900);
    const series = new ProgramSeries(operations);
    const count = (from: number, to: number, kinds: number[]) => {
      let sum = 0;
      for (let k = from - 1; k < to; k++) if (kinds.includes(operations.kind[k]!)) sum++;
      return sum;
    };
    for (const [from, to] of [
      [1, 900],
      [1, 1],
      [250, 260],
      [256, 512],
      [300, 899],
    ] as const) {
      expect(series.allocationsUpTo(to) - series.allocationsUpTo(from - 1)).toBe(
        count(from, to, [OpKind.Alloc, OpKind.Realloc, OpKind.Place, OpKind.Move]),
      );
      expect(series.releasesUpTo(to) - series.releasesUpTo(from - 1)).toBe(
        count(from, to, [OpKind.Free, OpKind.Drop, OpKind.Rewind]),
      );
    }
  });
});

describe('the life of a block', () => {
  it('ends with its free, its resize or the reset of its arena, never with a misuse', () => {
    const builder = new OperationsBuilder();
    const a = builder.push(OpKind.Alloc, 0, 10, 1);
    const grown = builder.push(OpKind.Realloc, 0, 20, 2, a);
    builder.push(OpKind.Free, 0, 0, 3, grown);
    builder.push(OpKind.Free, 0, 0, 4, grown, OpFlag.Misuse);
    const chunk = builder.push(OpKind.Alloc, 1, 4096, 5, 0, OpFlag.Chunk, 0, 0, 3);
    const placed = builder.push(OpKind.Place, 2, 8, 5, 0, 0, 0, 0, chunk);
    builder.push(OpKind.Rewind, 4, 0, 6);
    builder.push(OpKind.Rewind, 3, 0, 7);
    const ends = lifetimes(builder.finish());
    expect([ends[a], ends[grown], ends[chunk], ends[placed]]).toEqual([2, 3, 0, 8]);
    expect([1, 2, 3].map((t) => livesAt(ends, grown, t))).toEqual([false, true, false]);
    expect(livesAt(ends, chunk, 8)).toBe(true);
  });
});

describe('the footprint of a lane', () => {
  it('is what the last grow at or before a position left', () => {
    const series = new LaneSeries(2);
    for (const [at, pages] of [
      [5, 3],
      [9, 7],
    ] as const) {
      series.growAt.push(at);
      series.growPages.push(pages);
    }
    expect([0, 4, 5, 8, 9, 100].map((t) => series.pagesAt(t))).toEqual([2, 2, 3, 3, 7, 7]);
    expect(series.finalPages).toBe(7);
  });
});

describe('search steps', () => {
  it('have the mean of the requests so far and the most of any stretch', () => {
    const operations = randomOperations(4, 1300);
    const next = generator(4);
    const steps = Uint32Array.from(operations.kind, (kind) =>
      kind === OpKind.Alloc || kind === OpKind.Realloc ? 1 + next(50) : 0,
    );
    const series = new StepSeries(steps, operations);
    for (const t of [0, 1, 2, 255, 256, 257, 700, operations.count]) {
      let sum = 0;
      let requests = 0;
      for (let k = 0; k < t; k++) {
        if (operations.kind[k] !== OpKind.Alloc && operations.kind[k] !== OpKind.Realloc) continue;
        sum += steps[k]!;
        requests++;
      }
      expect(series.mean(t)).toBe(requests === 0 ? null : sum / requests);
    }
    for (let i = 0; i < 200; i++) {
      const from = 1 + next(operations.count);
      const to = Math.min(operations.count, from + next(900));
      expect(series.peak(from, to), `${from} to ${to}`).toBe(Math.max(...steps.subarray(from - 1, to)));
    }
    expect(series.most).toBe(Math.max(...steps));
  });
});
