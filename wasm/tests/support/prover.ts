import { tellsBlocks } from '../../../src/engine/reader.ts';
import { ALLOCATORS, type AllocatorId, parseLaneName } from '../../../src/model/lanes.ts';
import { allocators as texts } from '../../../src/model/strings/allocators.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { reallocForgetsAlign } from './heap.ts';
import type { AllocatorExports } from './modules.ts';

/** An operation of a program: what wasm/proof/prover.ts reads. */
export type Kind = 'a' | 'f' | 'r';
const KINDS: readonly Kind[] = ['a', 'f', 'r'];

/** Operations in columns of four words: kind, block, size, alignment. */
export class Program {
  readonly words: Uint32Array;
  private constructor(words: Uint32Array) {
    this.words = words;
  }

  static of(operations: readonly { kind: Kind; id: number; size: number; align: number }[]): Program {
    return new Program(
      Uint32Array.from(operations.flatMap(({ kind, id, size, align }) => [KINDS.indexOf(kind), id, size, align])),
    );
  }

  static from(words: Uint32Array): Program {
    return new Program(words);
  }

  get length(): number {
    return this.words.length / 4;
  }

  /** One line an operation, as a golden list has them. */
  toString(): string {
    const lines: string[] = [];
    for (let at = 0; at < this.words.length; at += 4) {
      const [kind, id, size, align] = this.words.subarray(at, at + 4);
      const sizes = kind === 1 ? '' : ` ${size}${align === 0 ? '' : ` ${align}`}`;
      lines.push(`${KINDS[kind!]} ${id}${sizes}`);
    }
    return lines.join('\n');
  }

  /** The program without operations `from` to `to − 1`. */
  without(from: number, to: number): Program {
    const words = new Uint32Array(this.words.length - (to - from) * 4);
    words.set(this.words.subarray(0, from * 4));
    words.set(this.words.subarray(to * 4), from * 4);
    return new Program(words);
  }

  upTo(length: number): Program {
    return new Program(this.words.slice(0, length * 4));
  }

  /** The program with one operation's size changed. */
  withSize(index: number, size: number): Program {
    const words = this.words.slice();
    words[index * 4 + 2] = size;
    return new Program(words);
  }
}

/** Compiled modules that a proof needs. `allocator` may be a mutant. */
export interface ProofModules {
  readonly allocator: WebAssembly.Module;
  readonly reader: WebAssembly.Module;
  readonly ledger: WebAssembly.Module;
  readonly prover: WebAssembly.Module;
}

interface LedgerExports {
  open(align: number, tellsBlocks: number, noting: number): void;
  wrongWhat(): number;
  wrongWhere(): number;
  liveCount(): number;
  resume(live: number): void;
}

interface ProverExports {
  begin(kept: number): void;
  play(count: number, every: number): number;
  playedCount(): number;
  refusedCount(): number;
  auditCount(): number;
  freeAll(down: number): number;
  audit(): void;
  explore(steps: number, kinds: number): number;
  sequenceCount(): bigint;
  nodeCount(): bigint;
  mostPages(): number;
}

/** The lowest heap base that leaves the prover its tables: see wasm/proof/layout.ts. */
export const PROOF_BASE_PAGE = 224;
const BLOCKS = 0x2000;
const PROGRAM = 0x34_2000;
const RESULTS = 0x44_2000;
/** Operations that a program may have, and numbers of blocks. */
export const PROGRAM_ROOM = 65_536;
const WAY = PROGRAM + 64;
const DIRT = 0xa5;

const WRONG = [
  '',
  'an address is no multiple of the alignment',
  'a block may use less than was asked for',
  'a block lies outside the heap',
  'two live blocks overlap',
  'the contents of a block have changed',
  'the reader skips bytes, or tells them twice',
  'the reader tells a block that is not live, or at another length',
  'the reader takes a live block for something else',
  'a list leads to something that is not free, or twice to the same',
  'a free chunk is in no list',
  'more free chunks than the ledger has room for',
];
const READER_RULES = 32;

/** The first thing that is wrong. */
export interface Wrong {
  readonly what: string;
  readonly address: number;
}

export interface ProverSettings {
  /** First byte of the heap, counted from the beginning of page 224. */
  readonly base?: number;
  /** Initial pages beyond page 224. */
  readonly initial?: number;
  /** Pages that memory may have, beyond page 224. */
  readonly max?: number;
  /** Pages that it has from the beginning, beyond page 224: more than the initial ones are dirty on purpose. */
  readonly there?: number;
}

/** An allocator under proof: itself, its reader, the ledger and the prover on one memory. */
export class Prover {
  readonly memory: WebAssembly.Memory;
  readonly allocator: AllocatorExports;
  private readonly ledger: LedgerExports;
  private readonly prover: ProverExports;
  readonly id: AllocatorId;
  private readonly options: number;

