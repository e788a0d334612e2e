import { describe, expect, test } from 'vitest';
import { createReader, type HeapReading } from '../../src/engine/reader.ts';
import { ALL_LANE_NAMES, ALLOCATORS } from '../../src/model/lanes.ts';
import { SpanKind } from '../../src/model/spans.ts';
import { PAGE_BYTES } from '../../src/model/units.ts';
import { Heap } from './support/heap.ts';
import { loadModule } from './support/modules.ts';
import { Random } from './support/random.ts';
import { Shadow } from './support/shadow.ts';
import { type SlowReading, slowArena, slowPool } from './support/slow-readings.ts';

/** A small heap with holes of several kinds; what lives is known. */
async function smallHeap(lane: string): Promise<Shadow> {
  const heap = await Heap.open(lane, { base: 4096, initial: 1, max: 64 });
  const shadow = await Shadow.over(heap, 'small heap');
  const ids = [24, 100, 40, 300, 24, 2000, 24, 700, 340, 16, 5000, 40, 300, 24, 66_000, 100, 40, 66_000, 16, 24].map(
    (size) => shadow.alloc(size),
  );
  for (const k of [1, 3, 4, 8, 10, 12, 14, 18]) shadow.free(ids[k]!);
  shadow.alloc(90);
  shadow.expectReading();
  return shadow;
}

/** Words that hold what allocators believe: state (of its zeros the first), headers, links and feet of free chunks. */
function wordsOfTrust(heap: Heap, reading: HeapReading): number[] {
  const view = new DataView(heap.memory.buffer);
  const words = new Set<number>();
  reading.spanKind.forEach((kind, k) => {
    const start = reading.spanStart[k]!;
    const end = start + Math.min(reading.spanBytes[k]!, kind === SpanKind.State ? 2048 : 16);
    if (kind !== SpanKind.State && kind !== SpanKind.Header) return;
    for (let at = start; at < end; at += 4) if (at < 400 || view.getUint32(at, true) !== 0) words.add(at);
  });
  // A free chunk of dlmalloc tells its size at its end once more.
  if (ALLOCATORS[heap.lane.id].kind === 'dlmalloc')
    reading.holeAddress.forEach((start, k) => {
      words.add(start + reading.holeBytes[k]! - 4);
    });
  for (const start of reading.listAddress) for (let at = start; at < start + 20; at += 4) words.add(at);
  return [...words].sort((a, b) => a - b);
}

const COLUMNS = ['spanKind', 'spanStart', 'spanBytes', 'listNumber', 'listAddress'] as const;
/** A copy that outlives the next reading. */
const kept = (reading: HeapReading) => COLUMNS.map((name) => Buffer.from(reading[name].slice().buffer));
const tellsTheSame = (reading: HeapReading, copy: readonly Buffer[]) =>
  COLUMNS.every((name, k) => {
    const { buffer, byteOffset, byteLength } = reading[name];
    return Buffer.compare(Buffer.from(buffer, byteOffset, byteLength), copy[k]!) === 0;
  });

/** The break, as far as there is memory. */
const readablePages = (heap: Heap) => Math.min(heap.pages, heap.memory.buffer.byteLength / PAGE_BYTES);

function expectTiled(reading: HeapReading, pages: number, where: string): void {
  let at = 0;
  for (let k = 0; k < reading.spanKind.length; k++) {
    if (reading.spanStart[k] !== at || reading.spanKind[k]! > SpanKind.Top)
      throw new Error(`${where}: span ${k} is wrong`);
    at += reading.spanBytes[k]!;
  }
  if (at !== pages * PAGE_BYTES) throw new Error(`${where}: the spans end at ${at}`);
}

