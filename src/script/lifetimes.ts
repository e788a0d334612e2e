import type { Position } from '../model/units.ts';
import { Column } from './columns.ts';

/** Lifetimes that are running: a heap by due position, then by birth. Those of blocks that died early stay in it and are passed over by the caller. */
export class Lifetimes {
  private readonly due = new Column(Uint32Array);
  private readonly block = new Column(Uint32Array);
  private readonly line = new Column(Uint32Array);

  /** The earliest due position, Infinity if none. */
  get next(): Position {
    return this.due.length === 0 ? Number.POSITIVE_INFINITY : this.due.values[0]!;
  }

  add(due: Position, block: number, line: number): void {
    this.block.push(block);
    this.line.push(line);
    let k = this.due.push(due);
    while (k > 0) {
      const parent = (k - 1) >> 1;
      if (!this.before(k, parent)) break;
      this.swap(k, parent);
      k = parent;
    }
  }

  /** Takes the earliest out. */
  take(): { block: number; line: number } {
    const first = { block: this.block.values[0]!, line: this.line.values[0]! };
    this.swap(0, this.due.length - 1);
    this.due.length--;
    this.block.length--;
    this.line.length--;
    let k = 0;
    for (;;) {
      let least = k;
      for (const child of [2 * k + 1, 2 * k + 2])
        if (child < this.due.length && this.before(child, least)) least = child;
      if (least === k) return first;
      this.swap(k, least);
      k = least;
    }
  }

  private before(a: number, b: number): boolean {
    const difference = this.due.values[a]! - this.due.values[b]!;
    return difference < 0 || (difference === 0 && this.block.values[a]! < this.block.values[b]!);
  }

  private swap(a: number, b: number): void {
    for (const { values } of [this.due, this.block, this.line]) {
      const kept = values[a]!;
      values[a] = values[b]!;
      values[b] = kept;
    }
  }
}
