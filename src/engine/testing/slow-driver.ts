import { ALLOCATORS, type LaneAllocator } from '../../model/lanes.ts';
import { OpFlag, OpKind, operationAt } from '../../model/operations.ts';
import type { Scenario } from '../../model/scenario.ts';
import { type Bytes, PAGE_BYTES, type Position } from '../../model/units.ts';
import type { MemoryPlan } from '../memory-plan.ts';
import type { LaneModules } from '../modules.ts';

interface Entry {
  address: number;
  usable: number;
  requested: Bytes;
}

interface Exports {
  init(base: number, pages: number, options: number): void;
  alloc(size: number, align: number): number;
  dealloc(block: number, size: number, align: number): void;
  realloc(block: number, size: number, align: number, newSize: number): number;
  usable(block: number, size: number, align: number): number;
  mark(): number;
  release(position: number): void;
}

/**
 * The driver once more, written for reading: one call from JavaScript after the other, a list of objects for the log. The
 * one in Wasm is held against it.
 */
export class SlowDriver {
  readonly memory: WebAssembly.Memory;
  readonly log: Entry[] = [{ address: 0, usable: 0, requested: 0 }];
  readonly failures: number[] = [];
  readonly grows: [operation: number, pages: number][] = [];
  /** Set when an operation trapped or left the memory. */
  stopped = false;
  private readonly scenario: Scenario;
  private readonly allocator: LaneAllocator;
  private readonly plain: Exports;
  private readonly counted: Exports;
  private readonly fill: boolean;
  /** Blocks placed in a program's arena: its number, bytes. */
  private readonly placed = new Map<number, { arena: number; bytes: number }>();