describe.each(ALL_LANE_NAMES)('the reader of %s', (lane) => {
  test('with any single bit of state, header or link flipped says "corrupt", or tells what the bytes now say', async () => {
    const shadow = await smallHeap(lane);
    const { heap } = shadow;
    const reader = createReader(
      await loadModule(`${heap.lane.id}.reader`),
      heap.memory,
      heap.lane.id,
      await loadModule('spans'),
    );
    const sound = reader.read();
    const before = kept(sound);
    const words = wordsOfTrust(heap, sound);
    const bytes = new Uint8Array(heap.memory.buffer);
    const copy = bytes.slice();
    const live = [...shadow.blocks.values()].map(
      (block) => [block.address, heap.usable(block.address, block.size)] as const,
    );
    let corrupt = 0;
    let changed = 0;
    for (const word of words) {
      for (let bit = 0; bit < 32; bit++) {
        const at = word + (bit >> 3);
        bytes[at]! ^= 1 << (bit & 7);
        const where = `${lane}, bit ${bit} of the word at ${word}`;
        const reading = reader.read();
        expectTiled(reading, readablePages(heap), where);
        if (reading.broken) corrupt++;
        else if (!tellsTheSame(reading, before)) {
          changed++;
          expectFaithful(heap, reading, live, where);
        }
        bytes[at]! ^= 1 << (bit & 7);
      }
    }
    expect(Buffer.compare(bytes, copy), 'a reader never writes').toBe(0);
    expect(corrupt).toBeGreaterThan(50);
    expect(changed, 'most flips are seen').toBeLessThan(corrupt);
  });

  test('ends, tells of every byte once and writes nothing, whatever memory holds', async () => {
    const shadow = await smallHeap(lane);
    const { heap } = shadow;
    const reader = createReader(
      await loadModule(`${heap.lane.id}.reader`),
      heap.memory,
      heap.lane.id,
      await loadModule('spans'),
    );
    const words = wordsOfTrust(heap, reader.read());
    const bytes = new Uint8Array(heap.memory.buffer);
    const view = new DataView(heap.memory.buffer);
    const sound = bytes.slice();
    for (let seed = 1; seed <= 300; seed++) {
      const random = new Random(seed);
      bytes.set(sound);
      for (let k = random.below(40); k >= 0; k--) {
        // Addresses into the heap lead further astray than noise does.
        const near = (random.below(heap.pages * PAGE_BYTES) & ~3) | random.below(4);
        const value = random.pick([0, near, near, random.next()]);
        view.setUint32(random.pick(words), value, true);
      }
      if (seed % 10 === 0) for (let at = 16; at < bytes.length; at += 4) view.setUint32(at, random.next(), true);
      const copy = bytes.slice();
      const reading = reader.read();
      expectTiled(reading, readablePages(heap), `${lane}, seed ${seed}`);
      for (const payload of [
        ...reading.spanStart.subarray(0, 60),
        ...reading.listAddress.subarray(0, 60),
        0,
        0xffff_fff8,
      ])
        for (const free of [true, false]) reader.fields(payload, free);
      expect(Buffer.compare(bytes, copy), `seed ${seed}`).toBe(0);
    }
  });
});

/** Allocators whose blocks carry no header: read once more, slowly. */
const SLOW: Readonly<Record<string, (memory: DataView) => SlowReading>> = { arena: slowArena, pool: slowPool };

/** Whoever believes these bytes sees what the reading says: each block that is told is as long as the allocator takes it to be. */
function expectFaithful(
  heap: Heap,
  reading: HeapReading,
  live: readonly (readonly [address: number, usable: number])[],
  where: string,
): void {
  const fromBytes = ALLOCATORS[heap.lane.id].header > 0;
  const slow = SLOW[heap.lane.id]?.(new DataView(heap.memory.buffer));
  for (const kind of [SpanKind.Used, SpanKind.Free] as const)
    if (slow && slow[kind] !== reading.kindBytes[kind])
      throw new Error(`${where}: ${reading.kindBytes[kind]} B of kind ${kind}, the bytes say ${slow[kind]}`);
  const used = new Map<number, number>();
  reading.spanKind.forEach((kind, k) => {
    if (kind !== SpanKind.Used) return;
    const start = reading.spanStart[k]!;
    const bytes = reading.spanBytes[k]!;
    used.set(start, bytes);
    if (fromBytes && heap.usable(start, 1) !== bytes)
      throw new Error(`${where}: ${bytes} B at ${start}, the allocator takes it for ${heap.usable(start, 1)}`);
  });
  // A live block that the reading has at another length, or not at all, is one whose header was hit, or hides behind one.
  for (const [address, usable] of live) {
    const bytes = used.get(address);
    if (bytes === undefined || bytes === usable || !fromBytes) continue;
    if (heap.usable(address, 1) !== bytes) throw new Error(`${where}: block at ${address} is told wrong`);
  }
}
