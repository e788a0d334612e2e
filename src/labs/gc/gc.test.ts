import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settled } from '../controls.ts';
import { measured } from '../testing.ts';
import type { Form, GcData } from './data.ts';
import { gcLab as lab } from './lab.ts';
import { plainObjects } from './objects.ts';

interface Program {
  build(n: number): void;
  walk(): number;
  drop(): void;
  collect(): number;
  collections(): number;
  readonly memory: WebAssembly.Memory;
}

const open = async (name: string) =>
  (await WebAssembly.instantiate(await readFile(`wasm/build/labs.${name}.wasm`))).instance
    .exports as unknown as Program;

test('the program adds up to the same with malloc, with the own collector and with objects', async () => {
  for (const n of [1, 2, 1000, 20_000]) {
    const objects = plainObjects();
    objects.build(n);
    for (const name of ['linear', 'collector']) {
      const program = await open(name);
      program.build(n);
      expect(program.walk(), `${name}, ${n}`).toBe(objects.walk());
      program.drop();
      expect(program.walk(), name).toBe(0);
    }
  }
});

test('what is let go of is used again: the memory of one program serves a hundred', async () => {
  const linear = await open('linear');
  linear.build(1000);
  linear.drop();
  const bytes = linear.memory.buffer.byteLength;
  for (let k = 0; k < 100; k++) {
    linear.build(1000);
    linear.drop();
  }
  expect(linear.memory.buffer.byteLength).toBe(bytes);
});

test('the collector finds garbage by itself, keeps what is live and gives it out unharmed', async () => {
  const program = await open('collector');
  program.build(50_000);
  const sum = program.walk();
  program.drop();
  // Never dropped: each build makes the tree before it garbage, while the list goes on growing from nothing.
  for (let k = 0; k < 4; k++) {
    program.build(50_000);
    expect(program.walk(), `round ${k}`).toBe(sum);
    program.drop();
  }
  expect(program.collections()).toBeGreaterThan(5);
  expect(program.collect()).toBe(0);
  expect(program.memory.buffer.byteLength).toBeLessThan(8 * 2 ** 20);
  program.build(10);
  // 10 nodes, 10 records and 10 texts of 24 bytes each.
  expect(program.collect()).toBe(30 * 24);
});

function faked(builds: Partial<Record<Form, number>>, bytes: Partial<Record<Form, number>> = {}): GcData {
  return {
    n: 10_000,
    forms: (Object.keys(builds) as Form[]).map((form) => ({
      form,
      bytes: bytes[form] ?? 3000,
      sum: 110_925_000,
      build: measured(builds[form]!),
      walk: measured(1000),
      drop: measured(1000),
      direct: null,
      call: measured(10),
      memory: null,
    })),
    pauses: [{ objects: 30_000, time: measured(500_000) }],
    collections: 2,
    seen: null,
  };
}

test('the headline follows the data', () => {
  const headline = (data: GcData) => lab.report(data, settled(lab.controls, {})).headline;
  expect(headline(faked({ gc: 500, linear: 1000 }, { gc: 500, linear: 3000 }))).toBe(
    'Here WasmGC builds in 0.50× the time of malloc, and its module is 6.0× smaller.',
  );
  expect(headline(faked({ gc: 3000, linear: 1000 }, { gc: 2900 }))).toBe(
    'Here malloc builds faster: WasmGC takes 3.0× as long.',
  );
  expect(headline(faked({ gc: 1100, linear: 1000 }))).toBe(
    'Here WasmGC and malloc build this program about equally fast.',
  );
  expect(headline(faked({ gc: 1100 }))).toBe('Not enough was measured to compare the four ways.');
});

test('the text cites sums, sizes and the pause', () => {
  const { lead } = lab.report(
    faked({ gc: 500, linear: 1000, collector: 900 }, { gc: 465, linear: 2999, collector: 1142 }),
    settled(lab.controls, {}),
  );
  const text = lead.join(' ').replace(/\s/g, ' ');
  expect(text).toContain('added up to *110 925 000*');
  expect(text).toContain('*465 B* with WasmGC, *2 999 B* with malloc and free, *1 142 B* with a collector');
  expect(text).toContain('with 30 000 live objects one collection took *500 µs*');
});
