import { useEffect, useRef, useState } from 'react';
import { recordingStrings } from '../../model/strings/recordings.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { LIMITS } from '../../model/units.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { OpenFileButton } from './open-file-button.tsx';
import './recordings.css';
import type { Taken } from './take-drop.ts';

/** One kind of recording: the entries of `RECORDING_HELP` of the importers. */
export interface RecordingKind {
  readonly format: string;
  readonly name: string;
  readonly about: string;
  readonly command: string;
  readonly note: string;
  readonly example: string;
}

interface RecordingHelpProps {
  readonly kinds: readonly RecordingKind[];
}

const say = recordingStrings;

/** What can be opened: for each kind of recording what it is, the one command that makes it, and how it looks. */
export function RecordingHelp({ kinds }: RecordingHelpProps) {
  return (
    <div className="recording-help">
      <p>{say.helpIntro}</p>
      {kinds.map((kind) => (
        <section key={kind.format} aria-label={kind.name}>
          <h3>{kind.name}</h3>
          <p>{kind.about}</p>
          <div className="recording-command">
            <h4>{say.command}</h4>
            <CopyButton text={kind.command} label={say.copyCommand(kind.name)} />
          </div>
          <pre className="recording-code">{kind.command}</pre>
          <p className="recording-note">{kind.note}</p>
          <h4>{say.looksLike}</h4>
          <pre className="recording-code">{kind.example}</pre>
        </section>
      ))}
      <p className="recording-note">{say.limits(LIMITS.traceBytes, LIMITS.operations)}</p>
    </div>
  );
}

interface RecordingHelpDialogProps extends RecordingHelpProps {
  readonly onTake: (taken: Taken) => void;
  readonly onClose: () => void;
}

/** The help with a button that opens a file. Open while it is mounted. */
export function RecordingHelpDialog({ kinds, onTake, onClose }: RecordingHelpDialogProps) {
  return (
    <DialogFrame title={say.helpTitle} onClose={onClose}>
      <div className="frame-body">
        <RecordingHelp kinds={kinds} />
      </div>
      <div className="frame-foot">
        <OpenFileButton onTake={onTake} />
        <p className="recording-note">{viewsStrings.file.openHint}</p>
      </div>
    </DialogFrame>
  );
}

function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (message: string) => {
    setSaid(message);
    clearTimeout(timer.current);
    timer.current = setTimeout(setSaid, 4000, '');
  };
  return (
    <span className="recording-copy">
      <span role="status">{said}</span>
      <button
        type="button"
        className="button"
        aria-label={label}
        onClick={async () => {
          try {
            await navigator.clipboard.writeText(text);
            tell(say.copied);
          } catch {
            // Frames and pages without https have no clipboard.
            tell(say.copyFailed);
          }
        }}
      >
        {say.copy}
      </button>
    </span>
  );
}
