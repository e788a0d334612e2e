import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Survey } from '../model/metrics.ts';
import { type App, createApp } from './app.ts';
import { allocations, FakeEngine, fakePorts, OPENING, RESULT, slice } from './testing.ts';

let engine: FakeEngine;
let app: App;
const state = () => app.store.getState();

beforeEach(() => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  app = createApp(fakePorts(engine));
});
afterEach(() => {
  vi.useRealTimers();
});

function open(text = 'alloc 64'): number {
  app.runs.open({ kind: 'script', name: 'mine', text, origin: { kind: 'own' } });
  return engine.last('run').run;
}

/** Answers a run as a worker does when all goes well: three lanes of `count` operations. */
function succeed(run: number, count: number, parts = {}): void {
  engine.answer({ type: 'scenario', run, scenario: allocations(count, parts), format: 'script' });
  for (let lane = 0; lane < 3; lane++) {
    engine.answer({ type: 'lane', run, lane, opening: OPENING });
    engine.answer({ type: 'log', run, lane, slice: slice(1, count, [[2, 3]]) });
    engine.answer({ type: 'recorded', run, lane, result: { ...RESULT, executed: count } });
  }
  engine.answer({ type: 'done', run, cancelled: false });
}

const survey = (position: number) =>
  ({ lane: 'wee', position, metrics: {}, broken: null, adds: true }) as unknown as Survey;

describe('a run', () => {
  it('takes the playhead along while it is recorded and leaves it at the end', () => {
    const run = open();
    engine.answer({ type: 'scenario', run, scenario: allocations(10), format: 'script' });
    engine.answer({ type: 'lane', run, lane: 0, opening: OPENING });
    engine.answer({ type: 'log', run, lane: 0, slice: slice(1, 4) });
    expect([state().reached, state().position]).toEqual([4, 4]);
    engine.answer({ type: 'log', run, lane: 0, slice: slice(5, 6) });
    engine.answer({ type: 'recorded', run, lane: 0, result: { ...RESULT, executed: 10 } });
    expect([state().reached, state().position]).toEqual([10, 10]);
  });

  it('does not take the playhead along once the visitor has put it somewhere', () => {
    const run = open();
    engine.answer({ type: 'scenario', run, scenario: allocations(10), format: 'script' });
    engine.answer({ type: 'lane', run, lane: 0, opening: OPENING });
    engine.answer({ type: 'log', run, lane: 0, slice: slice(1, 4) });
    app.playback.seek(2);
    engine.answer({ type: 'log', run, lane: 0, slice: slice(5, 6) });
    expect([state().reached, state().position]).toEqual([10, 2]);
  });

  it('of an edit starts when the typing rests, once for many keys', () => {
    succeed(open(), 5);
    const runs = () => engine.sent.filter((request) => request.type === 'run').length;
    app.runs.edit('a');
    vi.advanceTimersByTime(200);
    app.runs.edit('al');
    vi.advanceTimersByTime(200);
    expect(runs()).toBe(1);
    vi.advanceTimersByTime(60);
    expect(runs()).toBe(2);
    expect(engine.last('run').source).toEqual({ kind: 'script', text: 'al' });
  });

  it('with errors keeps the last good run, and says where the errors are', () => {
    succeed(open(), 5);
    const good = state();
    app.runs.edit('oops');
    vi.advanceTimersByTime(300);
    const diagnostic = {
      code: 'E110',
      severity: 'error' as const,
      message: 'm',
      line: 1,
      column: 1,
      from: 0,
      to: 4,
      fixes: [],
    };
    engine.answer({ type: 'rejected', run: engine.last('run').run, diagnostics: [diagnostic] });
    expect(state().status.kind).toBe('rejected');
    expect(state().diagnostics).toEqual([diagnostic]);
    expect(state().checkedText).toBe('oops');
    expect(state().ranText).toBe('alloc 64');
    expect(state().scenario).toBe(good.scenario);
    expect(state().lanes).toBe(good.lanes);
    // What is shown can still be read: surveys go to the run that is shown.
    app.playback.seek(3);
    vi.advanceTimersByTime(100);
    expect(engine.last('survey').run).toBe(1);
  });

  it('keeps the playhead of an edited script where it was', () => {
    succeed(open(), 10);
    app.playback.seek(6);
    app.runs.edit('alloc 65');
    vi.advanceTimersByTime(300);
    succeed(engine.last('run').run, 8);
    expect(state().position).toBe(6);
    app.runs.edit('alloc 66');
    vi.advanceTimersByTime(300);
    succeed(engine.last('run').run, 4);
    expect(state().position).toBe(4);
  });

  it('that is replaced by a newer one is not heard any more', () => {
    const first = open();
    open('alloc 128');
    engine.answer({ type: 'scenario', run: first, scenario: allocations(3), format: 'script' });
    expect(state().scenario).toBeNull();
  });

  it('of a file that is not taken leaves everything as it was and says why', () => {
    succeed(open(), 5);
    const { scenario, document } = state();
    app.runs.open({ kind: 'recording', name: 'cat.png', data: new Blob(['x']), origin: { kind: 'own' } });
    engine.answer({ type: 'refused', run: engine.last('run').run, message: 'A picture.' });
    expect(state().status).toEqual({ kind: 'refused', name: 'cat.png', message: 'A picture.' });
    expect([state().scenario, state().document]).toEqual([scenario, document]);
  });

  it('of a file that turns out to be a scenario opens it as a script', () => {
    app.runs.open({ kind: 'recording', name: 'mine.heap', data: new Blob(['alloc 1']), origin: { kind: 'own' } });
    engine.answer({ type: 'text', run: engine.last('run').run, name: 'mine.heap', text: 'alloc 1' });
    expect(state().document).toMatchObject({ kind: 'script', name: 'mine.heap', text: 'alloc 1' });
    expect(engine.last('run').source).toEqual({ kind: 'script', text: 'alloc 1' });
  });

  it('of a recording becomes the document when it was read', () => {
    app.runs.open({ kind: 'recording', name: 'ls.valgrind', data: new Blob(['x']), origin: { kind: 'own' } });
    expect(state().document.kind).toBe('script');
    succeed(engine.last('run').run, 3);
    expect(state().document).toMatchObject({ kind: 'recording', name: 'ls.valgrind' });
  });

  it('without an operation says that there is nothing to run', () => {
    succeed(open('# nothing'), 0);
    expect(state().status.kind).toBe('empty');
  });

  it('that is stopped keeps what ran', () => {
    const run = open();
    engine.answer({ type: 'scenario', run, scenario: allocations(7), format: 'script' });
    app.runs.stop();
    expect(engine.last('cancel').run).toBe(run);
    engine.answer({ type: 'done', run, cancelled: true });
    expect(state().status.kind).toBe('cancelled');
    expect(state().scenario?.operations.count).toBe(7);
  });

  it('whose worker is lost is started again by a new one', () => {
    succeed(open(), 5);
    engine.answer({ type: 'crashed', run: 1, message: 'gone' });
    expect(state().status).toEqual({ kind: 'lost', message: 'gone' });
    app.runs.restart();
    expect(engine.restarts).toBe(1);
    expect(engine.last('run').run).toBe(2);
  });
});

