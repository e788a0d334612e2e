import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RECORDING_HELP } from './help.ts';
import { operationLinesOf, scenarioOf } from './testing.ts';

const VALGRIND_LOG = fileURLToPath(new URL('../../e2e/fixtures/traces/ls.valgrind', import.meta.url));
const noAwk = spawnSync('awk', ['BEGIN{}']).status !== 0;

test('the help has each format once, with a name, a command and an example', () => {
  expect(RECORDING_HELP.map(({ format }) => format).sort()).toEqual([
    'mtrace',
    'operations',
    'rep',
    'valgrind',
    'wee-trace',
  ]);
  for (const { name, about, command, note } of RECORDING_HELP) {
    expect(Math.min(name.length, about.length, note.length)).toBeGreaterThan(5);
    expect(command).toContain('./program');
  }
});

test.each(RECORDING_HELP)('the example of $name is read as that format, without anomaly', async (help) => {
  const scenario = await scenarioOf(`${help.example}\n`);
  expect(scenario.format).toBe(help.format);
  expect(scenario.operations.count).toBeGreaterThan(1);
  expect(scenario.anomalies).toEqual([]);
});

test.skipIf(noAwk).each(['operations', 'rep'] as const)(
  'the command for %s numbers the blocks of a valgrind log as the importer does',
  async (format) => {
    const { command } = RECORDING_HELP.find((help) => help.format === format)!;
    const [recorder, ...filters] = command.replace(/ > \S+$/, '').split(' | ');
    expect(recorder).toMatch(/^valgrind .*\.\/program/);
    const filtered = execFileSync('sh', ['-c', ['cat "$LOG"', ...filters].join(' | ')], {
      env: { ...process.env, LOG: VALGRIND_LOG },
    });
    const recorded = await scenarioOf(filtered);
    const imported = await scenarioOf(execFileSync('cat', [VALGRIND_LOG]));
    expect(recorded.format).toBe(format);
    expect(recorded.anomalies).toEqual([]);
    const lines = (scenario: typeof recorded) => operationLinesOf(scenario).map((line) => line.replace(/^z/, 'a'));
    expect(lines(recorded)).toEqual(lines(imported));
  },
);
