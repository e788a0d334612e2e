import type { LaneOpening, LogSlice, Reply, Request } from '../engine/protocol.ts';
import type { HeapFrame } from '../model/heap-frame.ts';
import { OperationsBuilder, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { bareScenario } from '../model/testing.ts';
import type { LaneFrame, Ports } from './ports.ts';

/** An engine that records what it is asked and answers when the test says so. */
export class FakeEngine {
  readonly sent: Request[] = [];
  restarts = 0;
  private readonly listeners = new Set<(reply: Reply) => void>();

  send(request: Request): void {
    this.sent.push(request);
  }

  subscribe(listener: (reply: Reply) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  restart(): void {
    this.restarts++;
  }

  answer(reply: Reply): void {
    for (const listener of this.listeners) listener(reply);
  }

  /** The last request of a kind. */
  last<T extends Request['type']>(type: T): Extract<Request, { type: T }> {
    const found = this.sent.findLast((request) => request.type === type);
    if (found === undefined) throw new Error(`No ${type} was sent`);
    return found as Extract<Request, { type: T }>;
  }
}

export function fakePorts(engine: FakeEngine, stored = new Map<string, string>()): Ports {
  return {
    engine,
    replay: () => ({ lane: (opening) => fakeFrame(opening), release: () => {}, dispose: () => {} }),
    fetchText: async (path) => `# ${path}\nalloc 64\n`,
    remember: (key, value) => {
      stored.set(key, value);
    },
    recall: (key) => stored.get(key) ?? null,
  };
}

/** A frame that knows how much is logged and where it stands; controllers need no more. */
function fakeFrame(opening: LaneOpening): LaneFrame {
  let logged = 0;
  const frame = {
    base: opening.base,
    get logged() {
      return logged;
    },
    append: (slice: LogSlice) => {
      logged = slice.first + slice.address.length - 1;
    },
    bump: null,
    blockOf: () => null,
  };
  return frame as unknown as LaneFrame & HeapFrame;
}

/** `count` allocations of 100 bytes, one a line. */
export function allocations(count: number, parts: Partial<Scenario> = {}): Scenario {
  const builder = new OperationsBuilder();
  for (let i = 0; i < count; i++) builder.push(OpKind.Alloc, i, 100, i + 1);
  return bareScenario(builder.finish(), {
    blocks: { count, names: [], name: new Uint32Array(count), index: new Float64Array(count) },
    ...parts,
  });
}

/** A slice of `count` blocks from operation `first` on. */
export function slice(first: number, count: number, grows: readonly (readonly [number, number])[] = []): LogSlice {
  return {
    first,
    address: new Uint32Array(count).fill(64),
    usable: new Uint32Array(count).fill(100),
    requested: null,
    failures: new Uint32Array(0),
    growAt: Uint32Array.from(grows.map(([at]) => at)),
    growPages: Uint32Array.from(grows.map(([, pages]) => pages)),
  };
}

export const OPENING: LaneOpening = { name: 'wee', base: 65_536, initial: 1, max: 65_536, moduleBytes: 1000 };

export const RESULT = { executed: 0, stopped: null, metrics: {}, checks: [], findings: [] };

/**
 * Answers the last run that was asked for, or `run`, as a worker does when all goes well, on the lanes that it was asked
 * for. With `logged` only that many operations so far; with `from` the rest of them.
 */
export function answerRun(
  engine: FakeEngine,
  scenario: Scenario,
  { run = engine.last('run').run, logged = scenario.operations.count, from = 1 } = {},
): void {
  const { lanes } = engine.last('run');
  if (from === 1) engine.answer({ type: 'scenario', run, scenario, format: 'script' });
  lanes.forEach((_, lane) => {
    if (from === 1) engine.answer({ type: 'lane', run, lane, opening: OPENING });
    engine.answer({ type: 'log', run, lane, slice: slice(from, logged - from + 1) });
  });
  if (logged < scenario.operations.count) return;
  lanes.forEach((_, lane) => {
    engine.answer({ type: 'recorded', run, lane, result: { ...RESULT, executed: scenario.operations.count } });
  });
  engine.answer({ type: 'done', run, cancelled: false });
}
