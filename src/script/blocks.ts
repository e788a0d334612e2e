import { type BlockNames, blockName } from '../model/scenario.ts';
import type { OperationNumber } from '../model/units.ts';
import { Column } from './columns.ts';
import { Group } from './group.ts';
import { LiveSet } from './live-set.ts';
import type { NameKind } from './program.ts';

const PLACED = 1;
const CHUNK = 2;
/** A lifetime is running. */
const TIMED = 4;

/**
 * All blocks of a run, in columns by id: what each is called, what it last asked for, whether it lives, which operation
 * gave it its place and which ended it. Chunks of the program's arenas have ids too but are no blocks of the program.
 */
export class Blocks {
  /** Ids of live blocks, chunks left out. Birth is order of ids. */
  readonly live = new LiveSet();
  /** Per name: its group, or null. */
  readonly groups: (Group | null)[];
  /** Per name of one block: its id, −1 before there is one. */
  private readonly singles: Int32Array;
  private readonly requested = new Column(Uint32Array);
  private readonly alignShift = new Column(Uint8Array);
  private readonly state = new Column(Uint8Array);
  private readonly placedBy = new Column(Uint32Array);
  private readonly endedBy = new Column(Uint32Array);
  private readonly bornBy = new Column(Uint32Array);
  private readonly name = new Column(Uint32Array);
  private readonly indexPlus = new Column(Float64Array);
  /** 1 + entry in the group, 0 when no name leads here any more (or none ever did). */
  private readonly entryPlus = new Column(Uint32Array);
  private readonly member = new Column(Uint32Array);

  constructor(
    private readonly names: readonly string[],
    kinds: readonly NameKind[],
  ) {
    this.groups = kinds.map((kind) => (kind === 'group' ? new Group() : null));
    this.singles = new Int32Array(names.length).fill(-1);
  }

  get count(): number {
    return this.requested.length;
  }

  /** A new live block without a name. `operation` is the one that makes it. */
  born(size: number, align: number, operation: OperationNumber, placed: boolean): number {
    const id = this.add(size, align, operation, placed ? PLACED : 0);
    this.live.add(id);
    return id;
  }

  /** A chunk of the arena called `name`, its `index`-th. */
  chunk(size: number, operation: OperationNumber, name: number, index: number): number {
    const id = this.add(size, 0, operation, CHUNK);
    this.name.values[id] = name + 1;
    this.indexPlus.values[id] = index + 1;
    return id;
  }

  private add(size: number, align: number, operation: OperationNumber, state: number): number {
    this.alignShift.push(align === 0 ? 0 : 32 - Math.clz32(align));
    this.state.push(state);
    this.placedBy.push(operation);
    this.endedBy.push(0);
    this.bornBy.push(operation);
    this.name.push(0);
    this.indexPlus.push(0);
    this.entryPlus.push(0);
    this.member.push(0);
    return this.requested.push(size);
  }

  /** Id of the one block called `name`, −1 if there never was one. */
  single(name: number): number {
    return this.singles[name]!;
  }

  /** Id of the block at an index of a group, −1 if the index was never used. */
  element(name: number, index: number): number {
    const group = this.groups[name]!;
    const entry = group.entry(index);
    return entry === -1 ? -1 : group.block(entry);
  }

  /** Gives block `id` the name; the block that had it keeps its own record of it but is no longer reached by it. */
  bindSingle(name: number, id: number): void {
    this.singles[name] = id;
    this.name.values[id] = name + 1;
  }

  bindElement(name: number, index: number, id: number): void {
    const group = this.groups[name]!;
    const before = this.element(name, index);
    if (before !== -1) {
      group.release(this.entryPlus.values[before]! - 1, this.member.values[before]!);
      this.entryPlus.values[before] = 0;
    }
    const { entry, member } = group.bind(index, id);
    this.name.values[id] = name + 1;
    this.indexPlus.values[id] = index + 1;
    this.entryPlus.values[id] = entry + 1;
    this.member.values[id] = member;
  }

  die(id: number, operation: OperationNumber): void {
    this.live.delete(id);
    this.endedBy.values[id] = operation;
    this.state.values[id]! &= ~TIMED;
    const entry = this.entryPlus.values[id]!;
    if (entry !== 0) this.groupOf(id).release(entry - 1, this.member.values[id]!);
  }

  /** A dead block that was resized lives again. */
  revive(id: number): void {
    this.live.add(id);
    const entry = this.entryPlus.values[id]!;
    if (entry !== 0) this.groupOf(id).revive(entry - 1, this.member.values[id]!);
  }

  private groupOf(id: number): Group {
    return this.groups[this.name.values[id]! - 1]!;
  }

  isLive(id: number): boolean {
    return this.live.has(id);
  }

  isPlaced(id: number): boolean {
    return (this.state.values[id]! & PLACED) !== 0;
  }

  isTimed(id: number): boolean {
    return (this.state.values[id]! & TIMED) !== 0;
  }

  setTimed(id: number): void {
    this.state.values[id]! |= TIMED;
  }

  size(id: number): number {
    return this.requested.values[id]!;
  }

  align(id: number): number {
    const shift = this.alignShift.values[id]!;
    return shift === 0 ? 0 : 2 ** (shift - 1);
  }

  resized(id: number, size: number, operation: OperationNumber): void {
    this.requested.values[id] = size;
    this.placedBy.values[id] = operation;
  }

  /** The operation that last gave the block its place. */
  placer(id: number): OperationNumber {
    return this.placedBy.values[id]!;
  }

  birth(id: number): OperationNumber {
    return this.bornBy.values[id]!;
  }

  /** The operation that ended it. */
  end(id: number): OperationNumber {
    return this.endedBy.values[id]!;
  }

  label(id: number): string {
    return blockName(this.table(), id);
  }

  /** Names of all blocks; shares memory with the run until `finish`. */
  private table(): BlockNames {
    return { count: this.count, names: this.names, name: this.name.values, index: this.indexPlus.values };
  }

  finish(): BlockNames {
    return { count: this.count, names: [...this.names], name: this.name.finish(), index: this.indexPlus.finish() };
  }
}
