import { useCallback } from 'react';
import { useApp } from '../shared/app-context.tsx';

/** Gives one lane the whole page. */
export function useShowAlone(): (key: string) => void {
  const { lanes, look } = useApp();
  return useCallback(
    (key) => {
      lanes.focus(key);
      look.setView({ kind: 'alone' });
    },
    [lanes, look],
  );
}
