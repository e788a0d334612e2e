import { useEffect, useState } from 'react';
import { recordingStrings } from '../../model/strings/recordings.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { download, fileName } from './download.ts';
import './recordings.css';

export type SaveFormat = 'operations' | 'rep';

/** A file made ready: its bytes, and what the format could not say. */
export interface Prepared {
  readonly text: Blob;
  readonly leftOut: readonly string[];
}

interface SaveDialogProps {
  /** What the scenario or recording is called; the file's name comes from it. */
  readonly name: string;
  /** Makes the file. Called when the dialog opens and when another format is chosen. */
  readonly prepare: (format: SaveFormat) => Promise<Prepared>;
  readonly onClose: () => void;
}

type Progress =
  | { readonly kind: 'preparing' }
  | { readonly kind: 'ready'; readonly prepared: Prepared }
  | { readonly kind: 'failed'; readonly reason: string };

const say = recordingStrings;
const FORMATS = ['operations', 'rep'] as const satisfies readonly SaveFormat[];

/** Saves what runs as a file, and says before that what the format leaves out. Open while it is mounted. */
export function SaveDialog({ name, prepare, onClose }: SaveDialogProps) {
  const [format, setFormat] = useState<SaveFormat>('operations');
  const [progress, setProgress] = useState<Progress>({ kind: 'preparing' });
  const [saved, setSaved] = useState('');
  const file = fileName(name, say.formats[format].ending);

  useEffect(() => {
    let wanted = true;
    setProgress({ kind: 'preparing' });
    setSaved('');
    prepare(format).then(
      (prepared) => wanted && setProgress({ kind: 'ready', prepared }),
      (error: unknown) =>
        wanted && setProgress({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [format, prepare]);

  return (
    <DialogFrame title={say.saveTitle} onClose={onClose}>
      <div className="frame-body save">
        <fieldset>
          <legend>{say.saveFormat}</legend>
          {FORMATS.map((id) => (
            <label key={id}>
              <input type="radio" name="save-format" checked={format === id} onChange={() => setFormat(id)} />
              <span>
                <strong>
                  {say.formats[id].name} <span className="save-ending">{say.formats[id].ending}</span>
                </strong>
                <span>{say.formats[id].about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div aria-live="polite" data-save={progress.kind}>
          {progress.kind === 'preparing' && <p>{say.preparing}</p>}
          {progress.kind === 'failed' && <p>{say.prepareFailed(progress.reason)}</p>}
          {progress.kind === 'ready' && <LeftOut items={progress.prepared.leftOut} />}
        </div>
      </div>
      <div className="frame-foot">
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={progress.kind !== 'ready'}
          onClick={() => {
            if (progress.kind !== 'ready') return;
            download(progress.prepared.text, file);
            setSaved(say.saved(file));
          }}
        >
          {progress.kind === 'ready' ? say.saveAs(file, progress.prepared.text.size) : say.save}
        </button>
        <p role="status" className="recording-note">
          {saved}
        </p>
      </div>
    </DialogFrame>
  );
}

function LeftOut({ items }: { readonly items: readonly string[] }) {
  if (items.length === 0) return <p>{say.saysAll}</p>;
  return (
    <>
      <p>{say.leavesOut}</p>
      <ul className="save-left-out">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}