  constructor(
    readonly lane: string,
    modules: ProofModules,
    { max = 65_536 - PROOF_BASE_PAGE, there = 1 }: ProverSettings = {},
  ) {
    const { id, options } = parseLaneName(lane)!;
    this.id = id;
    this.options = options;
    const memory = new WebAssembly.Memory({
      initial: PROOF_BASE_PAGE + there,
      maximum: PROOF_BASE_PAGE + max,
    });
    const env = { memory, abort: () => this.abort() };
    const open = (module: WebAssembly.Module, more: WebAssembly.Imports = {}) =>
      new WebAssembly.Instance(module, { env, ...more }).exports;
    const allocator = open(modules.allocator);
    const ledger = open(modules.ledger);
    const { chunk, row, link, broken } = ledger;
    // The fields of headers are for eyes.
    const sink = { chunk, row, link, broken, field: () => {} } as WebAssembly.ModuleImports;
    const reader = open(modules.reader, { sink });
    this.memory = memory;
    this.allocator = allocator as unknown as AllocatorExports;
    this.ledger = ledger as unknown as LedgerExports;
    const given = { ...allocator, ...ledger, ...reader } as WebAssembly.ModuleImports;
    this.prover = open(modules.prover, { given }) as unknown as ProverExports;
  }

  private abort(): never {
    throw new Error(`${this.lane}: an assertion failed`);
  }

  /** Begins a run with no block, its state full of dirt, its initial pages zero. `noting`: for `explore`. */
  init({ base = 0, initial = 1 }: ProverSettings = {}, noting = false): void {
    const { align } = ALLOCATORS[this.id];
    const start = PROOF_BASE_PAGE * PAGE_BYTES;
    const missing = start / PAGE_BYTES + initial - this.memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) this.memory.grow(missing);
    const bytes = new Uint8Array(this.memory.buffer);
    // `init` clears the state, whatever lies there.
    bytes.fill(DIRT, 16, 2048);
    bytes.fill(0, start, start + initial * PAGE_BYTES);
    bytes.fill(0, BLOCKS, BLOCKS + PROGRAM_ROOM * 16);
    this.allocator.init(start + base, PROOF_BASE_PAGE + initial, this.options);
    this.ledger.open(align, tellsBlocks(this.id) ? 1 : 0, noting ? 1 : 0);
    // As `Heap.realloc` does.
    this.prover.begin(reallocForgetsAlign(this.id) ? align : 2 ** 31);
  }

  /** Goes back to a copy of all bytes below the break, taken with `live` blocks; what lies above it becomes dirty. */
  recall(copy: Uint8Array, live: number): void {
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.set(copy);
    bytes.fill(DIRT, copy.length);
    this.ledger.resume(live);
  }

  get wrong(): Wrong | null {
    const what = this.ledger.wrongWhat();
    if (what === 0) return null;
    const text = what > READER_RULES ? `the reader: ${texts.rule(what - READER_RULES)}` : WRONG[what]!;
    return { what: text, address: this.ledger.wrongWhere() >>> 0 };
  }

  /** Runs a program from where the heap is; the number of the operation after which something is wrong, or its length. */
  play(program: Program, every: number): number {
    new Uint32Array(this.memory.buffer, PROGRAM, program.words.length).set(program.words);
    return this.prover.play(program.length, every) >>> 0;
  }

  /** Address and pages after each operation of the last program, two words each; valid until memory grows. */
  results(count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, RESULTS, count * 2);
  }

  freeAll(down = false): boolean {
    return this.prover.freeAll(down ? 1 : 0) !== 0;
  }

  audit(): boolean {
    this.prover.audit();
    return this.wrong === null;
  }

  get counts(): { played: number; refused: number; audits: number; live: number } {
    const { prover } = this;
    return {
      played: prover.playedCount() >>> 0,
      refused: prover.refusedCount() >>> 0,
      audits: prover.auditCount() >>> 0,
      live: this.ledger.liveCount(),
    };
  }

  /** Every sequence of `steps` allocations of `sizes` and frees; throws with the one that is wrong. */
  explore(steps: number, sizes: readonly number[]): { sequences: number; nodes: number; pages: number } {
    new Uint32Array(this.memory.buffer, PROGRAM, sizes.length).set(sizes);
    const sound = this.prover.explore(steps, sizes.length) !== 0;
    if (!sound) {
      const way = [...new Uint32Array(this.memory.buffer, WAY, steps)];
      const told = way.map((choice) =>
        choice < 16 ? `alloc ${sizes[choice]}` : `free the block of operation ${choice - 15}`,
      );
      const { what, address } = this.wrong ?? { what: 'a refusal, or bytes that were not put back', address: 0 };
      throw new Error(`${this.lane}: ${what} at ${address}, on the way or before its end: ${told.join('; ')}`);
    }
    return {
      sequences: Number(this.prover.sequenceCount()),
      nodes: Number(this.prover.nodeCount()),
      pages: this.prover.mostPages() - PROOF_BASE_PAGE,
    };
  }
}
