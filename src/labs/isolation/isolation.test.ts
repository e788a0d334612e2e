import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settled } from '../controls.ts';
import { measured } from '../testing.ts';
import { type Catch, GUARDS, type Guard, type IsolationData, SCENES } from './data.ts';
import { isolationLab as lab } from './lab.ts';
import { borders, catches, OPTIONS, type Program, scene, spacing } from './programs.ts';

const module = await WebAssembly.compile(await readFile('wasm/build/labs.isolation.wasm'));
const open = () => new WebAssembly.Instance(module).exports as unknown as Program;

test('two instances share nothing, and the first byte past the end traps', () => {
  expect(borders(open(), open())).toMatchObject({ own: 65, others: 0, sameMemory: false, end: 65_536, last: 0 });
  expect(borders(open(), open()).past).toMatch(/^RuntimeError: /);
});

test('overflows run over payload, header, static data and shadow stack without a trap', () => {
  const [payload, header, fixed, stack] = SCENES.map((id) => scene(id, open()));
  expect(payload).toMatchObject({ value: [66, 65], thrown: '' });
  expect(header).toMatchObject({ value: [67, 70], twoOwners: true, thrown: '' });
  expect(fixed).toMatchObject({ value: [100, 0x58585858], thrown: '' });
  expect(stack).toMatchObject({ value: [42, 0x58585858], thrown: '' });
});

test('each guard finds what it is for, and no other mistake', () => {
  const of = (id: Guard) => catches(id, open).map((one: Catch) => one[0]);
  // one, over, jump, before, write, read, twice
  expect(of('none').filter((one) => one === 'r')).toEqual([]);
  expect(of('canary').slice(0, 6)).toEqual(['r', 'r', 'm', 'm', 'm', 'm']);
  expect(of('zones').slice(0, 6)).toEqual(['r', 'r', 'm', 'r', 'm', 'm']);
  expect(of('poison')[5]).toBe('s');
  expect(of('quarantine')[6]).toBe('r');
  expect(of('integrity')[1]).toBe('r');
  expect(of('all')).toEqual(['r', 'r', 'm', 'r', 'r', 's', 'r']);
});

test('a program without mistakes is never reported, whatever is watched', () => {
  for (const id of GUARDS) {
    const program = open();
    program.start(OPTIONS[id]);
    program.churn(5000);
    program.settle();
    expect(program.fault(), id).toBe(0);
    expect(spacing(id, open())).toBe(id === 'none' ? 32 : 80);
  }
});

test('headline and text follow the data', () => {
  const data = (part: Partial<IsolationData>): IsolationData => ({
    borders: borders(open(), open()),
    scenes: SCENES.map((id) => scene(id, open())),
    guards: (['none', 'all'] as const).map((id) => ({
      id,
      catches: catches(id, open),
      bytes: spacing(id, open()),
      time: measured(id === 'none' ? 20 : 100),
    })),
    ...part,
  });
  const report = (of: IsolationData) => lab.report(of, settled(lab.controls, {}));
  expect(report(data({})).headline).toContain('inside of one 4 of 4 overflows did');
  expect(report(data({})).lead.at(-1)).toContain(
    '*6* of 7 mistakes, and a block then takes *5.0×* the time and *80 B*',
  );
  expect(report(data({ scenes: data({}).scenes.slice(0, 2) })).headline).toContain('2 of 2');
  expect(report(data({ borders: { ...data({}).borders!, others: 65 } })).headline).toContain('were not kept apart');
});
