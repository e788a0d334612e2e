import { useEffect, useState } from 'react';
import { RecordingHelpDialog, type RecordingKind } from './recordings/recording-help.tsx';
import type { Taken } from './recordings/take-drop.ts';
import { useApp } from './shared/app-context.tsx';

/** Ways to open something, and for each kind of recording the command that makes it. */
export function RecordingsDialog({ onTake, onClose }: { onTake: (taken: Taken) => void; onClose: () => void }) {
  const app = useApp();
  const [kinds, setKinds] = useState<readonly RecordingKind[] | null>(null);
  useEffect(() => {
    let wanted = true;
    app.recordingKinds().then((known) => wanted && setKinds(known));
    return () => {
      wanted = false;
    };
  }, [app]);
  return kinds === null ? null : <RecordingHelpDialog kinds={kinds} onTake={onTake} onClose={onClose} />;
}
