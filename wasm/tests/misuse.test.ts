import { describe, expect, test } from 'vitest';
import { ABUSES } from '../../src/engine/testing/abuse.ts';
import { evaluateScript } from '../../src/engine/testing/run-script.ts';
import { ALLOCATORS } from '../../src/model/lanes.ts';
import { OpFlag, OpKind, operationAt } from '../../src/model/operations.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { PAGE_BYTES } from '../../src/model/units.ts';
import type { Abilities } from './support/differential.ts';
import {
  type DrivenMemory,
  openDlmalloc,
  openDlmallocEmscripten,
  openDlmallocRs,
  openTlsf,
  openWee,
  type Pair,
} from './support/oracles.ts';

interface RealOne {
  readonly lane: keyof typeof ALLOCATORS;
  readonly open: () => Promise<Pair>;
  readonly abilities: Abilities;
  /** Misuses after which ours is known to go on otherwise. */
  readonly differs: readonly string[];
}

const ALL: Abilities = { resizes: true, largest: 2 ** 32 - 1 };

const REAL: readonly RealOne[] = [
  {
    lane: 'wee',
    open: () => openWee(),
    abilities: { ...ALL, largest: 2 ** 31 - 1 },
    // The real one takes an end of 0 for no neighbour.
    differs: ['a free inside a large block', 'a free inside a large block, at an odd address'],
  },
  { lane: 'dlmalloc', open: () => openDlmalloc(), abilities: { ...ALL, resizes: false }, differs: [] },
  { lane: 'dlmalloc-emscripten', open: openDlmallocEmscripten, abilities: ALL, differs: [] },
  {
    lane: 'dlmalloc-rs',
    open: openDlmallocRs,
    abilities: { resizes: false, smallest: 1, largest: 2 ** 31 - 1 },
    // A chunk twice in a tree, and chunks shorter than the shortest: the real one has a parent's number, and bins, for them.
    differs: [
      'a large block freed twice',
      'a large block freed twice, other work between',
      'a single block freed twice, then a smaller one',
      'a free inside a small block, three times',
      'a free of the end of a block',
    ],
  },
  { lane: 'tlsf', open: () => openTlsf(), abilities: ALL, differs: [] },
];

/** Thrown where a program asks what cannot be asked of the real one, or reaches below its heap, where its module has its own data. */
class NotComparable extends Error {}

const NONE = 'none';

/** What an allocator answers, operation by operation: address and pages, or that it refused. A trap is a refusal, and the last answer. */
function* answers(
  heap: DrivenMemory,
  { operations, fills }: Scenario,
  floor: number,
  { resizes, smallest = 0, largest }: Abilities,
): Generator<string> {
  const log = [{ address: 0, size: 0 }];
  for (let t = 1; t <= operations.count; t++) {
    const { kind, prev, offset, size, align, flags, host } = operationAt(operations, t);
    const old = log[prev]!;
    const asks = kind === OpKind.Alloc || kind === OpKind.Realloc;
    let address = 0;
    if (asks && (size < smallest || size > largest)) throw new NotComparable();
    try {
      if (asks && old.address === 0) address = heap.alloc(size, align);
      else if (asks) {
        if (!resizes) throw new NotComparable();
        address = heap.realloc(old.address, old.size, align, size);
      } else if (old.address !== 0 && (kind === OpKind.Free || kind === OpKind.Write)) {
        const at = old.address + (kind === OpKind.Write || (flags & OpFlag.Misuse) !== 0 ? offset : 0);
        // A request for nothing gives an address below the heap on some, which never comes back to them.
        if (at < floor && (kind === OpKind.Write || old.size > 0)) throw new NotComparable();
        if (kind === OpKind.Free) heap.dealloc(at, old.size, align);
        else write(heap, at, size, fills.bytes.subarray(fills.start[host]!, fills.start[host + 1]!));
      }
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      yield NONE;
      return;
    }
    if (kind === OpKind.Realloc && address === 0) log.push(old);
    else log.push({ address, size });
    yield asks && address === 0 ? NONE : `${address}, ${heap.pages} pages`;
  }
}

/** Past the end of memory it traps, as a program's own store does. */
function write({ memory }: DrivenMemory, at: number, size: number, pattern: Uint8Array): void {
  const bytes = new Uint8Array(memory.buffer);
  if (at + size > bytes.length) throw new WebAssembly.RuntimeError('a store beyond memory');
  for (let k = 0; k < size; k++) bytes[at + k] = pattern[k % pattern.length]!;
}

/** Whether both answer the same, up to where either ends: a refusal of the real one and a trap of ours are the same, and the other way round. */
function agree(theirs: readonly string[], mine: readonly string[]): boolean {
  const count = Math.min(theirs.length, mine.length);
  const whole =
    theirs.length === mine.length || [theirs, mine].some((one) => one.length === count && one.at(-1) === NONE);
  return whole && theirs.slice(0, count).every((answer, k) => answer === mine[k]);
}

describe.each(REAL)('misuse of $lane', ({ lane, open, abilities, differs }) => {
  test('has the answers of the real one, address by address, until either traps; what is known to differ does', async () => {
    const compared: string[] = [];
    const differing: string[] = [];
    for (const { name, script } of ABUSES) {
      const scenario = evaluateScript(script);
      const { real, ours } = await open();
      const floor = ALLOCATORS[lane].grownOnly ? ours.pages * PAGE_BYTES : ours.base;
      try {
        const theirs = [...answers(real, scenario, floor, abilities)];
        const mine = [...answers(ours, scenario, floor, abilities)];
        compared.push(name);
        if (!agree(theirs, mine)) differing.push(name);
      } catch (error) {
        if (!(error instanceof NotComparable)) throw error;
      }
    }
    expect(differing).toEqual(differs);
    expect(compared.length).toBeGreaterThan(ABUSES.length / 2);
  });
});
