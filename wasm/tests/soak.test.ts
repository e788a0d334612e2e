import { describe, expect, test } from 'vitest';
import { ALL_LANE_NAMES, parseLaneName } from '../../src/model/lanes.ts';
import { loadProof } from './support/modules.ts';
import { runProgram, SOAK_PROFILES, shrinkProgram, soakOf } from './support/programs.ts';
import { Prover } from './support/prover.ts';
import { withoutHeads } from './support/spoiled.ts';

/** Operations a lane; `npm run soak` asks for 30 million, and for other seeds if told. */
const OPERATIONS = Number(process.env.HEAPSCAPE_SOAK_OPERATIONS ?? 300_000);
const FIRST_SEED = Number(process.env.HEAPSCAPE_SOAK_SEED ?? 1);
/** Operations between two looks through the whole heap. */
const EVERY = 64;
const LONG = OPERATIONS > 300_000;
/** How long a machine takes is no part of the claim. */
const NO_LIMIT = 0;

describe(`${OPERATIONS} random operations from seed ${FIRST_SEED}`, () => {
  test.each(ALL_LANE_NAMES)('%s', { timeout: NO_LIMIT }, async (lane) => {
    const modules = await loadProof(parseLaneName(lane)!.id);
    /** By the pages that memory may have: a second program finds its memory grown, and dirty. */
    const provers = new Map<number, Prover>();
    const sum = { played: 0, refused: 0, audits: 0 };
    const began = performance.now();
    let seed = FIRST_SEED;
    for (; sum.played < OPERATIONS; seed++) {
      const { program, settings, profile, room } = soakOf(seed);
      const prover = provers.get(room) ?? new Prover(lane, modules, { max: room });
      provers.set(room, prover);
      const before = prover.counts;
      const failure = runProgram(prover, program, settings, EVERY);
      for (const what of ['played', 'refused', 'audits'] as const) sum[what] += prover.counts[what] - before[what];
      if (failure === null) continue;
      const short = shrinkProgram(prover, program, settings);
      throw new Error(
        `${lane}, seed ${seed}, ${profile}, ${room} pages: ${failure.wrong.what} at ${failure.wrong.address}, operation ${failure.index}.` +
          ` Shortened, at base ${settings.base} with ${settings.initial} pages: ${short?.failure.wrong.what}\n${short?.program}`,
      );
    }
    const { played, refused, audits } = sum;
    expect(refused, 'refusals are part of it').toBeGreaterThan(played / 1000);
    expect(audits).toBeGreaterThanOrEqual(Math.floor(played / 100));
    if (LONG) {
      const seconds = (performance.now() - began) / 1000;
      console.log(
        `${lane}: ${played} operations, ${refused} refused, ${audits} looks through the heap, 0 breaks, seeds ${FIRST_SEED} to ${seed - 1}, ${seconds.toFixed(0)} s`,
      );
    }
  });
});

test('an allocator that hands out a byte too few is found, and its program shortened to a few operations', async () => {
  const modules = { ...(await loadProof('dlmalloc')), allocator: new WebAssembly.Module(withoutHeads()) };
  const found = [];
  for (let seed = 1; seed <= SOAK_PROFILES.length; seed++) {
    const { program, settings, room } = soakOf(seed);
    const prover = new Prover('dlmalloc', modules, { max: room });
    if (runProgram(prover, program, settings, EVERY) === null) continue;
    const short = shrinkProgram(prover, program, settings)!;
    expect(short.program.length, `${short.program}`).toBeLessThan(8);
    expect(runProgram(prover, short.program, settings, 1)).toEqual(short.failure);
    found.push(seed);
  }
  expect(found).toHaveLength(SOAK_PROFILES.length);
});
