import type { App } from '../../state/app.ts';
import { isPhoneWidth } from '../shared/use-media.ts';

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
  else if (isPhoneWidth()) look.open('inspector');
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

/** Lets an element grow out of a place to where it stands. */
export function growFrom(element: HTMLElement, from: Origin): void {
  const to = element.getBoundingClientRect();
  move(element, to, from.left - to.left, from.top - to.top, from.width / to.width, from.height / to.height);
}

/** The way back: a map shrinks until the cell that one came from, which filled `from`, is where it stands. */
export function shrinkTo(map: HTMLElement, cell: Origin, from: Origin): void {
  const box = map.getBoundingClientRect();
  const scale = from.width / cell.width;
  const left = from.left - box.left - (cell.left - box.left) * scale;
  const top = from.top - box.top - (cell.top - box.top) * scale;
  move(map, box, left, top, scale, scale);
}

/** Nothing moves under reduced motion, nor what is not shown. */
function move(element: HTMLElement, box: DOMRect, x: number, y: number, across: number, down: number): void {
  if (box.width === 0 || box.height === 0 || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const transform = `translate(${x}px, ${y}px) scale(${across}, ${down})`;
  element.animate(
    [
      { transform, transformOrigin: '0 0' },
      { transform: 'none', transformOrigin: '0 0' },
    ],
    { duration: DURATION_MS, easing: EASING },
  );
}
