import { describe, expect, test } from 'vitest';
import { ABUSED_LANES, ABUSES, VERDICTS } from './testing/abuse.ts';
import { openScript } from './testing/run-script.ts';

/** A script's run on a lane of at most 64 pages: the letter of its verdict, and the kinds of all findings. */
async function outcomeOf(script: string, name: string): Promise<{ verdict: string; kinds: readonly string[] }> {
  const run = await openScript(script, name);
  try {
    const { stopped, findings } = run.finish();
    const kinds = findings.map(({ kind }) => kind);
    if (stopped !== null) return { verdict: stopped.kind === 'loop' ? 'l' : 't', kinds };
    const { broken } = run.survey(run.recorded);
    return { verdict: broken === null ? '-' : broken.kind === 'owners' ? 'o' : 'c', kinds };
  } finally {
    run.dispose();
  }
}

describe.each(ABUSES)('$name', ({ script, finding, verdicts }) => {
  test('is seen by the recorder on every lane, and does to each what is written of it', async () => {
    let told = '';
    for (const lane of ABUSED_LANES) {
      const { verdict, kinds } = await outcomeOf(script, lane);
      if (finding === null)
        expect(
          kinds.filter((kind) => /^F50[1-6]|F508/.test(kind)),
          lane,
        ).toEqual([]);
      else expect(kinds, lane).toContain(finding);
      told += verdict;
    }
    expect(told).toBe(verdicts);
  });
});

test('there are as many as mimalloc-bench had, each with a verdict for each lane', () => {
  expect(ABUSES).toHaveLength(42);
  expect(new Set(ABUSES.map(({ name }) => name)).size).toBe(42);
  for (const { name, verdicts } of ABUSES) {
    expect(verdicts, name).toHaveLength(ABUSED_LANES.length);
    for (const letter of verdicts) expect(Object.keys(VERDICTS), name).toContain(letter);
  }
});