describe('surveys', () => {
  it('are asked for when the playhead rests, one a lane, at its position', () => {
    succeed(open(), 10);
    vi.advanceTimersByTime(100);
    const before = engine.sent.length;
    for (let t = 9; t >= 4; t--) {
      app.playback.seek(t);
      vi.advanceTimersByTime(16);
    }
    expect(engine.sent).toHaveLength(before);
    vi.advanceTimersByTime(100);
    const asked = engine.sent.slice(before).filter((request) => request.type === 'survey');
    expect(asked.map((request) => request.lane)).toEqual([0, 1, 2]);
    expect(asked.map((request) => 'position' in request && request.position)).toEqual([4, 4, 4]);
  });

  it('are kept with their position, and pending until every lane has answered', () => {
    const run = open();
    succeed(run, 10);
    vi.advanceTimersByTime(100);
    const asked = engine.sent.filter((request) => request.type === 'survey');
    for (const request of asked) {
      expect(app.runs.surveys.pending).toBe(true);
      engine.answer({ type: 'survey', run, ticket: request.ticket, lane: request.lane, survey: survey(10) });
    }
    expect(app.runs.surveys.pending).toBe(false);
    expect(state().lanes.map((lane) => lane.survey?.position)).toEqual([10, 10, 10]);
  });

  it('of a lane that stopped are asked for where it stopped', () => {
    const run = open();
    engine.answer({ type: 'scenario', run, scenario: allocations(10), format: 'script' });
    engine.answer({ type: 'lane', run, lane: 0, opening: OPENING });
    engine.answer({ type: 'log', run, lane: 0, slice: slice(1, 6) });
    engine.answer({ type: 'recorded', run, lane: 0, result: { ...RESULT, executed: 6 } });
    vi.advanceTimersByTime(100);
    expect(engine.last('survey').position).toBe(6);
  });
});

describe('lanes', () => {
  it('that stay keep their record and their settings when others come, go and move', () => {
    succeed(open(), 10);
    const [a, b, c] = state().lanes;
    app.lanes.move(c!.key, -2);
    expect(state().lanes.map((lane) => lane.key)).toEqual([c!.key, a!.key, b!.key]);
    expect(app.records.lane(a!.key).frame).not.toBeNull();
    app.lanes.add('pool');
    app.lanes.remove(a!.key);
    const sent = engine.last('lanes');
    expect(sent.lanes.map((config) => config.name)).toEqual(['arena', 'dlmalloc', 'pool']);
    // Identity tells the engine which lanes stay.
    expect(sent.lanes[0]).toBe(c!.config);
    expect(state().lanes[0]!.result).not.toBeNull();
    expect(state().lanes[2]!.result).toBeNull();
  });

  it('are four at most', () => {
    app.lanes.add('pool');
    app.lanes.add('pool');
    expect(state().lanes).toHaveLength(4);
  });

  it('with other settings are recorded anew', () => {
    succeed(open(), 10);
    const [a] = state().lanes;
    app.lanes.configure(a!.key, { name: 'wee-repaired', memory: { base: 4096 }, fill: true });
    expect(engine.last('lanes').lanes[0]).toEqual({ name: 'wee-repaired', memory: { base: 4096 }, fill: true });
    expect(state().lanes[0]!.result).toBeNull();
    expect(state().reached).toBe(10);
  });

  it('whose settings cannot be say so', () => {
    const run = open();
    engine.answer({ type: 'scenario', run, scenario: allocations(1), format: 'script' });
    engine.answer({ type: 'unopened', run, lane: 1, message: 'The base lies above the maximum.' });
    expect(state().lanes[1]!.unopened).toBe('The base lies above the maximum.');
  });
});

it('remembers that the first visit is over, and shows it no more', () => {
  const stored = new Map<string, string>();
  const first = createApp(fakePorts(engine, stored));
  expect(first.store.getState().guide).toBe(true);
  first.look.leaveGuide();
  expect(first.store.getState().guide).toBe(false);
  expect(createApp(fakePorts(engine, stored)).store.getState().guide).toBe(false);
});
