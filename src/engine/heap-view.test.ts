import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGE_LEVELS, CELL_STATES, CellState, type HeapFrame } from '../model/heap-frame.ts';
import { OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { createHeapViews } from './heap-view.ts';
import { madeUpLog, randomOperations, seeded, sliceOf, steadyOperations } from './heap-view-fixtures.ts';
import { type HeapModel, heapModel } from './heap-view-model.ts';
import type { LaneOpening } from './protocol.ts';

const folder = new URL('../../wasm/build/', import.meta.url);
const compiled = (name: string) => new WebAssembly.Module(readFileSync(new URL(name, folder)));
const release = compiled('view.wasm');
const debug = compiled('debug/view.wasm');

const opening = (name: string, base: number, initial: number): LaneOpening => ({
  name,
  base,
  initial,
  max: 65_536,
  moduleBytes: 1000,
});

const LANES = [
  { opening: opening('dlmalloc', 5632, 1), header: 4, manner: 'firstFit' },
  { opening: opening('wee', 65_536, 3), header: 8, manner: 'firstFit' },
  { opening: opening('arena', 66_560, 2), header: 0, manner: 'bump' },
  { opening: opening('pool', 131_072, 2), header: 0, manner: 'wild' },
] as const;

/** All that differs between the replay and the model, in words. */
function differences(frame: HeapFrame, model: HeapModel, lines: Float64Array): string[] {
  const wrong: string[] = [];
  const check = (what: string, is: number, should: number) => {
    if (is !== should) wrong.push(`${what} is ${is}, should be ${should}`);
  };
  const facts = frame.facts();
  for (const name of [
    'pages',
    'grows',
    'failures',
    'blocks',
    'live',
    'gross',
    'peakLive',
    'usable',
    'emptyPages',
    'trailingPages',
    'pinnedWaste',
  ] as const) {
    check(name, facts[name], model[name]);
  }
  for (let page = 0; page < model.pages + 2; page++) {
    if (page < model.pages) check(`live of page ${page}`, frame.pageLive(page), model.pageLive(page));
    for (const side of [1, 4, 8] as const) {
      for (let tile = 0; tile < side * side; tile++) {
        const where = `tile ${tile} of ${side} × ${side} of page ${page}`;
        check(where, frame.tileState(page, tile, side), model.tileState(page, tile, side));
      }
    }
  }
  const counts = new Uint32Array(CELL_STATES + 1);
  frame.countPages(counts);
  const pages = Array.from({ length: model.pages }, (_, page) => page);
  for (let state = 0; state < CELL_STATES; state++) {
    check(
      `pages of state ${state}`,
      counts[state]!,
      pages.filter((page) => model.tileState(page, 0, 1) === state).length,
    );
  }
  const held = pages.filter((page) => model.pageLive(page) > 0 && model.pageLive(page) < 1024).length;
  check('pages held by less than 1 KiB', counts[CELL_STATES]!, held);
  const [first, columns] = [1, 3];
  const rows = new Float64Array(300);
  frame.liveByRow(first, columns, rows);
  for (const [row, bytes] of rows.entries()) {
    const sum = pages
      .slice(first + row * columns, first + (row + 1) * columns)
      .reduce((live, page) => live + Math.min(PAGE_BYTES, model.pageLive(page)), 0);
    check(`live of row ${row}`, bytes, sum);
  }
  frame.liveByLine(lines);
  for (const [line, bytes] of lines.entries()) check(`line ${line}`, bytes, model.liveByLine.get(line) ?? 0);
  return wrong;
}

for (const [name, module] of [
  ['release', release],
  ['debug', debug],
] as const) {
  test(`the replay of the ${name} build agrees with the slow model at every position it is asked for`, () => {
    for (const seed of [1, 2, 3]) {
      const operations = randomOperations(seed, 400);
      const views = createHeapViews(module, operations);
      for (const lane of LANES) {
        const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
        const frame = views.lane(lane.opening, lane.header);
        const random = seeded(seed);
        frame.append(sliceOf(log, 1, 150));
        frame.append(sliceOf(log, 151, 151));
        frame.append(sliceOf(log, 152, operations.count));
        const lines = new Float64Array(40);
        const positions = [operations.count, 0, 1, 2, 3, 2, 1, ...Array.from({ length: 25 }, () => random(401)), 400];
        for (const position of positions) {
          frame.seek(position);
          const model = heapModel(operations, log, lane.opening, lane.header, position);
          const wrong = differences(frame, model, lines);
          expect(wrong, `seed ${seed}, ${lane.opening.name}, position ${position}`).toEqual([]);
        }
      }
      views.dispose();
    }
  });
}

/** All that a map of 8 × 8 tiles shows, and the facts, as one text. */
function portrait(frame: HeapFrame): string {
  const facts = frame.facts();
  const states: number[] = [];
  for (let page = 0; page < facts.pages; page++) {
    for (let tile = 0; tile < 64; tile++) states.push(frame.tileState(page, tile, 8));
  }
  return `${JSON.stringify(facts)} ${states.join('')}`;
}

test('a seek through checkpoints, many or few, shows what a straight run from the start shows', () => {
  const seed = 7;
  const count = 120_000;
  const operations = steadyOperations(seed, count);
  for (const lane of LANES) {
    const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
    const random = seeded(seed);
    const positions = Array.from({ length: 12 }, () => random(count + 1)).concat(16_384, 16_385, 65_536, count);
    const straight = new Map<number, string>();
    const plain = createHeapViews(release, operations);
    const walker = plain.lane(lane.opening, lane.header);
    // One operation at a time: with every slice a position, no seek is ever longer than a step.
    let logged = 0;
    for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
      if (position > logged) walker.append(sliceOf(log, logged + 1, position));
      logged = Math.max(logged, position);
      walker.seek(position);
      straight.set(position, portrait(walker));
    }
    for (const budget of [undefined, 20_000, 0]) {
      const views = createHeapViews(release, operations, budget);
      const frame = views.lane(lane.opening, lane.header);
      frame.append(log);
      for (const position of positions) {
        frame.seek(position);
        const where = `seed ${seed}, ${lane.opening.name}, position ${position}, checkpoints of ${budget} bytes`;
        expect(portrait(frame), where).toBe(straight.get(position));
      }
      views.dispose();
    }
    const lines = new Float64Array(40);
    for (const position of positions.slice(0, 2)) {
      walker.seek(position);
      const model = heapModel(operations, log, lane.opening, lane.header, position);
      expect(differences(walker, model, lines), `seed ${seed}, ${lane.opening.name}, position ${position}`).toEqual([]);
    }
    plain.dispose();
  }
});

