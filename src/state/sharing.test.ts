import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { defaultState, plainLane } from './link/defaults-1.ts';
import { randomState } from './link/random-state.ts';
import { inRange } from './link/share-state.ts';
import { shareState } from './sharing.ts';
import { allocations, answerRun, FakeEngine, fakePorts } from './testing.ts';

function page() {
  const engine = new FakeEngine();
  const app = createApp(fakePorts(engine));
  return { engine, app, state: () => app.store.getState() };
}

const script = (text: string) => defaultState({ kind: 'script', text });

test('100 random states are gathered from the page as they were opened', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const { engine, app, state } = page();
    const wanted = { ...randomState(seed), source: { kind: 'script', text: `# ${seed}` } as const };
    const opened = app.sharing.open(wanted);
    await Promise.resolve();
    answerRun(engine, allocations(1000));
    // Lanes whose base or pages cannot be are for the engine to refuse; without any lane nothing is ever reached.
    expect(await opened, `seed ${seed}`).toBe(true);
    const { position, selection, ...rest } = shareState(state());
    const { position: to, selection: _, lanes, ...same } = wanted;
    const here = lanes.map((lane) => ({ ...lane, policy: 1 }));
    expect(rest, `seed ${seed}`).toEqual({ ...same, lanes: here });
    const beyond = to === null || to >= 1000;
    expect(position, `seed ${seed}`).toBe(lanes.length === 0 ? (to === null ? null : 0) : beyond ? null : to);
    // The fake engine places no block, so only pages come back.
    expect(selection, `seed ${seed}`).toEqual(wanted.selection?.kind === 'page' ? wanted.selection : null);
    expect(inRange('page', rest.firstPage)).toBe(true);
  }
});

test('lanes that a state shares with the page keep their run; only the others are asked for anew', async () => {
  const { engine, app, state } = page();
  const first = app.sharing.open(script('alloc 1'));
  await Promise.resolve();
  answerRun(engine, allocations(10));
  await first;
  const [wee, , arena] = state().lanes;
  app.sharing.setLanes({ ...script(''), lanes: ['arena', 'pool', 'wee'].map(plainLane) });
  expect(state().lanes[0]!.config).toBe(arena!.config);
  expect(state().lanes[2]!.config).toBe(wee!.config);
});

test('a recording that is refused leaves lanes and look as they were', async () => {
  const { engine, app, state } = page();
  const first = app.sharing.open(script('alloc 1'));
  await Promise.resolve();
  answerRun(engine, allocations(10));
  await first;
  const before = shareState(state());
  const recording = { kind: 'recording', name: 'x.ops', operations: new Blob(['?']) } as const;
  const opened = app.sharing.open({ ...defaultState(recording), lanes: [plainLane('pool')], colour: 'age' });
  await Promise.resolve();
  engine.answer({ type: 'refused', run: engine.last('run').run, message: 'No recording.' });
  expect(await opened).toBe(false);
  expect(shareState(state())).toEqual(before);
  expect(state().status).toMatchObject({ kind: 'refused', message: 'No recording.' });
});

test('the playhead goes to the position of a state as far as it is recorded, unless the visitor moves it first', async () => {
  const { engine, app, state } = page();
  void app.sharing.open({ ...script('alloc 1'), position: 700 });
  await Promise.resolve();
  const { run } = engine.last('run');
  answerRun(engine, allocations(1000), { logged: 300 });
  expect(state().position).toBe(300);
  answerRun(engine, allocations(1000), { run, from: 301 });
  expect(state().position).toBe(700);

  const moved = page();
  void moved.app.sharing.open({ ...script('alloc 1'), position: 700 });
  await Promise.resolve();
  answerRun(moved.engine, allocations(1000), { logged: 300 });
  moved.app.playback.seek(5);
  answerRun(moved.engine, allocations(1000), { from: 301 });
  expect(moved.state().position).toBe(5);
});

test('of two states that are asked for one after the other the later one stands', async () => {
  const { engine, app, state } = page();
  const first = app.sharing.open(defaultState({ kind: 'gallery', id: 'sawtooth' }));
  const second = app.sharing.open(script('# later'));
  await new Promise((resolve) => setTimeout(resolve));
  answerRun(engine, allocations(3));
  expect([await first, await second]).toEqual([false, true]);
  expect(state().document).toMatchObject({ text: '# later' });
});
