import { expect, test } from 'vitest';
import type { Contestant } from './contestants.ts';
import { DRIVER_ALONE, OUR_DLMALLOC, OUR_WEE, REAL_DLMALLOC, REAL_DLMALLOC_O3, REAL_WEE } from './contestants.ts';
import type { Measured } from './measure.ts';
import { picture } from './picture.ts';
import { programs } from './programs.ts';
import { type Outcome, placed, ratio, realDlmalloc, spread, tables } from './report.ts';

function ran(name: string, rounds: readonly number[]): Measured {
  const ours = name === OUR_DLMALLOC || name === OUR_WEE;
  const open: Contestant['open'] = () => {
    throw new Error('a report runs nothing');
  };
  return {
    contestant: { name, calling: 'c', open, ...(ours ? { counted: open } : {}) },
    facts: { grown: 3, steps: ours ? 1.5 : null, addresses: new Uint32Array() },
    rounds,
  };
}

const untimed = ran('arena', []);

const OUTCOME: Outcome = {
  program: { name: 'small', what: 'a program' },
  measured: [
    ran(OUR_DLMALLOC, [8, 9, 40]),
    ran(REAL_DLMALLOC, [16, 18, 20]),
    ran(REAL_DLMALLOC_O3, [10, 12, 50]),
    ran(OUR_WEE, [200, 200, 200]),
    ran(REAL_WEE, [400, 400, 400]),
    { ...untimed, contestant: { ...untimed.contestant, untimed: true } },
    ran(DRIVER_ALONE, [3, 3, 3]),
  ],
};

test('a ratio compares figures of one round, so that a slow round of both is no difference', () => {
  const [ours, , optimised] = OUTCOME.measured;
  expect(ratio(ours!, optimised!).median).toBeCloseTo(0.8);
  expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toEqual({ low: 2, median: 6, high: 10 });
});

test('the faster build of the real dlmalloc is the measure', () => {
  expect(realDlmalloc(OUTCOME)!.contestant.name).toBe(REAL_DLMALLOC_O3);
  expect(realDlmalloc({ ...OUTCOME, measured: OUTCOME.measured.slice(0, 1) })).toBeUndefined();
});

test('tables name the machine, and give a dash for what did not run', () => {
  const text = tables([OUTCOME], 'a machine', 3);
  expect(text).toContain('Measured on one machine: a machine, 3 rounds.');
  expect(text).toContain('| dlmalloc / the faster real one | 0.80 (0.76–0.80) |');
  expect(text).toContain('| wee / the real one | 0.50 (0.50–0.50) |');
  const without = OUTCOME.measured.filter(({ contestant }) => !contestant.name.startsWith(REAL_DLMALLOC));
  expect(tables([{ ...OUTCOME, measured: without }], 'a machine', 3)).toContain(
    '| dlmalloc / the faster real one | – |',
  );
});

test('who is not timed has pages, and no time in table or picture', () => {
  expect(tables([OUTCOME], 'a machine', 3).match(/^\| arena \| .*$/gm)).toEqual(['| arena | 3 |']);
  expect(picture([OUTCOME])).not.toContain('arena');
});

test('the picture shows every allocator but the driver, and what is off its scale as a number', () => {
  const drawing = picture([OUTCOME])!;
  expect(drawing).toContain(`>${OUR_WEE}<`);
  expect(drawing).toContain('>17<');
  expect(drawing).not.toContain(DRIVER_ALONE);
  expect(drawing).toContain('prefers-color-scheme: dark');
  expect(picture([{ ...OUTCOME, measured: OUTCOME.measured.slice(0, 1) }])).toBeNull();
});

test('figures take the place that the document keeps for them, again and again', () => {
  const document = 'before\n<!-- written by npm run bench -->\nold\n<!-- end of what npm run bench writes -->\nafter\n';
  const once = placed(document, 'new');
  expect(once).toContain('before');
  expect(once).not.toContain('old');
  expect(once.endsWith('-->\nafter\n')).toBe(true);
  expect(placed(once, 'new')).toBe(once);
  expect(() => placed('nothing here', 'new')).toThrow(/No place/);
});

test('each program ends with an empty heap and frees no block twice', () => {
  for (const { name, words, slots } of programs()) {
    const live = new Uint32Array(slots);
    const held = new Uint8Array(slots);
    const wrong: number[] = [];
    for (let at = 0; at < words.length; at += 3) {
      const slot = words[at]! >>> 2;
      const kind = words[at]! & 3;
      if (held[slot] !== (kind === 0 ? 0 : 1) || (kind !== 0 && words[at + 2] !== live[slot])) wrong.push(at / 3);
      live[slot] = words[at + 1]!;
      held[slot] = kind === 1 ? 0 : 1;
    }
    expect(wrong, name).toEqual([]);
    expect(held.includes(1), name).toBe(false);
  }
});
