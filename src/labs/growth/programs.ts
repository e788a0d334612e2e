// The memories and the programs of this lab, as they run. Times are taken round calls of the module (`wasm/labs/growth.ts`);
// all that is here besides is exact and the same on every run.
import { CellState } from '../../model/heap-frame.ts';
import { PAGE_BYTES, type Pages } from '../../model/units.ts';
import { LEAK, type Limits, NEED, type Policy, type Ratchet, type Resizable } from './data.ts';

/** What the module exports. */
export interface Program {
  grow(pages: number): number;
  growBy(step: number, to: number): number;
  growByShare(percent: number, to: number, most: number): number;
  touch(from: number, to: number, times: number): void;
  touched(page: number): number;
  careful(pages: number): number;
  careless(pages: number): number;
  serve(bytes: number): number;
}

/** A program on a memory of its own. */
export interface Running {
  readonly memory: WebAssembly.Memory;
  readonly program: Program;
}

const TRIES = 5;

/**
 * Starts the module on a fresh memory. A browser holds about a hundred memories at a time; those that nobody knows any more
 * go when it collects, so a refusal is waited out. Rejects when it stays refused.
 */
export async function start(module: WebAssembly.Module, initial: Pages, maximum?: Pages): Promise<Running> {
  for (let tries = 1; ; tries++) {
    try {
      const memory = new WebAssembly.Memory(maximum === undefined ? { initial } : { initial, maximum });
      const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
      return { memory, program: exports as unknown as Program };
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * tries));
    }
  }
}

/** Comes from what there is to `to` pages; returns the calls it took. `most`: no policy may go past it. */
export function reach(program: Program, policy: Policy, to: Pages, most = to): number {
  switch (policy) {
    case 'one':
      return program.growBy(1, to);
    case 'eight':
      return program.growBy(8, to);
    case 'fifth':
      return program.growByShare(20, to, most);
    case 'double':
      return program.growByShare(100, to, most);
    case 'once':
      return program.growBy(most, most);
    case 'ready':
      return 0;
  }
}

/** A program that needs 300 pages and writes to all of them: which pages its memory has, and which were touched. */
export async function mapOf(module: WebAssembly.Module, policy: Policy, most: Pages): Promise<CellState[]> {
  const { memory, program } = await start(module, 1);
  reach(program, policy, NEED, most);
  program.touch(0, NEED, 1);
  const pages = memory.buffer.byteLength / PAGE_BYTES;
  return Array.from({ length: most }, (_, page) => {
    if (page >= pages) return CellState.NotGrown;
    return program.touched(page) !== 0 ? CellState.Live8 : CellState.Untouched;
  });
}

const errorText = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

function attempt(what: () => unknown): string {
  try {
    return String(what());
  } catch (error) {
    return errorText(error);
  }
}

/** A maximum, declared and hit. */
export async function limitsOf(module: WebAssembly.Module): Promise<Limits> {
  const { memory, program } = await start(module, 1, 16);
  const upTo = memory.grow(15);
  const outside = attempt(() => memory.grow(1));
  const inside = program.grow(1);
  const other = await start(module, 1, 16);
  const careful = { asked: 64, got: other.program.careful(64) };
  const careless = attempt(() => program.careless(1));
  return { upTo, outside, inside, careful, careless, pagesAfter: memory.buffer.byteLength / PAGE_BYTES };
}

/** Requests that are never given back: pages after each. Ends where one is refused, or where this lab stops it. */
export async function leakOf(module: WebAssembly.Module, maximum?: Pages) {
  const { memory, program } = await start(module, 1, maximum);
  const pages: Pages[] = [1];
  let refused = false;
  while (!refused && pages.at(-1)! < LEAK.cap) {
    refused = program.serve(LEAK.bytes) === 0;
    if (!refused) pages.push(memory.buffer.byteLength / PAGE_BYTES);
  }
  return { pages, refused };
}

interface Allocator {
  init(base: number, pages: number, options: number): void;
  alloc(size: number, align: number): number;
  dealloc(block: number, size: number, align: number): void;
}

/** Blocks at a time in each of three rounds, each of them given back to the last before the next begins. */
const ROUNDS = [160, 320, 240];
const sizeAt = (i: number) => 8_192 + ((i * 7919) % 32_768);

/** dlmalloc over three rounds: what it holds rises to each new peak and never falls. */
export async function ratchetOf(dlmalloc: WebAssembly.Module): Promise<Ratchet> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(dlmalloc, { env: { memory } });
  const allocator = exports as unknown as Allocator;
  allocator.init(4096, 0, 0);
  const committed: Pages[] = [1];
  const live: Pages[] = [0];
  const rounds: number[] = [];
  let bytes = 0;
  const note = () => {
    committed.push(memory.buffer.byteLength / PAGE_BYTES);
    live.push(Math.round((bytes / PAGE_BYTES) * 100) / 100);
  };
  for (const count of ROUNDS) {
    rounds.push(committed.length - 1);
    const blocks: { block: number; size: number }[] = [];
    for (let i = 0; i < count; i++) {
      const size = sizeAt(i);
      blocks.push({ block: allocator.alloc(size, 0), size });
      bytes += size;
      note();
    }
    for (const { block, size } of blocks) {
      allocator.dealloc(block, size, 0);
      bytes -= size;
      note();
    }
  }
  return { committed, live, rounds };
}

/** A memory whose buffer can grow along, where browsers have it. */
type MaybeResizable = Omit<WebAssembly.Memory, 'toResizableBuffer'> & { toResizableBuffer?(): ArrayBuffer };

/** Takes a buffer that grows along with its memory; null where the browser has none. */
export function resizableOf(): Resizable | null {
  const memory: MaybeResizable = new WebAssembly.Memory({ initial: 1, maximum: 16 });
  const buffer = memory.toResizableBuffer?.();
  if (buffer === undefined) return null;
  const view = new Uint8Array(buffer);
  const before = view.length;
  memory.grow(1);
  return {
    before,
    after: view.length,
    decode: attempt(() => JSON.stringify(new TextDecoder().decode(view.subarray(0, 1)))),
  };
}
