import { useState } from 'react';
import { linkStrings } from '../../model/strings/link.ts';
import { shareState } from '../../state/sharing.ts';
import { STATE_FILE, writeStateFile } from '../../state/state-file.ts';
import { isOwnWork } from '../../state/work.ts';
import { download, fileName } from '../recordings/download.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

const words = linkStrings.share;

/** The foot of the dialog: the same state as a file, a recording of the visitor's own with it. */
export function SaveStateFile() {
  const { store, runs } = useApp();
  const name = useFact((state) => fileName(state.document.name, STATE_FILE.ending));
  const [said, setSaid] = useState('');
  const save = async () => {
    setSaid(words.saving);
    const state = store.getState();
    const recording = state.document.kind === 'recording' && isOwnWork(state.document);
    const operations = recording ? (await runs.save('operations')).text : new Blob();
    const written = await writeStateFile(shareState(state, operations));
    if (written.kind === 'too-large') {
      setSaid(words.recordingTooLarge(written.bytes, written.limit));
      return;
    }
    download(written.file, name);
    setSaid(words.saved(name));
  };
  return (
    <div className="frame-foot">
      <button type="button" className="button" onClick={() => void save()}>
        {words.saveFile}
      </button>
      <p className="share-note" role="status">
        {said === '' ? words.file(name) : said}
      </p>
    </div>
  );
}
