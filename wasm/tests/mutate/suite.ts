import { ALL_LANE_NAMES, ALLOCATORS, parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { GOLDEN_BASE, type GoldenOperation, goldenMaximum } from '../support/golden.ts';
import { soakOf } from '../support/programs.ts';
import { PROOF_BASE_PAGE, Program, type ProofModules, Prover } from '../support/prover.ts';

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
/** Turns at loop heads that a program may take: a hundred times what sound ones take. */
const FUEL = 30_000_000;
const BASE = PROOF_BASE_PAGE * PAGE_BYTES;

type Answers = readonly number[] | Uint32Array;

function fuel({ allocator }: Prover): void {
  const { fuel: left } = allocator as unknown as { fuel?: WebAssembly.Global };
  if (left !== undefined) left.value = FUEL;
}

function expectSound(prover: Prover): void {
  const { wrong } = prover;
  if (wrong !== null) throw new Error(`${wrong.what} at ${wrong.address}`);
  for (const [from, to] of STATIC)
    if (!new Uint8Array(prover.memory.buffer, from, to - from).every((byte) => byte === CANARY))
      throw new Error('static data was written to');
}

/** Static data: neither the words of the instrumented build nor what lies between state and tables is an allocator's to write. */
const STATIC = [
  [0, 16],
  [2048, 0x2000],
] as const;
const CANARY = 0x3c;

function open(lane: string, modules: ProofModules, max: number, there = 1): Prover {
  const prover = new Prover(lane, modules, { max, there });
  for (const [from, to] of STATIC) new Uint8Array(prover.memory.buffer).fill(CANARY, from, to);
  fuel(prover);
  return prover;
}

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
  }
}

