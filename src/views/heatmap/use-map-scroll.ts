import { useEffect, useRef, useState } from 'react';
import type { Pages } from '../../model/units.ts';
import { bandRows } from '../../paint/page-order.ts';
import { isLargest, lastFirstPage, nextPitch, type Viewport } from '../../paint/viewport.ts';
import { useApp } from '../shared/app-context.tsx';
import { fingersApart, listenToGestures, pinchOf } from '../shared/gestures.ts';
import { lookInto } from '../zoom/entry.ts';

/** A finger that has moved so far scrolls, and selects nothing when it is lifted. */
const SLOP_PX = 8;
/** A wheel turned so far with Ctrl, which is how a trackpad tells of a pinch, asks for the next size of cells too. */
const WHEEL_PINCH_PX = 60;

/**
 * The pointer's ways over long maps: wheel and one finger scroll them by rows, two fingers change the size of the cells.
 * Where all pages are in sight, wheel and finger are left to the page. Returns a ref for the element that holds the maps.
 */
export function useMapScroll(viewport: Viewport | null, pages: Pages): (element: HTMLElement | null) => void {
  const app = useApp();
  const { store, look } = app;
  const [element, ref] = useState<HTMLElement | null>(null);
  const now = useRef({ viewport, pages });
  now.current = { viewport, pages };
  useEffect(() => {
    if (element === null) return;
    let rest = 0;
    let pinched = 0;
    let touch: { x: number; y: number; page: number; kind: 'unknown' | 'scroll' | 'other' } | null = null;
    let apart = 0;
    const step = (view: Viewport) => view.columns * bandRows(view.order);
    const stepPx = (view: Viewport) => (view.pitch * bandRows(view.order)) / view.ratio;
    const scrolls = () => {
      const { viewport: view, pages: all } = now.current;
      return view === null || lastFirstPage(view, all) === 0 ? null : view;
    };
    const scrollTo = (view: Viewport, page: number) => {
      const to = Math.max(0, Math.min(lastFirstPage(view, now.current.pages), page));
      if (to !== store.getState().firstPage) look.setFirstPage(to);
    };
    const zoom = (by: 1 | -1, x: number, y: number) => {
      const { viewport: view } = now.current;
      if (view === null) return;
      if (by < 0 || !isLargest(view)) {
        look.setPitch(nextPitch(view, by));
        return;
      }
      // Beyond the largest cells lies the page itself: the one pointed at, else the selected one.
      const { hover, selected } = store.getState().link;
      const to = hover?.kind === 'page' || hover?.kind === 'block' ? hover : selected;
      if (to?.kind === 'page' || to?.kind === 'block')
        lookInto(app, to.lane, to.page, { left: x, top: y, width: 0, height: 0 });
    };
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey) {
        event.preventDefault();
        pinched += event.deltaY;
        if (Math.abs(pinched) < WHEEL_PINCH_PX) return;
        zoom(pinched < 0 ? 1 : -1, event.clientX, event.clientY);
        pinched = 0;
        return;
      }
      const view = scrolls();
      if (view === null || event.shiftKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 3 * stepPx(view) : 1;
      rest += event.deltaY * lines;
      const rows = Math.trunc(rest / stepPx(view));
      if (rows === 0) return;
      rest -= rows * stepPx(view);
      scrollTo(view, view.firstPage + rows * step(view));
    };
    const start = ({ touches }: TouchEvent) => {
      const [first] = touches;
      touch =
        touches.length === 1 && first !== undefined
          ? { x: first.clientX, y: first.clientY, page: now.current.viewport?.firstPage ?? 0, kind: 'unknown' }
          : null;
      apart = fingersApart(touches);
    };
    const move = (event: TouchEvent) => {
      const { touches } = event;
      if (touches.length === 2 && apart > 0) {
        event.preventDefault();
        const span = fingersApart(touches);
        const by = pinchOf(apart, span);
        if (by === 0) return;
        zoom(by, touches[0]!.clientX, touches[0]!.clientY);
        apart = span;
        return;
      }
      const view = scrolls();
      const [first] = touches;
      if (view === null || touch === null || first === undefined) return;
      const [across, down] = [first.clientX - touch.x, first.clientY - touch.y];
      if (touch.kind === 'unknown' && Math.max(Math.abs(across), Math.abs(down)) > SLOP_PX) {
        touch.kind = Math.abs(down) > Math.abs(across) ? 'scroll' : 'other';
      }
      if (touch.kind !== 'scroll') return;
      event.preventDefault();
      scrollTo(view, touch.page - Math.round(down / stepPx(view)) * step(view));
    };
    return listenToGestures(element, { wheel, start, move });
  }, [element, app, store, look]);
  return ref;
}
