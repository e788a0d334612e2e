/**
 * A set of small whole numbers with fast neighbours: a bit for each, and above every 32 words a word that says which of them
 * are not empty. Adding, removing, first, last and next cost four words or so, whatever the size; counting a stretch costs
 * one step for each 32 numbers in it.
 */
export class LiveSet {
  size = 0;
  private levels: Uint32Array[] = [new Uint32Array(1)];

  has(value: number): boolean {
    const word = value >>> 5;
    const bits = this.levels[0]!;
    return word < bits.length && ((bits[word]! >>> (value & 31)) & 1) === 1;
  }

  add(value: number): void {
    if (this.has(value)) return;
    this.reserve(value);
    this.size++;
    let k = value;
    for (const level of this.levels) {
      const word = k >>> 5;
      const was = level[word]!;
      level[word] = was | (1 << (k & 31));
      if (was !== 0) return;
      k = word;
    }
  }

  delete(value: number): void {
    if (!this.has(value)) return;
    this.size--;
    let k = value;
    for (const level of this.levels) {
      const word = k >>> 5;
      const now = level[word]! & ~(1 << (k & 31));
      level[word] = now;
      if (now !== 0) return;
      k = word;
    }
  }

  /** The least member that is `value` or more, −1 if none. */
  next(value: number): number {
    let k = value;
    for (let height = 0; height < this.levels.length; height++) {
      const level = this.levels[height]!;
      const word = k >>> 5;
      if (word >= level.length) return -1;
      const rest = level[word]! & (-1 << (k & 31));
      if (rest !== 0) return this.descend(height, word * 32 + trailingZeros(rest), trailingZeros);
      k = word + 1;
    }
    return -1;
  }

  /** The greatest member that is `value` or less, −1 if none. */
  previous(value: number): number {
    let k = Math.min(value, this.levels[0]!.length * 32 - 1);
    for (let height = 0; height < this.levels.length && k >= 0; height++) {
      const level = this.levels[height]!;
      const word = k >>> 5;
      const rest = level[word]! & (0xffff_ffff >>> (31 - (k & 31)));
      if (rest !== 0) return this.descend(height, word * 32 + highestBit(rest), highestBit);
      k = word - 1;
    }
    return -1;
  }

  /** How many members lie from `low` to `high`, both included. */
  countBetween(low: number, high: number): number {
    const bits = this.levels[0]!;
    const end = Math.min(high, bits.length * 32 - 1);
    if (low > end) return 0;
    const first = low >>> 5;
    const last = end >>> 5;
    let count = 0;
    for (let word = first; word <= last; word++) {
      let value = bits[word]!;
      if (word === first) value &= -1 << (low & 31);
      if (word === last) value &= 0xffff_ffff >>> (31 - (end & 31));
      count += ones(value);
    }
    return count;
  }

  private descend(height: number, found: number, pick: (word: number) => number): number {
    let k = found;
    for (let h = height - 1; h >= 0; h--) k = k * 32 + pick(this.levels[h]![k]!);
    return k;
  }

  private reserve(value: number): void {
    let words = (value >>> 5) + 1;
    for (let height = 0; ; height++) {
      const level = this.levels[height];
      if (!level) {
        // A new top level sums up what is below it.
        const below = this.levels[height - 1]!;
        const summary = new Uint32Array(words);
        for (let k = 0; k < below.length; k++) if (below[k] !== 0) summary[k >>> 5]! |= 1 << (k & 31);
        this.levels.push(summary);
      } else if (level.length < words) {
        const larger = new Uint32Array(Math.max(words, level.length * 2));
        larger.set(level);
        this.levels[height] = larger;
      }
      const { length } = this.levels[height]!;
      if (length === 1) return;
      words = (length + 31) >>> 5;
    }
  }
}

function highestBit(word: number): number {
  return 31 - Math.clz32(word);
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return (((v + (v >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
