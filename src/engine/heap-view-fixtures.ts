import { type Operations, OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import { PAGE_BYTES } from '../model/units.ts';
import type { LaneOpening, LogSlice } from './protocol.ts';

/** A small generator of chance for tests (mulberry32): the same numbers for the same seed, everywhere. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * Operations of every kind in any order that a program could give them: blocks of no byte to many pages, resizes, double
 * and inner frees, resizes of the dead, scopes, and two arenas of the program's own that are reset.
 */
export function randomOperations(seed: number, count: number): Operations {
  const random = seeded(seed);
  const builder = new OperationsBuilder();
  const line = () => 1 + random(30);
  const blocks: { id: number; last: number; live: boolean; placed: boolean }[] = [];
  const chunks = [
    [0, 0],
    [0, 0],
  ];
  const scopes: { enter: number; from: number }[] = [];
  let nextId = 0;
  const size = () => [0, random(64), random(2_000), random(20_000), random(200_000), random(1_000_000)][random(6)]!;
  const pick = (live: boolean, placed: boolean) => {
    const fits = blocks.filter((block) => block.live === live && block.placed === placed);
    return fits.length === 0 ? undefined : fits[random(fits.length)];
  };
  const place = (arena: number, kind: OpKind, id: number, prev: number, flags = 0) => {
    const chunk = chunks[arena]![random(2)]!;
    return builder.push(kind, id, random(300), line(), prev, flags, 0, random(100) * 16, chunk);
  };
  for (const arena of [0, 1]) {
    for (const index of [0, 1]) {
      const flags = OpFlag.Chunk | OpFlag.ByArena;
      chunks[arena]![index] = builder.push(OpKind.Alloc, nextId++, 4096, 1, 0, flags, 0, 0, arena);
    }
  }
  while (builder.count < count) {
    const what = random(100);
    if (what < 40) {
      const last = builder.push(OpKind.Alloc, nextId, size(), line());
      blocks.push({ id: nextId++, last, live: true, placed: false });
    } else if (what < 68) {
      const block = pick(true, false);
      if (block === undefined) continue;
      builder.push(OpKind.Free, block.id, 0, line(), block.last);
      block.live = false;
    } else if (what < 76) {
      const block = pick(true, false);
      if (block !== undefined) block.last = builder.push(OpKind.Realloc, block.id, size(), line(), block.last);
    } else if (what < 78) {
      const block = pick(false, false);
      if (block !== undefined) builder.push(OpKind.Free, block.id, 0, line(), block.last, OpFlag.Misuse);
    } else if (what < 79) {
      const block = pick(true, false);
      if (block !== undefined) builder.push(OpKind.Free, block.id, 0, line(), block.last, OpFlag.Misuse, 0, 8);
    } else if (what < 80) {
      const block = pick(false, false);
      if (block === undefined) continue;
      block.last = builder.push(OpKind.Realloc, block.id, size(), line(), block.last, OpFlag.Misuse);
      block.live = true;
    } else if (what < 88) {
      const last = place(random(2), OpKind.Place, nextId, 0);
      blocks.push({ id: nextId++, last, live: true, placed: true });
    } else if (what < 91) {
      const block = pick(true, true);
      if (block !== undefined) block.last = place(arenaOf(builder, block.last), OpKind.Move, block.id, block.last);
    } else if (what < 93) {
      const block = pick(true, true);
      if (block === undefined) continue;
      builder.push(OpKind.Drop, block.id, 0, line(), block.last);
      block.live = false;
    } else if (what < 94) {
      const arena = random(2);
      builder.push(OpKind.Rewind, arena, 0, line());
      for (const block of blocks) if (block.placed && arenaOf(builder, block.last) === arena) block.live = false;
    } else if (what < 96) {
      scopes.push({ enter: builder.push(OpKind.Enter, scopes.length, 0, line()), from: blocks.length });
    } else if (what < 98) {
      const scope = scopes.pop();
      if (scope === undefined) continue;
      // A block from outside that was resized inside ends with the scope.
      for (const block of blocks.slice().reverse()) {
        if (!block.live || block.placed || block.last < scope.enter) continue;
        builder.push(OpKind.Free, block.id, 0, line(), block.last, OpFlag.ByScope);
        block.live = false;
      }
      builder.push(OpKind.Leave, scopes.length, 0, line(), scope.enter);
    } else {
      const block = pick(true, false);
      if (block !== undefined) builder.push(OpKind.Write, block.id, 1, line(), block.last);
    }
  }
  return builder.finish();
}

/** Allocations and frees in any order with about `held` blocks live, for lists of any length: mostly small, now and then of pages. */
export function steadyOperations(seed: number, count: number, held = 200): Operations {
  const random = seeded(seed);
  const builder = new OperationsBuilder();
  const live: { id: number; last: number }[] = [];
  let nextId = 0;
  while (builder.count < count) {
    const line = 1 + random(30);
    const size = random(1000) === 0 ? random(300_000) : random(400);
    if (random(2 * held) >= live.length) {
      live.push({ id: nextId, last: builder.push(OpKind.Alloc, nextId++, size, line) });
      continue;
    }
    const index = random(live.length);
    const block = live[index]!;
    if (random(8) === 0) {
      block.last = builder.push(OpKind.Realloc, block.id, size, line, block.last);
    } else {
      builder.push(OpKind.Free, block.id, 0, line, block.last);
      live[index] = live.at(-1)!;
      live.pop();
    }
  }
  return builder.finish();
}

/** The arena of a placed block, by the chunk that holds it. */
function arenaOf(builder: OperationsBuilder, operation: number): number {
  const { host } = builder.finish();
  return host[host[operation - 1]! - 1]!;
}

/**
 * What a made-up allocator logs for these operations: no allocator of the project, so that a fault of theirs cannot hide
 * one here. `firstFit` puts blocks into the lowest gap and now and then fails; `bump` is an arena with marks; `wild` gives
 * addresses that a heap in ruins might, two owners of one byte and the last byte of memory among them.
 */
export function madeUpLog(
  operations: Operations,
  opening: LaneOpening,
  headerBytes: number,
  manner: 'firstFit' | 'bump' | 'wild',
  seed: number,
): LogSlice {
  const random = seeded(seed ^ 0x5eed);
  const { count, kind, flags, size, prev, offset, host } = operations;
  const address = new Uint32Array(count);
  const usable = new Uint32Array(count);
  const requested = size.slice();
  const failures: number[] = [];
  const growAt: number[] = [];
  const growPages: number[] = [];
  let pages = opening.initial;
  const floor = opening.name.startsWith('wee') ? pages * PAGE_BYTES : opening.base;
  let bump = floor;
  let taken: { start: number; end: number }[] = [];

  const request = (bytes: number): { at: number; room: number } | null => {
    if (manner === 'wild' && random(4) === 0) {
      const at = random(8) === 0 ? 2 ** 32 - 1 - random(1000) : 8 * (1 + random((pages * PAGE_BYTES) / 8));
      return { at, room: Math.max(16, bytes) };
    }
    if (random(40) === 0) return null;
    if (bytes === 0 && opening.name.startsWith('wee')) return { at: 4, room: 0 };
    const room = Math.max(16, Math.ceil(bytes / 16) * 16);
    if (manner === 'bump') {
      const at = Math.ceil(bump / 16) * 16;
      bump = at + room;
      return { at, room };
    }
    let start = floor;
    let index = 0;
    for (; index < taken.length; index++) {
      if (taken[index]!.start - start >= room + headerBytes) break;
      start = Math.max(start, taken[index]!.end);
    }
    taken.splice(index, 0, { start, end: start + headerBytes + room });
    return { at: start + headerBytes, room };
  };
  const giveBack = (at: number) => {
    if (manner !== 'bump') taken = taken.filter(({ start }) => start + headerBytes !== at);
  };

  for (let k = 0; k < count; k++) {
    const what = kind[k]!;
    const before = prev[k]! - 1;
    const old = before >= 0 ? address[before]! : 0;
    const misuse = (flags[k]! & OpFlag.Misuse) !== 0;
    if (what === OpKind.Alloc || what === OpKind.Realloc) {
      const place = request(size[k]!);
      if (place === null) {
        failures.push(k + 1);
        address[k] = what === OpKind.Realloc ? old : 0;
        usable[k] = old === 0 || what === OpKind.Alloc ? 0 : usable[before]!;
        if (what === OpKind.Realloc && old !== 0) requested[k] = requested[before]!;
      } else {
        if (what === OpKind.Realloc && old !== 0 && !misuse) giveBack(old);
        address[k] = place.at;
        usable[k] = place.room;
        const end = Math.min(65_536, Math.ceil((place.at + place.room) / PAGE_BYTES));
        if (end > pages && place.at < 2 ** 31) {
          pages = end + random(2);
          growAt.push(k + 1);
          growPages.push(pages);
        }
      }
    } else if (what === OpKind.Place || what === OpKind.Move) {
      const chunk = address[host[k]! - 1]!;
      if (chunk === 0) {
        address[k] = old;
        usable[k] = old === 0 ? 0 : usable[before]!;
        if (old !== 0) requested[k] = requested[before]!;
      } else {
        address[k] = chunk + offset[k]!;
        usable[k] = size[k]!;
      }
    } else {
      if (what === OpKind.Free && !misuse && old !== 0) giveBack(old);
      if (what === OpKind.Leave && manner === 'bump') bump = usable[before]!;
      // What a Rewind ended is known from the operations too; nothing reads it here.
      if (what !== OpKind.Rewind && manner === 'bump') usable[k] = bump;
    }
  }
  return {
    first: 1,
    address,
    usable,
    requested: requested.every((bytes, k) => bytes === size[k]) ? null : requested,
    failures: Uint32Array.from(failures),
    growAt: Uint32Array.from(growAt),
    growPages: Uint32Array.from(growPages),
  };
}

/** Operations `from` to `to` of a log, as the worker would send them. */
export function sliceOf(log: LogSlice, from: number, to: number): LogSlice {
  const within = (operation: number) => operation >= from && operation <= to;
  return {
    first: from,
    address: log.address.slice(from - 1, to),
    usable: log.usable.slice(from - 1, to),
    requested: log.requested?.slice(from - 1, to) ?? null,
    failures: log.failures.filter(within),
    growAt: log.growAt.filter(within),
    growPages: log.growPages.filter((_, index) => within(log.growAt[index]!)),
  };
}
