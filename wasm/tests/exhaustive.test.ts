import { describe, expect, test } from 'vitest';
import { ALL_LANE_NAMES, ALLOCATOR_IDS, parseLaneName } from '../../src/model/lanes.ts';
import { loadProof } from './support/modules.ts';
import { Prover } from './support/prover.ts';
import { withoutHeads } from './support/spoiled.ts';

/** `npm run exhaustive` asks for 8. */
const LENGTH = Number(process.env.HEAPSCAPE_EXHAUSTIVE_LENGTH ?? 6);
const SIZES = [1, 16, 40, 300, 1500];
/** How long a machine takes is no part of the claim. */
const NO_LIMIT = 0;
/** Two kilobytes before a page ends: every allocator meets the end of its memory within a few operations. */
const BASE = 63_488;
/** Bounds of its memory, in pages. Where TLSF may double it, it does so from page 224: what it grew must end where images do. */
const MEMORY = { there: 16, max: 16 };
/** wee without classes cuts as the repaired one does; both are in the soak. */
const LANES = ALL_LANE_NAMES.filter((lane) => !lane.includes('noclasses'));

/** How many sequences of `length` there are with `live` blocks to begin with: the search's own count must be this one. */
function sequencesOf(length: number, live = 0): number {
  if (length === 0) return 1;
  const more = SIZES.length * sequencesOf(length - 1, live + 1);
  return live === 0 ? more : more + live * sequencesOf(length - 1, live - 1);
}

describe(`every sequence of ${LENGTH} allocations and frees over ${SIZES.join(', ')} bytes`, () => {
  test('covers each allocator', () => {
    expect(new Set(LANES.map((lane) => parseLaneName(lane)!.id))).toEqual(new Set(ALLOCATOR_IDS));
    expect(sequencesOf(8)).toBe(7_237_500);
  });

  test.each(LANES)('%s', { timeout: NO_LIMIT }, async (lane) => {
    const prover = new Prover(lane, await loadProof(parseLaneName(lane)!.id), MEMORY);
    prover.init({ base: BASE }, true);
    const began = performance.now();
    const { sequences, nodes, pages } = prover.explore(LENGTH, SIZES);
    expect(sequences).toBe(sequencesOf(LENGTH));
    expect(pages, 'growth is part of it').toBeGreaterThan(1);
    if (LENGTH > 6) {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(
        `${lane}: ${sequences} sequences, ${nodes} looks through the heap, ${pages} pages at most, 0 breaks, ${seconds} s`,
      );
    }
  });
});

test('a dlmalloc whose chunks have no room for their heads is found on the way', async () => {
  const modules = { ...(await loadProof('dlmalloc')), allocator: new WebAssembly.Module(withoutHeads()) };
  const prover = new Prover('dlmalloc', modules, MEMORY);
  prover.init({ base: BASE }, true);
  expect(() => prover.explore(3, SIZES)).toThrow(/a block may use less than was asked for .* alloc 16/);
});
