import { afterEach, expect, test } from 'vitest';
import { LANE_NAMES, type LaneConfig } from '../model/lanes.ts';
import { modulesFromFiles } from './modules-node.ts';
import type { Reply, Request } from './protocol.ts';
import { Session } from './session.ts';

const lane = (name: string, memory: LaneConfig['memory'] = {}): LaneConfig => ({ name, memory, fill: false });
const FOUR = ['wee', 'dlmalloc', 'arena', 'pool'].map((name) => lane(name));
const script = (text: string) => ({ kind: 'script', text }) as const;
const open: Session[] = [];

class Page {
  readonly heard: Reply[] = [];
  private readonly session: Session;
  private wake: (() => void) | null = null;

  constructor() {
    // As between threads: what is posted is a copy, and what is transferred is gone.
    this.session = new Session((reply, transfer = []) => {
      this.heard.push(structuredClone(reply, { transfer }));
      this.wake?.();
    }, modulesFromFiles);
    open.push(this.session);
  }

  send(request: Request): void {
    this.session.receive(structuredClone(request));
  }

  async until<T extends Reply['type']>(type: T, where: (reply: Extract<Reply, { type: T }>) => boolean = () => true) {
    for (;;) {
      const found = this.heard.find((reply): reply is Extract<Reply, { type: T }> => {
        return reply.type === type && where(reply as Extract<Reply, { type: T }>);
      });
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  all<T extends Reply['type']>(type: T): Extract<Reply, { type: T }>[] {
    return this.heard.filter((reply): reply is Extract<Reply, { type: T }> => reply.type === type);
  }

  addresses(at: number): number[] {
    return this.all('log')
      .filter((reply) => reply.lane === at)
      .flatMap(({ slice }) => [...slice.address]);
  }
}

afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

test('a run sends its scenario, opens every lane, logs every operation in order, and ends with results and steps', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('repeat 3000 { alloc 8..200 free after 1..400 }'), lanes: FOUR });
  await page.until('done');
  const { scenario } = await page.until('scenario');
  const { count } = scenario.operations;
  expect(page.all('lane').map(({ opening }) => opening.name)).toEqual(FOUR.map(({ name }) => name));
  for (const at of FOUR.keys()) {
    const slices = page.all('log').filter((reply) => reply.lane === at);
    let next = 1;
    for (const { slice } of slices) {
      expect(slice.first).toBe(next);
      next += slice.address.length;
    }
    expect(next).toBe(count + 1);
  }
  expect(page.all('recorded').map(({ result }) => result.executed)).toEqual(FOUR.map(() => count));
  expect(page.all('counted').map(({ steps }) => steps.length)).toEqual(FOUR.map(() => count));
  expect(page.heard.at(-1)).toEqual({ type: 'done', run: 1, cancelled: false });
  expect(page.all('crashed')).toEqual([]);
});

test('all lanes go forward together', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('repeat 30000 { alloc 64 }'), lanes: FOUR });
  await page.until('done');
  const order = page.all('log').map((reply) => reply.lane);
  expect(order.slice(0, 8)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
});

test('a text with errors is rejected, and the run before still answers', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('a = alloc 64'), lanes: FOUR });
  await page.until('done');
  page.send({ type: 'run', run: 2, source: script('a = alloc'), lanes: FOUR });
  const { diagnostics } = await page.until('rejected');
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  page.send({ type: 'survey', run: 1, ticket: 5, lane: 1, position: 1 });
  const { survey, ticket } = await page.until('survey');
  expect([ticket, survey.lane, survey.metrics.live, survey.adds]).toEqual([5, 'dlmalloc', 64, true]);
});

test('an endless script is stopped, and what ran so far is kept and recorded', async () => {
  const page = new Page();
  page.send({
    type: 'run',
    run: 1,
    source: script('repeat 4000000000 { let x = 1; if chance 1 in 50 { alloc 8 } }'),
    lanes: FOUR,
  });
  await page.until('progress');
  page.send({ type: 'cancel', run: 1 });
  const { cancelled } = await page.until('done');
  const { scenario } = await page.until('scenario');
  expect(cancelled).toBe(true);
  expect(page.all('recorded').map(({ result }) => result.executed)).toEqual(FOUR.map(() => scenario.operations.count));
});

test('cancelling while lanes record keeps what is recorded', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('repeat 120000 { alloc 8..900 free after 1..60 }'), lanes: FOUR });
  await page.until('log');
  page.send({ type: 'cancel', run: 1 });
  const { cancelled } = await page.until('done');
  const { scenario } = await page.until('scenario');
  expect(cancelled).toBe(true);
  const executed = page.all('recorded').map(({ result }) => result.executed);
  expect(executed.length).toBe(FOUR.length);
  expect(Math.max(...executed)).toBeGreaterThan(0);
  expect(Math.max(...executed)).toBeLessThan(scenario.operations.count);
});

test('a newer run takes the place of one on its way; nothing of the old one is said after the new scenario', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('repeat 100000 { alloc 8..900 free after 1..60 }'), lanes: FOUR });
  await page.until('log');
  page.send({ type: 'run', run: 2, source: script('alloc 8'), lanes: FOUR });
  await page.until('done', ({ run }) => run === 2);
  const from = page.heard.findIndex((reply) => reply.type === 'scenario' && reply.run === 2);
  expect(page.heard.slice(from).every(({ run }) => run === 2)).toBe(true);
});

