import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_LANE_NAMES } from '../model/lanes.ts';
import { MAX_PAGES } from '../model/units.ts';
import { openScript } from './testing/run-script.ts';

const gallery = (name: string) => readFileSync(new URL(`../../public/scenarios/${name}.heap`, import.meta.url), 'utf8');

test('an overflow stays silent until a call believes the header; arena and pool go on', async () => {
  const outcomes = new Map<string, string>();
  for (const name of ALL_LANE_NAMES) {
    const run = await openScript(gallery('overflow'), name);
    const { stopped, findings } = run.finish();
    outcomes.set(name, stopped?.message ?? 'went on');
    expect(findings[0], name).toMatchObject({ kind: 'F504', operation: 7, address: run.machine.log.address[3] });
    const sound = run.survey(6);
    expect([sound.broken, sound.adds], name).toEqual([null, true]);
    run.dispose();
  }
  const trapped = (operation: number) => `trapped at operation ${operation}: an address outside the memory`;
  expect(Object.fromEntries(outcomes)).toEqual({
    wee: trapped(13),
    'wee-repaired': trapped(13),
    'wee-noclasses': trapped(8),
    'wee-noclasses-repaired': trapped(8),
    dlmalloc: trapped(10),
    'dlmalloc-emscripten': trapped(10),
    'dlmalloc-rs': trapped(10),
    tlsf: trapped(10),
    arena: 'went on',
    pool: 'went on',
  });
});

test('after a use after free two blocks own one address, where memory is used again', async () => {
  for (const name of ALL_LANE_NAMES) {
    const run = await openScript(gallery('use-after-free'), name);
    const { stopped } = run.finish();
    const { broken, adds } = run.survey(run.recorded);
    expect(stopped, name).toBeNull();
    if (name === 'arena') expect([broken, adds]).toEqual([null, true]);
    else expect(broken, name).toMatchObject({ kind: 'owners', address: run.machine.log.address[9] });
    run.dispose();
  }
});

test('a list that a double free closed into a ring stops its lane by name, not the others', async () => {
  const text = 'a = alloc 3k; b = alloc 3k; free a; free a; c = alloc 40k; d = alloc 64';
  const wee = (await openScript(text, 'wee-repaired')).finish();
  expect(wee.stopped).toMatchObject({ kind: 'loop', operation: 5 });
  expect(wee.stopped!.message).toMatch(/^list loops at 0x[0-9a-f]{8}$/);
  expect(wee.findings.map(({ kind }) => kind)).toContain('loop');
  expect(wee.executed).toBe(4);
  for (const name of ['arena', 'pool']) {
    const other = (await openScript(text, name)).finish();
    expect([other.stopped, other.executed], name).toEqual([null, 6]);
  }
});

test('a write far outside stops the lane where the program left its memory', async () => {
  const result = (await openScript('a = alloc 64\nwrite a 8 at 5 GiB\nalloc 8', 'dlmalloc')).finish();
  expect(result.executed).toBe(1);
  expect(result.stopped).toMatchObject({ kind: 'trap', operation: 2, line: 2 });
  const before = (await openScript('a = alloc 64\nwrite a 8 at -1 GiB\nalloc 8', 'pool')).finish();
  expect(before.stopped!.message).toContain('before the memory');
});

test('fill mode marks new and freed bytes and moves no block', async () => {
  const text = 'a = alloc 100; b = alloc 100; free a';
  for (const name of ALL_LANE_NAMES) {
    const open = (fill: boolean) => openScript(text, name, { max: MAX_PAGES, fill });
    const [plain, filled] = [await open(false), await open(true)];
    plain.finish();
    filled.finish();
    expect(filled.machine.log.address, name).toEqual(plain.machine.log.address);
    const [a, b] = [plain.machine.log.address[1]!, plain.machine.log.address[2]!];
    expect(
      plain.bytes(2, b, 100).bytes.every((byte) => byte === 0),
      name,
    ).toBe(true);
    expect(filled.bytes(2, b, 100).bytes, name).not.toEqual(filled.bytes(2, a, 100).bytes);
    // The allocator's links lie in the first bytes of a free chunk.
    expect(
      filled.bytes(3, a + 32, 60).bytes.every((byte) => byte === 0x57),
      name,
    ).toBe(true);
  }
});
