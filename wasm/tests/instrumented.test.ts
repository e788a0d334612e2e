import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { describe, expect, test } from 'vitest';
import { ALL_LANE_NAMES, ALLOCATOR_IDS } from '../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../src/model/units.ts';
import { MODULES } from '../build.mjs';
import { Heap } from './support/heap.ts';
import { moduleBytes } from './support/modules.ts';
import { Random } from './support/random.ts';

const STEPS = 4;
const BOUND = 8;
const LOOP = 12;
const word = (heap: Heap, address: number) => new DataView(heap.memory.buffer).getUint32(address, true);
const setWord = (heap: Heap, address: number, value: number) =>
  new DataView(heap.memory.buffer).setUint32(address, value, true);

/** Search steps of what `call` does. */
function stepsOf(heap: Heap, call: () => void): number {
  setWord(heap, STEPS, 0);
  call();
  return word(heap, STEPS);
}

describe('the instrumented build', () => {
  test.each(ALL_LANE_NAMES)(
    'gives the addresses of the plain one on %s, and writes nothing but steps below state',
    async (lane) => {
      for (const seed of [1, 2, 3]) {
        const plain = await Heap.open(lane);
        const counted = await Heap.open(lane, { build: 'counted' });
        const bound = 65_536;
        setWord(counted, BOUND, bound);
        const random = new Random(seed);
        const live: { address: number; size: number; align: number }[] = [];
        for (let k = 0; k < 1500; k++) {
          const old = live.length > 0 && random.chance(0.5) ? live.splice(random.below(live.length), 1)[0]! : null;
          const size = random.size();
          const act = (heap: Heap) => {
            if (!old) return heap.alloc(size, align);
            if (size % 3 === 0) return heap.realloc(old.address, old.size, old.align, size);
            heap.dealloc(old.address, old.size, old.align);
            return 0;
          };
          const align = random.align();
          const address = act(plain);
          setWord(counted, STEPS, 0);
          expect(act(counted), `seed ${seed}, operation ${k}`).toBe(address);
          if (old && size % 3 !== 0) expect(word(counted, STEPS), 'a free counts nothing').toBe(0);
          if (address !== 0) live.push({ address, size, align: old?.align ?? align });
        }
        expect(counted.pages).toBe(plain.pages);
        expect([word(counted, 0), word(counted, BOUND), word(counted, LOOP)]).toEqual([0, bound, 0]);
        const all = (heap: Heap) => new Uint8Array(heap.memory.buffer, 16, heap.pages * PAGE_BYTES - 16);
        expect(Buffer.compare(all(counted), all(plain)), `seed ${seed}`).toBe(0);
      }
    },
  );

  test('counts each free cell that wee weighs', async () => {
    const heap = await Heap.open('wee-noclasses-repaired', { build: 'counted' });
    expect(stepsOf(heap, () => heap.alloc(100))).toBe(1);
    const blocks = Array.from({ length: 10 }, () => heap.alloc(200));
    const apart = blocks.filter((_, k) => k % 2 === 0);
    for (const block of apart) heap.dealloc(block, 200);
    // Five holes of 200 B stand before the large cell; the newest is first.
    expect(stepsOf(heap, () => heap.alloc(200))).toBe(1);
    expect(stepsOf(heap, () => heap.alloc(5000))).toBe(5);
    // As shipped the same walk loses the holes: the next one meets a single cell.
    const shipped = await Heap.open('wee-noclasses', { build: 'counted' });
    const row = Array.from({ length: 10 }, () => shipped.alloc(200));
    for (let k = 0; k < 10; k += 2) shipped.dealloc(row[k]!, 200);
    expect(stepsOf(shipped, () => shipped.alloc(5000))).toBe(6);
    expect(stepsOf(shipped, () => shipped.alloc(200))).toBe(1);
  });

  test('counts the walk for a slab into the request that needed it', async () => {
    const heap = await Heap.open('wee', { build: 'counted' });
    // Class list: empty. Main list: empty; then a run, weighed. Then the slab, weighed.
    expect(stepsOf(heap, () => heap.alloc(32))).toBe(2);
    expect(stepsOf(heap, () => heap.alloc(32))).toBe(1);
  });

  test('counts bins, victim and top of dlmalloc once, and each node of a tree', async () => {
    const heap = await Heap.open('dlmalloc', { build: 'counted' });
    expect(stepsOf(heap, () => heap.alloc(40))).toBe(1);
    const sizes = [300, 320, 340, 360, 380];
    const holes: number[] = [];
    for (const size of sizes) {
      holes.push(heap.alloc(size));
      heap.alloc(16);
    }
    sizes.forEach((size, k) => {
      expect(stepsOf(heap, () => heap.dealloc(holes[k]!, size))).toBe(0);
    });
    // Chunks of 304, 336, 352 and 368 B share a tree, 304 is its root; 368, the deepest, takes its place.
    expect(stepsOf(heap, () => heap.alloc(300))).toBe(1);
    expect(stepsOf(heap, () => heap.alloc(330))).toBe(2);
    // No tree can hold a chunk as large as that: only top is read.
    expect(stepsOf(heap, () => heap.alloc(100_000))).toBe(1);
  });

  test('counts the free neighbour that a realloc of dlmalloc reads', async () => {
    const heap = await Heap.open('dlmalloc', { build: 'counted' });
    const first = heap.alloc(64);
    expect(stepsOf(heap, () => heap.realloc(first, 64, 0, 200))).toBe(1);
    heap.alloc(16);
    expect(stepsOf(heap, () => heap.realloc(first, 200, 0, 100))).toBe(0);
    // To the right lies the free rest of the shrinking, too short: read, then the request itself takes from top.
    expect(stepsOf(heap, () => heap.realloc(first, 100, 0, 5000))).toBe(2);
  });

  test('counts one a block in arena and pool, and each freed run tried', async () => {
    const arena = await Heap.open('arena', { build: 'counted' });
    for (const size of [1, 100, 70_000]) expect(stepsOf(arena, () => arena.alloc(size))).toBe(1);
    const pool = await Heap.open('pool', { build: 'counted' });
    for (const size of [1, 1, 100, 70_000]) expect(stepsOf(pool, () => pool.alloc(size))).toBe(1);
    const runs = Array.from({ length: 7 }, () => pool.alloc(65_536));
    for (let k = 0; k < 6; k += 2) pool.dealloc(runs[k]!, 65_536);
    // Three freed runs of a page are tried, none is long enough, fresh pages are.
    expect(stepsOf(pool, () => pool.alloc(131_072))).toBe(4);
    expect(stepsOf(pool, () => pool.alloc(65_536))).toBe(1);
  });

  test('stops a walk in a list that a double free has closed, and says where', async () => {
    const heap = await Heap.open('wee', { build: 'counted' });
    const block = heap.alloc(3000);
    // Its neighbours stay in use, so that both frees push the cell on the list.
    const spared = heap.alloc(3000);
    const other = heap.alloc(3000);
    heap.alloc(3000);
    heap.dealloc(other, 3000);
    heap.dealloc(other, 3000);
    expect(block && spared).toBeGreaterThan(0);
    setWord(heap, BOUND, (heap.pages * PAGE_BYTES) / 8);
    expect(() => heap.alloc(60_000)).toThrow(WebAssembly.RuntimeError);
    expect(word(heap, LOOP)).toBe(other - 8);
  });
});

