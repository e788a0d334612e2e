import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIRST_SCENARIO, galleryEntry } from '../script/gallery.ts';
import { compile, startRun } from '../script/index.ts';
import { firstScenario } from './first-scenario.ts';
import { pack, revive } from './pack.ts';

const { file } = galleryEntry(FIRST_SCENARIO)!;
/** As the page opens it: without the file's last line feed. */
const text = readFileSync(new URL(`../../public/scenarios/${file}`, import.meta.url), 'utf8').replace(/\n$/, '');

test('the scenario that was evaluated beforehand is the one that its text evaluates to', () => {
  const run = startRun(compile(text).program!);
  while (run.advance(1000) === 'more');
  expect(firstScenario(text)).toEqual(run.finish());
});

test('any other text is evaluated', () => {
  expect(firstScenario(`${text} `)).toBeNull();
  expect(firstScenario('')).toBeNull();
});

test('columns of every kind, gaps and nothing come back as they were', () => {
  const value = { a: Uint32Array.of(1, 0xffff_ffff), b: [Float64Array.of(-0.5), null, 'x'], c: Uint8Array.of() };
  expect(revive(JSON.parse(JSON.stringify(pack(value))))).toEqual(value);
});
