import { ALL_LANE_NAMES, parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { GOLDEN_BASE, type GoldenOperation, goldenMaximum } from '../support/golden.ts';
import { soakOf } from '../support/programs.ts';
import { PROOF_BASE_PAGE, Program, type ProofModules, Prover } from '../support/prover.ts';
import { edges, exact, inPlace, most, short } from './edges.ts';
import { type Answers, BASE, expectSound, fuel, open, pagesOf, turns } from './heaps.ts';
import { overrun } from './overrun.ts';

/**
 * A second's worth of the suite: what a sound allocator answers, piece by piece. Addresses, pages and usable sizes are told; that blocks
 * lie apart and keep their bytes, and that the reader finds the heap sound, is checked on the way, and so is that a copy of the
 * bytes goes on as the heap did: a piece throws where one of these does not hold.
 */
export interface Suite {
  /** Names of a model's recordings with their operations. */
  readonly traces: ReadonlyMap<string, readonly GoldenOperation[]>;
}

/** Recordings short enough to be run in full, each for another part of an allocator. */
export const TRACES = [
  'tiny-zero',
  'threshold',
  'align',
  'exhaust',
  'oom-then-grow',
  'page-edge',
  'realloc-grow',
  'comb',
  'huge-free',
];
/** One of each profile, in rooms from 2 pages to 1,380. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 17, 25, 33, 41, 48, 56];
const SOAKED = 2500;

function* traces(lane: string, modules: ProofModules, { traces }: Suite): Generator<Answers> {
  for (const [name, operations] of traces) {
    const prover = open(lane, modules, goldenMaximum(name) - (goldenMaximum(name) > 1000 ? PROOF_BASE_PAGE : 0));
    prover.init({ base: GOLDEN_BASE });
    prover.play(Program.of(operations), 101);
    expectSound(prover);
    yield prover.results(operations.length).slice();
  }
}

function* soaks(lane: string, modules: ProofModules): Generator<Answers> {
  for (const seed of SEEDS) {
    const { program, settings, room } = soakOf(seed);
    const prover = open(lane, modules, room);
    prover.init(settings);
    prover.play(program.upTo(SOAKED), 53);
    expectSound(prover);
    yield prover.results(SOAKED).slice();
    prover.freeAll(seed % 2 === 0);
    expectSound(prover);
    yield [turns(prover)];
  }
}

/** What a copy of the bytes comes to must be what the heap came to, with all above the break dirty. */
function* restored(lane: string, modules: ProofModules): Generator<Answers> {
  for (const [seed, first] of [
    [15, 300],
    [19, 300],
    [15, 3],
  ] as const) {
    const { program, settings } = soakOf(seed);
    const prover = open(lane, modules, 600);
    prover.init(settings);
    prover.play(program.upTo(first), 301);
    const end = pagesOf(prover) * PAGE_BYTES;
    const copy = new Uint8Array(prover.memory.buffer, 0, end).slice();
    const { live } = prover.counts;
    const more = Program.from(program.words.slice(first * 4, 900 * 4));
    const once = () => {
      prover.play(more, 901);
      expectSound(prover);
      const bytes = new Uint8Array(prover.memory.buffer, 0, pagesOf(prover) * PAGE_BYTES);
      return { answers: prover.results(more.length).slice(), state: bytes.slice(0, 2048), heap: bytes.slice(BASE) };
    };
    const straight = once();
    prover.recall(copy, live);
    const again = once();
    for (const part of ['answers', 'state', 'heap'] as const) {
      const [a, b] = [Buffer.from(straight[part].buffer), Buffer.from(again[part].buffer)];
      if (Buffer.compare(a, b) !== 0) throw new Error(`another ${part} from a copy of the bytes`);
    }
    yield straight.answers;
  }
}

const TRAPPED = 0xdead;
type Blocks = readonly [number, number, number];
type Misuse = (allocator: Prover['allocator'], blocks: Blocks, size: number, words: DataView) => void;

/** What programs do to blocks. `tests/misuse.test.ts` holds the answers against the real ones. */
const MISUSES: readonly Misuse[] = [
  ({ dealloc }, [, b], size) => [b, b].map((block) => dealloc(block, size, 0)),
  ({ dealloc }, [a, b], size) => [a, b, a].map((block) => dealloc(block, size, 0)),
  ({ dealloc }, [, b, c], size) => [c, b, c, b].map((block) => dealloc(block, size, 0)),
  ({ dealloc }, [, b], size) => dealloc(b + 8, size, 0),
  ({ dealloc }, [, b], size) => dealloc(b + 16, size, 0),
  // At another size or alignment than it was asked for.
  ...[0, 5, 8].map<Misuse>(
    (align) =>
      ({ dealloc }, [, b], size) =>
        dealloc(b, align === 0 ? size + 40 : size, align),
  ),
  // Words in the block that look like the head of a chunk of no bytes, in use or after one that is.
  ...[1, 2, 3].map<Misuse>((word) => ({ dealloc }, [, b], size, words) => {
    words.setUint32(b + 4, word, true);
    dealloc(b + 8, size, 0);
  }),
  // The word before a block written over.
  ...[0, 1, 2, 0xffff_fff0, 0xffff_ffff].map<Misuse>((word) => ({ dealloc }, [a, b], size, words) => {
    words.setUint32(b - 4, word, true);
    dealloc(b, size, 0);
    dealloc(a, size, 0);
  }),
];

function* misused(lane: string, modules: ProofModules): Generator<Answers> {
  const answers: number[] = [];
  for (const size of [24, 3000, 100_000])
    for (const misuse of MISUSES) {
      const prover = open(lane, modules, 60);
      prover.init();
      const { allocator, memory } = prover;
      const blocks = [0, 1, 2].map(() => allocator.alloc(size, 0) >>> 0) as unknown as Blocks;
      try {
        misuse(allocator, blocks, size, new DataView(memory.buffer));
        answers.push(...new Uint32Array(memory.buffer, 0, 4));
        for (const block of blocks) answers.push(...new Uint32Array(memory.buffer, (block & ~7) - 8, 8));
        for (let k = 0; k < 3; k++) answers.push(allocator.alloc(size, 0));
        answers.push(pagesOf(prover));
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
        answers.push(TRAPPED);
      }
    }
  yield answers;
}

/** How many bytes of an old block, and of the one behind it, lie behind what `realloc` has to keep. */
function* copies(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 60);
  const { allocator, memory } = prover;
  prover.init();
  const answers: number[] = [];
  const fill = (size: number, byte: number) => {
    const block = allocator.alloc(size, 0) >>> 0;
    if (block > 0) new Uint8Array(memory.buffer).fill(byte, block, block + size);
    return block;
  };
  for (const [size, other] of [
    [1000, 16],
    [16, 1000],
    [40_000, 300],
    [300, 40_000],
    [200_000, 70_000],
    [70_000, 200_000],
  ] as const) {
    const block = fill(size, 0x77);
    fill(other, 0x66);
    const moved = allocator.realloc(block, size, 0, other) >>> 0;
    const behind = new Uint8Array(memory.buffer).subarray(moved + Math.min(size, other), moved + Math.max(size, other));
    for (const byte of [0x66, 0x77]) answers.push(behind.filter((one) => one === byte).length);
    answers.push(moved, pagesOf(prover));
  }
  expectSound(prover);
  yield answers;
}

