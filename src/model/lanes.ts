import type { MemorySettings } from './scenario.ts';
import type { Bytes } from './units.ts';

/** Bit of every allocator's options that the allocator itself never sees: the guard (wasm/guard.ts) stands before it. */
export const GUARD = 0x100;
/** Bytes that the guard has right before a payload, and at least has around it, canary and red zone behind included. */
export const GUARD_FRONT: Bytes = 16;
export const GUARD_BYTES: Bytes = 36;

/** Which allocator a lane runs and how. Names (`wee-noclasses-repaired`) are used everywhere: files, links, `expect … for`. */
export const ALLOCATORS = {
  wee: {
    kind: 'wee',
    header: 8,
    align: 4,
    grownOnly: true,
    options: { repaired: 1, noclasses: 2, guard: GUARD },
    policy: 1,
  },
  dlmalloc: { kind: 'dlmalloc', header: 4, align: 16, grownOnly: false, options: { guard: GUARD }, policy: 1 },
  'dlmalloc-emscripten': {
    kind: 'dlmalloc',
    header: 4,
    align: 8,
    grownOnly: false,
    options: { guard: GUARD },
    policy: 1,
  },
  'dlmalloc-rs': { kind: 'dlmalloc', header: 4, align: 8, grownOnly: true, options: { guard: GUARD }, policy: 1 },
  tlsf: { kind: 'tlsf', header: 4, align: 16, grownOnly: false, options: { guard: GUARD }, policy: 1 },
  // Nothing is freed one by one there, and what is freed is never looked at: the guard has nothing to do.
  arena: { kind: 'arena', header: 0, align: 16, grownOnly: false, options: {}, policy: 1 },
  pool: { kind: 'pool', header: 0, align: 16, grownOnly: false, options: { guard: GUARD }, policy: 1 },
} as const satisfies Record<string, AllocatorFacts>;

interface AllocatorFacts {
  /** What its memory is laid out as, and which rules it follows. */
  readonly kind: 'wee' | 'dlmalloc' | 'tlsf' | 'arena' | 'pool';
  /** Bytes right before a block's payload that belong to it: the whole chunk is `payload − header` to `payload + usable`. */
  readonly header: Bytes;
  /** What `align` 0 means. */
  readonly align: Bytes;
  /** Hands out only memory that it grew itself: what lies between the base and the end of the initial pages is dead. */
  readonly grownOnly: boolean;
  /** Options of the name and the bit that each sets; those below `GUARD` go to `init(base, pages, options)`. */
  readonly options: Readonly<Record<string, number>>;
  /** Number of its placement policy: another number, other addresses for the same operations. Links and files carry it. */
  readonly policy: number;
}

export type AllocatorId = keyof typeof ALLOCATORS;
export const ALLOCATOR_IDS = Object.keys(ALLOCATORS) as AllocatorId[];

/** What a first visit shows, and a scenario that does not say which allocators show its point. */
export const FIRST_LANE_NAMES = ['wee', 'dlmalloc', 'arena'] as const;

/** What the headless runner takes without `--allocator`, in this order: one of each kind, as the real ones are known best. */
export const LANE_NAMES = [
  'wee',
  'wee-repaired',
  'wee-noclasses',
  'wee-noclasses-repaired',
  'dlmalloc',
  'arena',
  'pool',
] as const;

/** Every lane that there is. */
export const ALL_LANE_NAMES = [...LANE_NAMES, 'dlmalloc-emscripten', 'dlmalloc-rs', 'tlsf'] as const;

export interface LaneAllocator {
  readonly id: AllocatorId;
  /** Bits, as `AllocatorFacts.options` names them. */
  readonly options: number;
}

/** Reads a lane's name; options come in any order. Null where no such allocator or option exists, or one is named twice. */
export function parseLaneName(name: string): LaneAllocator | null {
  // The longest id that the name begins with: what follows it are options.
  const id = ALLOCATOR_IDS.filter((one) => `${name}-`.startsWith(`${one}-`)).sort((a, b) => b.length - a.length)[0];
  if (id === undefined) return null;
  const words = name === id ? [] : name.slice(id.length + 1).split('-');
  const known: Readonly<Record<string, number>> = ALLOCATORS[id].options;
  let options = 0;
  for (const word of words) {
    const bit = Object.hasOwn(known, word) ? known[word]! : 0;
    if (bit === 0 || (options & bit) !== 0) return null;
    options |= bit;
  }
  return { id, options };
}

/** Does the guard stand before this lane's allocator? */
export function isGuarded({ options }: LaneAllocator): boolean {
  return (options & GUARD) !== 0;
}

/** Bytes right before each payload of this lane that belong to the block: the allocator's header, and the guard's. */
export function headerBytes(lane: LaneAllocator): Bytes {
  return ALLOCATORS[lane.id].header + (isGuarded(lane) ? GUARD_FRONT : 0);
}

/** Bytes that this lane's allocator is asked for when the program asks for `size`, aligned to `align` (0 for as it comes). */
export function askedBytes(lane: LaneAllocator, size: Bytes, align: Bytes): Bytes {
  return isGuarded(lane) ? size + GUARD_BYTES - GUARD_FRONT + Math.max(GUARD_FRONT, align) : size;
}

/** The canonical name: `wee-noclasses-repaired`, as the list above prints it; `-guard` comes last. */
export function laneName({ id, options }: LaneAllocator): string {
  const has = (word: string) => (options & ((ALLOCATORS[id].options as Record<string, number>)[word] ?? 0)) !== 0;
  return [id, ...['noclasses', 'repaired', 'guard'].filter(has)].join('-');
}

/** A lane as the page or the command line sets it up. */
export interface LaneConfig {
  /** Canonical name. */
  readonly name: string;
  /** Made on purpose: wins over the script's `memory` line. */
  readonly memory: MemorySettings;
  /** Write a pattern after each allocation and poison before each free. */
  readonly fill: boolean;
}