/** What a copy of the bytes comes to must be what the heap came to, with all above the break dirty. */
function* restored(lane: string, modules: ProofModules): Generator<Answers> {
  for (const seed of [15, 19]) {
    const { program, settings } = soakOf(seed);
    const prover = open(lane, modules, 600);
    prover.init(settings);
    prover.play(program.upTo(300), 301);
    const end = pagesOf(prover) * PAGE_BYTES;
    const copy = new Uint8Array(prover.memory.buffer, 0, end).slice();
    const { live } = prover.counts;
    const more = Program.from(program.words.slice(300 * 4, 900 * 4));
    const once = () => {
      prover.play(more, 601);
      expectSound(prover);
      const bytes = new Uint8Array(prover.memory.buffer, 0, pagesOf(prover) * PAGE_BYTES);
      return { answers: prover.results(600).slice(), state: bytes.slice(0, 2048), heap: bytes.slice(BASE) };
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

function pagesOf({ memory }: Prover): number {
  return new DataView(memory.buffer).getUint32(16, true);
}

/** Requests at and beyond what can be served, and the smaller functions. */
function* edges(lane: string, modules: ProofModules): Generator<Answers> {
  const sizes = [
    0,
    1,
    2 ** 31 - 1,
    2 ** 31,
    0xfffe_ffac,
    0xfffe_ffad,
    0xffff_0000,
    0xffff_0001,
    2 ** 32 - 64,
    2 ** 32 - 17,
    2 ** 32 - 1,
  ];
  const aligns = [0, 1, 3, 4, 8, 12, 16, 32, 48, 4096, 65_536, 2 ** 21, 2 ** 31];
  const prover = open(lane, modules, 40);
  const { allocator } = prover;
  const answers: number[] = [];
  prover.init({ base: 48 });
  let kept = allocator.alloc(1000, 0);
  let bytes = 1000;
  const resize = (size: number) => {
    const moved = allocator.realloc(kept, bytes, 0, size);
    answers.push(moved, pagesOf(prover));
    if (moved === 0) return;
    kept = moved;
    bytes = size;
  };
  answers.push(kept, allocator.usable(kept, bytes, 0));
  for (const align of aligns)
    for (const size of sizes) {
      answers.push(allocator.alloc(size, align), pagesOf(prover));
      if (align <= 16) resize(size);
    }
  allocator.dealloc(0, 10, 0);
  resize(2000);
  answers.push(allocator.realloc(0, 0, 0, 64), allocator.realloc(0, 0, 0, 70_000));
  for (const size of [0, 1, 15, 16, 17, 128, 129, 1000, 32_768, 32_769, 65_536, 65_537])
    for (const align of [0, 64, 65_536]) {
      const block = allocator.alloc(size, align);
      answers.push(block, block === 0 ? 0 : allocator.usable(block, size, align));
    }
  yield answers;
  yield* initial(lane, modules);
  yield* marks(lane, modules);
}

/** Initial memories of every length; of the long ones only the first bytes are ever touched. */
function* initial(lane: string, modules: ProofModules): Generator<Answers> {
  const answers: number[] = [];
  for (const base of [0, 48, 65_536 - 16, 65_536 - 80, 65_536 - 96, 65_536 - 112]) {
    const prover = open(lane, modules, 8);
    prover.init({ base });
    answers.push(prover.allocator.alloc(8, 0), prover.allocator.alloc(100, 0), pagesOf(prover));
    answers.push(prover.allocator.alloc(70_000, 0), prover.allocator.alloc(24, 0), pagesOf(prover));
  }
  for (const pages of [0, 32_767, 32_768, 32_769, 65_536 - PROOF_BASE_PAGE]) {
    const prover = open(lane, modules, 65_536 - PROOF_BASE_PAGE, Math.max(pages, 1));
    const { options } = parseLaneName(lane)!;
    prover.allocator.init(BASE, pages === 0 ? 0 : PROOF_BASE_PAGE + pages, options);
    const isWee = ALLOCATORS[parseLaneName(lane)!.id].kind === 'wee';
    answers.push(prover.allocator.alloc(isWee && pages > 0 ? 2 ** 31 : 100, 0), pagesOf(prover));
  }
  yield answers;
  yield* begun(lane, modules);
}

/** The words of state right after `init`, for every choice of options. */
function* begun(lane: string, modules: ProofModules): Generator<Answers> {
  for (let options = 0; options < 4; options++) {
    const { allocator, memory } = open(lane, modules, 8);
    allocator.init(BASE, PROOF_BASE_PAGE + 1, options);
    yield new Uint32Array(memory.buffer, 16, 16).slice();
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
        for (let k = 0; k < 3; k++) answers.push(allocator.alloc(size, 0));
        answers.push(pagesOf(prover));
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
        answers.push(TRAPPED);
      }
    }
  yield answers;
}

/** A request that what was grown for it cannot serve at its alignment: refused, and what was grown stays free. */
function* short(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 400);
  prover.init();
  const program = Program.of([
    { kind: 'a', id: 0, size: 100 * PAGE_BYTES - 8, align: PAGE_BYTES },
    { kind: 'a', id: 1, size: 2_000_000, align: 0 },
    { kind: 'f', id: 0, size: 0, align: 0 },
    { kind: 'f', id: 1, size: 0, align: 0 },
  ]);
  prover.play(program, 1);
  expectSound(prover);
  yield prover.results(4).slice();
}

/** Requests that end within a few bytes of a page's end, each on a heap of its own. */
function* exact(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 60);
  const answers: number[] = [];
  for (const pages of [1, 2, 3, 20])
    for (let less = -4; less <= 128; less += 4) {
      prover.init();
      const first = prover.allocator.alloc(pages * PAGE_BYTES - less, 0);
      answers.push(first, pagesOf(prover), prover.allocator.alloc(40, 0), prover.allocator.alloc(5000, 0));
      answers.push(prover.allocator.alloc(2 * PAGE_BYTES - less, 0), pagesOf(prover));
    }
  expectSound(prover);
  yield answers;
}