/**
 * On memory that others have used before: TLSF wipes its lists itself, the rest ask nothing of it. Growing wipes the pages that it
 * takes and no other: after a step back in time gigabytes may lie above them.
 */
function* dirty(lane: string, modules: ProofModules): Generator<Answers> {
  const { program } = soakOf(3);
  for (const there of [2, 60]) {
    const prover = open(lane, modules, 100, there);
    prover.init({ initial: 2 });
    new Uint8Array(prover.memory.buffer).fill(0xa5, BASE);
    prover.play(program.upTo(400), 7);
    expectSound(prover);
    yield prover.results(400).slice();
    const above = new Uint8Array(prover.memory.buffer, pagesOf(prover) * PAGE_BYTES);
    if (above.some((byte) => byte !== 0xa5)) throw new Error('what lies above the break was written to');
  }
}

function* small(lane: string, modules: ProofModules): Generator<Answers> {
  // Where TLSF may double memory, it does so from page 224.
  const prover = new Prover(lane, modules, { there: 16, max: 16 });
  fuel(prover);
  prover.init({ base: 63_488 }, true);
  const { sequences, pages } = prover.explore(4, [1, 16, 40, 300, 1500]);
  yield [sequences, pages];
}

const PIECES: readonly ((lane: string, modules: ProofModules, suite: Suite) => Generator<Answers>)[] = [
  small,
  edges,
  exact,
  inPlace,
  copies,
  short,
  misused,
  overrun,
  traces,
  soaks,
  restored,
  dirty,
  most,
];

/** The answers of an allocator without its options and with all of them, the quickest pieces first. */
export function* answersOf(
  id: string,
  modules: ProofModules,
  suite: Suite,
): Generator<{ where: string; answers: Answers }> {
  const lanes = ALL_LANE_NAMES.filter((name) => parseLaneName(name)!.id === id);
  for (const piece of PIECES)
    for (const lane of new Set([lanes[0]!, lanes.at(-1)!]))
      for (const answers of piece(lane, modules, suite)) yield { where: `${piece.name} on ${lane}`, answers };
}

/** Where a mutant first answers otherwise, or breaks something; null if it lives. */
export function killedBy(id: string, modules: ProofModules, suite: Suite, expected: readonly Answers[]): string | null {
  let k = 0;
  let where = 'the first piece';
  try {
    for (const told of answersOf(id, modules, suite)) {
      const { answers } = told;
      const right = expected[k++];
      where = told.where;
      if (right === undefined || answers.length !== right.length) return `${where}: another number of answers`;
      for (let n = 0; n < right.length; n++)
        if (answers[n]! >>> 0 !== right[n]! >>> 0)
          return `${where}: ${answers[n]! >>> 0} instead of ${right[n]! >>> 0}`;
    }
    return null;
  } catch (error) {
    return `after ${where}: ${error instanceof Error ? error.message : error}`;
  }
}
