import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Diagnostic } from '../../model/diagnostics.ts';
import { bySeverity, DiagnosticsList } from './diagnostics-list.tsx';
import { messageParts, plainMessage } from './message-parts.ts';
import { firstLines, StaticScript } from './static-script.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const diagnostic = (severity: Diagnostic['severity'], from: number): Diagnostic => ({
  code: 'X',
  severity,
  message: '`freee` is not a word of the language.',
  line: 1,
  column: from + 1,
  from,
  to: from + 1,
  fixes: [{ label: 'Write `free`', edits: [] }],
});

test('what stands between backticks is code', () => {
  expect(messageParts('`b` was freed on line 4')).toEqual([
    { at: 0, text: 'b', code: true },
    { at: 3, text: ' was freed on line 4', code: false },
  ]);
});

test('a backtick without a partner is kept', () => {
  expect(plainMessage('U+0060 is ` here')).toBe('U+0060 is ` here');
});

test('errors come first, then in order of the text', () => {
  const list = [diagnostic('warning', 1), diagnostic('error', 9), diagnostic('stop', 0), diagnostic('error', 3)];
  expect(bySeverity(list).map(({ from }) => from)).toEqual([3, 9, 0, 1]);
});

test('a message names its place and offers its fix by name', () => {
  const html = renderToStaticMarkup(
    <DiagnosticsList diagnostics={[diagnostic('error', 2)]} onFix={() => {}} onGo={() => {}} />,
  );
  expect(html).toContain('aria-label="Go to line 1, column 3"');
  expect(html).toContain('aria-label="Write free, line 1"');
  expect(html).toContain('>freee</code>');
});

test('no messages draw nothing, many draw a few and count the rest', () => {
  const draw = (list: Diagnostic[]) =>
    renderToStaticMarkup(<DiagnosticsList diagnostics={list} onFix={() => {}} onGo={() => {}} most={2} />);
  expect(draw([])).toBe('');
  expect(draw([1, 2, 3, 4].map((from) => diagnostic('error', from)))).toContain('2 more messages');
});

test('the static script shows its lines with numbers and marks the one under the playhead', () => {
  const html = renderToStaticMarkup(<StaticScript text={'a = alloc 8\nfree a'} label="Script" currentLine={2} />);
  expect(html).toContain('a = alloc 8');
  expect(html.match(/script-now/g)).toHaveLength(1);
});

test('an empty script says what to type', () => {
  expect(renderToStaticMarkup(<StaticScript text="" label="Script" currentLine={null} />)).toContain('Nothing to run.');
});

test('a huge script is drawn in part and the rest counted', () => {
  const { lines, rest } = firstLines('alloc 8\n'.repeat(200_000));
  expect(lines.length).toBeLessThanOrEqual(300);
  expect(lines.length + rest).toBe(200_001);
  const oneLine = firstLines('x'.repeat(1_000_000));
  expect(oneLine.lines[0]!.line.length).toBeLessThanOrEqual(40_000);
  expect(oneLine.rest).toBe(0);
});
