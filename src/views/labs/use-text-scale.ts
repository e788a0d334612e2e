import { useSize } from '../shared/use-canvas.ts';

/**
 * How much larger than usual the visitor has text: what is laid out in numbers grows by as much. `probe` goes to an element
 * of class `text-probe` in what is laid out.
 */
export function useTextScale(): { probe: (element: Element | null) => void; scale: number } {
  const { ref: probe, size } = useSize();
  return { probe, scale: Math.max(1, (size?.width || USUAL_PX) / USUAL_PX) };
}

const USUAL_PX = 16;
