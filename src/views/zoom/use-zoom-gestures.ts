import { useEffect, useState } from 'react';
import { useApp } from '../shared/app-context.tsx';
import { fingersApart, listenToGestures, pinchOf } from '../shared/gestures.ts';

/** A wheel turned so far goes a level, as a pinch does. */
const WHEEL_PX = 80;
/** What a wheel still turns by itself after it was let go goes no further level. */
const REST_MS = 350;

/** Wheel and pinch over the blocks: nearer to what is under the pointer, or a level up. Returns a ref for their element. */
export function useZoomGestures(): (element: HTMLElement | null) => void {
  const { zoom } = useApp();
  const [element, ref] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (element === null) return;
    let turned = 0;
    let last = Number.NEGATIVE_INFINITY;
    let apart = 0;
    const go = (nearer: boolean, at: { clientX: number; clientY: number }) => {
      if (!nearer) zoom.up();
      else if (!zoom.down()) {
        // Nothing is chosen yet: what is under the pointer is.
        const under = document.elementFromPoint(at.clientX, at.clientY)?.closest('.page-chunks');
        under?.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: at.clientX, clientY: at.clientY }));
      }
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.timeStamp - last < REST_MS) return;
      turned += event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1) * (event.ctrlKey ? 2 : 1);
      if (Math.abs(turned) < WHEEL_PX) return;
      go(turned < 0, event);
      turned = 0;
      last = event.timeStamp;
    };
    const start = ({ touches }: TouchEvent) => {
      apart = fingersApart(touches);
    };
    const move = (event: TouchEvent) => {
      const { touches } = event;
      if (touches.length !== 2 || apart === 0) return;
      event.preventDefault();
      const by = pinchOf(apart, fingersApart(touches));
      if (by === 0) return;
      const [a, b] = touches;
      go(by > 0, { clientX: (a!.clientX + b!.clientX) / 2, clientY: (a!.clientY + b!.clientY) / 2 });
      // One level a pinch.
      apart = 0;
    };
    return listenToGestures(element, { wheel, start, move });
  }, [element, zoom]);
  return ref;
}
