import type { CssPx } from '../../model/units.ts';

/** Two fingers that have moved apart, or together, by this factor ask for something. */
const PINCH = 1.25;

/** How far apart two fingers are; 0 where there are not two. */
export function fingersApart(touches: TouchList): CssPx {
  const [a, b] = touches;
  return touches.length !== 2 ? 0 : Math.hypot(a!.clientX - b!.clientX, a!.clientY - b!.clientY);
}

/** What two fingers that were `from` apart and are `to` apart ask for: 1 nearer, −1 farther, 0 nothing yet. */
export function pinchOf(from: CssPx, to: CssPx): 1 | -1 | 0 {
  const share = to / from;
  return share >= PINCH ? 1 : share <= 1 / PINCH ? -1 : 0;
}

interface Gestures {
  readonly wheel: (event: WheelEvent) => void;
  readonly start: (event: TouchEvent) => void;
  readonly move: (event: TouchEvent) => void;
}

/** Listens to an element's wheel and fingers, which may be kept from the page. Returns what ends it. */
export function listenToGestures(element: HTMLElement, { wheel, start, move }: Gestures): () => void {
  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('touchstart', start, { passive: true });
  element.addEventListener('touchmove', move, { passive: false });
  return () => {
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('touchstart', start);
    element.removeEventListener('touchmove', move);
  };
}
