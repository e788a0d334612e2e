import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PageReading } from '../model/inspection.ts';
import { SpanKind } from '../model/spans.ts';
import { type App, createApp } from './app.ts';
import { BYTE_WINDOW, windowOf } from './inspections.ts';
import { allocations, FakeEngine, fakePorts, OPENING, RESULT, slice } from './testing.ts';

let engine: FakeEngine;
let app: App;

beforeEach(async () => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  app = createApp(fakePorts(engine));
  await app.runs.inspect();
  app.runs.open({ kind: 'script', name: 'a', text: 'alloc 1', origin: { kind: 'own' } });
  const { run } = engine.last('run');
  engine.answer({ type: 'scenario', run, scenario: allocations(10), format: 'script' });
  app.store.getState().lanes.forEach((_, lane) => {
    engine.answer({ type: 'lane', run, lane, opening: OPENING });
    engine.answer({ type: 'log', run, lane, slice: slice(1, 10) });
    engine.answer({ type: 'recorded', run, lane, result: { ...RESULT, executed: 10 } });
  });
  engine.answer({ type: 'done', run, cancelled: false });
  vi.advanceTimersByTime(200);
});
afterEach(() => vi.useRealTimers());

const asks = (type: 'page' | 'bytes') => engine.sent.filter((request) => request.type === type);

function page(position: number, number: number): PageReading {
  const none = new Uint32Array(1);
  return {
    position,
    page: number,
    classes: { static: 0, live: 0, slack: 0, metadata: 0, free: 65_536, dead: 0, top: 0 },
    adds: true,
    spans: {
      kind: Uint8Array.of(SpanKind.Free),
      start: Uint32Array.of(number * 65_536),
      bytes: Uint32Array.of(65_536),
      since: none,
      list: Int16Array.of(0),
      place: none,
      length: none,
      before: none,
      after: none,
    },
    blocks: { operation: none, address: none, usable: none, requested: none },
    since: { kind: 'untouched', operation: 0 },
    keeper: 0,
    committedAt: 0,
    lists: null,
    history: null,
  };
}

function answerPage(number: number): void {
  const { run, ticket, lane, position } = engine.last('page');
  engine.answer({ type: 'page', run, ticket, lane, reading: page(position, number) });
}

it('asks for the selected page once, when the playhead has come to rest', () => {
  answerPage(1);
  const before = asks('page').length;
  app.point.select({ kind: 'page', lane: 'lane-1', page: 3 });
  for (const t of [8, 7, 6]) {
    app.playback.seek(t);
    vi.advanceTimersByTime(16);
  }
  expect(asks('page')).toHaveLength(before);
  vi.advanceTimersByTime(100);
  expect(asks('page').slice(before)).toMatchObject([{ lane: 1, page: 3, position: 6 }]);
  expect(app.runs.inspections?.pending).toBe(true);
  answerPage(3);
  expect(app.runs.inspections?.pending).toBe(false);
  expect(app.store.getState().inspect.page).toMatchObject({ lane: 'lane-1', reading: { page: 3, position: 6 } });
});

it('reads the bytes of a hole that is picked, a window at a time, and forgets it with the page', () => {
  app.point.pick('lane-0', 2, 2 * 65_536);
  vi.advanceTimersByTime(100);
  answerPage(2);
  expect(engine.last('bytes')).toMatchObject({ lane: 0, chunk: { payload: 131_072, free: true }, length: BYTE_WINDOW });
  const { run, ticket, lane, from, position } = engine.last('bytes');
  engine.answer({
    type: 'bytes',
    run,
    ticket,
    lane,
    reading: { position, from, bytes: new Uint8Array(4), fields: [] },
  });
  app.point.showWindow(1);
  vi.advanceTimersByTime(100);
  expect(engine.last('bytes').from).toBe(from + BYTE_WINDOW);
  app.point.select({ kind: 'page', lane: 'lane-0', page: 4 });
  expect(app.store.getState().inspect).toMatchObject({ picked: null, window: 0 });
});

it('asks for nothing while the inspector is closed and nothing is selected', () => {
  answerPage(1);
  app.look.toggleInspector();
  const before = asks('page').length;
  app.playback.seek(3);
  vi.advanceTimersByTime(100);
  expect(asks('page')).toHaveLength(before);
});

it('an answer that is no longer waited for changes nothing', () => {
  const old = engine.last('page');
  app.runs.runNow();
  const { run } = engine.last('run');
  engine.answer({ type: 'scenario', run, scenario: allocations(2), format: 'script' });
  engine.answer({ type: 'page', run, ticket: old.ticket, lane: 0, reading: page(10, 1) });
  expect(app.store.getState().inspect.page).toBeNull();
});

it('windows tile a chunk, its header and its neighbours’ from the row before to the row behind', () => {
  const lane = app.store.getState().lanes[0]!;
  const chunk = { payload: 0x20008, bytes: 10_000 };
  const all = [0, 1, 2].map((window) => windowOf(lane, chunk, window));
  expect(all.map(({ windows }) => windows)).toEqual([3, 3, 3]);
  expect(all[0]!.from).toBe(0x1fff0);
  expect(all[1]!.from).toBe(all[0]!.from + all[0]!.length);
  expect(all[2]!.from + all[2]!.length).toBeGreaterThanOrEqual(chunk.payload + chunk.bytes + 16);
});
