import type { Viewport } from '../../paint/viewport.ts';

const shown = new Map<string, Viewport>();

/** The geometry in which a lane's map is on the page, null where it is not: for pictures of it. */
export function shownViewport(key: string): Viewport | null {
  return shown.get(key) ?? null;
}

/** Notes it; the function given back forgets it again. */
export function showViewport(key: string, viewport: Viewport): () => void {
  shown.set(key, viewport);
  return () => {
    if (shown.get(key) === viewport) shown.delete(key);
  };
}
