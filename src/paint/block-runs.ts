import { AGE_LEVELS, CellState, type Colouring, type HeapFrame, MOST_BLOCKS, SITES } from '../model/heap-frame.ts';
import type { PageReading } from '../model/inspection.ts';
import { lineSites } from '../model/line-sites.ts';
import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import { SpanKind } from '../model/spans.ts';
import { type Addr, type Bytes, type OperationNumber, PAGE_BYTES, type Position } from '../model/units.ts';
import { PICTURE_ROWS, ROW_BYTES } from './block-geometry.ts';

/** What a stretch of a page is filled with: the states of the map, and what is seen only from near. */
export const BlockFill = {
  Untouched: CellState.Untouched,
  Free: CellState.Free,
  Live1: CellState.Live1,
  /** A live byte where live bytes are not told apart: the colour of the budget's live bytes. */
  Live: CellState.Live1 + 5,
  Dead: CellState.Dead,
  Static: CellState.Static,
  Header: 13,
  Rounding: 14,
} as const;
export const BLOCK_FILLS = 15;

/** Stretches of a page in the order in which they are painted: what comes later lies above. Kept and filled again, so that a frame allocates nothing. */
export class BlockRuns {
  count = 0;
  fill = new Uint8Array(1024);
  /** Offsets in the page. */
  from = new Uint32Array(1024);
  to = new Uint32Array(1024);

  clear(): void {
    this.count = 0;
  }

  /** `start` to `end` are offsets from the page's first byte; what lies outside of the page is left out. */
  add(fill: number, start: number, end: number): void {
    const from = Math.max(0, start);
    const to = Math.min(PAGE_BYTES, end);
    if (to <= from) return;
    if (this.count === this.fill.length) this.grow();
    this.fill[this.count] = fill;
    this.from[this.count] = from;
    this.to[this.count] = to;
    this.count++;
  }

  private grow(): void {
    const larger = <T extends Uint8Array | Uint32Array>(of: T, into: T): T => {
      into.set(of);
      return into;
    };
    const { length } = this.fill;
    this.fill = larger(this.fill, new Uint8Array(2 * length));
    this.from = larger(this.from, new Uint32Array(2 * length));
    this.to = larger(this.to, new Uint32Array(2 * length));
  }
}

const FILL_OF_SPAN = {
  [SpanKind.Static]: BlockFill.Static,
  [SpanKind.State]: BlockFill.Header,
  [SpanKind.Header]: BlockFill.Header,
  [SpanKind.Used]: BlockFill.Rounding,
  [SpanKind.Free]: BlockFill.Free,
  [SpanKind.Dead]: BlockFill.Dead,
  [SpanKind.Top]: BlockFill.Untouched,
} as const;

/** What the exact bytes and the operations say of a page. Headers come last: they are the narrowest. */
export function runsOfReading(
  runs: BlockRuns,
  { page, position, spans, blocks }: PageReading,
  operations: Operations,
  colouring: Colouring,
): void {
  runs.clear();
  const origin = page * PAGE_BYTES;
  for (const meta of [false, true]) {
    for (let k = 0; k < spans.kind.length; k++) {
      const fill = FILL_OF_SPAN[spans.kind[k] as SpanKind];
      if ((fill === BlockFill.Header) !== meta) continue;
      const start = spans.start[k]! - origin;
      runs.add(fill, start, start + spans.bytes[k]!);
    }
    if (meta) continue;
    for (let k = 0; k < blocks.address.length; k++) {
      const start = blocks.address[k]! - origin;
      const fill = shadeOf(operations, blocks.operation[k]!, position, colouring);
      runs.add(fill, start, start + blocks.requested[k]!);
    }
  }
}

const owners = new Uint32Array(MOST_BLOCKS);

/**
 * What the log says of a page at the frame's position: live blocks to the byte, and what is not live by rows of 1 KiB, since
 * how it is divided stands in the bytes only. `header` bytes lie before each block that the allocator granted.
 */
export function runsOfFrame(
  runs: BlockRuns,
  frame: HeapFrame,
  page: number,
  header: Bytes,
  operations: Operations,
  colouring: Colouring,
): void {
  runs.clear();
  const origin: Addr = page * PAGE_BYTES;
  for (let row = 0; row < PICTURE_ROWS; row++) {
    const state = frame.tileState(page, row, 8);
    if (state === CellState.NotGrown) continue;
    const isLive = state >= CellState.Live1 && state <= CellState.Live8;
    runs.add(isLive ? BlockFill.Free : state, row * ROW_BYTES, (row + 1) * ROW_BYTES);
  }
  const count = frame.blocksIn(page, owners);
  // The oldest first: what a program placed in a chunk of its own came later than the chunk.
  for (let k = count - 1; k >= 0; k--) {
    const operation = owners[k]!;
    const block = frame.blockOf(operation);
    if (block === null) continue;
    const start = block.address - origin;
    const isChunk = (operations.flags[operation - 1]! & OpFlag.Chunk) !== 0;
    runs.add(BlockFill.Rounding, start, start + block.usable);
    if (!isChunk) runs.add(shadeOf(operations, operation, frame.position, colouring), start, start + block.requested);
  }
  if (header === 0) return;
  for (let k = count - 1; k >= 0; k--) {
    const kind = operations.kind[owners[k]! - 1]!;
    const block = frame.blockOf(owners[k]!);
    if (block === null || kind === OpKind.Place || kind === OpKind.Move) continue;
    const start = block.address - origin;
    runs.add(BlockFill.Header, start - header, start);
  }
}

/** The same shades as on the map: its age, or its line. All bytes of a block are live, so their share says nothing here. */
function shadeOf(operations: Operations, operation: OperationNumber, position: Position, colouring: Colouring): number {
  if (colouring === 'live') return BlockFill.Live;
  if (colouring === 'age') {
    let level = 0;
    while (position - operation > AGE_LEVELS[level]!) level++;
    return BlockFill.Live1 + level;
  }
  const site = lineSites(operations).indexOf(operations.line[operation - 1]!);
  return BlockFill.Live1 + (site < 0 ? SITES : site);
}
