import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { LANE_NAMES } from '../model/lanes.ts';
import { PLAIN_METRIC_IDS } from '../model/metrics.ts';
import { main } from './main.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = join(root, 'wasm', 'tests', 'golden');
const folder = mkdtempSync(join(tmpdir(), 'heapscape-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the command line with both outputs caught. */
async function command(...words: string[]) {
  let out = '';
  let err = '';
  const catching = (take: (text: string) => void) => (text: unknown, done?: unknown) => {
    take(String(text));
    if (typeof done === 'function') done();
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(catching((text) => (out += text)) as never),
    vi.spyOn(process.stderr, 'write').mockImplementation(catching((text) => (err += text)) as never),
  ];
  try {
    const code = await main(words, root);
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const goldenFile = (name: string) => gunzipSync(readFileSync(join(golden, `${name}.txt.gz`))).toString();

test('addresses of a real program’s recording are those of the real dlmalloc and wee_alloc', async () => {
  const recording = join(root, 'public/recordings/cc1.mtrace');
  for (const allocator of ['dlmalloc', 'wee', 'wee-noclasses-repaired']) {
    const { code, out } = await command('replay', recording, '--addresses', '--allocator', allocator, '--base', '5632');
    const real = goldenFile(`cc1.${allocator}`)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const ours = out.split('\n').slice(0, -1);
    expect(code).toBe(0);
    expect(ours.map((line) => line.split(' ').slice(1).join(' '))).toEqual(
      real.map((line) => line.split(' ').slice(0, 4).join(' ')),
    );
  }
});

test('--json prints one object and nothing else, every metric of every lane in it', async () => {
  const { code, out } = await command('replay', file('a.heap', 'a = alloc 100\nb = alloc 200\nfree a\n'), '--json');
  const report = JSON.parse(out);
  expect(code).toBe(0);
  expect(Object.keys(report.allocators)).toEqual([...LANE_NAMES]);
  expect(report).toMatchObject({ version: 1, operations: 3, anomalies: [] });
  for (const lane of Object.values<{ metrics: object; peakLive: number }>(report.allocators)) {
    expect(Object.keys(lane.metrics)).toEqual(PLAIN_METRIC_IDS);
    expect(lane.peakLive).toBe(300);
  }
  expect(report.allocators.arena.metrics.external_fragmentation).toBeNull();
});

test('a check that fails gives 1, the output is printed all the same and standard error says which', async () => {
  const { code, out, err } = await command(
    'replay',
    file('b.heap', 'alloc 64\nexpect live == 65\n'),
    '--allocator',
    'pool',
  );
  expect(code).toBe(1);
  expect(out).toContain('peak_live');
  expect(err).toContain('b.heap:2');
});

test('a check for a lane that does not run is named, and is no failure', async () => {
  const text = 'alloc 64\nexpect pages == 99 for dlmalloc\n';
  const { code, err } = await command('replay', file('c.heap', text), '--allocator', 'arena');
  expect(code).toBe(0);
  expect(err).toContain('dlmalloc');
});

test('a run that was stopped gives 1 with its output', async () => {
  const { code, out } = await command(
    'replay',
    file('d.heap', 'alloc 8\nlet n = 1 / 0\n'),
    '--allocator',
    'pool',
    '--json',
  );
  expect(code).toBe(1);
  expect(JSON.parse(out).operations).toBe(1);
});

test('a lane that traps after a misuse is a finding, not a failure', async () => {
  const { code, out } = await command(
    'replay',
    join(root, 'public/scenarios/overflow.heap'),
    '--allocator',
    'dlmalloc',
    '--json',
  );
  expect(code).toBe(0);
  const kinds = JSON.parse(out).allocators.dlmalloc.findings.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toContain('F504');
  expect(kinds).toContain('trap');
});

test('anomalies of a recording are listed with kind, line and operation', async () => {
  const { out } = await command('replay', file('e.ops', 'a 0 16\nf 7\nx\n'), '--allocator', 'dlmalloc', '--json');
  expect(JSON.parse(out).anomalies).toEqual([
    { kind: 'free-of-unknown-id', line: 2, operation: 1 },
    { kind: 'leave-without-enter', line: 3, operation: 1 },
  ]);
});

test('a command line’s memory settings win over the script’s', async () => {
  const script = file('f.heap', 'memory initial 4 pages\nalloc 64\n');
  const { out } = await command('replay', script, '--allocator', 'dlmalloc', '--initial', '9', '--json');
  expect(JSON.parse(out).allocators.dlmalloc.finalPages).toBe(9);
});

test.each([
  [[], 'Usage'],
  [['play'], 'play'],
  [['replay'], 'Which file'],
  [['replay', 'no-such-file.heap'], 'no-such-file'],
  [['replay', folder], 'could not be read'],
  [['replay', 'a', 'b'], 'One file'],
  [['replay', 'a', '--max'], '--max needs a value'],
  [['replay', 'a', '--max', '1e3'], 'whole number'],
  [['replay', 'a', '--max', '65537'], '65537'],
  [['replay', 'a', '--base', '2050'], 'multiple of 16'],
  [['replay', 'a', '--allocator', 'jemalloc'], 'jemalloc'],
  [['replay', 'a', '--allocator', 'wee,wee'], 'twice'],
  [['replay', 'a', '--addresses'], 'one allocator'],
  [['replay', 'a', '--allocator', 'wee', '--addresses', '--json'], 'not both'],
  [['replay', 'a', '--fast'], '--fast'],
])('%j is bad input: 2 and a message', async (words, message) => {
  const { code, out, err } = await command(...words);
  expect(code).toBe(2);
  expect(out + err).toContain(message);
});

test('a text that is not understood gives 2 and names line and column', async () => {
  const { code, out, err } = await command('replay', file('g.heap', 'alloc 64\nfreee a\n'));
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/g\.heap:2:1 E101/);
});

test('memory settings in conflict are bad input', async () => {
  const { code, err } = await command('replay', file('h.heap', 'alloc 1\n'), '--base', '131072', '--initial', '1');
  expect(code).toBe(2);
  expect(err).not.toBe('');
});

test('help is printed wherever it is asked for, and what it names for an example is there', async () => {
  for (const words of [['help'], ['--help'], ['replay', '--help'], ['replay', 'nothing', '--help']]) {
    const { code, out, err } = await command(...words);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('--allocator LIST');
  }
  const { code, err } = await command('replay');
  expect(code).toBe(2);
  expect(existsSync(join(root, err.trim().split(' ').at(-1)!))).toBe(true);
});