/** 4 GiB, in few requests; memory that is asked for is not touched. The prover's tables lie in the heap here, and are not used. */
function* most(lane: string, modules: ProofModules): Generator<Answers> {
  const answers: number[] = [];
  const prover = open(lane, modules, 65_536 - PROOF_BASE_PAGE);
  const { allocator } = prover;
  const { options } = parseLaneName(lane)!;
  answers.push(...whole(lane, modules));
  allocator.init(PAGE_BYTES, 1, options);
  const blocks: number[] = [];
  const sizes = [
    1024 * PAGE_BYTES,
    1_000_000_000,
    2 ** 30,
    2 ** 30 - 1,
    2 ** 26,
    2 ** 26,
    2 ** 21,
    250_000,
    70_000,
    60_000,
    40_000,
  ];
  for (const size of sizes)
    for (let tries = 0; tries < 40; tries++) {
      const block = allocator.alloc(size, 0);
      answers.push(block, pagesOf(prover));
      if (block === 0) break;
      blocks.push(block, size);
    }
  for (let k = 0; k < blocks.length; k += 6) allocator.dealloc(blocks[k]!, blocks[k + 1]!, 0);
  for (const size of sizes) answers.push(allocator.alloc(size - 5000, 0), pagesOf(prover));
  for (let k = 2; k < blocks.length; k += 6) allocator.dealloc(blocks[k]!, blocks[k + 1]!, 0);
  for (const size of sizes) answers.push(allocator.alloc(size + 5000, 65_536), pagesOf(prover));
  yield answers;
}

/** All of 4 GiB at once, and a little more. */
function whole(lane: string, modules: ProofModules): number[] {
  const { options } = parseLaneName(lane)!;
  const begin = (base: number) => {
    const prover = open(lane, modules, 65_536 - PROOF_BASE_PAGE);
    prover.allocator.init(base, 1, options);
    return prover;
  };
  const fresh = (base: number) => begin(base).allocator;
  const answers = [0, PAGE_BYTES].flatMap((less) => {
    const allocator = fresh(PAGE_BYTES);
    return [allocator.alloc(2 ** 32 - PAGE_BYTES - less, 0), allocator.alloc(1, 0), allocator.alloc(70_000, 0)];
  });
  // The most that dlmalloc asks for at once, a page more, and a page less.
  for (const less of [0, 40_000, 110_000]) answers.push(fresh(PAGE_BYTES).alloc(0x7fff_0000 - less, 0));
  // There is room for it behind this base.
  answers.push(fresh(2048).alloc(0xffff_0001, 0));
  // Pool's table of 1,680 pages just does, or not.
  for (const pages of [1678, 1679, 1680]) {
    const prover = begin(PAGE_BYTES);
    answers.push(prover.allocator.alloc(pages * PAGE_BYTES, 0), pagesOf(prover), prover.allocator.alloc(24, 0));
    answers.push(pagesOf(prover), prover.allocator.alloc(70_000, 0), pagesOf(prover));
  }
  // The last bytes of all, to the very end, when every page is there already.
  const { alloc, mark } = fresh(PAGE_BYTES);
  if (mark) answers.push(alloc(2 ** 32 - 2 * PAGE_BYTES, 0), alloc(100, 0), alloc(2 ** 32 - (mark() >>> 0), 0), mark());
  return answers;
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

function* marks(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 8);
  const { allocator, memory } = prover;
  if (!allocator.mark) return;
  prover.init();
  const answers = [allocator.alloc(10, 0), allocator.mark(), allocator.alloc(100_000, 0)];
  allocator.dealloc(answers[0]!, 10, 0);
  allocator.dealloc(answers[2]!, 10, 0);
  allocator.release!(answers[1]!);
  answers.push(allocator.alloc(8, 0), allocator.mark());
  allocator.reset!();
  answers.push(allocator.mark(), new DataView(memory.buffer).getUint32(28, true));
  yield answers;
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
  copies,
  short,
  misused,
  traces,
  soaks,
  restored,
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
