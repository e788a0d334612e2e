import { useCallback } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Taken } from '../recordings/take-drop.ts';
import { useApp } from './app-context.tsx';

/** Enough of a file to tell a saved state from a recording. */
const HEAD_BYTES = 64;

/** Opens what was dropped, pasted or picked: its content decides what it is. */
export function useTake(): (taken: Taken) => Promise<void> {
  const app = useApp();
  return useCallback(
    async (taken: Taken) => {
      const { runs, look, store, sharing } = app;
      look.open(null);
      if (taken.kind !== 'file') {
        store.setState({ status: { kind: 'refused', name: words.bar.nothing, message: taken.message } });
        return;
      }
      const { file } = taken;
      look.leaveGuide();
      if (taken.notice !== '') look.announce(taken.notice);
      await sharing.during(async () => {
        // A file that is gone by now is told by whoever reads it.
        const reading = file.slice(0, HEAD_BYTES).text();
        const head = await reading.catch(() => '');
        const { isStateFile } = await import('../../state/state-file.ts');
        if (isStateFile(file.name, head)) {
          const { openStateFile } = await import('../../state/arrivals.ts');
          await openStateFile(app, file);
        } else runs.open({ kind: 'recording', name: file.name, data: file, origin: { kind: 'own' } });
      });
    },
    [app],
  );
}
