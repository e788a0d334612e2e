import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lesson } from '../../model/lesson.ts';
import { type App, createApp } from '../app.ts';
import { allocations, FakeEngine, fakePorts, OPENING, RESULT, slice } from '../testing.ts';
import { LESSON_WORK } from '../work.ts';
import type { Course } from './course.ts';
import { drawnPages, mostPages } from './predictions.ts';

const LESSON: Lesson = {
  id: 'test',
  title: 'A lesson',
  about: '',
  minutes: 5,
  sources: [],
  steps: [
    { title: 'One', prose: [], script: 'repeat 10 { alloc 8 }\nmark "x"', lanes: ['wee', 'dlmalloc'], at: 'op:4' },
    {
      title: 'Two',
      prose: [],
      at: 'op:6',
      set: ['line:1'],
      predict: { kind: 'number', question: '', unit: 'pages', least: 1, most: 90, answer: 3, proof: '', until: 'op:9' },
    },
    {
      title: 'Three',
      prose: [],
      script: 'alloc 8\nexpect pages == 9',
      lanes: ['arena'],
      challenge: { task: '', editable: [1], hints: ['', '', ''], solution: { 1: 'alloc 9' }, why: '' },
    },
  ],
};

let engine: FakeEngine;
let app: App;
let course: Course;
let stored: Map<string, string>;
const state = () => app.store.getState();