/** Whatever a tile's colour can be, in every colouring. */
function coloured(frame: HeapFrame | HeapModel, pages: number): number[] {
  const states: number[] = [];
  for (const colouring of ['age', 'line'] as const) {
    for (const side of [1, 4, 8] as const) {
      for (let page = 0; page < pages; page++) {
        for (let tile = 0; tile < side * side; tile++) states.push(frame.tileState(page, tile, side, colouring));
      }
    }
  }
  return states;
}

for (const [name, module] of [
  ['release', release],
  ['debug', debug],
] as const) {
  test(`ages and lines of the ${name} build are those of the slow model, in whatever order positions are asked for`, () => {
    for (const seed of [11, 12]) {
      const operations = randomOperations(seed, 400);
      const views = createHeapViews(module, operations);
      // Not the wild lane: a byte of many owners has no one line.
      for (const lane of LANES.slice(0, 3)) {
        const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
        const frame = views.lane(lane.opening, lane.header);
        frame.append(sliceOf(log, 1, 150));
        frame.seek(120);
        // Asked for while the log still arrives.
        expect(frame.prepare('age')).toBe(true);
        frame.append(sliceOf(log, 151, operations.count));
        const random = seeded(seed);
        for (const position of [400, 0, 1, 2, ...Array.from({ length: 8 }, () => random(401)), 399]) {
          frame.seek(position);
          const model = heapModel(operations, log, lane.opening, lane.header, position);
          const where = `seed ${seed}, ${lane.opening.name}, position ${position}`;
          expect(coloured(frame, model.pages + 1), where).toEqual(coloured(model, model.pages + 1));
        }
      }
      views.dispose();
    }
  });
}

