import { ALLOCATORS, parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { PROOF_BASE_PAGE, Program, type ProofModules, type Prover } from '../support/prover.ts';
import { type Answers, BASE, expectSound, open, pagesOf } from './heaps.ts';

/** Requests at and beyond what can be served, and the smaller functions. */
export function* edges(lane: string, modules: ProofModules): Generator<Answers> {
  const sizes = [
    0,
    1,
    2 ** 30 - 5,
    2 ** 30 - 4,
    2 ** 30 - 3,
    2 ** 31 - 1,
    2 ** 31,
    0xfffe_ffac,
    0xfffe_ffad,
    0xfffe_ffcc,
    0xfffe_ffcd,
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
  answers.push(allocator.realloc(0, 0, 0, 64), allocator.realloc(0, 0, 0, 10), allocator.realloc(0, 0, 0, 70_000));
  for (const size of [0, 1, 15, 16, 17, 128, 129, 1000, 32_768, 32_769, 65_536, 65_537])
    for (const align of [0, 64, 65_536]) {
      const block = allocator.alloc(size, align);
      answers.push(block, block === 0 ? 0 : allocator.usable(block, size, align));
    }
  yield answers;
  yield* initial(lane, modules);
  yield* firsts(lane, modules);
  yield* gaps(lane, modules);
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
    answers.push(prover.allocator.alloc(100, 0), pagesOf(prover));
    // To the last page, where all are there.
    if (pages + PROOF_BASE_PAGE < 65_536) continue;
    for (const size of [2 ** 30, 2 ** 26, 2 ** 22, 2 ** 18, PAGE_BYTES, 60_000])
      for (let block = 1, tries = 0; block !== 0 && tries < 100; tries++) {
        block = prover.allocator.alloc(size, 0);
        answers.push(block, pagesOf(prover));
      }
  }
  yield answers;
  yield* begun(lane, modules);
}

/** What comes first on a heap that begins in the midst of a page, or right before the end of one. */
function* firsts(lane: string, modules: ProofModules): Generator<Answers> {
  const answers: number[] = [];
  for (const less of [65_488, 1616, 1600, 112, 96, 80, 16])
    for (const first of [24, 60, 100, 3000, 70_000]) {
      const prover = open(lane, modules, 8);
      prover.init({ base: PAGE_BYTES - less });
      const sizes = [first, 32_000, first, ...Array.from({ length: 150 }, () => 1000)];
      prover.play(Program.of(sizes.map((size, id) => ({ kind: 'a', id, size, align: 0 }))), 1);
      expectSound(prover);
      answers.push(...prover.results(sizes.length));
      if (ALLOCATORS[parseLaneName(lane)!.id].kind !== 'dlmalloc') continue;
      // It looks where its heap begins when the chunk before a block seems to lie below.
      const last = prover.results(1)[0]!;
      new Uint32Array(prover.memory.buffer, last - 8, 2).set([PAGE_BYTES, 2]);
      prover.allocator.dealloc(last, first, 0);
      answers.push(...new Uint32Array(prover.memory.buffer, last - 8, 4));
    }
  // Memory ends with the page in which the heap begins, and pool's table is too small for a heap so far up.
  const page = 1700;
  const prover = open(lane, modules, page + 1 - PROOF_BASE_PAGE, page + 1 - PROOF_BASE_PAGE);
  prover.allocator.init(page * PAGE_BYTES + 48, page + 1, parseLaneName(lane)!.options);
  for (const size of [70_000, 24]) answers.push(prover.allocator.alloc(size, 0), pagesOf(prover));
  // Nor is there room for what TLSF begins with, or a chunk of dlmalloc's.
  const full = open(lane, modules, 1);
  full.init({ base: PAGE_BYTES - 16 });
  for (const size of [8, 100]) answers.push(full.allocator.alloc(size, 0), pagesOf(full));
  // For what it begins with, but for no block behind it.
  const rooted = open(lane, modules, 1);
  rooted.init({ base: PAGE_BYTES - 1584 });
  answers.push(rooted.allocator.alloc(3000, 0), pagesOf(rooted));
  rooted.audit();
  expectSound(rooted);
  yield answers;
}

/** Blocks of large alignment, and what the gaps before them are used for. */
function* gaps(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 300);
  prover.init();
  const program: { kind: 'a' | 'f'; id: number; size: number; align: number }[] = [];
  const sizes = [70_000, 100, 70_000, 300_000, 60_000, 40_000, 1_000_000, 24, 130_000, 66_000];
  sizes.forEach((size, id) => {
    program.push({ kind: 'a', id, size, align: id % 2 === 0 ? 0 : 2 ** (16 + (id % 4)) });
  });
  for (const id of [0, 3, 4, 6]) program.push({ kind: 'f', id, size: 0, align: 0 });
  sizes.forEach((size, id) => {
    program.push({ kind: 'a', id: id + sizes.length, size, align: 0 });
  });
  prover.play(Program.of(program), 1);
  expectSound(prover);
  yield prover.results(program.length).slice();
}

