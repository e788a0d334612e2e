/**
 * Which block an id or a 64-bit address stands for. A `Map` would need a heap number for each address above 2³¹ and
 * could not tell addresses apart above 2⁵³; three typed arrays take 12 bytes a slot and are exact. Linear probing,
 * deletion by shifting back, at most half full. The hash is seeded anew for each file, so that no file can be made
 * whose keys all collide; the order of slots is never seen outside.
 */
export class BlockTable {
  private size = 0;
  private mask = 1023;
  private high = new Uint32Array(1024);
  private low = new Uint32Array(1024);
  /** Block + 1, 0 for an empty slot. */
  private block = new Uint32Array(1024);
  private readonly seed = Math.floor(Math.random() * 2 ** 32);

  /** The block of a key, -1 if it has none. */
  get(high: number, low: number): number {
    return this.block[this.slot(high, low)]! - 1;
  }

  set(high: number, low: number, block: number): void {
    let slot = this.slot(high, low);
    if (this.block[slot] === 0) {
      if (++this.size * 2 > this.mask) {
        this.grow();
        slot = this.slot(high, low);
      }
      this.high[slot] = high;
      this.low[slot] = low;
    }
    this.block[slot] = block + 1;
  }

  delete(high: number, low: number): void {
    let hole = this.slot(high, low);
    if (this.block[hole] === 0) return;
    this.size--;
    for (let slot = (hole + 1) & this.mask; this.block[slot] !== 0; slot = (slot + 1) & this.mask) {
      const home = this.home(this.high[slot]!, this.low[slot]!);
      // An entry may move back unless its home lies after the hole.
      if (((slot - home) & this.mask) < ((slot - hole) & this.mask)) continue;
      this.high[hole] = this.high[slot]!;
      this.low[hole] = this.low[slot]!;
      this.block[hole] = this.block[slot]!;
      hole = slot;
    }
    this.block[hole] = 0;
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  private slot(high: number, low: number): number {
    let slot = this.home(high, low);
    while (this.block[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high))
      slot = (slot + 1) & this.mask;
    return slot;
  }

  /** Mixes as the end of MurmurHash3 does (Appleby, public domain): every bit of the key reaches the low bits. */
  private home(high: number, low: number): number {
    let hash = Math.imul(high ^ this.seed, 0x9e3779b1) ^ low;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) & this.mask;
  }

  private grow(): void {
    const { high, low, block } = this;
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.high = new Uint32Array(capacity);
    this.low = new Uint32Array(capacity);
    this.block = new Uint32Array(capacity);
    for (let old = 0; old < block.length; old++) {
      if (block[old] === 0) continue;
      const slot = this.slot(high[old]!, low[old]!);
      this.high[slot] = high[old]!;
      this.low[slot] = low[old]!;
      this.block[slot] = block[old]!;
    }
  }
}
