import { useCallback } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Taken } from '../recordings/take-drop.ts';
import { useApp } from './app-context.tsx';

/** Opens what was dropped, pasted or picked: its content decides what it is. */
export function useTake(): (taken: Taken) => void {
  const { runs, look, store } = useApp();
  return useCallback(
    (taken: Taken) => {
      look.open(null);
      if (taken.kind !== 'file') {
        store.setState({ status: { kind: 'refused', name: words.bar.nothing, message: taken.message } });
        return;
      }
      look.leaveGuide();
      if (taken.notice !== '') look.announce(taken.notice);
      runs.open({ kind: 'recording', name: taken.file.name, data: taken.file, origin: { kind: 'own' } });
    },
    [runs, look, store],
  );
}