  constructor(scenario: Scenario, allocator: LaneAllocator, plan: MemoryPlan, fill: boolean, modules: LaneModules) {
    this.scenario = scenario;
    this.allocator = allocator;
    this.fill = fill;
    this.memory = new WebAssembly.Memory({ initial: plan.initial, maximum: plan.max });
    const { memory } = this;
    this.plain = new WebAssembly.Instance(modules.plain, { env: { memory } }).exports as unknown as Exports;
    this.counted = new WebAssembly.Instance(modules.counted, { env: { memory } }).exports as unknown as Exports;
    this.plain.init(plan.base, plan.initial, allocator.options);
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer);
  }

  get pages(): number {
    return this.memory.buffer.byteLength / PAGE_BYTES;
  }

  get executed(): Position {
    return this.log.length - 1;
  }

  run(to: Position): void {
    const first = this.scenario.misuseAt[0] ?? Number.POSITIVE_INFINITY;
    while (this.executed < to && !this.stopped) {
      const t = this.executed + 1;
      const pages = this.pages;
      if (t >= first) new Uint32Array(this.memory.buffer).set([0, pages * 8192, 0], 1);
      try {
        const entry = this.step(t, t >= first ? this.counted : this.plain);
        if (entry === null) this.stopped = true;
        else this.log.push(entry);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        this.stopped = true;
      }
      if (this.pages !== pages && !this.stopped) this.grows.push([t, this.pages]);
    }
  }

  /** What the log says of operation t; null where the program left its memory. */
  private step(t: number, heap: Exports): Entry | null {
    const op = operationAt(this.scenario.operations, t);
    const old = this.log[op.prev]!;
    const arena = this.allocator.id === 'arena';
    const misuse = (op.flags & OpFlag.Misuse) !== 0;
    const nothing = (): Entry => ({ address: 0, usable: arena ? heap.mark() >>> 0 : 0, requested: 0 });
    switch (op.kind) {
      case OpKind.Alloc:
        return this.alloc(t, heap);
      case OpKind.Realloc: {
        if (old.address === 0) return this.alloc(t, heap);
        const own = ALLOCATORS[this.allocator.id].kind === 'wee' || op.align <= ALLOCATORS[this.allocator.id].align;
        let address: number;
        if (own) address = heap.realloc(old.address, old.requested, op.align, op.size) >>> 0;
        else {
          address = heap.alloc(op.size, op.align) >>> 0;
          if (address !== 0) {
            this.bytes.copyWithin(address, old.address, old.address + Math.min(old.requested, op.size));
            heap.dealloc(old.address, old.requested, op.align);
          }
        }
        if (address === 0) {
          this.failures.push(t);
          return { ...old };
        }
        if (this.fill) this.pattern(address, op.id, old.requested, op.size);
        return { address, usable: heap.usable(address, op.size, op.align) >>> 0, requested: op.size };
      }
      case OpKind.Free: {
        if (old.address === 0 || (arena && (op.flags & OpFlag.ByScope) !== 0)) return nothing();
        const at = old.address + (misuse ? op.offset : 0);
        if (at < 0 || at >= this.bytes.length) return null;
        if (this.fill && !misuse) this.bytes.fill(0x57, at, at + old.requested);
        heap.dealloc(at, old.requested, op.align);
        return nothing();
      }
      case OpKind.Write: {
        if (old.address === 0) return nothing();
        const from = old.address + op.offset;
        const to = misuse ? from + op.size : Math.min(from + op.size, old.address + old.requested);
        if (from < to && (from < 0 || to > this.bytes.length)) return null;
        const { bytes, start } = this.scenario.fills;
        const fill = bytes.subarray(start[op.host]!, start[op.host + 1]!);
        const heapBytes = this.bytes;
        for (let at = from; at < to; at++) heapBytes[at] = fill[(at - from) % fill.length]!;
        return nothing();
      }
      case OpKind.Leave:
        if (arena) heap.release(old.usable);
        return nothing();
      case OpKind.Place:
      case OpKind.Move:
        return this.place(op);
      case OpKind.Drop:
        this.placed.delete(op.id);
        return nothing();
      case OpKind.Rewind: {
        const ended = [...this.placed].filter(([, block]) => block.arena === op.id);
        for (const [id] of ended) this.placed.delete(id);
        return { address: ended.reduce((sum, [, { bytes }]) => sum + bytes, 0), usable: ended.length, requested: 0 };
      }
      default:
        return nothing();
    }
  }

  private alloc(t: number, heap: Exports): Entry {
    const { id, size, align, flags } = operationAt(this.scenario.operations, t);
    const address = heap.alloc(size, align) >>> 0;
    if (address === 0) {
      this.failures.push(t);
      return { address: 0, usable: 0, requested: size };
    }
    const usable = heap.usable(address, size, align) >>> 0;
    if ((flags & OpFlag.Zeroed) !== 0) this.bytes.fill(0, address, address + size);
    else if (this.fill) this.pattern(address, id, 0, size);
    return { address, usable, requested: size };
  }

  private place(op: ReturnType<typeof operationAt>): Entry {
    const old = op.kind === OpKind.Move ? this.log[op.prev]! : { address: 0, usable: 0, requested: 0 };
    const chunk = this.log[op.host]!.address;
    if (chunk === 0) return { ...old, requested: old.address === 0 ? op.size : old.requested };
    const address = chunk + op.offset;
    if (old.address !== 0) {
      this.bytes.copyWithin(address, old.address, old.address + Math.min(old.requested, op.size));
    }
    if ((op.flags & OpFlag.Zeroed) !== 0) this.bytes.fill(0, address, address + op.size);
    this.placed.set(op.id, { arena: operationAt(this.scenario.operations, op.host).host, bytes: op.size });
    return { address, usable: op.size, requested: op.size };
  }

  /** Fill mode's bytes, as wasm/hands.ts defines them. */
  private pattern(block: number, id: number, from: number, to: number): void {
    const heap = this.bytes;
    for (let offset = from; offset < to; offset++) {
      const mixed = Math.imul(id + 1, 0x9e3779b1) + Math.imul(offset >>> 2, 0x85ebca6b);
      const word = mixed ^ ((mixed >>> 0) >>> 15);
      heap[block + offset] = (word >>> ((offset & 3) * 8)) & 255;
    }
  }
}
