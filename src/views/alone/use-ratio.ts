import { useSyncExternalStore } from 'react';

/** Device pixels a CSS px, kept up through zooms and moves to another screen. */
export function useRatio(): number {
  return useSyncExternalStore(watch, () => window.devicePixelRatio || 1);
}

function watch(changed: () => void): () => void {
  let media: MediaQueryList | null = null;
  const again = () => {
    media?.removeEventListener('change', again);
    media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    media.addEventListener('change', again);
    changed();
  };
  again();
  return () => media?.removeEventListener('change', again);
}
