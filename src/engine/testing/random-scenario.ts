import { OperationsBuilder, OpFlag, OpKind } from '../../model/operations.ts';
import type { Scenario } from '../../model/scenario.ts';
import { scenarioOf } from './scenarios.ts';

/** Small, seeded, good enough for tests: numbers from 0 to `n − 1`. */
export type Random = (n: number) => number;
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let x = state ^ (state >>> 15);
    x = Math.imul(x, 0x2c1b3c6d);
    x ^= x >>> 12;
    return (x >>> 0) % n;
  };
}

interface Block {
  readonly id: number;
  readonly align: number;
  readonly scope: number;
  prev: number;
  size: number;
}

interface Placed {
  readonly id: number;
  prev: number;
  size: number;
}

export interface RandomOptions {
  /** From this operation on about one in forty goes wrong; never by default. */
  readonly misuseFrom?: number;
  readonly scopes?: boolean;
  readonly arenas?: boolean;
  /** One request in so many is far too large for the memory. */
  readonly hugeOneIn?: number;
  readonly largest?: number;
}

const FILLS = ['A', 'ab', 'row[2] ', 'a fill that is longer than one word of memory '];

/** Operations of every kind, linked and flagged as a script's or a recording's are. */
export function randomScenario(seed: number, count: number, options: RandomOptions = {}): Scenario {
  const random = seededRandom(seed);
  const {
    misuseFrom = Number.POSITIVE_INFINITY,
    scopes = true,
    arenas = true,
    hugeOneIn = 60,
    largest = 6000,
  } = options;
  const out = new OperationsBuilder();
  const live: Block[] = [];
  const dead: Block[] = [];
  const entered: number[] = [];
  let ids = 0;
  let scopesMade = 0;
  const chunkSize = 2000;
  let chunks: { id: number; prev: number }[] = [];
  let chunk = -1;
  let used = 0;
  let placed: Placed[] = [];
  const misuseAt: number[] = [];

  const pick = <T>(list: T[]): T => list[random(list.length)]!;
  const take = <T>(list: T[]): T => list.splice(random(list.length), 1)[0]!;
  const size = () => {
    if (random(hugeOneIn) === 0) return pick([400_000, 3_000_000, 0x7fff_ffff, 0xffff_ffff]);
    return random(12) === 0 ? 0 : random(4) === 0 ? random(largest) : random(120);
  };
  const push = (...args: Parameters<OperationsBuilder['push']>) => {
    const t = out.push(...args);
    if (((args[5] ?? 0) & OpFlag.Misuse) !== 0) misuseAt.push(t);
    return t;
  };
  const alloc = () => {
    const align = random(6) === 0 ? 1 << random(13) : 0;
    const bytes = size();
    const id = ids++;
    const prev = push(OpKind.Alloc, id, bytes, 1, 0, random(5) === 0 ? OpFlag.Zeroed : 0, align);
    live.push({ id, align, scope: entered.length, prev, size: bytes });
  };
  const free = (block: Block, flags = 0, offset = 0) => {
    push(OpKind.Free, block.id, 0, 1, block.prev, flags, block.align, offset);
    if (flags === 0 || flags === OpFlag.ByScope) dead.push(block);
  };
  const resize = (block: Block, flags = 0) => {
    block.size = size();
    block.prev = push(OpKind.Realloc, block.id, block.size, 1, block.prev, flags, block.align);
  };
  const write = (block: Block, offset: number, length: number, flags = 0) =>
    push(OpKind.Write, block.id, length, 1, block.prev, flags, block.align, offset, random(FILLS.length));
  const leave = () => {
    for (let k = live.length - 1; k >= 0; k--) {
      if (live[k]!.scope === entered.length) free(live.splice(k, 1)[0]!, OpFlag.ByScope);
    }
    push(OpKind.Leave, scopesMade, 0, 1, entered.pop()!);
  };
  const spot = (bytes: number): { host: number; offset: number } => {
    let at = (used + 15) & ~15;
    if (chunk < 0 || at + bytes > chunkSize) {
      chunk++;
      at = 0;
      if (chunk === chunks.length) {
        const id = ids++;
        chunks.push({ id, prev: push(OpKind.Alloc, id, chunkSize, 1, 0, OpFlag.ByArena | OpFlag.Chunk) });
      }
    }
    used = at + bytes;
    return { host: chunks[chunk]!.prev, offset: at };
  };
  const inArena = () => {
    const what = random(8);
    if (what < 4 || placed.length === 0) {
      const bytes = random(300);
      const { host, offset } = spot(bytes);
      const id = ids++;
      placed.push({
        id,
        size: bytes,
        prev: push(OpKind.Place, id, bytes, 1, 0, random(3) === 0 ? OpFlag.Zeroed : 0, 0, offset, host),
      });
    } else if (what < 6) {
      const block = pick(placed);
      block.size = random(300);
      const { host, offset } = spot(block.size);
      block.prev = push(OpKind.Move, block.id, block.size, 1, block.prev, 0, 0, offset, host);
    } else if (what === 6) {
      const block = take(placed);
      push(OpKind.Drop, block.id, 0, 1, block.prev);
    } else if (random(3) === 0) {
      push(OpKind.Rewind, 0, 0, 1);
      placed = [];
      [chunk, used] = [chunks.length > 0 ? 0 : -1, 0];
      if (random(2) === 0) {
        for (const { id, prev } of chunks) push(OpKind.Free, id, 0, 1, prev, OpFlag.ByArena | OpFlag.Chunk);
        chunks = [];
        chunk = -1;
      }
    }
  };
  const goWrong = () => {
    const what = random(5);
    if (what === 0 && dead.length > 0) free(pick(dead), OpFlag.Misuse);
    else if (what === 1 && live.length > 0) free(pick(live), OpFlag.Misuse, 4 * (1 + random(8)));
    else if (what === 2 && dead.length > 0) {
      const block = take(dead);
      resize(block, OpFlag.Misuse);
      live.push(block);
    } else if (what === 3 && dead.length > 0) write(pick(dead), 0, random(20), OpFlag.Misuse);
    else if (live.length > 0) {
      const block = pick(live);
      write(block, random(2) === 0 ? block.size : -4, 1 + random(24), OpFlag.Misuse);
    }
  };

  while (out.count < count) {
    const what = random(100);
    if (out.count + 1 >= misuseFrom && random(40) === 0) goWrong();
    else if (what < 38 || live.length === 0) alloc();
    else if (what < 64) free(take(live));
    else if (what < 76) {
      // What is resized in a scope belongs to it from then on.
      const block = take(live);
      resize(block);
      live.push({ ...block, scope: entered.length });
    } else if (what < 84) {
      const block = pick(live);
      const offset = random(Math.min(block.size, 500) + 1);
      write(block, offset, Math.min(block.size - offset, random(300)));
    } else if (what < 86) push(OpKind.Read, pick(live).id, 0, 1, pick(live).prev);
    else if (what < 90 && scopes && entered.length < 3) entered.push(push(OpKind.Enter, scopesMade++, 0, 1));
    else if (what < 93 && scopes && entered.length > 0) leave();
    else if (arenas && entered.length === 0) inArena();
  }
  const bytes = FILLS.map((text) => new TextEncoder().encode(text));
  const start = new Uint32Array(FILLS.length + 1);
  bytes.forEach((fill, k) => {
    start[k + 1] = start[k]! + fill.length;
  });
  const all = new Uint8Array(start.at(-1)!);
  bytes.forEach((fill, k) => {
    all.set(fill, start[k]);
  });
  return scenarioOf(out.finish(), { fills: { bytes: all, start }, misuseAt: Uint32Array.from(misuseAt) });
}