test('lanes that stay keep their log, new ones get the same addresses as alone', async () => {
  const text = 'repeat 2000 { alloc 8..300 free after 1..90 }';
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script(text), lanes: [lane('wee'), lane('dlmalloc')] });
  await page.until('done');
  const before = page.all('log').length;
  page.send({ type: 'lanes', run: 2, lanes: [lane('pool'), lane('dlmalloc')], kept: [-1, 1] });
  await page.until('done', ({ run }) => run === 2);
  const after = page.all('log').slice(before);
  expect(new Set(after.map((reply) => [reply.run, reply.lane].join()))).toEqual(new Set(['2,0']));
  const alone = new Page();
  alone.send({ type: 'run', run: 1, source: script(text), lanes: [lane('pool')] });
  await alone.until('done');
  expect(after.flatMap(({ slice }) => [...slice.address])).toEqual(alone.addresses(0));
  page.send({ type: 'survey', run: 2, ticket: 1, lane: 1, position: 100 });
  expect((await page.until('survey')).survey.lane).toBe('dlmalloc');
});

test('a lane that cannot be is said so, the others run', async () => {
  const page = new Page();
  const lanes = [lane('wee', { initial: 9, max: 8 }), lane('dlmalloc'), lane('nosuch')];
  page.send({ type: 'run', run: 1, source: script('alloc 64'), lanes });
  await page.until('done');
  expect(page.all('unopened').map((reply) => reply.lane)).toEqual([0, 2]);
  expect(page.all('recorded').map((reply) => reply.lane)).toEqual([1]);
});

test('checks on search steps wait for the second pass', async () => {
  const page = new Page();
  const text = 'repeat 50 { alloc 64 }\nexpect search_steps == 50 for arena\nexpect search_worst == 0 for arena';
  page.send({ type: 'run', run: 1, source: script(text), lanes: [lane('arena'), lane('wee')] });
  await page.until('done');
  const checks = page.all('recorded').map((reply) => [reply.lane, reply.result.checks.map(({ held }) => held)]);
  expect(Object.fromEntries(checks)).toEqual({ 0: [true, false], 1: [null, null] });
});

test('a recording is read, its bytes at a position are given, and it is saved again', async () => {
  const page = new Page();
  const text = 'a 0 32\nw 0 0 4 65\nm here\nf 0\n';
  page.send({ type: 'run', run: 1, source: { kind: 'recording', name: 'x.ops', data: new Blob([text]) }, lanes: FOUR });
  await page.until('done');
  expect((await page.until('scenario')).format).toBe('operations');
  const block = page.addresses(1)[0]!;
  page.send({ type: 'bytes', run: 1, ticket: 9, lane: 1, position: 2, from: block, length: 6, chunk: null });
  const { reading, ticket } = await page.until('bytes');
  expect([ticket, ...reading.bytes]).toEqual([9, 65, 65, 65, 65, 0, 0]);
  page.send({ type: 'save', run: 1, ticket: 10, format: 'operations' });
  const saved = await page.until('saved');
  const lines = (await saved.text.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual(['a 0 32', 'w 0 0 4 65', 'm here', 'f 0']);
});

test('a file that is a scenario comes back as text, a file that is nothing is refused', async () => {
  const page = new Page();
  const file = (run: number, data: Blob): Request => ({
    type: 'run',
    run,
    source: { kind: 'recording', name: 'x', data },
    lanes: FOUR,
  });
  page.send(file(1, new Blob(['# a scenario\na = alloc 64\n'])));
  expect((await page.until('text')).text).toContain('alloc 64');
  page.send(file(2, new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])])));
  expect((await page.until('refused')).message).toContain('PNG');
});

test('of two surveys that wait, the newer is answered', async () => {
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script('repeat 500 { alloc 64 }'), lanes: [lane('dlmalloc')] });
  await page.until('done');
  for (let ticket = 1; ticket <= 5; ticket++) {
    page.send({ type: 'survey', run: 1, ticket, lane: 0, position: 100 * ticket });
  }
  await page.until('survey', ({ ticket }) => ticket === 5);
  expect(page.all('survey').map(({ survey }) => survey.position)).toEqual([500]);
});

test('every lane’s metrics are those of a run by itself', async () => {
  const text = 'repeat 900 { alloc 8..2k free after 1..200 }';
  const page = new Page();
  page.send({ type: 'run', run: 1, source: script(text), lanes: LANE_NAMES.map((name) => lane(name)) });
  await page.until('done');
  for (const [at, name] of LANE_NAMES.entries()) {
    const alone = new Page();
    alone.send({ type: 'run', run: 1, source: script(text), lanes: [lane(name)] });
    await alone.until('done');
    expect(alone.addresses(0), name).toEqual(page.addresses(at));
    const result = page.all('recorded').find((reply) => reply.lane === at)!.result;
    expect(alone.all('recorded')[0]!.result, name).toEqual(result);
  }
});
