import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { HeapFrame } from '../model/heap-frame.ts';
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
