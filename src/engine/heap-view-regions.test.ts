import { expect, test } from 'vitest';
import { seeded } from './heap-view-fixtures.ts';
import { Regions } from './heap-view-regions.ts';

test('regions never overlap, are zeroed, and what is given back is used again before memory grows', () => {
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed);
    const regions = new Regions(new WebAssembly.Memory({ initial: 1 }), 1000);
    const owners = [{}, {}, {}];
    const held = new Map<number, { bytes: number; owner: object }>();
    let most = 0;
    for (let round = 0; round < 3000; round++) {
      const what = random(10);
      const owner = owners[random(3)]!;
      if (what < 6 && held.size < 60) {
        const bytes = random(40_000);
        regions.owner = owner;
        const start = regions.reserve(bytes);
        const where = `seed ${seed}, round ${round}`;
        expect(start % 16, where).toBe(0);
        for (const [other, { bytes: length }] of held) {
          if (start < other + length && other < start + bytes) throw new Error(`${where}: ${start} overlaps ${other}`);
        }
        expect(
          regions.bytes.subarray(start, start + bytes).every((byte) => byte === 0),
          where,
        ).toBe(true);
        regions.bytes.fill(0xee, start, start + bytes);
        held.set(start, { bytes, owner });
      } else if (what < 9) {
        const start = [...held.keys()][random(held.size)];
        if (start === undefined) continue;
        regions.release(start);
        held.delete(start);
      } else {
        regions.releaseAll(owner);
        for (const [start, region] of [...held]) if (region.owner === owner) held.delete(start);
      }
      if (round === 1500) most = regions.bytes.length;
    }
    expect(regions.bytes.length).toBeLessThan(most * 2);
  }
});

test('all memory given back is one span again', () => {
  const regions = new Regions(new WebAssembly.Memory({ initial: 1 }), 0);
  const starts = Array.from({ length: 20 }, () => regions.reserve(50_000));
  const { length } = regions.bytes;
  for (const start of starts.filter((_, index) => index % 2 === 0)) regions.release(start);
  for (const start of starts.filter((_, index) => index % 2 === 1)) regions.release(start);
  regions.reserve(20 * 50_000);
  expect(regions.bytes.length).toBe(length);
});

test('memory that cannot grow is said in words that name what is needed', () => {
  const regions = new Regions(new WebAssembly.Memory({ initial: 1, maximum: 2 }), 0);
  expect(() => regions.reserve(300_000)).toThrow(/replay needs 1 MiB/);
  expect(regions.reserve(1000)).toBe(0);
});
