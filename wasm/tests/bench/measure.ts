import { PAGE_BYTES } from '../../../src/model/units.ts';
import type { Calling, Contestant, OpenHeap } from './contestants.ts';
import { FREE, type Program } from './programs.ts';

/** Where the driver keeps the addresses of blocks. */
const SLOTS_AT = 64;
/** Where the instrumented builds add up their search steps. */
const STEPS_AT = 4;
const WORD = 4;

export type Drivers = Readonly<Record<Calling, WebAssembly.Module>>;

/** A program in the memory of the drivers, ready to run on one heap after another. */
export class Track {
  private readonly memory: WebAssembly.Memory;
  private readonly from: number;
  private readonly to: number;

  constructor(
    readonly program: Program,
    private readonly drivers: Drivers,
  ) {
    this.from = SLOTS_AT + program.slots * WORD;
    this.to = this.from + program.words.byteLength;
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(this.to / PAGE_BYTES) });
    new Uint32Array(this.memory.buffer, this.from, program.words.length).set(program.words);
  }

  get operations(): number {
    return this.program.words.length / 3;
  }

  /** Operations that ask for a block: what search steps are shared among. */
  get allocations(): number {
    const { words } = this.program;
    let count = 0;
    for (let at = 0; at < words.length; at += 3) if ((words[at]! & 3) !== FREE) count++;
    return count;
  }

  /** A call that runs the program once on this heap. */
  on(calling: Calling, { calls }: OpenHeap): () => void {
    const imports = { driver: calls, env: { memory: this.memory } } as WebAssembly.Imports;
    const { exports } = new WebAssembly.Instance(this.drivers[calling], imports);
    const run = exports.run as (from: number, to: number) => number;
    return () => {
      const refused = run(this.from, this.to);
      if (refused > 0) throw new Error(`${this.program.name}: ${refused} requests were refused`);
    };
  }

  /** Addresses that the slots hold after a run: of each block number the last. */
  addresses(): Uint32Array {
    return new Uint32Array(this.memory.buffer, SLOTS_AT, this.program.slots).slice();
  }
}

/** What does not depend on time: the same in every round. */
export interface Facts {
  /** Peak pages less those that memory began with. */
  readonly grown: number;
  /** Search steps for each operation that asks for a block; null where they are not counted. */
  readonly steps: number | null;
  readonly addresses: Uint32Array;
}

const pagesOf = (memory: WebAssembly.Memory): number => memory.buffer.byteLength / PAGE_BYTES;

export function facts(track: Track, contestant: Contestant): Facts {
  const heap = contestant.open();
  const initial = pagesOf(heap.memory);
  track.on(contestant.calling, heap)();
  const grown = pagesOf(heap.memory) - initial;
  const addresses = track.addresses();
  if (!contestant.counted) return { grown, steps: null, addresses };
  const counted = contestant.counted();
  track.on(contestant.calling, counted)();
  const steps = new DataView(counted.memory.buffer).getUint32(STEPS_AT, true);
  return { grown, steps: steps / track.allocations, addresses };
}

/** Passes of a round, and the milliseconds after which a contestant begins no other. */
const PASSES = 20;
const ENOUGH_MS = 200;

export interface Measured {
  readonly contestant: Contestant;
  readonly facts: Facts;
  /** Nanoseconds an operation, one number a round: of its passes the quickest, since what else runs can only add. None of one that is not timed. */
  readonly rounds: readonly number[];
}

/**
 * All contestants on one program. They take turns pass by pass, each round another first, so that the ratio of two
 * numbers of a round compares what ran side by side. Before its passes a heap has run the program once, untimed: its
 * pages are there, and it is a heap in use.
 */
export function measure(track: Track, contestants: readonly Contestant[], rounds: number): readonly Measured[] {
  const measured = contestants.map((contestant) => ({
    contestant,
    facts: facts(track, contestant),
    rounds: [] as number[],
  }));
  const timed = measured.filter(({ contestant }) => !contestant.untimed);
  for (let round = 0; round < rounds; round++) {
    const running = timed.map(({ contestant, rounds }) => {
      const pass = track.on(contestant.calling, contestant.open());
      pass();
      return { pass, rounds, quickest: Number.POSITIVE_INFINITY, spent: 0 };
    });
    for (let k = 0; k < PASSES * running.length; k++) {
      const one = running[(round + k) % running.length]!;
      if (one.spent > ENOUGH_MS) continue;
      const start = performance.now();
      one.pass();
      const milliseconds = performance.now() - start;
      one.spent += milliseconds;
      one.quickest = Math.min(one.quickest, milliseconds);
    }
    for (const one of running) one.rounds.push((one.quickest * 1e6) / track.operations);
  }
  return measured;
}
