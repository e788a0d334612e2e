import { parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import type { AllocatorExports } from '../support/modules.ts';
import type { ProofModules } from '../support/prover.ts';
import { Random } from '../support/random.ts';
import { type Answers, fuelOf } from './heaps.ts';

// What an allocator does on a heap that a program has written over is seen as well: its assertion stops the program, or it
// believes the bytes. So small heaps are overrun here, word by word, and used on; the module's own answers are the right ones.

/** Loop turns after which a call is taken to go on for ever, as the page takes it. */
const TURNS = 5000;
/** Where the small heaps begin: the last 8 KiB of the first page, so that the next growth is never far. */
const BASE = PAGE_BYTES - 8192;
/** The pages that memory has, all of them from the beginning: it never grows, and views of it hold. */
const PAGES = 10;

/** Bytes above the break that are put back too, to zeros: what a call that believes a wrong word finds there is what it finds in fresh memory. */
const ABOVE = 4096;

/** How a call can end a program: the page tells these three apart. */
const ENDS = { loops: 0xdead_0001, asserts: 0xdead_0002, leaves: 0xdead_0003 } as const;

interface Block {
  readonly address: number;
  readonly size: number;
}

/** What a program does on a heap that was overrun. `left` and `right`: the live blocks around the bytes that were hit. */
type Deed = (heap: SmallHeap, left: Block, right: Block) => void;

/** An allocator on a few pages that can be put back to what they were, quickly and often. */
class SmallHeap {
  readonly allocator: AllocatorExports;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Int32Array<ArrayBuffer>;
  private answers: number[] = [];
  private readonly fuel: WebAssembly.Global | undefined;
  private kept = new Uint8Array(0);
  /** Places of the words that are told after each program: those of state, and those that were not zero when the heap was kept, with their neighbours. */
  private seen: number[] = [];
  private readonly options: number;

  constructor(lane: string, { allocator }: ProofModules) {
    const { options } = parseLaneName(lane)!;
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    this.options = options;
    this.allocator = new WebAssembly.Instance(allocator, { env: { memory } }).exports as unknown as AllocatorExports;
    this.bytes = new Uint8Array(memory.buffer) as Uint8Array<ArrayBuffer>;
    this.words = new Int32Array(memory.buffer) as Int32Array<ArrayBuffer>;
    this.fuel = fuelOf(this);
  }

  /** Begins a run on one page of zeros. */
  init(): void {
    if (this.fuel) this.fuel.value = TURNS;
    this.bytes.fill(0);
    this.allocator.init(BASE, 1, this.options);
  }

  get end(): number {
    return this.words[4]! * PAGE_BYTES;
  }

  alloc(size: number, align = 0): number {
    const block = this.allocator.alloc(size, align) >>> 0;
    this.answers.push(block);
    return block;
  }

  free({ address, size }: Block): void {
    this.allocator.dealloc(address, size, 0);
  }

  resize({ address, size }: Block, bytes: number): void {
    this.answers.push(this.allocator.realloc(address, size, 0, bytes));
  }

  usable({ address, size }: Block): void {
    this.answers.push(this.allocator.usable(address, size, 0));
  }

  /** From here on `run` begins with the bytes as they are now. */
  keep(): void {
    this.kept = this.bytes.slice(0, this.end + ABOVE);
    const seen = new Set<number>();
    for (let at = 4; at < 32; at++) seen.add(at);
    this.words.forEach((word, at) => {
      if (word !== 0) for (let near = at - 2; near <= at + 3; near++) seen.add(near);
    });
    this.seen = [...seen].filter((at) => at * 4 < this.kept.length);
  }

  /** What lies at these places now, as one number. */
  private tell(places: readonly number[]): void {
    let sum = 0;
    for (const at of places) sum = (Math.imul(sum, 31) + this.words[at]!) | 0;
    this.answers.push(sum);
  }

  tellBetween(from: number, to: number): void {
    this.tell(Array.from({ length: (to - from) >> 2 }, (_, k) => (from >> 2) + k));
  }

  /** Words that the allocator has written, with those behind them where its links lie: blocks hold zeros. Of dlmalloc's bins, those that are not empty. */
  wordsOfTrust(): number[] {
    const words = new Set<number>();
    for (let at = 16; at < 64; at += 4) words.add(at);
    this.words.forEach((word, at) => {
      const isEmptyBin = at * 4 - word === 8 || at * 4 - word === 12;
      if (word !== 0 && !isEmptyBin) for (const near of [at, at + 1, at + 2]) words.add(near * 4);
    });
    return [...words].filter((at) => at < this.end).sort((a, b) => a - b);
  }

  /** A growth of memory by no page takes away what JavaScript sees it by, and that is all it does. */
  expectViews(): void {
    if (this.bytes.length === 0) throw new Error('views of the memory were taken away, and it did not grow');
  }

  /** Overruns the heap as it was kept and goes on; how far that went, and what it came to. */
  run(overrun: () => void, deed: () => void): void {
    this.bytes.set(this.kept);
    if (this.fuel) this.fuel.value = TURNS;
    overrun();
    try {
      deed();
      this.tell(this.seen);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      // As an engine's own message says it, the page can tell an assertion from an access outside; nothing is left to be seen.
      const asserts = error.message.includes('unreachable');
      this.answers.push(this.fuel?.value === 0 ? ENDS.loops : asserts ? ENDS.asserts : ENDS.leaves);
    }
    this.expectViews();
  }

  /** The answers since they were last told. */
  told(): Answers {
    const { answers } = this;
    this.answers = [];
    return answers;
  }
}

/** Sizes of the blocks of a small heap, and which of them are freed again: holes of one size, of many, and alone in their list. */
const SIZES = [
  24, 100, 40, 300, 24, 340, 24, 1050, 16, 300, 24, 264, 40, 24, 24, 24, 1100, 300, 1300, 24, 420, 40, 200, 16, 24,
];
const FREED = [1, 3, 5, 7, 9, 11, 13, 16, 20, 17, 22];

/** The live blocks of a small heap in order of their addresses, once it has holes and a remainder of one. */
function begin(heap: SmallHeap): { live: Block[]; holes: Block[] } {
  heap.init();
  const blocks = SIZES.map((size) => ({ address: heap.alloc(size), size }));
  for (const k of FREED) heap.free(blocks[k]!);
  blocks.push({ address: heap.alloc(90), size: 90 });
  heap.keep();
  const upwards = (some: Block[]) => some.sort((a, b) => a.address - b.address);
  return {
    live: upwards(blocks.filter((_, k) => !FREED.includes(k))),
    holes: upwards(blocks.filter((_, k) => FREED.includes(k))),
  };
}

const DEEDS: readonly Deed[] = [
  (heap, left, right) => {
    heap.usable(left);
    heap.usable(right);
    heap.free(right);
    heap.usable(right);
    heap.free(left);
    for (const size of [24, 100, 300, 640]) heap.alloc(size);
  },
  (heap, left, right) => {
    // The least that dlmalloc refuses, in two of its builds: it is asked of what may say to be as long by now.
    for (const size of [0xffff_ffc0, 0xfffe_ffcd]) heap.resize(right, size);
    heap.resize(left, 10);
    heap.resize(right, 150);
    heap.resize(left, 200);
    heap.free(right);
    heap.alloc(330);
    heap.alloc(30);
  },
  (heap, left) => {
    // Of wee, at a looser alignment than its own.
    heap.alloc(1030, 1);
    for (const size of [80, 264, 420]) heap.alloc(size, 64);
    for (const size of [300, 24, 5000, 690]) heap.alloc(size);
    heap.free(left);
    heap.alloc(70_000);
    heap.alloc(12);
  },
  // What needs more memory first, or is refused unless something says to be as long; and what says to be shorter than the shortest.
  (heap, left, right) => {
    heap.alloc(0xffff_ffc0);
    heap.alloc(66_000);
    heap.resize(right, 4);
    heap.free(left);
    heap.alloc(24);
  },
];

/** The live blocks around an address. */
function around(live: readonly Block[], at: number): [left: Block, right: Block] {
  const above = live.findIndex(({ address }) => address > at);
  const right = Math.max(above < 0 ? live.length - 1 : above, 1);
  return [live[right - 1]!, live[right]!];
}

/** What a word becomes: any of its bits the other way, a little more or less, and what else a program writes. */
function* wrongWords(word: number, near: readonly Block[], end: number): Generator<number> {
  for (let bit = 0; bit < 32; bit++) yield word ^ (1 << bit);
  for (const more of [-16, -12, -8, -4, 4, 8, 12, 16]) yield word + more;
  for (const value of [0, 1, 2, 3, 16, 188, 255, 256, 257, 259, 0x4141_4141, -1, -8, 2 ** 31 - 1]) yield value;
  for (let more = -8; more <= 20; more += 4) yield end + more;
  // Of dlmalloc a top from which 66,000 bytes more end where a page does.
  yield 552;
  // Of TLSF a root that would end where the first block of a new page begins, and 4 bytes behind.
  for (const less of [1560, 1556]) yield end - less;
  for (const { address } of near) {
    for (const less of [0, 4, 8]) yield address - less;
    // A chunk whose block would lie 17 bytes before a multiple of 64.
    yield (address | 63) - 24;
  }
}

/** One word of state, a header, a link or a foot is another. */
function* words(heap: SmallHeap): Generator<Answers> {
  const { live, holes } = begin(heap);
  const { words, end } = heap;
  for (const at of heap.wordsOfTrust()) {
    const [left, right] = around(live, at);
    const near = [left, right, ...holes.filter(({ address }) => address > left.address).slice(0, 1)];
    for (const wrong of wrongWords(words[at >> 2]!, near, end))
      for (const deed of DEEDS)
        heap.run(
          () => {
            words[at >> 2] = wrong;
          },
          () => deed(heap, left, right),
        );
    yield heap.told();
  }
}

/** Bytes written past the end of a block, or before it. */
function* smears(heap: SmallHeap): Generator<Answers> {
  const { live } = begin(heap);
  live.slice(0, -1).forEach((block, k) => {
    for (const count of [-9, -8, -4, -1, 1, 4, 8, 20, 60])
      for (const byte of [0, 0x41, 0xff])
        for (const deed of DEEDS) {
          const at = count < 0 ? block.address + count : block.address + block.size;
          heap.run(
            () => heap.bytes.fill(byte, at, at + Math.abs(count)),
            () => deed(heap, block, live[k + 1]!),
          );
        }
  });
  yield heap.told();
}

/** Several words at once, most of them addresses in the heap: lists that run into blocks or into themselves. */
function* strewn(heap: SmallHeap): Generator<Answers> {
  const { live, holes } = begin(heap);
  const { words } = heap;
  const trusted = heap.wordsOfTrust();
  for (let seed = 1; seed <= 1000; seed++) {
    const random = new Random(seed);
    const overruns = Array.from({ length: 1 + random.below(4) }, () => {
      const { address } = random.pick(random.chance(0.5) ? live : holes);
      return [
        random.pick(trusted) >> 2,
        random.pick([address, address - 4, address - 8, 16 * random.below(90)]),
      ] as const;
    });
    const [left, right] = around(live, 4 * overruns[0]![0]);
    for (const deed of DEEDS)
      heap.run(
        () => {
          for (const [at, wrong] of overruns) words[at] = wrong | (random.chance(0.3) ? random.below(4) : 0);
        },
        () => deed(heap, left, right),
      );
  }
  yield heap.told();
}

/** A hole that says that it is as long as itself and its right neighbour; then that one asks for just the hole. */
function* overlaps(heap: SmallHeap): Generator<Answers> {
  const { live, holes } = begin(heap);
  const { words } = heap;
  for (const hole of holes) {
    const [, right] = around(live, hole.address);
    const behind = around(live, right.address)[1].address - right.address;
    for (const before of [4, 8])
      for (const bytes of [hole.size, right.address - hole.address - 4])
        heap.run(
          () => {
            // What the block holds, and what lies around it, is not zero: each byte that a copy takes is seen.
            heap.bytes.fill(0x77, right.address, right.address + right.size);
            words[(hole.address - before) >> 2]! += behind;
          },
          () => {
            heap.resize(right, bytes);
            heap.tellBetween(hole.address, right.address);
            heap.alloc(bytes);
            heap.free(hole);
            heap.alloc(24);
          },
        );
  }
  yield heap.told();
}

/** dlmalloc's victim is as long as a chunk in a tree, but says to be a little longer or shorter; a request would do with either. */
function* twins(heap: SmallHeap): Generator<Answers> {
  const VICTIM_SIZE = 9;
  heap.init();
  const [first, , second] = [652, 24, 604, 24].map((size) => ({ address: heap.alloc(size), size }));
  heap.free(first!);
  heap.alloc(40);
  heap.free(second!);
  heap.keep();
  for (const more of [-16, -8, -1, 0, 1, 8, 16])
    for (const size of [268, 400, 600])
      heap.run(
        () => {
          heap.words[VICTIM_SIZE]! += more;
        },
        () => {
          heap.alloc(size);
          heap.alloc(24);
        },
      );
  yield heap.told();
}

/** dlmalloc is told that its heap begins where a hole does, or near: it leaves alone whose left neighbour would lie below. */
function* lowest(heap: SmallHeap): Generator<Answers> {
  const FIRST = 14;
  const { live, holes } = begin(heap);
  for (const { address } of holes)
    for (const more of [-8, -7, 0, 1, 8])
      heap.run(
        () => {
          heap.words[FIRST] = address + more;
        },
        () => {
          heap.free(around(live, address)[1]);
          heap.alloc(24);
        },
      );
  yield heap.told();
}

/** Frees of addresses within a block that holds what could be a header. */
function* forged(heap: SmallHeap): Generator<Answers> {
  const { live } = begin(heap);
  const block = live.find(({ size }) => size === 1300)!;
  for (const head of [12, 16, 28, 32, 44, 60, 108, 256, 272])
    for (const flags of [0, 1, 2, 3])
      for (const within of [4, 8, 12, 16, 32])
        for (const back of [4, 8])
          heap.run(
            () => {
              heap.words[(block.address + within - back) >> 2] = head | flags;
            },
            () => {
              const address = block.address + within;
              heap.usable({ address, size: 24 });
              heap.free({ address, size: 24 });
              for (const size of [12, 24, 40, 100]) heap.alloc(size);
              heap.resize({ address, size: 24 }, 60);
            },
          );
  yield heap.told();
}

/** State that was written over before the first request. */
function* spoiled(heap: SmallHeap): Generator<Answers> {
  heap.init();
  heap.keep();
  const values = [0, 1, 9, PAGES, PAGES + 3, BASE, (PAGES + 2) * PAGE_BYTES + 2048, -PAGE_BYTES, -1];
  for (let at = 4; at < 8; at++)
    for (const first of values)
      for (const second of values)
        heap.run(
          () => {
            heap.words[at] = first;
            heap.words[at + 1] = second;
          },
          () => {
            for (const size of [24, 3000, 70_000]) heap.alloc(size);
          },
        );
  yield heap.told();
}

/** Nothing is overrun, but memory used up to its last page. */
function* filled(heap: SmallHeap): Generator<Answers> {
  heap.init();
  for (let tries = 0; tries < 2 * PAGES; tries++) heap.alloc(40_000);
  heap.expectViews();
  yield heap.told();
}

const PIECES = [filled, words, overlaps, twins, lowest, forged, spoiled, smears, strewn];

export function* overrun(lane: string, modules: ProofModules): Generator<Answers> {
  const heap = new SmallHeap(lane, modules);
  for (const piece of PIECES) yield* piece(heap);
}
