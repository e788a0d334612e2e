import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALLOCATOR_IDS, type AllocatorId } from '../../src/model/lanes.ts';
import { moduleBytes } from './support/modules.ts';

/** Bytes that a module may have, its whole ABI in it. The real ones: wee_alloc 2,068, dlmalloc of wasi-libc 10,562. */
const BUDGET = {
  wee: 1_080,
  dlmalloc: 3_360,
  'dlmalloc-emscripten': 3_520,
  'dlmalloc-rs': 3_280,
  tlsf: 2_420,
  arena: 530,
  pool: 1_250,
} as const satisfies Record<AllocatorId, number>;

test.each(ALLOCATOR_IDS)('%s keeps within its budget of bytes', (id) => {
  expect(moduleBytes(id).length).toBeLessThanOrEqual(BUDGET[id]);
  expect(sizes()[id], 'as the build recorded it').toBe(moduleBytes(id).length);
});

test.each(ALLOCATOR_IDS)('%s keeps its whole state in the memory that it is given', (id) => {
  for (const build of [id, `${id}.counted`, `${id}.reader`]) {
    const module = new WebAssembly.Module(moduleBytes(build));
    const memories = WebAssembly.Module.imports(module).filter((one) => one.kind === 'memory');
    expect(memories).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    expect(sections(moduleBytes(build)), build).not.toContain(GLOBALS);
    expect(sections(moduleBytes(build)), build).not.toContain(DATA);
  }
});

test('the guard keeps its whole state in the memory that it is given', () => {
  expect(moduleBytes('guard').length).toBeLessThanOrEqual(1_750);
  expect(sections(moduleBytes('guard'))).not.toContain(GLOBALS);
  expect(sections(moduleBytes('guard'))).not.toContain(DATA);
});

function sizes(): Readonly<Record<string, number>> {
  return JSON.parse(readFileSync(new URL('../build/sizes.json', import.meta.url), 'utf8'));
}

const GLOBALS = 6;
const DATA = 11;

/** Ids of a module's sections. */
function sections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    ids.push(bytes[at++]!);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return ids;
}
