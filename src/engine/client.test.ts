import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneConfig } from '../model/lanes.ts';
import { EngineClient, type WorkerLike } from './client.ts';
import { HEARTBEAT, type Reply } from './protocol.ts';

class FakeWorker implements WorkerLike {
  readonly sent: unknown[] = [];
  ended = false;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  says(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
}

const lane = (name: string): LaneConfig => ({ name, memory: {}, fill: false });
const scenario = (run: number) => ({ type: 'scenario', run, scenario: {}, format: 'script' });
const progress = (run: number, at: number) => ({
  type: 'progress',
  run,
  phase: 'recording',
  lane: at,
  done: 1,
  total: 2,
});

function connect() {
  const workers: FakeWorker[] = [];
  const heard: Reply[] = [];
  const client = new EngineClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  client.subscribe((reply) => heard.push(reply));
  return { client, workers, heard };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a run that says nothing for three seconds is reported once, with a way to restart', () => {
  const { client, workers, heard } = connect();
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes: [] });
  vi.advanceTimersByTime(2_900);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(4_000);
  expect(heard.map(({ type, run }) => [type, run])).toEqual([['crashed', 1]]);
  client.restart();
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  client.dispose();
});

test('a worker that answers heartbeats is left alone, however long it works', () => {
  const { client, workers, heard } = connect();
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes: [] });
  for (let second = 0; second < 20; second++) {
    vi.advanceTimersByTime(1_000);
    expect(workers[0]!.sent.at(-1)).toBe(HEARTBEAT);
    workers[0]!.says(HEARTBEAT);
  }
  expect(heard).toEqual([]);
  client.dispose();
});

test('nobody listens for a heartbeat when no run goes on', () => {
  const { client, workers, heard } = connect();
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes: [] });
  workers[0]!.says({ type: 'done', run: 1, cancelled: false });
  const { length } = workers[0]!.sent;
  vi.advanceTimersByTime(60_000);
  expect(workers[0]!.sent.length).toBe(length);
  expect(heard.map(({ type }) => type)).toEqual(['done']);
  client.dispose();
});

test('an error in the worker is reported as a lost worker', () => {
  const { client, workers, heard } = connect();
  client.send({ type: 'run', run: 4, source: { kind: 'script', text: '' }, lanes: [] });
  workers[0]!.onerror?.({ message: 'boom' } as ErrorEvent);
  expect(heard).toMatchObject([{ type: 'crashed', run: 4, message: expect.stringContaining('boom') }]);
  client.dispose();
});

test('a worker that did not come at all is reported to the run that asks it later', () => {
  const { client, workers, heard } = connect();
  workers[0]!.onerror?.({ message: undefined } as unknown as ErrorEvent);
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes: [] });
  vi.advanceTimersByTime(5_000);
  expect(heard.map(({ type, run }) => [type, run])).toEqual([
    ['crashed', 0],
    ['crashed', 1],
  ]);
});

test('lanes that stay keep their replies when lanes change, those that go lose them', () => {
  const { client, workers, heard } = connect();
  const worker = workers[0]!;
  const [wee, dlmalloc, arena] = [lane('wee'), lane('dlmalloc'), lane('arena')];
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes: [wee, dlmalloc] });
  worker.says(scenario(1));
  client.send({ type: 'lanes', run: 2, lanes: [arena, dlmalloc] });
  expect(worker.sent.at(-1)).toMatchObject({ type: 'lanes', run: 2, kept: [-1, 1] });
  worker.says(progress(1, 0));
  worker.says(progress(1, 1));
  client.send({ type: 'lanes', run: 3, lanes: [dlmalloc, lane('dlmalloc')] });
  expect(worker.sent.at(-1)).toMatchObject({ kept: [1, -1] });
  worker.says(progress(1, 1));
  worker.says(progress(2, 0));
  worker.says(progress(2, 1));
  worker.says(progress(3, 1));
  expect(heard.slice(1)).toEqual([progress(2, 1), progress(3, 0), progress(3, 0), progress(3, 1)]);
  client.dispose();
});

test('a source on its way goes by the new number when lanes change meanwhile', () => {
  const { client, workers, heard } = connect();
  const lanes = [lane('wee')];
  client.send({ type: 'run', run: 1, source: { kind: 'script', text: '' }, lanes });
  client.send({ type: 'lanes', run: 2, lanes: [...lanes, lane('pool')] });
  workers[0]!.says(scenario(1));
  workers[0]!.says(progress(1, 0));
  workers[0]!.says(progress(2, 1));
  expect(heard).toEqual([scenario(2), progress(2, 0), progress(2, 1)]);
  client.dispose();
});
