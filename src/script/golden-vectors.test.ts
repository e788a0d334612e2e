import { expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { GOLDEN_VECTORS, goldenScript, goldenValues } from './golden-vectors.ts';
import { compile, startRun } from './index.ts';

for (const vector of GOLDEN_VECTORS) {
  test.each(vector.rows.map((row) => [row.seed, row] as const))(
    `${vector.draw} draws its golden values, seed %i`,
    (_, row) => {
      const { program, diagnostics } = compile(goldenScript(vector, row));
      expect(diagnostics).toEqual([]);
      const run = startRun(program!);
      while (run.advance(7) === 'more');
      expect(goldenValues(vector, run.finish())).toEqual(row.values);
    },
  );
}

test('the dice alone give the raw outputs of places 0 and 1', () => {
  for (const { place, rows } of GOLDEN_VECTORS.filter(({ draw }) => draw.startsWith('raw'))) {
    for (const { seed, values } of rows) {
      const dice = new Dice(seed, place);
      expect(values.map(() => dice.next())).toEqual(values);
    }
  }
});

test('started with 0, 0, 0, 1 the first output after the 15 thrown away is the published one', () => {
  expect(new Dice(0, 0, 0, 1, 15).next()).toBe(0xfb52c520);
});
