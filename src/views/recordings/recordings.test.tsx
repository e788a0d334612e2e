import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Anomaly } from '../../model/scenario.ts';
import { AnomalyList, byKind } from './anomaly-list.tsx';
import { fileName } from './download.ts';
import { type Offer, take } from './take-drop.ts';

const file = (name: string) => new File(['a 0 8\n'], name);
const NOTHING: Offer = { files: [], entries: [], text: '', isLink: false };

/** A folder as the browser hands it out: in batches, closed by an empty one. */
function folder(name: string, batches: (string | null)[][]): FileSystemEntry {
  const queue = batches.map((names) =>
    names.map((child) =>
      child === null
        ? { isFile: false, isDirectory: true, name: 'sub' }
        : { isFile: true, isDirectory: false, name: child, file: (done: (f: File) => void) => done(file(child)) },
    ),
  );
  const createReader = () => ({ readEntries: (done: (entries: unknown[]) => void) => done(queue.shift() ?? []) });
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

test('one file is taken without a word', async () => {
  const taken = await take({ ...NOTHING, files: [file('x.mtrace')], entries: [null] }, 't');
  expect(taken).toMatchObject({ kind: 'file', notice: '' });
});

test('of several files the first is taken, and that is said', async () => {
  const taken = await take({ ...NOTHING, files: [file('one'), file('two'), file('three')] }, 't');
  expect(taken.kind === 'file' && taken.file.name).toBe('one');
  expect(taken.kind === 'file' && taken.notice).toMatch(/one, the first\. 2 other files were/);
});

test('a folder gives its first file by name, over all batches, hidden files and folders left out', async () => {
  const entry = folder('runs', [['c.ops', null], ['.hidden', 'b.ops'], ['d.ops']]);
  const taken = await take({ ...NOTHING, files: [file('runs')], entries: [entry] }, 't');
  expect(taken.kind === 'file' && taken.file.name).toBe('b.ops');
  expect(taken.kind === 'file' && taken.notice).toContain('2 others were');
});

test('a file beside a folder goes before it', async () => {
  const taken = await take(
    { ...NOTHING, files: [file('runs'), file('a.rep')], entries: [folder('runs', []), null] },
    't',
  );
  expect(taken.kind === 'file' && taken.file.name).toBe('a.rep');
});

test('an empty folder and one that cannot be read say so', async () => {
  const empty = await take({ ...NOTHING, files: [file('runs')], entries: [folder('runs', [])] }, 't');
  expect(empty.kind === 'none' && empty.message).toContain('holds no file');
  const broken = {
    isFile: false,
    isDirectory: true,
    name: 'runs',
    createReader: () => ({ readEntries: (_: unknown, no: (e: Error) => void) => no(new Error('gone')) }),
  };
  const taken = await take({ ...NOTHING, entries: [broken as unknown as FileSystemEntry] }, 't');
  expect(taken.kind === 'none' && taken.message).toContain('could not be read');
});

test('a link is not followed, a text becomes a file of the given name', async () => {
  const link = await take({ ...NOTHING, text: 'https://example.org/x.ops', isLink: true }, 't');
  expect(link.kind).toBe('none');
  const text = await take({ ...NOTHING, text: 'a 0 8\nf 0\n' }, 'Pasted text');
  expect(text.kind === 'file' && text.file.name).toBe('Pasted text');
  expect(text.kind === 'file' && (await text.file.text())).toBe('a 0 8\nf 0\n');
});

test('an offer of nothing says what to drop', async () => {
  expect((await take(NOTHING, 't')).kind).toBe('none');
});

test.each([
  ['Chat server', 'chat-server.ops'],
  ['cc1.mtrace', 'cc1.ops'],
  ['../../etc/passwd', 'etc-passwd.ops'],
  ['Größe × 2', 'gro-e-2.ops'],
  ['日本', 'scenario.ops'],
  ['', 'scenario.ops'],
  [`${'x'.repeat(300)}`, `${'x'.repeat(60)}.ops`],
])('the title %s gives a safe file name', (title, name) => {
  expect(fileName(title, '.ops')).toBe(name);
});

const anomaly = (kind: Anomaly['kind'], line: number): Anomaly => ({
  kind,
  line,
  operation: line,
  detail: `line ${line}`,
});

test('anomalies are counted by kind, most frequent first, with their first lines', () => {
  const list = [
    anomaly('truncated', 99),
    ...[3, 5, 8, 13, 21, 34].map((line) => anomaly('free-of-unknown-address', line)),
  ];
  expect(byKind(list)).toEqual([
    { kind: 'free-of-unknown-address', count: 6, lines: [3, 5, 8, 13, 21] },
    { kind: 'truncated', count: 1, lines: [99] },
  ]);
});

test('the list says how much was read and that nothing was dropped', () => {
  const list = Array.from({ length: 17 }, (_, k) => anomaly('free-of-unknown-address', k + 1));
  const html = renderToStaticMarkup(<AnomalyList anomalies={list} leftOut={0} operations={1_204_118} />);
  expect(html).toContain('Read 1\u202f204\u202f118 ops.');
  expect(html).toContain('17 frees match no alloc; kept and marked, not dropped.');
  expect(html).toContain('lines 1, 2, 3, 4, 5 and 12 more');
});

test('several kinds are each said, and once that all are kept', () => {
  const list = [anomaly('truncated', 9), anomaly('free-of-unknown-id', 2)];
  const html = renderToStaticMarkup(<AnomalyList anomalies={list} leftOut={0} operations={3} />);
  expect(html).toContain('1 free names an unknown id');
  expect(html.match(/not dropped/g)).toHaveLength(1);
});

test('anomalies beyond those kept are counted', () => {
  const html = renderToStaticMarkup(
    <AnomalyList anomalies={[anomaly('truncated', 1)]} leftOut={2500} operations={9} />,
  );
  expect(html).toContain('2\u202f500 more are counted but not listed.');
  expect(html).toContain('data-anomalies="2501"');
});