beforeEach(async () => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  stored = new Map();
  app = createApp(fakePorts(engine, stored));
  course = await app.course();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers the run in hand as a worker does when all goes well. */
function succeed(count: number): void {
  const { run, lanes } = engine.last('run');
  engine.answer({ type: 'scenario', run, scenario: allocations(count), format: 'script' });
  lanes.forEach((_, lane) => {
    engine.answer({ type: 'lane', run, lane, opening: OPENING });
    engine.answer({ type: 'log', run, lane, slice: slice(1, count, [[2, 3]]) });
    engine.answer({ type: 'recorded', run, lane, result: { ...RESULT, executed: count } });
  });
  engine.answer({ type: 'done', run, cancelled: false });
}

function own(text = 'alloc 64', count = 20): void {
  app.runs.open({ kind: 'script', name: 'mine', text, origin: { kind: 'own' } });
  succeed(count);
}

describe('a lesson', () => {
  it('does not give away what a later step asks about the same run', () => {
    course.begin(LESSON, 0);
    expect(state().veil, 'before its place is known').toBe(0);
    succeed(10);
    expect(state().veil).toBe(6);
    course.next();
    expect([state().veil, state().prediction?.from]).toEqual([null, 6]);
    course.begin(LESSON, 2);
    expect(state().veil).toBeNull();
  });

  it('runs its script on its lanes and puts the playhead where the step begins', () => {
    own();
    course.begin(LESSON, 0);
    expect(engine.last('run').lanes.map(({ name }) => name)).toEqual(['wee', 'dlmalloc']);
    expect(engine.last('run').source).toEqual({ kind: 'script', text: LESSON.steps[0]!.script });
    succeed(10);
    expect(state().position).toBe(4);
    expect(stored.get('lessons')).toBe('test:1');
  });

  it('goes from step to step, without a run where nothing else runs, and does what the step sets', () => {
    course.begin(LESSON, 0);
    succeed(10);
    const asked = engine.sent.filter(({ type }) => type === 'run').length;
    course.next();
    expect(engine.sent.filter(({ type }) => type === 'run')).toHaveLength(asked);
    expect(state().position).toBe(6);
    expect(state().link.selected).toEqual({ kind: 'line', line: 1 });
    course.back();
    expect([state().course?.step, state().position, state().link.selected]).toEqual([0, 4, null]);
    expect(state().progress).toEqual({ test: 2 });
  });

  it('gives the visitor’s own work back as it was', () => {
    own();
    app.playback.seek(7);
    app.point.select({ kind: 'line', line: 1 });
    app.look.setColour('age');
    const before = state();
    course.begin(LESSON, 0);
    succeed(10);
    expect(state().colour).toBe('live');
    app.look.show('compare');
    succeed(20);
    const after = state();
    expect(after.document).toEqual(before.document);
    expect(after.lanes.map(({ key, config }) => [key, config])).toEqual(
      before.lanes.map(({ key, config }) => [key, config]),
    );
    expect([after.position, after.colour, after.link.selected]).toEqual([7, 'age', { kind: 'line', line: 1 }]);
    expect(after.course).toBeNull();
  });

  it('never shows its lanes or its text as the visitor’s work', () => {
    own();
    const mixed: string[] = [];
    app.store.subscribe(({ work, lanes, document }) => {
      if (work === LESSON_WORK) return;
      if (document.name !== 'mine' || lanes.some(({ key }) => key.startsWith('lesson'))) mixed.push(document.name);
    });
    course.begin(LESSON, 0);
    succeed(10);
    course.begin(LESSON, 2);
    succeed(1);
    app.look.show('compare');
    succeed(20);
    expect(mixed).toEqual([]);
  });

  it('gives a text with errors back too, above the run that was good', () => {
    own('alloc 64');
    app.runs.edit('aloc 64');
    vi.advanceTimersByTime(300);
    engine.answer({ type: 'rejected', run: engine.last('run').run, diagnostics: [] });
    course.begin(LESSON, 0);
    succeed(10);
    course.leave();
    expect(engine.last('run').source).toEqual({ kind: 'script', text: 'alloc 64' });
    succeed(20);
    expect(state().document).toMatchObject({ text: 'aloc 64' });
  });

  it('makes way for anything else that is opened, in the visitor’s own lanes', () => {
    own();
    course.begin(LESSON, 0);
    succeed(10);
    app.runs.open({ kind: 'script', name: 'other', text: 'alloc 1', origin: { kind: 'own' } });
    expect([state().course, state().section, state().document.name]).toEqual([null, 'compare', 'other']);
    expect(engine.last('run').lanes.map(({ name }) => name)).toEqual(['wee', 'dlmalloc', 'arena']);
    succeed(3);
    expect(state().document.name).toBe('other');
  });

  it('keeps progress, and forgets it when told to', () => {
    course.begin(LESSON, 1);
    expect(createApp(fakePorts(engine, stored)).store.getState().progress).toEqual({ test: 2 });
    course.forget();
    expect(createApp(fakePorts(engine, stored)).store.getState().progress).toEqual({});
  });

  it('puts the solution into the lines that may be changed', () => {
    course.begin(LESSON, 2);
    succeed(1);
    course.solve();
    expect(state().document).toMatchObject({ text: 'alloc 9\nexpect pages == 9' });
    expect(state().course?.solutionShown).toBe(true);
    succeed(1);
    course.reset();
    expect(engine.last('run').source).toEqual({ kind: 'script', text: LESSON.steps[2]!.script });
    expect(state().course).toMatchObject({ step: 2, hints: 0, solutionShown: false });
  });
});

describe('a prediction', () => {
  beforeEach(() => {
    course.begin(LESSON, 1);
    succeed(10);
  });

  it('covers what comes until it is locked in: the playhead does not go there by any way', () => {
    expect(state().position).toBe(6);
    app.playback.seek(10);
    app.playback.step(100);
    app.playback.toMark(1);
    expect(state().position).toBe(6);
    app.playback.seek(0);
    app.playback.play();
    for (let i = 0; i < 200; i++) app.playback.tick(100);
    expect([state().position, state().playing]).toEqual([6, false]);
  });

  it('is locked in once, then shows the rest up to its end', () => {
    app.predictions.guess({ kind: 'number', value: 45 });
    expect(drawnPages(state().prediction!)).toEqual([45]);
    expect(mostPages(state().prediction!)).toBe(90);
    app.predictions.reveal(false);
    app.predictions.guess({ kind: 'number', value: 3 });
    expect(drawnPages(state().prediction!)).toEqual([45]);
    for (let i = 0; i < 100; i++) app.playback.tick(100);
    expect([state().position, state().playing]).toEqual([9, false]);
    app.playback.seek(10);
    expect(state().position).toBe(10);
  });

  it('is asked anew when the step is reset, and stays where it belongs when the script changes', () => {
    app.predictions.guess({ kind: 'number', value: 45 });
    app.runs.edit('repeat 30 { alloc 8 }');
    vi.advanceTimersByTime(300);
    succeed(30);
    expect(state().prediction).toMatchObject({ from: 6, until: 9, guess: { value: 45 } });
    course.reset();
    succeed(10);
    expect(state().prediction).toMatchObject({ guess: null, locked: false });
  });
});
