import { type Driven, type GoldenLine, type GoldenOperation, replay } from './golden.ts';
import type { DrivenMemory, Pair } from './oracles.ts';
import { Random } from './random.ts';

/**
 * Kinds of program, each hard for another part of an allocator. `huge` fills the trees of chunks from 512 KiB up, `tight` leaves about
 * a hundred pages of 65,536.
 */
export const PROFILES = ['small', 'borders', 'mixed', 'large', 'huge', 'frames', 'tight'] as const;
export type Profile = (typeof PROFILES)[number];

/** To resize copies, and so really commits, what a block holds: larger ones are left alone. */
const RESIZED_AT_MOST = 131_072;
const ABSURD = [
  0x7ffe_ffff, 0x7fff_0000, 0x7fff_fffc, 0x7fff_ffff, 0x8000_0000, 0xfffe_ffac, 0xfffe_ffad, 0xffff_ffbf, 0xffff_ffff,
];

function sizeIn(profile: Profile, random: Random): number {
  switch (profile) {
    case 'small':
      return 1 + random.below(64);
    case 'borders':
      return random.size();
    case 'mixed':
      return Math.floor(2 ** (random.below(1700) / 100));
    case 'large':
      return random.chance(0.5) ? 1 + random.below(400_000) : 65_536 * (1 + random.below(8)) + random.below(240) - 120;
    case 'huge':
      return random.chance(0.3) ? sizeIn('large', random) : Math.floor(2 ** (19 + random.below(700) / 100));
    case 'frames':
      return random.chance(0.9) ? 1 + random.below(512) : 1 + random.below(20_000);
    case 'tight':
      if (random.chance(0.01)) return random.pick(ABSURD);
      return sizeIn(random.pick(['small', 'mixed', 'large']), random);
  }
}

/** What a real allocator can be asked: whether its module has `realloc`, and the largest request that ours takes as it does. */
export interface Abilities {
  readonly resizes: boolean;
  readonly largest: number;
  /** The smallest request that reaches the real one, 0 where left out. */
  readonly smallest?: number;
}

/** A random program: the same for the same seed. Halves of 512 operations take turns to fill and to empty the heap. */
export function sequence(seed: number, length: number, profile: Profile, abilities: Abilities): GoldenOperation[] {
  const { resizes, largest, smallest = 0 } = abilities;
  const size = () => Math.max(smallest, Math.min(sizeIn(profile, random), largest));
  const random = new Random(seed);
  const operations: GoldenOperation[] = [];
  const live: { id: number; size: number }[] = [];
  const held: { id: number; size: number }[] = [];
  let nextId = 0;
  const allocate = (bytes: number, blocks: typeof live) => {
    operations.push({ kind: 'a', id: nextId, size: bytes, align: 0 });
    blocks.push({ id: nextId++, size: bytes });
  };
  if (profile === 'tight')
    for (let k = 0; k < 2; k++) allocate(2 ** 31 - 65_536 * (2 + random.below(100)) - random.below(5000), held);
  while (operations.length < length) {
    // What `tight` holds may go in its second half: free chunks of two gigabytes.
    if (operations.length > length / 2) live.push(...held.splice(0));
    const filling = operations.length % 1024 < 512;
    const at = profile === 'frames' ? live.length - 1 : random.below(live.length);
    const block = live[at];
    if (block === undefined || random.chance(filling ? 0.65 : 0.35)) allocate(size(), live);
    else if (resizes && random.chance(0.2) && block.size > 0 && block.size <= RESIZED_AT_MOST) {
      block.size = Math.max(1, size());
      operations.push({ kind: 'r', id: block.id, size: block.size, align: 0 });
    } else {
      operations.push({ kind: 'f', id: block.id, size: 0, align: 0 });
      live[at] = live[live.length - 1]!;
      live.pop();
    }
  }
  return operations;
}

/** What was compared: a run that never refused, say, has not tested refusals. */
export interface Tally {
  served: number;
  resized: number;
  refused: number;
  freed: number;
}

export interface Difference {
  readonly index: number;
  readonly real: string;
  readonly ours: string;
}

type Told = GoldenLine & { readonly size: number };

/** Runs one more operation; a trap is an answer too. */
function next(lines: Generator<Told>): Told | string {
  try {
    return lines.next().value as Told;
  } catch (error) {
    return String(error);
  }
}

const worded = (told: Told | string): string =>
  typeof told === 'string' ? told : `${told.address}, ${told.pages} pages${told.status && ` (${told.status})`}`;

/** Programs write into their blocks: whatever an allocator left there, or keeps too near, does not outlast this. */
function scribble({ memory }: DrivenMemory, { address, size }: Told, value: number): void {
  const edge = Math.min(size, 16);
  new Uint8Array(memory.buffer, address, edge).fill(value);
  new Uint8Array(memory.buffer, address + size - edge, edge).fill(value);
}

/** The first operation after which the two differ in address, pages or refusal; null if they agree to the end. */
export function firstDifference(
  { real, ours }: Pair,
  operations: readonly GoldenOperation[],
  tally: Tally = { served: 0, resized: 0, refused: 0, freed: 0 },
): Difference | null {
  const [theirLines, ourLines] = [real, ours].map((heap: Driven) => replay(heap, operations));
  for (let index = 0; index < operations.length; index++) {
    const theirs = next(theirLines!);
    const mine = next(ourLines!);
    if (
      typeof theirs === 'string' ||
      typeof mine === 'string' ||
      theirs.address !== mine.address ||
      theirs.pages !== mine.pages ||
      theirs.status !== mine.status
    )
      return { index, real: worded(theirs), ours: worded(mine) };
    if (mine.status === 'fail') tally.refused++;
    else if (mine.kind === 'f') tally.freed += mine.status === 'skip' ? 0 : 1;
    else {
      if (mine.kind === 'r') tally.resized++;
      else tally.served++;
      if (mine.size > 0) {
        scribble(real, mine, index & 255);
        scribble(ours, mine, index & 255);
      }
    }
  }
  return null;
}

/** Programs tried at most while one is made shorter. */
const TRIES = 300;

/** A shorter program that still differs: what comes after the difference goes, then ever smaller pieces do. */
export async function shrink(
  open: () => Promise<Pair>,
  operations: readonly GoldenOperation[],
  difference: Difference,
): Promise<{ operations: readonly GoldenOperation[]; difference: Difference }> {
  let best = { operations: operations.slice(0, difference.index + 1), difference };
  let tries = 0;
  for (let piece = best.operations.length >> 1; piece >= 1; piece >>= 1) {
    for (let end = best.operations.length; end > 0 && tries < TRIES; end = Math.min(end, best.operations.length)) {
      const from = Math.max(0, end - piece);
      const shorter = best.operations.toSpliced(from, end - from);
      const found = firstDifference(await open(), shorter);
      tries++;
      if (found) best = { operations: shorter.slice(0, found.index + 1), difference: found };
      end = from;
    }
  }
  return best;
}

/** The program as a golden list, so that it can be kept as one. */
export function listed(operations: readonly GoldenOperation[]): string {
  return operations.map(({ kind, id, size }) => (kind === 'f' ? `f ${id}` : `${kind} ${id} ${size}`)).join('\n');
}