/** The words of state right after `init`, for every choice of options. */
function* begun(lane: string, modules: ProofModules): Generator<Answers> {
  for (let options = 0; options < 4; options++) {
    const { allocator, memory } = open(lane, modules, 8);
    allocator.init(BASE, PROOF_BASE_PAGE + 1, options);
    yield new Uint32Array(memory.buffer, 16, 16).slice();
  }
}

/** A request that what was grown for it cannot serve at its alignment: refused, and what was grown stays free. */
export function* short(lane: string, modules: ProofModules): Generator<Answers> {
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
export function* exact(lane: string, modules: ProofModules): Generator<Answers> {
  const prover = open(lane, modules, 60);
  const answers: number[] = [];
  for (const pages of [1, 2, 3, 20])
    for (let less = -4; less <= 128; less += 4) {
      prover.init();
      const first = prover.allocator.alloc(pages * PAGE_BYTES - less, 0);
      answers.push(first, pagesOf(prover), prover.allocator.alloc(40, 0), prover.allocator.alloc(5000, 0));
      answers.push(prover.allocator.alloc(2 * PAGE_BYTES - less, 0), pagesOf(prover), ...stateOf(prover));
    }
  expectSound(prover);
  yield answers;
  yield* toTheTop(lane, modules);
}

/** Requests of dlmalloc for just what top has, and for so much more that what is asked of memory ends where a granule does, or 8 bytes from there. */
function* toTheTop(lane: string, modules: ProofModules): Generator<Answers> {
  if (ALLOCATORS[parseLaneName(lane)!.id].kind !== 'dlmalloc') return;
  const prover = open(lane, modules, 60);
  const answers: number[] = [];
  for (const more of [0, 4096 - 48, 4096 - 88, PAGE_BYTES - 48, PAGE_BYTES - 72])
    for (let less = -16; less <= 16; less += 8)
      for (const from of [0, TOP_SIZE]) {
        prover.init();
        prover.allocator.alloc(1000, 0);
        const size = (from === 0 ? 0 : stateOf(prover)[from]!) + more - less - 4;
        if (size < 0) continue;
        answers.push(prover.allocator.alloc(size, 0), pagesOf(prover), ...stateOf(prover));
        answers.push(prover.allocator.alloc(size, 0), pagesOf(prover), ...stateOf(prover));
      }
  // The longest for which emscripten still asks its break; that it was refused, it keeps in mind.
  for (const size of [0xffff_efc4, 0xffff_efcc, 0xffff_efd4]) {
    prover.init();
    answers.push(prover.allocator.alloc(size, 0), ...stateOf(prover));
  }
  expectSound(prover);
  yield answers;
}

/** Which words of dlmalloc's state tell the size of the victim and of top. */
const VICTIM_SIZE = 5;
const TOP_SIZE = 7;

/** The first words of state. */
function stateOf({ memory }: Prover): Uint32Array {
  return new Uint32Array(memory.buffer, 16, 16).slice();
}

/** Blocks of dlmalloc that grow in place, into top and into the victim, until nothing or next to nothing is left of these. */
export function* inPlace(lane: string, modules: ProofModules): Generator<Answers> {
  if (ALLOCATORS[parseLaneName(lane)!.id].kind !== 'dlmalloc') return;
  const prover = open(lane, modules, 60);
  const { allocator } = prover;
  const answers: number[] = [];
  for (const left of [0, 8, 16, 24, 32, 40])
    for (const into of [VICTIM_SIZE, TOP_SIZE]) {
      prover.init();
      let [block, size] = [allocator.alloc(100, 0), 100];
      if (into === VICTIM_SIZE) {
        const freed = allocator.alloc(500, 0);
        allocator.alloc(100, 0);
        allocator.dealloc(freed, 500, 0);
        [block, size] = [allocator.alloc(40, 0), 40];
      }
      const most = allocator.usable(block, size, 0) + stateOf(prover)[into]!;
      answers.push(allocator.realloc(block, size, 0, most - left), ...stateOf(prover), allocator.alloc(30, 0));
    }
  expectSound(prover);
  yield answers;
}

/** 4 GiB, in few requests; memory that is asked for is not touched. The prover's tables lie in the heap here, and are not used. */
export function* most(lane: string, modules: ProofModules): Generator<Answers> {
  const answers: number[] = [];
  const prover = open(lane, modules, 65_536 - PROOF_BASE_PAGE);
  const { allocator } = prover;
  const { options } = parseLaneName(lane)!;
  answers.push(...whole(lane, modules), ...largest(lane, modules));
  allocator.init(PAGE_BYTES, 1, options);
  const blocks: number[] = [];
  const sizes = [
    1024 * PAGE_BYTES,
    1_000_000_000,
    2 ** 30,
    2 ** 30 - 1,
    2 ** 30 - 4,
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

/** Free chunks of many megabytes, of which each request takes the best. */
function largest(lane: string, modules: ProofModules): number[] {
  const { allocator } = open(lane, modules, 65_536 - PROOF_BASE_PAGE);
  allocator.init(PAGE_BYTES, 1, parseLaneName(lane)!.options);
  const MIB = 2 ** 20;
  const sizes = [40, 13, 29, 96, 17, 64, 25, 48, 14, 33, 130, 21].map((size) => size * MIB + 100);
  const blocks = sizes.map((size) => {
    const block = allocator.alloc(size, 0);
    allocator.alloc(100, 0);
    return block;
  });
  blocks.forEach((block, k) => {
    allocator.dealloc(block, sizes[k]!, 0);
  });
  blocks.push(allocator.realloc(allocator.alloc(100, 0), 100, 0, 2 ** 30 - 4), allocator.alloc(2 ** 30 - 4, 0));
  const asked = [20, 13, 30, 12, 60, 100, 24, 28, 16, 40, 15, 13].map((size) => size * MIB);
  return [...blocks, ...asked.map((size) => allocator.alloc(size, 0))];
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
  // And of emscripten, which asks twice where the first time it would also fill up a part of a page.
  for (const less of [1000, 5000]) answers.push(fresh(PAGE_BYTES + 48).alloc(0x7fff_f000 - less, 0));
  const low = fresh(2048);
  for (const size of [0xffff_0001, 70_000, 32_000]) answers.push(low.alloc(size, 0));
  if (lane.startsWith('dlmalloc-emscripten'))
    // Its break was written over before the first request: what it fills up of a page first is odd then.
    for (const less of [4, 0, -8]) {
      const prover = begin(PAGE_BYTES);
      const END = 428;
      new DataView(prover.memory.buffer).setUint32(END, PAGE_BYTES + 4095, true);
      answers.push(prover.allocator.alloc(0x7fff_f000 - 48 - less, 0), ...stateOf(prover));
    }
  // Pool's table of 1,680 pages just does, or not.
  for (const pages of [1678, 1679, 1680]) {
    const prover = begin(PAGE_BYTES);
    answers.push(prover.allocator.alloc(pages * PAGE_BYTES, 0), pagesOf(prover), prover.allocator.alloc(24, 0));
    answers.push(pagesOf(prover), prover.allocator.alloc(70_000, 0), pagesOf(prover));
  }
  // In steps to the last page, or to the one before.
  for (const less of [100, 30_000, 60_000, 90_000]) {
    const prover = begin(PAGE_BYTES);
    for (const size of [2 ** 31 - 100_000, 2 ** 29]) answers.push(prover.allocator.alloc(size, 0));
    const left = (65_536 - pagesOf(prover)) * PAGE_BYTES;
    answers.push(prover.allocator.alloc(left - less, 0), pagesOf(prover), prover.allocator.alloc(100, 0));
  }
  // Requests that TLSF rounds no further, on a heap whose last block ends memory, and on one that has no block yet.
  for (const base of [PAGE_BYTES, 2 * PAGE_BYTES - 1584])
    for (const less of [0, 4, 8]) {
      const prover = begin(base);
      answers.push(prover.allocator.alloc(2 ** 29 + PAGE_BYTES - less, 0), pagesOf(prover));
    }
  // The last bytes of all, to the very end, when every page is there already.
  const { alloc, mark } = fresh(PAGE_BYTES);
  if (mark) answers.push(alloc(2 ** 32 - 2 * PAGE_BYTES, 0), alloc(100, 0), alloc(2 ** 32 - (mark() >>> 0), 0), mark());
  return answers;
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
