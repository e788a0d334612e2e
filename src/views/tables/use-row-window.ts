import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { CssPx } from '../../model/units.ts';

/** Rows in the page beyond those in view, so that a turn of the wheel finds them there. */
const BEYOND = 12;

interface RowWindow {
  /** The rows that are in the page: from the first up to, without it, the second. */
  readonly from: number;
  readonly to: number;
  /** Scrolls as little as brings a row into view. */
  readonly reveal: (row: number) => void;
  readonly onScroll: () => void;
}

/** Which of many rows of one height a scrolled box needs: those in view and some beyond. The rows are in its `tbody`. */
export function useRowWindow(scroll: RefObject<HTMLElement | null>, count: number, row: CssPx): RowWindow {
  const [seen, setSeen] = useState({ from: 0, to: 2 * BEYOND });
  const onScroll = useCallback(() => {
    const box = scroll.current;
    if (box === null) return;
    const top = box.scrollTop - lead(box);
    const from = Math.max(0, Math.floor(top / row) - BEYOND);
    const to = Math.max(0, Math.ceil((top + box.clientHeight) / row)) + BEYOND;
    setSeen((now) => (now.from === from && now.to === to ? now : { from, to }));
  }, [scroll, row]);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (box === null) return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroll, onScroll]);
  const reveal = useCallback(
    (index: number) => {
      const box = scroll.current;
      if (box === null) return;
      const head = box.querySelector('thead')?.offsetHeight ?? 0;
      const top = lead(box) + index * row;
      box.scrollTop = Math.min(top - head, Math.max(top + row - box.clientHeight, box.scrollTop));
    },
    [scroll, row],
  );
  const from = Math.min(seen.from, Math.max(0, count - 1));
  return { from, to: Math.max(from, Math.min(count, seen.to)), reveal, onScroll };
}

/** What stands above the rows: a caption and the heads, which stay when they scroll. */
function lead(box: HTMLElement): CssPx {
  const body = box.querySelector('tbody');
  return body === null ? 0 : body.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}
