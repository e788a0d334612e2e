import { AGE_LEVELS, CellState, type Colouring, SITES } from '../model/heap-frame.ts';
import { ALLOCATORS, parseLaneName } from '../model/lanes.ts';
import { lineSites } from '../model/line-sites.ts';
import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import { PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import type { LaneOpening, LogSlice } from './protocol.ts';

/**
 * The second opinion on the live map: what a lane's memory looks like at a position, worked out from the start, slowly and
 * plainly. It follows blocks by their ids where the replay follows links, keeps a list of live blocks where that keeps
 * sums, and knows nothing of checkpoints. Tests hold the replay and the pixels of the page to it.
 */
export interface HeapModel {
  readonly pages: Pages;
  readonly blocks: number;
  readonly live: number;
  readonly gross: number;
  readonly usable: number;
  readonly peakLive: number;
  readonly grows: number;
  readonly failures: number;
  readonly emptyPages: number;
  readonly trailingPages: number;
  readonly pinnedWaste: number;
  readonly liveByLine: ReadonlyMap<number, number>;
  pageLive(page: number): number;
  tileState(page: number, tile: number, side: 1 | 4 | 8, colouring?: Colouring): CellState;
  /** Operations whose live blocks cover an address, oldest first. */
  owners(address: number): readonly number[];
  /** Operations whose live blocks, headers included, have a byte in a page; without what a program placed in its own chunks. */
  blocksIn(page: number): readonly number[];
}

interface Block {
  readonly operation: number;
  readonly address: number;
  readonly usable: number;
  readonly requested: number;
  readonly line: number;
  readonly kind: 'block' | 'chunk' | 'placed';
  readonly arena: number;
}

const TILE_BYTES = 1024;
const MEMORY_BYTES = 2 ** 32;
const LONG = 2 ** 22;

export function heapModel(
  operations: Operations,
  log: LogSlice,
  opening: LaneOpening,
  headerBytes: number,
  position: Position,
): HeapModel {
  const { kind, flags, id, size, offset, host, prev, line } = operations;
  const allocator = parseLaneName(opening.name)?.id;
  const blocks = new Map<number, Block>();
  const touched = new Set<number>();
  /** What blocks too large to note tile by tile have covered. */
  const longSpans: [number, number][] = [];
  let peakLive = 0;
  let bump = opening.base;
  const spanOf = ({ address, usable }: Block): [number, number] => [
    Math.max(0, address - headerBytes),
    Math.min(MEMORY_BYTES, address + usable),
  ];
  const sum = (of: (block: Block) => number) => [...blocks.values()].reduce((total, block) => total + of(block), 0);
  const requestedLive = () => sum((block) => (block.kind === 'chunk' ? 0 : block.requested));

  let live = 0;
  const remove = (number: number) => {
    const block = blocks.get(number);
    if (block !== undefined && block.kind !== 'chunk') live -= block.requested;
    blocks.delete(number);
  };
  for (let k = 0; k < position; k++) {
    const what = kind[k]!;
    const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
    const number = id[k]!;
    const address = log.address[k]!;
    const usable = log.usable[k]!;
    const gives = what === OpKind.Alloc || what === OpKind.Realloc || what === OpKind.Place || what === OpKind.Move;
    const frees = what === OpKind.Free || what === OpKind.Drop;
    if (frees && !misuse && offset[k] === 0) remove(number);
    if (gives) {
      // Resizing a dead block ends nothing, but its name holds what the request gave from now on; where that failed, nothing.
      remove(number);
      const stillDead = what === OpKind.Realloc && misuse && log.failures.includes(k + 1);
      if (address !== 0 && !stillDead) {
        const placed = what === OpKind.Place || what === OpKind.Move;
        const block: Block = {
          operation: k + 1,
          address,
          usable,
          requested: log.requested === null ? size[k]! : log.requested[k]!,
          line: line[k]!,
          kind: placed ? 'placed' : (flags[k]! & OpFlag.Chunk) !== 0 ? 'chunk' : 'block',
          arena: placed ? host[host[k]! - 1]! : -1,
        };
        blocks.set(number, block);
        if (block.kind !== 'chunk') live += block.requested;
        if (!placed && usable > 0) {
          const [start, end] = spanOf(block);
          if (end - start > LONG) longSpans.push([start, end]);
          else for (let tile = Math.floor(start / TILE_BYTES); tile * TILE_BYTES < end; tile++) touched.add(tile);
        }
      }
    }
    if (what === OpKind.Rewind) {
      for (const [name, block] of [...blocks]) if (block.kind === 'placed' && block.arena === number) remove(name);
    }
    if (what === OpKind.Alloc || what === OpKind.Realloc) bump = Math.max(bump, address === 0 ? 0 : address + usable);
    else if (what !== OpKind.Place && what !== OpKind.Move && what !== OpKind.Rewind) bump = usable;
    if (what === OpKind.Leave && prev[k] === 0) throw new Error('A scope ends that never began.');
    peakLive = Math.max(peakLive, live);
  }
  if (live !== requestedLive()) throw new Error('The model disagrees with itself.');

  const holders = [...blocks.values()].filter((block) => block.kind !== 'placed' && block.usable > 0);
  const held = holders.map(spanOf);
  const common = (start: number, end: number, [from, to]: readonly [number, number]) =>
    Math.max(0, Math.min(end, to) - Math.max(start, from));
  const overlap = (start: number, end: number) => held.reduce((total, span) => total + common(start, end, span), 0);
  const coloured = (start: number, end: number, colouring: 'age' | 'line'): CellState => {
    const parts = holders.map((block, i) => ({ block, bytes: common(start, end, held[i]!) }));
    const total = parts.reduce((all, { bytes }) => all + bytes, 0);
    if (colouring === 'age') {
      const ages = parts.reduce((all, { block, bytes }) => all + bytes * (position - block.operation), 0);
      return CellState.Live1 + AGE_LEVELS.findIndex((border) => ages / total <= border);
    }
    const sites = lineSites(operations);
    const bytes = new Array<number>(SITES + 1).fill(0);
    for (const part of parts) {
      const site = sites.indexOf(part.block.line);
      bytes[site < 0 ? SITES : site]! += part.bytes;
    }
    return CellState.Live1 + bytes.indexOf(Math.max(...bytes));
  };
  const grows = log.growAt.filter((operation) => operation <= position).length;
  const pages = grows === 0 ? opening.initial : log.growPages[grows - 1]!;
  const pageSums = Array.from({ length: pages }, (_, page) => overlap(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
  const firstOwn = Math.ceil(opening.base / PAGE_BYTES);
  const isEmpty = (page: number) => page >= firstOwn && pageSums[page] === 0;
  let trailingPages = 0;
  while (trailingPages < pages && isEmpty(pages - 1 - trailingPages)) trailingPages++;
  const deadEnd =
    allocator === 'arena' ? bump : allocator && ALLOCATORS[allocator].grownOnly ? opening.initial * PAGE_BYTES : 0;
  const liveByLine = new Map<number, number>();
  for (const block of blocks.values()) {
    if (block.kind === 'chunk') continue;
    liveByLine.set(block.line, (liveByLine.get(block.line) ?? 0) + block.requested);
  }

  return {
    pages,
    blocks: sum((block) => (block.kind === 'chunk' ? 0 : 1)),
    live,
    gross: held.reduce((total, [from, to]) => total + to - from, 0),
    usable: sum((block) => (block.kind === 'placed' ? 0 : block.usable)),
    peakLive,
    grows,
    failures: log.failures.filter((operation) => operation <= position).length,
    emptyPages: pageSums.filter((_, page) => isEmpty(page)).length,
    trailingPages,
    pinnedWaste: pageSums.reduce((total, bytes) => total + (bytes > 0 ? Math.max(0, PAGE_BYTES - bytes) : 0), 0),
    liveByLine,
    pageLive: (page) => Math.min(PAGE_BYTES, overlap(page * PAGE_BYTES, (page + 1) * PAGE_BYTES)),
    tileState(page, tile, side, colouring = 'live') {
      if (page >= pages) return CellState.NotGrown;
      const bytes = PAGE_BYTES / (side * side);
      const start = page * PAGE_BYTES + tile * bytes;
      const here = Math.min(bytes, overlap(start, start + bytes));
      if (here > 0 && colouring !== 'live') return coloured(start, start + bytes, colouring);
      if (here > 0) return CellState.Live1 - 1 + Math.ceil((8 * here) / bytes);
      if (start + bytes <= opening.base) return CellState.Static;
      if (Math.max(start, opening.base) < deadEnd) return CellState.Dead;
      for (let at = start; at < start + bytes; at += TILE_BYTES) {
        if (touched.has(at / TILE_BYTES)) return CellState.Free;
        if (longSpans.some(([from, to]) => from < at + TILE_BYTES && to > at)) return CellState.Free;
      }
      return CellState.Untouched;
    },
    owners: (address) =>
      [...blocks.values()]
        .filter((block) => address >= block.address && address < block.address + block.usable)
        .map((block) => block.operation),
    blocksIn: (page) =>
      holders
        .filter((_, i) => held[i]![0] < (page + 1) * PAGE_BYTES && held[i]![1] > page * PAGE_BYTES)
        .map((block) => block.operation),
  };
}
