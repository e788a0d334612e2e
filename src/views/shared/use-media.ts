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

/** Under this width the script lies over the lanes. */
export const DRAWER = '(width < 1180px)';

/** One lane at a time, and dialogs in the place of panels. */
export const PHONE = '(width < 700px)';
