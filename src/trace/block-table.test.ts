import { expect, test } from 'vitest';
import { BlockTable } from './block-table.ts';
import { dice } from './testing.ts';

test('the table answers as a map of exact 64-bit keys does, through growth and deletion', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const roll = dice(seed);
    const table = new BlockTable();
    const map = new Map<bigint, number>();
    for (let step = 0; step < 8_000; step++) {
      // Few upper halves, and lower halves in rows, so that keys meet in the same slots.
      const high = roll(3) * 0x7fffffff;
      const low = roll(3_000) * 16;
      const key = (BigInt(high) << 32n) | BigInt(low);
      if (roll(3) > 0) {
        table.set(high, low, step);
        map.set(key, step);
      } else {
        table.delete(high, low);
        map.delete(key);
      }
      const probe = roll(3_000) * 16;
      const expected = map.get((BigInt(high) << 32n) | BigInt(probe)) ?? -1;
      if (table.get(high, probe) !== expected) throw new Error(`seed ${seed}, step ${step}: expected ${expected}`);
    }
    for (const [key, block] of map) expect(table.get(Number(key >> 32n), Number(key & 0xffffffffn))).toBe(block);
  }
});

test('the key 0 and the largest key are keys like any other', () => {
  const table = new BlockTable();
  expect(table.get(0, 0)).toBe(-1);
  table.set(0, 0, 5);
  table.set(0xffffffff, 0xffffffff, 0);
  expect(table.get(0, 0)).toBe(5);
  expect(table.get(0xffffffff, 0xffffffff)).toBe(0);
  table.delete(0, 0);
  expect(table.get(0, 0)).toBe(-1);
  expect(table.get(0xffffffff, 0xffffffff)).toBe(0);
});
