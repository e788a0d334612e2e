import { Column } from './columns.ts';
import { LiveSet } from './live-set.ts';

/** An index is near while it is below so many times the indexes used; the others live in a map, so that `p[1e9]` does not take a gigabyte. */
const NEAR = 4;
const ALWAYS_NEAR = 1024;

/**
 * The blocks of one name with indexes. An *entry* is an index that was used once, numbered in order of first use; a *member*
 * is a block in order of birth. Near indexes have a bit each, which keeps them in order for nothing; far ones are sorted when
 * their order is asked for and one has come since. Every far index is above every near one.
 */
export class Group {
  /** The highest index used so far, −1 before the first, and the lowest. */
  highest = -1;
  lowest = Number.POSITIVE_INFINITY;
  private readonly indexes = new Column(Float64Array);
  /** Per entry: the member that it stands for now. */
  private readonly current = new Column(Uint32Array);
  /** Per member: its block. */
  private readonly blocks = new Column(Uint32Array);
  private readonly liveMembers = new LiveSet();
  /** Near indexes whose block lives. */
  private readonly liveNear = new LiveSet();
  /** Per near index: 1 + its entry. */
  private near = new Uint32Array(16);
  private readonly far = new Map<number, number>();
  private farOrder: Uint32Array | null = null;

  /** How many indexes were ever used. */
  get used(): number {
    return this.indexes.length;
  }

  get live(): number {
    return this.liveMembers.size;
  }

  /** Entry of an index, −1 if it was never used. */
  entry(index: number): number {
    return index < this.near.length ? this.near[index]! - 1 : (this.far.get(index) ?? -1);
  }

  /** The block that an entry stands for now, live or not. */
  block(entry: number): number {
    return this.blocks.values[this.current.values[entry]!]!;
  }

  /** Lets `index` stand for a new block; returns its entry and member. The caller has taken leave of the old block. */
  bind(index: number, block: number): { entry: number; member: number } {
    const member = this.blocks.push(block);
    let entry = this.entry(index);
    if (entry === -1) {
      entry = this.indexes.push(index);
      this.current.push(member);
      this.remember(index, entry);
    } else {
      this.current.values[entry] = member;
    }
    this.revive(entry, member);
    return { entry, member };
  }

  revive(entry: number, member: number): void {
    this.liveMembers.add(member);
    const index = this.indexes.values[entry]!;
    if (index < this.near.length) this.liveNear.add(index);
  }

  /** A member is dead, or has lost its name. */
  release(entry: number, member: number): void {
    this.liveMembers.delete(member);
    const index = this.indexes.values[entry]!;
    if (index < this.near.length) this.liveNear.delete(index);
  }

  /** Live blocks in order of their indexes. */
  byIndex(): Uint32Array {
    return this.liveBetween(0, Number.POSITIVE_INFINITY);
  }

  /** Live blocks with indexes from `low` to `high`, in order of their indexes. */
  liveBetween(low: number, high: number): Uint32Array {
    const out = new Uint32Array(this.countBetween(low, high));
    let count = 0;
    if (low < this.near.length) {
      for (let k = this.liveNear.next(low); k !== -1 && k <= high; k = this.liveNear.next(k + 1)) {
        out[count++] = this.block(this.near[k]! - 1);
      }
    }
    for (const entry of this.farBetween(low, high)) if (this.lives(entry)) out[count++] = this.block(entry);
    return out;
  }

  countBetween(low: number, high: number): number {
    const last = this.near.length - 1;
    let count = low <= last ? this.liveNear.countBetween(low, Math.min(high, last)) : 0;
    for (const entry of this.farBetween(low, high)) if (this.lives(entry)) count++;
    return count;
  }

  /** The first `count` live blocks by birth, from the oldest or from the newest. */
  byBirth(count: number, fromNewest: boolean): Uint32Array {
    const out = new Uint32Array(Math.min(count, this.live));
    let member = fromNewest ? this.liveMembers.previous(this.blocks.length - 1) : this.liveMembers.next(0);
    for (let k = 0; k < out.length; k++) {
      out[k] = this.blocks.values[member]!;
      member = fromNewest ? this.liveMembers.previous(member - 1) : this.liveMembers.next(member + 1);
    }
    return out;
  }

  private lives(entry: number): boolean {
    return this.liveMembers.has(this.current.values[entry]!);
  }

  /** Entries of far indexes from `low` to `high`, in order of their indexes. */
  private farBetween(low: number, high: number): Uint32Array {
    if (this.far.size === 0 || high < this.near.length) return NONE;
    const { values } = this.indexes;
    this.farOrder ??= Uint32Array.from(this.far.values()).sort((a, b) => values[a]! - values[b]!);
    const from = this.farBelow(this.farOrder, low);
    return this.farOrder.subarray(
      from,
      high === Number.POSITIVE_INFINITY ? undefined : this.farBelow(this.farOrder, high + 1),
    );
  }

  /** How many of the far entries have an index below `index`. */
  private farBelow(order: Uint32Array, index: number): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.indexes.values[order[middle]!]! < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private remember(index: number, entry: number): void {
    this.highest = Math.max(this.highest, index);
    this.lowest = Math.min(this.lowest, index);
    if (index >= this.near.length && index < Math.max(ALWAYS_NEAR, this.used * NEAR)) {
      this.widen(Math.max(this.near.length * 2, index + 1));
    }
    if (index < this.near.length) {
      this.near[index] = entry + 1;
      return;
    }
    this.far.set(index, entry);
    this.farOrder = null;
  }

  /** Makes more indexes near; those of them that were far move over. */
  private widen(length: number): void {
    const larger = new Uint32Array(length);
    larger.set(this.near);
    this.near = larger;
    for (const [index, entry] of this.far) {
      if (index >= length) continue;
      this.far.delete(index);
      larger[index] = entry + 1;
      if (this.lives(entry)) this.liveNear.add(index);
    }
    this.farOrder = null;
  }
}

const NONE = new Uint32Array(0);
