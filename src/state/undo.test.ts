import { beforeEach, expect, test } from 'vitest';
import { type App, createApp } from './app.ts';
import { allocations, answerRun, FakeEngine, fakePorts } from './testing.ts';

let engine: FakeEngine;
let app: App;
const state = () => app.store.getState();
const names = () => state().lanes.map(({ config }) => config.name);
const tick = () => new Promise((resolve) => setTimeout(resolve));

async function opened(text: string): Promise<void> {
  app.runs.open({ kind: 'script', name: 'mine', text, origin: { kind: 'own' } });
  answerRun(engine, allocations(10));
  await tick();
}

/** Undo or redo, the run that it may ask for answered. */
async function answered<T>(act: Promise<T>): Promise<T> {
  await tick();
  if (state().status.kind === 'working') answerRun(engine, allocations(10));
  return act;
}

beforeEach(async () => {
  engine = new FakeEngine();
  app = createApp(fakePorts(engine));
  await opened('# first');
});

test('there is nothing to undo before anything was done', async () => {
  expect(await app.undo.undo()).toBeNull();
  expect(await app.undo.redo()).toBeNull();
});

test('lanes removed, added, moved and set up come back one by one, and go again', async () => {
  const steps = [names()];
  const [a, b] = state().lanes;
  app.lanes.remove(b!.key);
  await tick();
  steps.push(names());
  app.lanes.add('pool');
  await tick();
  steps.push(names());
  app.lanes.move(a!.key, 1);
  await tick();
  steps.push(names());
  app.lanes.configure(a!.key, { name: 'wee-repaired', memory: { max: 9 }, fill: true });
  await tick();
  steps.push(names());
  for (let k = steps.length - 2; k >= 0; k--) {
    expect(await answered(app.undo.undo())).toContain('lanes');
    expect(names()).toEqual(steps[k]);
  }
  expect(await app.undo.undo()).toBeNull();
  for (let k = 1; k < steps.length; k++) {
    expect(await answered(app.undo.redo())).toContain('lanes');
    expect(names()).toEqual(steps[k]);
  }
  expect(state().lanes.some(({ config }) => config.fill && config.memory.max === 9)).toBe(true);
});

test('a text comes back as it was typed when another document was opened over it', async () => {
  app.runs.edit('# typed');
  const { work } = state();
  await opened('# second');
  app.look.setColour('age');
  await tick();
  expect(await answered(app.undo.undo())).toEqual(['colour']);
  expect(await answered(app.undo.undo())).toEqual(['document']);
  expect(state().document).toMatchObject({ text: '# typed' });
  expect(state().work).toBe(work);
  expect(await answered(app.undo.redo())).toEqual(['document']);
  expect(state().document).toMatchObject({ text: '# second' });
});

test('typing is no step, and something new ends what could be done again', async () => {
  app.runs.edit('# typed');
  await tick();
  expect(await app.undo.undo()).toBeNull();
  app.look.setOrder('hilbert');
  await tick();
  await app.undo.undo();
  app.look.setColour('line');
  await tick();
  expect(await app.undo.redo()).toBeNull();
});

test('what changes together is one step', async () => {
  await app.undo.together(async () => {
    app.look.setColour('age');
    await tick();
    app.look.setOrder('hilbert');
    await tick();
  });
  expect(await app.undo.undo()).toEqual(['colour', 'order']);
  expect([state().colour, state().order]).toEqual(['live', 'address']);
  expect(await app.undo.undo()).toBeNull();
});
