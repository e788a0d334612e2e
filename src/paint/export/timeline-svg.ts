import type { CssPx } from '../../model/units.ts';
import type { PaintTheme } from '../theme.ts';
import { paintTimeline } from '../timeline.ts';
import { layoutTimeline, type TimelineData } from '../timeline-view.ts';
import { SvgContext } from './svg-context.ts';

/** The whole timeline as a file, drawn by its own painter. */
export function timelineSvg(
  data: TimelineData,
  theme: PaintTheme,
  title: string,
  width: CssPx = 1200,
  height: CssPx = 320,
): string {
  const svg = new SvgContext(width, height);
  const view = layoutTimeline('full', width, height, data, 0, data.count);
  paintTimeline(svg as unknown as CanvasRenderingContext2D, view, data, theme);
  return svg.svg(title, theme.panel);
}
