import { textScale } from '../shared/use-media.ts';

/** Where a pointer is on the timeline, in the chart's own px: all of it grows with the visitor's text. */
export function pointOn(
  element: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  return { x: (clientX - left) / textScale(), y: (clientY - top) / textScale() };
}