test('colours reached through checkpoints, many or few, are those of a straight run', () => {
  const [seed, count] = [17, 60_000];
  const operations = steadyOperations(seed, count);
  for (const lane of LANES) {
    const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
    const random = seeded(seed);
    const positions = [...Array.from({ length: 8 }, () => random(count + 1)), 4096, 4097, 32_768, count];
    const plain = createHeapViews(release, operations);
    const walker = plain.lane(lane.opening, lane.header);
    const straight = new Map<number, number[]>();
    let logged = 0;
    for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
      if (position > logged) walker.append(sliceOf(log, logged + 1, position));
      logged = Math.max(logged, position);
      walker.seek(position);
      straight.set(position, coloured(walker, walker.facts().pages));
    }
    for (const budget of [undefined, 200_000, 0]) {
      const views = createHeapViews(release, operations, undefined, budget);
      const frame = views.lane(lane.opening, lane.header);
      frame.append(log);
      frame.seek(count);
      // A stretch at a time: not ready until the last.
      let stretches = 0;
      while (!frame.prepare('line', 7000)) stretches++;
      expect(stretches).toBe(8);
      for (const position of positions) {
        frame.seek(position);
        const where = `seed ${seed}, ${lane.opening.name}, position ${position}, checkpoints of ${budget} bytes`;
        expect(coloured(frame, frame.facts().pages), where).toEqual(straight.get(position));
      }
      views.dispose();
    }
    plain.dispose();
  }
});

test('a page says the mean age of its bytes and the line that holds most of them', () => {
  const operations = randomOperations(19, 300);
  const [lane] = LANES;
  const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, 19);
  const frame = createHeapViews(release, operations).lane(lane.opening, lane.header);
  frame.append(log);
  for (const position of [300, 40, 170]) {
    frame.seek(position);
    const model = heapModel(operations, log, lane.opening, lane.header, position);
    expect(frame.prepare('age') && frame.prepare('line')).toBe(true);
    for (let page = 0; page < model.pages; page++) {
      const [age, line] = [frame.pageShade(page, 'age'), frame.pageShade(page, 'line')];
      if (model.pageLive(page) === 0) {
        expect([age, line]).toEqual([null, null]);
        continue;
      }
      const level = AGE_LEVELS.findIndex((border) => age! <= border);
      expect(CellState.Live1 + level).toBe(model.tileState(page, 0, 1, 'age'));
      expect(CellState.Live1 + line!).toBe(model.tileState(page, 0, 1, 'line'));
    }
  }
});

test('the difference of two lanes is that of their pages, and one lane differs from itself in nothing', () => {
  for (const seed of [21, 22]) {
    const operations = randomOperations(seed, 300);
    const views = createHeapViews(release, operations);
    const open = (lane: (typeof LANES)[number]) => {
      const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
      const frame = views.lane(lane.opening, lane.header);
      frame.append(log);
      return { frame, model: (at: number) => heapModel(operations, log, lane.opening, lane.header, at) };
    };
    const [a, b] = [open(LANES[0]), open(LANES[2])];
    for (const position of [300, 20, 150]) {
      a.frame.seek(position);
      b.frame.seek(position);
      const [inA, inB] = [a.model(position), b.model(position)];
      const facts = { pagesMoreInA: 0, bytesMoreInA: 0, pagesMoreInB: 0, bytesMoreInB: 0 };
      for (let page = 0; page < Math.max(inA.pages, inB.pages); page++) {
        const held = (model: HeapModel) => (page < model.pages ? model.pageLive(page) : 0);
        const more = held(inB) - held(inA);
        if (more < 0) {
          facts.pagesMoreInA++;
          facts.bytesMoreInA -= more;
        } else if (more > 0) {
          facts.pagesMoreInB++;
          facts.bytesMoreInB += more;
        }
      }
      expect(a.frame.differenceTo(b.frame), `seed ${seed}, position ${position}`).toEqual(facts);
      expect(b.frame.differenceTo(a.frame)).toEqual({
        pagesMoreInA: facts.pagesMoreInB,
        bytesMoreInA: facts.bytesMoreInB,
        pagesMoreInB: facts.pagesMoreInA,
        bytesMoreInB: facts.bytesMoreInA,
      });
    }
    expect(Object.values(a.frame.differenceTo(a.frame))).toEqual([0, 0, 0, 0]);
    const another = createHeapViews(release, operations).lane(LANES[0].opening);
    expect(() => a.frame.differenceTo(another)).toThrow(/two runs/);
    views.dispose();
  }
});

