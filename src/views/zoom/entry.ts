import type { App } from '../../state/app.ts';
import { PHONE } from '../shared/use-media.ts';

/** Where on the screen one came from: what grows, or shrinks back, from there in 220 ms. */
interface Origin {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

let origin: Origin | null = null;

/** Notes the place that was zoomed into, by its box or by the pointer. */
function zoomFrom(box: Origin): void {
  origin = { left: box.left, top: box.top, width: Math.max(8, box.width), height: Math.max(8, box.height) };
}

/**
 * Goes from all pages into one: it takes the place of the maps, or of the whole screen where that is a phone's. `box` is
 * where the page is drawn. In a lesson, which shows one page to scale anyway, it is only selected.
 */
export function lookInto({ store, point, look, zoom }: App, lane: string, page: number, box: Origin): void {
  point.select({ kind: 'page', lane, page });
  if (store.getState().section !== 'compare') document.querySelector<HTMLElement>('.page-chunks')?.focus();
  else if (window.matchMedia(PHONE).matches) look.open('inspector');
  else {
    zoomFrom(box);
    zoom.to('page');
  }
}

/** The place, once: the next zoom may come from anywhere. */
export function takeOrigin(): Origin | null {
  const taken = origin;
  origin = null;
  return taken;
}

const DURATION_MS = 220;
const EASING = 'cubic-bezier(.2,0,0,1)';

/** Lets an element grow out of a place to where it stands. Nothing moves under reduced motion. */
export function growFrom(element: HTMLElement, from: Origin): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const to = element.getBoundingClientRect();
  if (to.width === 0 || to.height === 0) return;
  const shift = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
  const transform = `${shift} scale(${from.width / to.width}, ${from.height / to.height})`;
  element.animate(
    [
      { transform, transformOrigin: '0 0' },
      { transform: 'none', transformOrigin: '0 0' },
    ],
    { duration: DURATION_MS, easing: EASING },
  );
}
