import type { HeapFrame } from '../model/heap-frame.ts';
import { type Operations, OpKind } from '../model/operations.ts';
import { type Addr, MAX_PAGES, PAGE_BYTES, type Position } from '../model/units.ts';

/** Brackets stay on a page for so many operations. */
export const BRACKET_OPERATIONS = 14;
/** Above so many operations a frame nobody can follow single ones: where changes are dense is shown instead. */
export const FLASH_LIMIT = 30;
/** No more operations than these are looked at for one picture of density. */
const DENSITY_LIMIT = 4096;

/** The bytes that one operation changes in a lane: `from` up to before `to`. */
export interface Span {
  from: Addr;
  to: Addr;
}

/**
 * Which bytes operation t changes hands of, or writes: the block it gives, else the one it ends, else what it writes.
 * False where it changes nothing in this lane. The chunk's header counts with its block.
 */
export function changedSpan(
  frame: HeapFrame,
  operations: Operations,
  operation: number,
  headerBytes: number,
  out: Span,
): boolean {
  const k = operation - 1;
  const kind = operations.kind[k];
  const given = frame.blockOf(operation);
  const block = given ?? (operations.prev[k] ? frame.blockOf(operations.prev[k]!) : null);
  if (block === null || kind === OpKind.Read || kind === OpKind.Leave) return false;
  const { address, usable } = block;
  switch (kind) {
    case OpKind.Write: {
      out.from = Math.max(0, address + operations.offset[k]!);
      out.to = out.from + operations.size[k]!;
      break;
    }
    case OpKind.Place:
    case OpKind.Move:
    case OpKind.Drop:
      out.from = address;
      out.to = address + usable;
      break;
    default:
      out.from = Math.max(0, address - headerBytes);
      out.to = address + usable;
  }
  return usable > 0 && out.to > out.from;
}

/**
 * What has just changed in a lane, for the overlay: the span of the operation under the playhead, the pages of the last
 * few, or, when many pass in a frame, how many changes each page has had. A function of the position alone, whichever way
 * the playhead came. Reused from frame to frame; nothing is allocated.
 */
export class RecentChanges {
  /** Of the operation under the playhead; empty where it changed nothing. */
  readonly now: Span = { from: 0, to: 0 };
  /** Pages in brackets: the first `bracketCount`. A block over many pages has its first and its last one in brackets. */
  readonly brackets = new Int32Array(2 * BRACKET_OPERATIONS);
  bracketCount = 0;
  /** Pages with changes where density is shown: the first `denseCount`, with `density` changes each, `densest` at most. */
  readonly dense = new Int32Array(DENSITY_LIMIT);
  denseCount = 0;
  readonly density = new Uint16Array(MAX_PAGES);
  densest = 0;
  private readonly span: Span = { from: 0, to: 0 };

  /**
   * `passing`: operations that go by in a frame of playback, 0 or 1 at rest. `window`: the operations over which density is
   * counted, a third of a second's worth, so that no page flickers.
   */
  update(frame: HeapFrame, operations: Operations, headerBytes: number, passing: number, window: number): void {
    const { position } = frame;
    this.clear();
    if (passing > FLASH_LIMIT) {
      this.countDensity(frame, operations, headerBytes, Math.min(window, DENSITY_LIMIT));
      return;
    }
    for (let t = position; t > 0 && t > position - BRACKET_OPERATIONS; t--) {
      if (!changedSpan(frame, operations, t, headerBytes, this.span)) continue;
      if (t === position) {
        this.now.from = this.span.from;
        this.now.to = this.span.to;
      }
      this.bracket(Math.floor(this.span.from / PAGE_BYTES));
      this.bracket(Math.floor((this.span.to - 1) / PAGE_BYTES));
    }
  }

  private clear(): void {
    this.now.from = 0;
    this.now.to = 0;
    this.bracketCount = 0;
    for (let i = 0; i < this.denseCount; i++) this.density[this.dense[i]!] = 0;
    this.denseCount = 0;
    this.densest = 0;
  }

  private bracket(page: number): void {
    for (let i = 0; i < this.bracketCount; i++) if (this.brackets[i] === page) return;
    this.brackets[this.bracketCount++] = page;
  }

  private countDensity(frame: HeapFrame, operations: Operations, headerBytes: number, window: Position): void {
    for (let t = frame.position; t > 0 && t > frame.position - window; t--) {
      if (!changedSpan(frame, operations, t, headerBytes, this.span)) continue;
      const page = Math.min(MAX_PAGES - 1, Math.floor(this.span.from / PAGE_BYTES));
      if (this.density[page] === 0) this.dense[this.denseCount++] = page;
      this.density[page]!++;
      if (this.density[page]! > this.densest) this.densest = this.density[page]!;
    }
  }
}
