import { Column } from './columns.ts';
import { LiveSet } from './live-set.ts';

/** Indexes beyond this share of what is used live in a map, so that `p[1e9]` does not take a gigabyte. */
const SPARSE = 4;

/**
 * The blocks of one name with indexes. An *entry* is an index that was used once, numbered in order of first use; a *member*
 * is a block in order of birth. As long as indexes come in rising order, order of entries is order of indexes; when one comes
 * late, the order is sorted when it is next asked for.
 */
export class Group {
  /** The highest index used so far, −1 before the first. */
  highest = -1;
  /** The lowest index used so far. */
  lowest = Number.POSITIVE_INFINITY;
  private readonly indexes = new Column(Float64Array);
  /** Per entry: the member that it stands for now. */
  private readonly current = new Column(Uint32Array);
  /** Per member: its block. */
  private readonly blocks = new Column(Uint32Array);
  private readonly liveEntries = new LiveSet();
  private readonly liveMembers = new LiveSet();
  private dense = new Uint32Array(16);
  private readonly sparse = new Map<number, number>();
  private rising = true;

  /** How many indexes were ever used. */
  get used(): number {
    return this.indexes.length;
  }

  get live(): number {
    return this.liveEntries.size;
  }

  /** Entry of an index, −1 if it was never used. */
  entry(index: number): number {
    const found = index < this.dense.length ? this.dense[index]! : 0;
    return (found === 0 ? (this.sparse.get(index) ?? 0) : found) - 1;
  }

  index(entry: number): number {
    return this.indexes.values[entry]!;
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
      if (index < this.highest) this.rising = false;
      else this.highest = index;
      this.lowest = Math.min(this.lowest, index);
      this.remember(index, entry + 1);
    } else {
      this.current.values[entry] = member;
    }
    this.revive(entry, member);
    return { entry, member };
  }

  revive(entry: number, member: number): void {
    this.liveEntries.add(entry);
    this.liveMembers.add(member);
  }

  /** A member is dead, or has lost its name. */
  release(entry: number, member: number): void {
    this.liveEntries.delete(entry);
    this.liveMembers.delete(member);
  }

  /** Live blocks in order of their indexes. */
  byIndex(): Uint32Array {
    return this.liveBetween(0, Number.POSITIVE_INFINITY);
  }

  /** Live blocks with indexes from `low` to `high`, in order of their indexes. */
  liveBetween(low: number, high: number): Uint32Array {
    const found = new Uint32Array(this.rising ? this.countBetween(low, high) : this.live);
    let count = 0;
    if (this.rising) {
      const last = this.upTo(high) - 1;
      let entry = this.liveEntries.next(this.upTo(low - 1));
      for (; entry !== -1 && entry <= last; entry = this.liveEntries.next(entry + 1)) found[count++] = entry;
    } else {
      for (let entry = this.liveEntries.next(0); entry !== -1; entry = this.liveEntries.next(entry + 1)) {
        const index = this.index(entry);
        if (index >= low && index <= high) found[count++] = entry;
      }
    }
    const entries = found.subarray(0, count);
    if (!this.rising) entries.sort((a, b) => this.index(a) - this.index(b));
    return entries.map((entry) => this.block(entry));
  }

  countBetween(low: number, high: number): number {
    if (this.rising) return this.liveEntries.countBetween(this.upTo(low - 1), this.upTo(high) - 1);
    let count = 0;
    for (let entry = this.liveEntries.next(0); entry !== -1; entry = this.liveEntries.next(entry + 1)) {
      const index = this.index(entry);
      if (index >= low && index <= high) count++;
    }
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

  /** How many used indexes are `index` or less; only while they rise. */
  private upTo(index: number): number {
    if (index >= this.highest) return this.indexes.length;
    let low = 0;
    let high = this.indexes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.index(middle) <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private remember(index: number, entry: number): void {
    if (index >= this.dense.length && index < Math.max(1024, this.used * SPARSE)) {
      const larger = new Uint32Array(Math.max(this.dense.length * 2, index + 1));
      larger.set(this.dense);
      this.dense = larger;
    }
    if (index < this.dense.length) this.dense[index] = entry;
    else this.sparse.set(index, entry);
  }
}
