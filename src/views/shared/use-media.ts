import { useSyncExternalStore } from 'react';

/** Asked for at every render: one object a query. */
const lists = new Map<string, MediaQueryList>();

function listOf(query: string): MediaQueryList {
  let list = lists.get(query);
  if (list === undefined) {
    list = window.matchMedia(query);
    lists.set(query, list);
  }
  return list;
}

/** Does a media query hold now? Kept up. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = listOf(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => listOf(query).matches,
  );
}

const USUAL_TEXT_PX = 16;
let textPx: number | null = null;

/** How many times as large as usual the visitor's text is. */
export function textScale(): number {
  textPx ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL_TEXT_PX;
  return textPx / USUAL_TEXT_PX;
}

/**
 * The page's width is less than so many px, where text has its usual size; with text twice as large, than twice as many: the
 * same words need the same room. Style sheets ask in em.
 */
function narrowerThan(px: number): string {
  return `(width < ${px * textScale()}px)`;
}

const DRAWER_PX = 1180;
const PHONE_PX = 700;

/** The script lies over the lanes. */
export const useDrawerWidth = (): boolean => useMedia(narrowerThan(DRAWER_PX));
export const isDrawerWidth = (): boolean => listOf(narrowerThan(DRAWER_PX)).matches;

/** One lane at a time, and dialogs in the place of panels. */
export const usePhoneWidth = (): boolean => useMedia(narrowerThan(PHONE_PX));
export const isPhoneWidth = (): boolean => listOf(narrowerThan(PHONE_PX)).matches;
