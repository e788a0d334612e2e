import { expect, test } from 'vitest';
import { LIGHT } from '../theme.ts';
import { holesSvg } from './holes-chart.ts';
import { SvgContext } from './svg-context.ts';

test('paths, texts and clips become elements, closed and in order', () => {
  const ctx = new SvgContext(100, 50);
  ctx.save();
  ctx.rect(0, 0, 10, 10);
  ctx.clip();
  ctx.beginPath();
  ctx.moveTo(0, 0.123456);
  ctx.lineTo(10, 5);
  ctx.setLineDash([7, 3]);
  ctx.strokeStyle = '#812688';
  ctx.stroke();
  ctx.restore();
  ctx.fillStyle = '#fff';
  ctx.fillText('a < b & "c"', 5, 6);
  const text = ctx.svg('Runs <1>', '#ffffff');
  expect(text).toContain(
    '<path d="M0 0.12L10 5" fill="none" stroke="#812688" stroke-width="1" stroke-dasharray="7 3"/>',
  );
  expect(text).toContain('a &lt; b &amp; &quot;c&quot;</text>');
  expect(text).toContain('<title>Runs &lt;1&gt;</title>');
  expect(text.match(/<g/g)?.length).toBe(text.match(/<\/g>/g)?.length);
});

test('a text can neither leave its element nor bring one of its own', () => {
  const ctx = new SvgContext(10, 10);
  ctx.fillText('</text><script>alert(1)</script>', 0, 0);
  expect(ctx.svg('</title><script>', '#fff')).not.toContain('<script');
});

test('the chart of hole sizes has a bar for every bin with holes, and the needle at the next request', () => {
  const bins = [
    { bin: 0, holes: 2, bytes: 40 },
    { bin: 1, holes: 0, bytes: 0 },
    { bin: 2, holes: 1, bytes: 100 },
  ];
  const lanes = [{ letter: 'A', name: 'wee_alloc', bins, note: '', next: 5000, outcome: 'Next fails.' }];
  const svg = holesSvg(lanes, LIGHT, 'Hole sizes', 'Free bytes');
  expect(svg.match(new RegExp(`fill="${LIGHT.ramp[2]}"`, 'g'))?.length).toBe(2);
  expect(svg).toContain(`fill="${LIGHT.signal}"`);
  expect(svg).toContain('Next fails.');
});
