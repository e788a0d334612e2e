import { useSyncExternalStore } from 'react';

/** Does a media query hold now? Kept up. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Under this width the script lies over the lanes. */
export const DRAWER = '(width < 1180px)';
