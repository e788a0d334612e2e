import { type Operations, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { type OperationNumber, PAGE_BYTES, type Pages } from '../model/units.ts';
import type { MemoryPool } from './memory-pool.ts';
import { type ScenarioFacts, scenarioFacts } from './scenario-facts.ts';

/** Operations that stand in the driver's window at a time. */
export const WINDOW = 16_384;
/** How much of a heap is compared in one call. */
export const STAGE_BYTES = 1 << 20;
const MAX_DESK_PAGES = 65_536;

/** In the order of `column` in wasm/driver.ts. */
const COLUMNS = [
  'kind',
  'flags',
  'fillLength',
  'id',
  'size',
  'align',
  'prev',
  'host',
  'extra',
  'offset',
  'fills',
  'failure',
  'grow',
  'growPages',
  'steps',
  'address',
  'usable',
  'requested',
  'tail',
] as const;
type Column = (typeof COLUMNS)[number];

/** The words of the desk, in bytes, as in wasm/driver.ts. */
const WORD = { done: 64, pages: 68, failures: 72, grows: 76, differs: 80, stop: 84, stopAddress: 88, arenas: 128 };

/** What the driver exports. Several instances of it work on one desk. */
export interface DriverExports {
  open(count: number, window: number, arenas: number, fillBytes: number, keptAlign: number): number;
  column(which: number): number;
  run(first: OperationNumber, from: OperationNumber, to: OperationNumber, mode: number): number;
  changedBlocks(fresh: number, mirror: number, blocks: number, out: number): number;
}

/** Bits of `run`'s `mode`, as in wasm/driver.ts. */
export const Mode = { Record: 1, Fill: 2, Bound: 4, Count: 8, Marks: 16, Bare: 32 } as const;

/** Why `run` came back early. */
export const Stop = { None: 0, LeftMemory: 1, OtherAddress: 2 } as const;

/** The log as it lies in the desk; entry t belongs to operation t, entry 0 is empty. Views go stale when the desk grows. */
export interface LogColumns {
  readonly address: Uint32Array;
  readonly usable: Uint32Array;
  readonly requested: Uint32Array;
}

/**
 * The drivers' memory, seen from here: the window that operations are copied into, the log that comes out, and beyond
 * them the mirror of the heap. Takes 12 bytes an operation, and what the mirror needs.
 */
export class Desk {
  readonly memory: WebAssembly.Memory;
  private readonly operations: Operations;
  private readonly fills: Scenario['fills'];
  private readonly facts: ScenarioFacts;
  private at = {} as Record<Column, number>;
  private windowFirst: OperationNumber = 0;
  private words = new Uint32Array(0);
  private bytes = new Uint8Array(0);
  private columns: LogColumns | null = null;
  private readonly pool: MemoryPool;

  constructor(scenario: Scenario, pool: MemoryPool) {
    this.operations = scenario.operations;
    this.fills = scenario.fills;
    this.facts = scenarioFacts(scenario);
    this.pool = pool;
    this.memory = pool.take(1, MAX_DESK_PAGES, { dirty: true });
  }

  /** Gives a new driver its layout; the first one also lays out the desk. `keptAlign`: see `open` in wasm/driver.ts. */
  seat(driver: DriverExports, keptAlign: number): void {
    const { count } = this.operations;
    const fillBytes = this.facts.writes ? WINDOW * this.facts.fillBytes : 8;
    const end = driver.open(count, WINDOW, this.facts.arenas, fillBytes, keptAlign) >>> 0;
    if (this.words.length > 0) return;
    this.reserve(end);
    COLUMNS.forEach((name, index) => {
      this.at[name] = driver.column(index) >>> 0;
    });
    this.bytes.fill(0, WORD.done, this.at.kind);
    for (const name of ['address', 'usable', 'requested'] as const)
      this.bytes.fill(0, this.at[name], this.at[name] + 4);
  }

  get done(): OperationNumber {
    return this.words[WORD.done >>> 2]!;
  }

  set done(value: OperationNumber) {
    this.words[WORD.done >>> 2] = value;
  }

  get pages(): Pages {
    return this.words[WORD.pages >>> 2]!;
  }

  set pages(value: Pages) {
    this.words[WORD.pages >>> 2] = value;
  }

  get differs(): boolean {
    return this.words[WORD.differs >>> 2] !== 0;
  }

  get stop(): number {
    return this.words[WORD.stop >>> 2]!;
  }

  get stopAddress(): number {
    return new DataView(this.memory.buffer).getFloat64(WORD.stopAddress, true);
  }

  /** Where the mirror may begin. */
  get tail(): number {
    return this.at.tail;
  }

  /** All bytes of the desk; stale after `reserve`. */
  get raw(): Uint8Array {
    return this.bytes;
  }

  get log(): LogColumns {
    this.columns ??= {
      address: this.logColumn('address'),
      usable: this.logColumn('usable'),
      requested: this.logColumn('requested'),
    };
    return this.columns;
  }

  failures(): Uint32Array {
    return this.list('failure', this.words[WORD.failures >>> 2]!);
  }

  growAt(): Uint32Array {
    return this.list('grow', this.words[WORD.grows >>> 2]!);
  }

  growPages(): Uint32Array {
    return this.list('growPages', this.words[WORD.grows >>> 2]!);
  }

  /** Search steps of operations `from` to `to` of the window. */
  steps(from: OperationNumber, to: OperationNumber): Uint32Array {
    const start = (this.at.steps >>> 2) + from - this.windowFirst;
    return this.words.subarray(start, start + to - from + 1);
  }

  /** Makes the memory hold `end` bytes. */
  reserve(end: number): void {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) this.memory.grow(missing);
    if (this.words.buffer === this.memory.buffer) return;
    this.words = new Uint32Array(this.memory.buffer);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.columns = null;
  }

  /** Copies the window that holds operation `number` in, unless it is there; returns its first and last operation. */
  show(number: OperationNumber): { first: OperationNumber; last: OperationNumber } {
    const k = Math.floor((number - 1) / WINDOW) * WINDOW;
    const end = Math.min(this.operations.count, k + WINDOW);
    if (this.windowFirst !== k + 1) {
      this.windowFirst = k + 1;
      this.copyWindow(k, end);
    }
    return { first: k + 1, last: end };
  }

  release(): void {
    this.pool.give(this.memory, MAX_DESK_PAGES);
  }

  private copyWindow(from: number, to: number): void {
    const { kind, flags, id, size, align, prev, host, offset } = this.operations;
    this.bytes.set(kind.subarray(from, to), this.at.kind);
    this.bytes.set(flags.subarray(from, to), this.at.flags);
    const columns = { id, size, align, prev, host };
    for (const name of ['id', 'size', 'align', 'prev', 'host'] as const) {
      this.words.set(columns[name].subarray(from, to), this.at[name] >>> 2);
    }
    new Float64Array(this.memory.buffer, this.at.offset, to - from).set(offset.subarray(from, to));
    if (this.facts.writes || this.facts.arenas > 0) this.copyExtras(from, to);
  }

  /** Writes get their fill, placed blocks the number of their arena: both are looked up here, not in the driver. */
  private copyExtras(from: number, to: number): void {
    const { kind, host, prev } = this.operations;
    const { bytes, start } = this.fills;
    const extra = this.at.extra >>> 2;
    let used = 0;
    for (let k = from; k < to; k++) {
      const what = kind[k]!;
      if (what === OpKind.Write) {
        const fill = bytes.subarray(start[host[k]!]!, start[host[k]! + 1]!);
        this.bytes.set(fill, this.at.fills + used);
        this.bytes[this.at.fillLength + k - from] = fill.length;
        this.words[extra + k - from] = used;
        used += fill.length;
      } else if (what === OpKind.Place || what === OpKind.Move) {
        this.words[extra + k - from] = host[host[k]! - 1]!;
      } else if (what === OpKind.Drop) {
        this.words[extra + k - from] = host[host[prev[k]! - 1]! - 1]!;
      }
    }
  }

  private list(name: Column, length: number): Uint32Array {
    const start = this.at[name] >>> 2;
    return this.words.subarray(start, start + length);
  }

  private logColumn(name: 'address' | 'usable' | 'requested'): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at[name], this.operations.count + 1);
  }
}
