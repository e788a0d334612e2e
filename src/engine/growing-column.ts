/** A list of u32 that grows by doubling: for what is found while a run goes on. */
export class GrowingColumn {
  length = 0;
  private data = new Uint32Array(64);

  append(values: Uint32Array): void {
    const needed = this.length + values.length;
    if (needed > this.data.length) {
      const next = new Uint32Array(Math.max(needed, this.data.length * 2));
      next.set(this.data.subarray(0, this.length));
      this.data = next;
    }
    this.data.set(values, this.length);
    this.length = needed;
  }

  /** The values from index `from` on; valid until the next `append`. */
  view(from = 0): Uint32Array {
    return this.data.subarray(from, this.length);
  }
}

/** How many of an ascending list are at most `limit`. */
export function countUpTo(ascending: Uint32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
