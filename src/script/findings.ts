import type { Finding } from '../model/scenario.ts';
import type { Position } from '../model/units.ts';
import { Column } from './columns.ts';

/** Findings of a run: the first of a kind on a line whole, the rest counted; every misuse and every lost block by position. */
export class Findings {
  readonly whole: Finding[] = [];
  leftOut = 0;
  readonly misuseAt = new Column(Uint32Array);
  readonly lostAt = new Column(Uint32Array);
  /** Per kind and line: how many there were. */
  private readonly counts = new Map<number, number>();

  constructor(private readonly mostPerLine: number) {}

  /** `position` is the operation that did it, or for F502 the position where it stands. The message is made only if it is kept. */
  add(code: Finding['code'], line: number, position: Position, block: number, message: () => string): void {
    if (code === 'F507') this.lostAt.push(position);
    else if (code !== 'F509') this.misuseAt.push(position);
    const key = line * 1000 + Number(code.slice(1));
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    if (count > this.mostPerLine) this.leftOut++;
    else this.whole.push({ code, message: message(), line, operation: position, block });
  }
}
