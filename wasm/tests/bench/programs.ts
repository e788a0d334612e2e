import { goldenOperations } from '../support/golden.ts';
import { Random } from '../support/random.ts';

/** Operations as the driver reads them, three words each: slot · 4 + kind, size now, size before. All end with an empty heap. */
export interface Program {
  readonly name: string;
  readonly what: string;
  readonly words: Uint32Array;
  /** Blocks are kept by number, 0 to `slots − 1`. */
  readonly slots: number;
}

const ALLOC = 0;
export const FREE = 1;
const REALLOC = 2;

/** Collects operations; keeps what is live, so that a random block is found and the end can free all of it. */
class Writer {
  private readonly words: number[] = [];
  private readonly unused: number[] = [];
  readonly live: { slot: number; size: number }[] = [];
  slots = 0;

  get count(): number {
    return this.words.length / 3;
  }

  alloc(size: number): void {
    const slot = this.unused.pop() ?? this.slots++;
    this.words.push(slot * 4 + ALLOC, size, 0);
    this.live.push({ slot, size });
  }

  /** The last live block takes the place of the one that is freed. */
  free(at: number): void {
    const { slot, size } = this.live[at]!;
    this.words.push(slot * 4 + FREE, 0, size);
    this.live[at] = this.live[this.live.length - 1]!;
    this.live.pop();
    this.unused.push(slot);
  }

  realloc(at: number, size: number): void {
    const block = this.live[at]!;
    this.words.push(block.slot * 4 + REALLOC, size, block.size);
    block.size = size;
  }

  finish(name: string, what: string): Program {
    while (this.live.length > 0) this.free(this.live.length - 1);
    return { name, what, words: Uint32Array.from(this.words), slots: this.slots };
  }
}

/** Few enough for a pass to end, mostly, before the machine has something else to do. */
const OPERATIONS = 50_000;

function small(): Program {
  const random = new Random(1);
  const writer = new Writer();
  while (writer.count < OPERATIONS) {
    if (writer.live.length < 4000) writer.alloc(8 + random.below(57));
    else writer.free(random.below(writer.live.length));
  }
  return writer.finish('small', '8 to 64 B, 4,000 blocks live, a random one freed for each new one');
}

/** 8 to 4,096 bytes, as many between 8 and 16 as between 2,048 and 4,096. */
const logUniform = (random: Random): number => Math.floor(2 ** (3 + random.below(9000) / 1000));

function mixed(): Program {
  const random = new Random(2);
  const writer = new Writer();
  while (writer.count < OPERATIONS) {
    const { length } = writer.live;
    if (length > 0 && random.chance(0.1)) writer.realloc(random.below(length), logUniform(random));
    else if (length < 1000 || (length < 2000 && random.chance(0.5))) writer.alloc(logUniform(random));
    else writer.free(random.below(length));
  }
  return writer.finish('mixed', '8 to 4,096 B log-uniform, 1,000 to 2,000 blocks live, 10 % realloc');
}

function frames(): Program {
  const random = new Random(3);
  const writer = new Writer();
  const lasting = 2000;
  while (writer.live.length < lasting) writer.alloc(16 + random.below(497));
  while (writer.count < OPERATIONS) {
    const temporaries = 50 + random.below(150);
    for (let k = 0; k < temporaries; k++) writer.alloc(16 + random.below(1009));
    while (writer.live.length > lasting) writer.free(lasting + random.below(writer.live.length - lasting));
    for (let k = 0; k < 4; k++) writer.free(random.below(writer.live.length));
    for (let k = 0; k < 4; k++) writer.alloc(16 + random.below(497));
  }
  return writer.finish(
    'frames',
    '50 to 200 temporaries a frame, 16 to 1,024 B, over 2,000 that last; 4 of those replaced',
  );
}

/** A recording of a real program, with what it never freed freed at its end. */
function recorded(trace: string, what: string): Program {
  const writer = new Writer();
  const positions = new Map<number, number>();
  const idAt: number[] = [];
  for (const { kind, id, size } of goldenOperations(trace)) {
    const at = positions.get(id);
    if (kind === 'f') {
      if (at === undefined) continue;
      const last = idAt.pop()!;
      positions.delete(id);
      writer.free(at);
      if (last !== id) {
        idAt[at] = last;
        positions.set(last, at);
      }
    } else if (at === undefined) {
      positions.set(id, writer.live.length);
      idAt.push(id);
      writer.alloc(size);
    } else writer.realloc(at, size);
  }
  return writer.finish(trace, what);
}

export const programs = (): readonly Program[] => [
  small(),
  mixed(),
  frames(),
  recorded('sqlite-wasm', 'SQLite compiled to WebAssembly: 20,000 inserts, an index, query, delete, update'),
];