describe('the plain build', () => {
  const wasm = fileURLToPath(new URL('..', import.meta.url));

  test.each(ALLOCATOR_IDS)('of %s is byte for byte that of a source without counting', async (id) => {
    const root = mkdtempSync(join(wasm, 'build', 'bare-'));
    try {
      for (const folder of ['allocators', 'entries'])
        cpSync(join(wasm, folder), join(root, 'wasm', folder), { recursive: true });
      const library = join(root, 'wasm', 'build', 'library');
      cpSync(join(wasm, 'build', 'library'), library, { recursive: true });
      const folder = join(root, 'wasm', 'allocators');
      let removed = 0;
      const files = [folder, library].flatMap((each) => readdirSync(each).map((file) => join(each, file)));
      for (const file of files) {
        if (file.endsWith('/steps.ts') || file.endsWith('.reader.ts')) continue;
        const lines = readFileSync(file, 'utf8').split('\n');
        const kept = lines.filter((line) => !/\bstep\(|\bvisit\(|let visited\b|from ['"].*\/steps['"]/.test(line));
        removed += lines.length - kept.length;
        writeFileSync(file, kept.join('\n'));
      }
      rmSync(join(folder, 'steps.ts'));
      expect(removed).toBeGreaterThan(15);
      const { entry, options, optimise } = MODULES[id]!;
      const sink = { write: () => {} };
      const out = join(root, 'bare.wasm');
      const { error } = await asc.main(
        [join(root, entry), '--outFile', out, '--baseDir', root, ...options, ...optimise],
        {
          stdout: sink,
          stderr: sink,
        },
      );
      expect(error).toBe(null);
      expect(Buffer.compare(readFileSync(out), moduleBytes(id))).toBe(0);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