test('lanes come and go and runs follow each other in the same memory', () => {
  const operations = steadyOperations(3, 20_000);
  const fixed = LANES.map((lane) => ({
    ...lane,
    log: madeUpLog(operations, lane.opening, lane.header, lane.manner, 3),
  }));
  let first = '';
  let settled = 0;
  for (let run = 0; run < 30; run++) {
    const views = createHeapViews(release, operations);
    const frames = fixed.map((lane) => views.lane(lane.opening, lane.header));
    for (const [index, frame] of frames.entries()) frame.append(fixed[index]!.log);
    views.release(frames[1]!);
    const again = views.lane(fixed[1]!.opening, fixed[1]!.header);
    again.append(fixed[1]!.log);
    for (const frame of [frames[0]!, frames[2]!, frames[3]!, again]) frame.seek(11_111);
    const picture = [frames[0]!, again, frames[2]!, frames[3]!].map(portrait).join();
    if (run === 0) first = picture;
    expect(picture, `run ${run}`).toBe(first);
    if (run === 1) settled = views.memoryBytes;
    if (run > 1) expect(views.memoryBytes).toBe(settled);
    views.dispose();
  }
});

test('a stretch of log that does not follow the last one is refused', () => {
  const operations = steadyOperations(4, 100);
  const [lane] = LANES;
  const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, 4);
  const frame = createHeapViews(release, operations).lane(lane.opening);
  frame.append(sliceOf(log, 1, 10));
  expect(() => frame.append(sliceOf(log, 12, 20))).toThrow(/begins at 12, after 10/);
  expect(() => frame.append(sliceOf(log, 10, 20))).toThrow();
  frame.append(sliceOf(log, 11, 20));
  expect(frame.logged).toBe(20);
});

test('positions outside the log are brought to its ends', () => {
  const operations = steadyOperations(5, 200);
  const [lane] = LANES;
  const frame = createHeapViews(release, operations).lane(lane.opening);
  frame.append(sliceOf(madeUpLog(operations, lane.opening, lane.header, lane.manner, 5), 1, 50));
  for (const [asked, is] of [
    [-3, 0],
    [51, 50],
    [1e9, 50],
    [7, 7],
  ] as const) {
    frame.seek(asked);
    expect(frame.position).toBe(is);
    expect(frame.facts().position).toBe(is);
  }
});

test('while the log arrives a lane keeps showing the position it was put at', () => {
  const operations = steadyOperations(6, 3000);
  const [lane] = LANES;
  const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, 6);
  const frame = createHeapViews(release, operations).lane(lane.opening);
  frame.append(sliceOf(log, 1, 1000));
  frame.seek(700);
  const before = portrait(frame);
  frame.append(sliceOf(log, 1001, 3000));
  expect(frame.position).toBe(700);
  expect(portrait(frame)).toBe(before);
});

test('blocks, owners of addresses and grows are those of the log', () => {
  const seed = 8;
  const operations = randomOperations(seed, 300);
  const [lane] = LANES;
  const log = madeUpLog(operations, lane.opening, lane.header, lane.manner, seed);
  const frame = createHeapViews(release, operations).lane(lane.opening);
  frame.append(log);
  const random = seeded(seed);
  for (let t = 1; t <= 300; t++) {
    const block = frame.blockOf(t);
    const gives = [OpKind.Alloc, OpKind.Realloc, OpKind.Place, OpKind.Move].includes(operations.kind[t - 1] as never);
    const stillDead = ((operations.flags[t - 1] ?? 0) & OpFlag.Misuse) !== 0 && log.failures.includes(t);
    expect(block !== null).toBe(gives && log.address[t - 1] !== 0 && !stillDead);
    if (block === null) continue;
    const requested = (log.requested ?? operations.size)[t - 1];
    expect(block).toEqual({ address: log.address[t - 1], usable: log.usable[t - 1], requested });
  }
  expect(frame.blockOf(0)).toBeNull();
  expect(frame.blockOf(301)).toBeNull();
  for (let i = 0; i < 60; i++) {
    const position = random(301);
    frame.seek(position);
    const model = heapModel(operations, log, lane.opening, lane.header, position);
    const address = random(model.pages * 65_536);
    expect(frame.blockAt(address), `seed ${seed}, position ${position}, address ${address}`).toBe(
      Math.max(0, ...model.owners(address)),
    );
  }
  const grows = [...log.growAt];
  for (let position = 0; position <= 300; position++) {
    expect(frame.nextGrow(position)).toBe(grows.find((at) => at > position) ?? null);
  }
});

