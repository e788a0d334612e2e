import { NumberList } from '../model/lane-series.ts';
import { ALLOCATORS, GUARD, isGuarded, type LaneAllocator } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { engineStrings } from '../model/strings/engine.ts';
import { type Addr, type OperationNumber, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import { Desk, type DriverExports, type LogColumns, Mode, Stop } from './desk.ts';
import { History, type HistoryOptions } from './history.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { MemoryPool } from './memory-pool.ts';
import type { RecordingModules } from './modules.ts';
import { scenarioFacts } from './scenario-facts.ts';

/** Where the instrumented build says that a walk went in circles (wasm/allocators/steps.ts). */
const LOOP_AT = 12;
/** The break, in every allocator's state (wasm/allocators/pages.ts). */
const BREAK_AT = 16;

/** A lane that cannot go on: what happened in the operation after `executed`. */
export interface Standstill {
  readonly kind: 'loop' | 'trap';
  readonly operation: OperationNumber;
  readonly address: Addr;
  readonly rule: string;
  readonly message: string;
}

/** What the guard found, in which operation, and the byte that shows it. `atEnd`: looked for after the last one. */
export interface GuardFault {
  readonly fault: number;
  readonly operation: OperationNumber;
  readonly address: Addr;
  readonly atEnd: boolean;
}

/** Kept of a lane; a program that goes on after so many has said enough. */
const MOST_FAULTS = 1000;

interface Instances {
  readonly memory: WebAssembly.Memory;
  readonly plain: DriverExports;
  readonly guard: GuardExports | null;
  /** Begins the allocator's life. */
  init(): void;
  /** The instrumented build on the same memory, from the first misuse on. */
  counted: DriverExports | null;
}

interface GuardExports extends WebAssembly.Exports {
  check(block: Addr): void;
  checkWaiting(): void;
}

interface AllocatorExports extends WebAssembly.Exports {
  init(base: Addr, pages: Pages, options: number): void;
}

/**
 * One allocator on one heap, driven over the operations of a scenario: forward while recording, and back to any position
 * that was recorded, where the heap's bytes are again exactly what they were.
 *
 * All that a heap is lies in its memory, so going back is to restore a checkpoint and to run a little again. Up to the
 * first misuse the memory may be larger than the break; the allocator cannot tell. From there on it could (a wild read
 * traps at the end of the memory), so then the memory is made to end exactly where it did the first time.
 */
export class LaneMachine {
  readonly plan: MemoryPlan;
  readonly desk: Desk;
  readonly failures = new NumberList();
  readonly growAt = new NumberList();
  readonly growPages = new NumberList();
  readonly guardFaults: GuardFault[] = [];
  /** Operations recorded so far. */
  recorded: Position = 0;
  /** Why recording ended early. */
  standstill: Standstill | null = null;
  private readonly count: number;
  private readonly firstMisuse: OperationNumber;
  private readonly allocator: LaneAllocator;
  private readonly modules: RecordingModules;
  private counted: WebAssembly.Module | null;
  private readonly pool: MemoryPool;
  private readonly fill: boolean;
  private readonly history: History;
  private instances: Instances;
  /** Are operations run for the first time, or the end looked at? Only then what the guard finds is news. */
  private listening: 'no' | 'run' | 'end' = 'no';
  /** Position whose bytes the heap holds; −1 when an operation broke off in the middle. */
  private position: Position = 0;

  constructor(
    scenario: Scenario,
    allocator: LaneAllocator,
    plan: MemoryPlan,
    fill: boolean,
    modules: RecordingModules,
    pool: MemoryPool,
    history: HistoryOptions = {},
  ) {
    this.count = scenario.operations.count;
    this.firstMisuse = scenarioFacts(scenario).firstMisuse;
    this.allocator = allocator;
    this.plan = plan;
    this.fill = fill;
    this.modules = modules;
    this.counted = modules.counted;
    this.pool = pool;
    this.desk = new Desk(scenario, pool);
    this.instances = this.bind(this.takeHeap());
    this.instances.init();
    this.history = new History(this.desk, this.instances.plain, history);
  }

  get memory(): WebAssembly.Memory {
    return this.instances.memory;
  }

  get log(): LogColumns {
    return this.desk.log;
  }

  /** Committed pages of the heap as it stands: the break; from the first misuse on, which may have hit that too, the memory's size. */
  get pages(): Pages {
    const size = this.memory.buffer.byteLength / PAGE_BYTES;
    if (this.position >= this.firstMisuse) return size;
    return Math.min(size, new DataView(this.memory.buffer).getUint32(BREAK_AT, true));
  }

  /** Are all operations up to `position` free of misuse? */
  sound(position: Position): boolean {
    return position < this.firstMisuse;
  }

  /**
   * Runs the next operations for the first time, up to `to`. Returns how many are recorded now: fewer than asked for when
   * the lane came to a standstill. Failures and grows are added to the lists; `differs` says whether one kept an old size.
   */
  record(to: Position): { differs: boolean } {
    this.seek(this.recorded);
    let differs = false;
    while (this.recorded < to && this.standstill === null) {
      const from = this.recorded + 1;
      const end = this.stretchEnd(from, to);
      this.desk.pages = this.pages;
      this.listening = 'run';
      this.runStretch(from, end, Mode.Record);
      this.listening = 'no';
      this.recorded = this.desk.done;
      differs ||= this.desk.differs;
      this.failures.append(this.desk.failures());
      this.growAt.append(this.desk.growAt());
      this.growPages.append(this.desk.growPages());
      if (this.standstill === null) this.history.offer(this.recorded, this.memory, this.pages);
    }
    return { differs };
  }

  /** Brings the heap to a recorded position. About the time of one memory copy and a few ms of running again. */
  seek(position: Position): void {
    if (position > this.recorded) throw new RangeError(`position ${position} is not recorded yet`);
    if (this.position === position) return;
    const checkpoint = this.history.nearest(position);
    if (this.position < 0 || this.position > position || (checkpoint?.position ?? 0) > this.position) {
      this.restore(checkpoint);
    }
    while (this.position < position) {
      const from = this.position + 1;
      this.runStretch(from, this.stretchEnd(from, position), 0);
      if (this.desk.done < from) throw new Error(`operation ${from} could not be run a second time`);
    }
  }

  /** Lets the guard look at every block that is live in the end, and at all that waits. Some 30 ns a block. */
  checkGuarded(live: Uint32Array): void {
    this.seek(this.recorded);
    const { guard } = this.instances;
    if (guard === null) return;
    this.listening = 'end';
    for (const t of live) guard.check(this.log.address[t]!);
    guard.checkWaiting();
    this.listening = 'no';
  }

  /**
   * Runs all operations with nothing but the requests: no log of sizes and grows, no checkpoints. What a recording is
   * measured against; the machine must not have recorded anything, and is of no other use afterwards.
   */
  replayBare(): void {
    let t = 0;
    while (t < this.count) {
      const window = this.desk.show(t + 1);
      t = this.instances.plain.run(window.first, t + 1, window.last, this.mode(1) | Mode.Bare);
    }
  }

  /** The instrumented build, where it was not there from the first. */
  provide(counted: WebAssembly.Module): void {
    this.counted ??= counted;
  }

  /** Runs everything anew on a heap of its own with the instrumented build; see `StepCounter`. */
  startCounting(): StepCounter {
    return new StepCounter(this);
  }

  /** For `StepCounter`: a heap with the instrumented build alone. */
  countingHeap(): { driver: DriverExports; memory: WebAssembly.Memory } {
    const memory = this.takeHeap();
    const { driver, init } = this.instantiate(this.countedModule, memory);
    init();
    return { driver, memory };
  }

  /** Runs operations `from` to `to` of one window on a counting heap; returns their steps. Throws where an address differs. */
  countStretch(driver: DriverExports, from: OperationNumber, to: Position): Uint32Array {
    const window = this.desk.show(from);
    const end = Math.min(this.stretchEnd(from, to), window.last);
    driver.run(window.first, from, end, this.mode(from) | Mode.Count);
    if (this.desk.stop !== Stop.None) {
      throw new Error(
        `${this.allocator.id}: the instrumented build came to another address at operation ${this.desk.done + 1}`,
      );
    }
    return this.desk.steps(from, end);
  }

  giveBack(memory: WebAssembly.Memory): void {
    this.pool.give(memory, this.plan.max);
  }

  /** Lets all memories go. The machine is of no use afterwards. */
  dispose(): void {
    this.giveBack(this.instances.memory);
    this.desk.release();
    this.history.clear();
  }

  /** Stretches never cross a window's end nor the first misuse, where the build changes. */
  private stretchEnd(from: OperationNumber, to: Position): Position {
    return from < this.firstMisuse ? Math.min(to, this.firstMisuse - 1) : to;
  }

  private mode(from: OperationNumber): number {
    return (
      (this.fill ? Mode.Fill : 0) |
      (this.allocator.id === 'arena' ? Mode.Marks : 0) |
      (from >= this.firstMisuse ? Mode.Bound : 0)
    );
  }

  private runStretch(from: OperationNumber, to: Position, extra: number): void {
    const window = this.desk.show(from);
    const end = Math.min(to, window.last);
    const mode = this.mode(from) | extra;
    let driver = this.instances.plain;
    if (from >= this.firstMisuse) {
      if (this.position < this.firstMisuse) this.makeExact(this.pages);
      driver = this.countedDriver();
    }
    this.desk.done = from - 1;
    try {
      driver.run(window.first, from, end, mode);
      this.position = this.desk.done;
      if (this.desk.stop === Stop.LeftMemory) this.stopOutside();
    } catch (error) {
      this.position = -1;
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.stopTrapped(error);
    }
  }

  private stopOutside(): void {
    const operation = this.desk.done + 1;
    const at = this.desk.stopAddress;
    this.standstill = {
      kind: 'trap',
      operation,
      address: Math.min(Math.max(at, 0), 0xffff_ffff),
      rule: engineStrings.rules.inside,
      message: engineStrings.leftMemory(operation, at),
    };
  }

  private stopTrapped(error: WebAssembly.RuntimeError): void {
    const operation = this.desk.done + 1;
    const looped = operation >= this.firstMisuse ? new DataView(this.memory.buffer).getUint32(LOOP_AT, true) : 0;
    this.standstill =
      looped !== 0
        ? {
            kind: 'loop',
            operation,
            address: looped,
            rule: engineStrings.rules.loop,
            message: engineStrings.loopsAt(looped),
          }
        : {
            kind: 'trap',
            operation,
            address: 0,
            rule: engineStrings.rules.trap,
            message: engineStrings.trappedAt(operation, engineStrings.trap(error.message)),
          };
  }

  private restore(checkpoint: ReturnType<History['nearest']>): void {
    const old = this.instances.memory;
    if (checkpoint === null) {
      new Uint8Array(old.buffer).fill(0);
      if (this.firstMisuse <= 1) this.makeExact(this.plan.initial);
      this.instances.init();
      this.position = 0;
      return;
    }
    if (old.buffer.byteLength < checkpoint.pages * PAGE_BYTES)
      old.grow(checkpoint.pages - old.buffer.byteLength / PAGE_BYTES);
    this.history.restore(checkpoint, new Uint8Array(old.buffer));
    this.position = checkpoint.position;
    if (checkpoint.position >= this.firstMisuse) this.makeExact(checkpoint.pages);
  }

  /** Moves the heap into a memory of exactly `pages`, if it is larger. */
  private makeExact(pages: Pages): void {
    const old = this.instances.memory;
    if (old.buffer.byteLength === pages * PAGE_BYTES) return;
    const memory = this.pool.take(pages, this.plan.max, { exact: true, dirty: true });
    new Uint8Array(memory.buffer).set(new Uint8Array(old.buffer, 0, pages * PAGE_BYTES));
    this.giveBack(old);
    this.instances = this.bind(memory);
  }

  private get countedModule(): WebAssembly.Module {
    if (this.counted === null) throw new Error(`${this.allocator.id}: the instrumented build was not provided`);
    return this.counted;
  }

  private countedDriver(): DriverExports {
    this.instances.counted ??= this.instantiate(this.countedModule, this.instances.memory).driver;
    return this.instances.counted;
  }

  private bind(memory: WebAssembly.Memory): Instances {
    const { driver, init, guard } = this.instantiate(this.modules.plain, memory);
    return { memory, plain: driver, guard, init, counted: null };
  }

  private takeHeap(): WebAssembly.Memory {
    return this.pool.take(this.plan.initial, this.plan.max, { exact: this.firstMisuse <= this.count });
  }

  /** Creates an allocator and its hands on a heap, the guard before it if there is one, and a driver that calls them. */
  private instantiate(build: WebAssembly.Module, memory: WebAssembly.Memory) {
    const allocator = new WebAssembly.Instance(build, imports({ env: { memory } })).exports as AllocatorExports;
    const hands = new WebAssembly.Instance(this.modules.hands, imports({ env: { memory } })).exports;
    const none = () => 0;
    const guard = this.guardOf(allocator, memory);
    const functions = { mark: none, release: none, ...allocator, ...guard, ...hands };
    const driver = new WebAssembly.Instance(
      this.modules.driver,
      imports({ driver: functions, env: { memory: this.desk.memory } }),
    ).exports as unknown as DriverExports;
    this.desk.seat(driver, keptAlign(this.allocator));
    const init = () => allocator.init(this.plan.base, this.plan.initial, this.allocator.options & ~GUARD);
    return { driver, guard, init };
  }

  private guardOf(allocator: AllocatorExports, memory: WebAssembly.Memory): GuardExports | null {
    if (!isGuarded(this.allocator)) return null;
    if (this.modules.guard === null) throw new Error('a guarded lane needs the guard’s module');
    const found = (fault: number, at: number) => this.hear(fault, at >>> 0);
    return new WebAssembly.Instance(
      this.modules.guard,
      imports({ guarded: allocator, guard: { found }, env: { memory } }),
    ).exports as GuardExports;
  }

  private hear(fault: number, address: Addr): void {
    if (this.listening === 'no' || this.guardFaults.length === MOST_FAULTS) return;
    const atEnd = this.listening === 'end';
    const operation = atEnd ? this.recorded : this.desk.done + 1;
    this.guardFaults.push({ fault, operation, address, atEnd });
  }
}

/** The `realloc` of wee and of the guard keeps any alignment, the others' only their own. */
function keptAlign(lane: LaneAllocator): number {
  return isGuarded(lane) || ALLOCATORS[lane.id].kind === 'wee' ? 0xffff_ffff : ALLOCATORS[lane.id].align;
}

/** An import object without a prototype: a module can reach nothing that is not listed. */
function imports(modules: Record<string, Record<string, WebAssembly.ImportValue>>): WebAssembly.Imports {
  const object = Object.create(null);
  for (const [name, fields] of Object.entries(modules)) object[name] = Object.assign(Object.create(null), fields);
  return object;
}

/** The second pass: every operation again on the instrumented build, on another heap, for the search steps. */
export class StepCounter {
  readonly steps: Uint32Array;
  /** Operations counted. */
  done: Position = 0;
  private readonly machine: LaneMachine;
  private heap: ReturnType<LaneMachine['countingHeap']> | null;

  constructor(machine: LaneMachine) {
    this.machine = machine;
    this.steps = new Uint32Array(machine.recorded);
    this.heap = machine.countingHeap();
  }

  /** Counts up to `operations` more. Throws when an address differs from the recorded one: that would be a fault of ours. */
  advance(operations: number): void {
    const to = Math.min(this.steps.length, this.done + operations);
    while (this.done < to && this.heap !== null) {
      const steps = this.machine.countStretch(this.heap.driver, this.done + 1, to);
      this.steps.set(steps, this.done);
      this.done += steps.length;
    }
    if (this.done === this.steps.length) this.release();
  }

  release(): void {
    if (this.heap !== null) this.machine.giveBack(this.heap.memory);
    this.heap = null;
  }
}
