import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { saveOperations } from '../trace/index.ts';
import { GALLERY } from './gallery.ts';
import { compile, startRun } from './index.ts';

const textOf = (file: string) => readFileSync(new URL(`../../public/scenarios/${file}`, import.meta.url), 'utf8');

/** Runs a text in steps of a given size. */
function run(text: string, steps: number) {
  const { program, diagnostics } = compile(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const running = startRun(program!);
  while (running.advance(steps) === 'more');
  return running.finish();
}

test.each(GALLERY.map((entry) => [entry.id, entry] as const))(
  '%s comes down to the same operations for ever',
  (_, { file, operations, checksum }) => {
    const scenario = run(textOf(file), Number.MAX_SAFE_INTEGER);
    expect(scenario.operations.count).toBe(operations);
    const requests = [...saveOperations(scenario).chunks]
      .join('')
      .split('\n')
      .filter((line) => /^[azfr] /.test(line))
      .map((line) => `${line.replace(/^z/, 'a')}\n`)
      .join('');
    expect(crc32(requests).toString(16).padStart(8, '0')).toBe(checksum);
  },
);

test('a run in slices of a few steps makes the operations of a run at once', () => {
  for (const { file } of GALLERY.slice(0, 12)) {
    expect(run(textOf(file), 7).operations).toEqual(run(textOf(file), Number.MAX_SAFE_INTEGER).operations);
  }
});

test('no scenario of the gallery stops, and none is longer than 50,000 operations', () => {
  for (const { file } of GALLERY) {
    const { stopped, operations } = run(textOf(file), Number.MAX_SAFE_INTEGER);
    expect(stopped).toBeNull();
    expect(operations.count).toBeLessThanOrEqual(50_000);
  }
});