test('live bytes of more lines than are kept up are added up and come to the same', () => {
  const few = steadyOperations(9, 10_000);
  const line = few.line.map((_, k) => 1 + ((k * 7919) % 9000));
  const many = { ...few, line };
  const [lane] = LANES;
  const log = madeUpLog(many, lane.opening, lane.header, lane.manner, 9);
  const frame = createHeapViews(release, many).lane(lane.opening);
  frame.append(log);
  const lines = new Float64Array(9001);
  for (const position of [0, 1, 4999, 10_000]) {
    frame.seek(position);
    frame.liveByLine(lines);
    const model = heapModel(many, log, lane.opening, lane.header, position);
    const should = Float64Array.from(lines, (_, number) => model.liveByLine.get(number) ?? 0);
    expect(lines, `position ${position}`).toEqual(should);
  }
});

test('four gigabytes in few blocks are as exact as a page', () => {
  const builder = new OperationsBuilder();
  const GIB = 2 ** 30;
  const births = [0, 1, 2].map((id) => builder.push(OpKind.Alloc, id, GIB - 100, 1));
  builder.push(OpKind.Free, 1, 0, 2, births[1]);
  builder.push(OpKind.Alloc, 3, 3 * 65_536, 3);
  const last = builder.push(OpKind.Alloc, 4, GIB - 70_000, 4);
  builder.push(OpKind.Free, 4, 0, 5, last);
  const operations = builder.finish();
  const start = 65_536;
  const address = [start, start + GIB, start + 2 * GIB, 0, start + GIB + 65_536, start + 3 * GIB, 0].map(
    (at) => at + 4,
  );
  address[3] = 0;
  address[6] = 0;
  const usable = [GIB - 4, GIB - 4, GIB - 4, 0, 3 * 65_536 - 4, GIB - 65_536 - 4, 0];
  const log = {
    first: 1,
    address: Uint32Array.from(address),
    usable: Uint32Array.from(usable),
    requested: null,
    failures: new Uint32Array(0),
    growAt: Uint32Array.of(1, 2, 3, 6),
    growPages: Uint32Array.of(16_385, 32_769, 49_153, 65_536),
  };
  const whole = opening('dlmalloc', start, 1);
  const frame = createHeapViews(release, operations).lane(whole);
  frame.append(log);
  for (const position of [7, 6, 3, 0, 4, 5, 6, 2]) {
    frame.seek(position);
    const model = heapModel(operations, log, whole, 4, position);
    const facts = frame.facts();
    const { pages, live, gross, peakLive, emptyPages, trailingPages, pinnedWaste } = model;
    expect(facts, `position ${position}`).toMatchObject({
      pages,
      live,
      gross,
      peakLive,
      emptyPages,
      trailingPages,
      pinnedWaste,
    });
    for (let page = 0; page < 65_536; page += page % 16_384 < 8 || page % 16_384 > 16_376 ? 1 : 997) {
      const where = `page ${page} at position ${position}`;
      expect(frame.tileState(page, 0, 1), where).toBe(model.tileState(page, 0, 1));
      expect(frame.tileState(page, 63, 8), where).toBe(model.tileState(page, 63, 8));
      if (page < pages) expect(frame.pageLive(page), where).toBe(model.pageLive(page));
    }
  }
});

test('blocks without end on the same bytes, as a list that loops gives them, stay exact', () => {
  const builder = new OperationsBuilder();
  const count = 100_000;
  for (let id = 0; id < count; id++) builder.push(OpKind.Alloc, id, 1000, 1);
  const operations = builder.finish();
  const [lane] = LANES;
  const frame = createHeapViews(release, operations, 0).lane(lane.opening);
  frame.append({
    first: 1,
    address: new Uint32Array(count).fill(8192),
    usable: new Uint32Array(count).fill(1000),
    requested: null,
    failures: new Uint32Array(0),
    growAt: new Uint32Array(0),
    growPages: new Uint32Array(0),
  });
  for (const position of [count, 1, 80_000, 0, count - 1]) {
    frame.seek(position);
    expect(frame.facts()).toMatchObject({ blocks: position, live: 1000 * position, gross: 1004 * position });
    expect(frame.pageLive(0)).toBe(Math.min(65_536, 1004 * position));
    expect(frame.tileState(0, 8, 8)).toBe(position > 0 ? 10 : 1);
  }
});
