/** Random numbers that a seed repeats (xorshift32); the seed belongs into every failure's message. */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
    for (let k = 0; k < 8; k++) this.next();
  }

  /** 0 to 2³² − 1. */
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }

  /** 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor((this.next() / 2 ** 32) * count);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  chance(share: number): boolean {
    return this.next() < share * 2 ** 32;
  }

  /** Sizes where allocators break: powers of two and class borders give or take a few, page edges, mostly small. */
  size(): number {
    switch (this.below(8)) {
      case 0:
        return Math.max(0, 2 ** this.below(13) + this.below(36) - 17);
      case 1:
        return this.pick([0, 1, 11, 12, 13, 235, 236, 237, 244, 252, 1020, 1024, 1025, 2040, 2048, 32_768, 32_769]);
      case 2:
        return 65_536 * (1 + this.below(3)) + this.below(8192) - 4096;
      case 3:
        return this.below(20_000);
      default:
        return this.below(300);
    }
  }

  align(): number {
    return this.chance(0.85) ? 0 : this.pick([1, 2, 4, 8, 16, 32, 64, 256, 4096, 65_536, 131_072]);
  }
}
