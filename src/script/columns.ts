/** A typed array that grows by doubling. `at` and `set` expect an index below `length`, as the caller keeps it. */
export class Column<T extends Uint8Array | Uint32Array | Int32Array | Float64Array> {
  length = 0;
  values: T;

  constructor(private readonly make: new (length: number) => T) {
    this.values = new make(16);
  }

  push(value: number): number {
    if (this.length === this.values.length) {
      const larger = new this.make(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    return this.length++;
  }

  /** A copy of exactly `length` values. */
  finish(): T {
    return this.values.slice(0, this.length) as T;
  }
}
