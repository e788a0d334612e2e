import { Program, type Prover, type ProverSettings, type Wrong } from './prover.ts';
import { Random } from './random.ts';

/** Which live block goes next, and how many there are to be. */
export const SOAK_PROFILES = ['random', 'last in', 'first in', 'comb', 'sawtooth', 'ladder', 'large'] as const;
export type SoakProfile = (typeof SOAK_PROFILES)[number];

/** A seeded program and where it is to run. Everything follows from the seed. */
export interface Soak {
  readonly seed: number;
  readonly profile: SoakProfile;
  readonly program: Program;
  readonly settings: Required<Pick<ProverSettings, 'base' | 'initial'>>;
  /** Pages that its memory may have: the heap meets its end where they are few. */
  readonly room: number;
}

const ROOMS = [2, 3, 5, 9, 20, 60, 150, 400, 1380];
const MIB = 2 ** 20;
const BORDERS = [
  0, 1, 4, 8, 11, 12, 13, 16, 17, 20, 28, 235, 236, 237, 244, 252, 253, 256, 1020, 1024, 1025, 2040, 2048,
];
const ABSURD = [2 ** 30 - 4, 2 ** 30, 2 ** 30 + 4, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 65_536, 2 ** 32 - 1];

/** Sizes where allocators break, and mostly small ones. */
function sizeOf(random: Random, profile: SoakProfile, room: number): number {
  const roll = random.below(100);
  if (profile === 'large' && roll < 40) return Math.floor(2 ** (9 + random.below(900) / 100));
  if (roll < 70) return random.below(300);
  if (roll < 82) return random.pick(BORDERS);
  if (roll < 92) return Math.max(0, 2 ** random.below(13) + random.below(35) - 17);
  if (roll < 97) return random.below(9000);
  if (random.chance(0.02)) return random.pick(ABSURD);
  if (room > 600 && random.chance(0.03)) return 16 * MIB + random.below(16 * MIB);
  return random.chance(0.4) ? 65_536 * (1 + random.below(3)) + random.below(8192) - 4096 : random.below(40_000);
}

function alignOf(random: Random): number {
  return random.chance(0.93) ? 0 : 2 ** random.below(random.chance(0.1) ? 18 : 9);
}

/** The program of a seed. Rooms of a few pages are soon full: their programs are short. */
export function soakOf(seed: number): Soak {
  const random = new Random(seed);
  const profile = SOAK_PROFILES[seed % SOAK_PROFILES.length]!;
  const room = ROOMS[Math.floor(seed / SOAK_PROFILES.length) % ROOMS.length]!;
  const length = room < 20 ? 4000 : 20_000;
  const most = room < 20 ? 100 : 30 + random.below(570);
  const words = new Uint32Array(length * 4);
  const live = new Int32Array(length);
  const sizes = new Float64Array(length);
  let first = 0;
  let end = 0;
  let nextId = 0;
  for (let k = 0; k < length; k++) {
    const count = end - first;
    const filling = profile === 'sawtooth' ? k % (4 * most) < 2 * most : count < most && random.chance(0.55);
    const roll = random.below(100);
    let kind = 0;
    let id = 0;
    let size = 0;
    let align = 0;
    if (count > 0 && roll < (profile === 'ladder' ? 45 : 8)) {
      kind = 2;
      id = live[first + random.below(count)]!;
      const grown = Math.floor(sizes[id]! * 1.5) + 1 + random.below(24);
      size = profile === 'ladder' && grown < 200_000 ? grown : sizeOf(random, profile, room);
      sizes[id] = size;
    } else if (count === 0 || (filling ? roll < 92 : roll < 20)) {
      size = sizeOf(random, profile, room);
      align = alignOf(random);
      id = nextId++;
      sizes[id] = size;
      live[end++] = id;
    } else {
      kind = 1;
      let at = end - 1;
      if (profile === 'first in') at = first;
      else if (profile === 'comb') at = first + 2 * random.below((count + 1) >> 1);
      else if (profile !== 'last in') at = first + random.below(count);
      id = live[at]!;
      if (at === first) first++;
      else if (profile === 'comb') live.copyWithin(at, at + 1, end--);
      else live[at] = live[--end]!;
    }
    words.set([kind, id, size, align], k * 4);
  }
  const settings = { base: 16 * random.below(4096), initial: 1 + random.below(2) };
  return { seed, profile, program: Program.from(words), settings, room };
}

export interface Failure {
  /** Number of the operation after which something is wrong; the program's length if only at the end, when all is freed. */
  readonly index: number;
  readonly wrong: Wrong;
}

/** Runs a program from its beginning and frees what is left; null if nothing is wrong. A trap is wrong too. */
export function runProgram(prover: Prover, program: Program, settings: ProverSettings, every: number): Failure | null {
  prover.init(settings);
  const before = prover.counts.played;
  try {
    const index = prover.play(program, every);
    if (prover.wrong === null) prover.freeAll(program.length % 2 === 0);
    return prover.wrong === null ? null : { index, wrong: prover.wrong };
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    return { index: prover.counts.played - before, wrong: { what: `trapped: ${error.message}`, address: 0 } };
  }
}

/** Programs tried at most while one is made shorter. */
const TRIES = 3000;

/** A shorter program that still fails: what comes after goes, then ever smaller pieces do, then sizes are halved (ddmin). */
export function shrinkProgram(
  prover: Prover,
  program: Program,
  settings: ProverSettings,
): { program: Program; failure: Failure } | null {
  let tries = 0;
  const fails = (candidate: Program) => (tries++ < TRIES ? runProgram(prover, candidate, settings, 1) : null);
  const first = fails(program);
  if (first === null) return null;
  let best = { program: program.upTo(first.index + 1), failure: first };
  const take = (candidate: Program): boolean => {
    const failure = fails(candidate);
    if (failure !== null) best = { program: candidate.upTo(failure.index + 1), failure };
    return failure !== null;
  };
  for (let piece = best.program.length >> 1; piece >= 1; piece = piece > 1 ? piece >> 1 : 0) {
    for (let end = best.program.length; end > 0; end = Math.min(end - piece, best.program.length))
      take(best.program.without(Math.max(0, end - piece), end));
  }
  for (let index = 0; index < best.program.length; index++) {
    while (best.program.words[index * 4 + 2]! > 1) {
      const half = best.program.words[index * 4 + 2]! >>> 1;
      if (!take(best.program.withSize(index, half))) break;
    }
  }
  return best;
}
