import { recordingStrings } from '../../model/strings/recordings.ts';
import { OpenFileButton } from './open-file-button.tsx';
import './recordings.css';
import type { Taken } from './take-drop.ts';

interface WrongFileProps {
  readonly name: string;
  /** What the file seems to be, or by how much it is too large: the reader's own words. */
  readonly message: string;
  readonly onTake: (taken: Taken) => void;
  readonly onHelp: () => void;
  readonly onDismiss: () => void;
}

const say = recordingStrings;

/** A file that was not taken: what it was, and the ways on. What was open stays open. */
export function WrongFile({ name, message, onTake, onHelp, onDismiss }: WrongFileProps) {
  return (
    <section className="wrong-file" role="alert">
      <p>
        <strong>{say.wrongFile(name)}</strong> {message}
      </p>
      <div className="wrong-file-ways">
        <OpenFileButton onTake={onTake}>{say.another}</OpenFileButton>
        <button type="button" className="button" onClick={onHelp}>
          {say.whatOpens}
        </button>
        <button type="button" className="button" data-kind="plain" onClick={onDismiss}>
          {say.dismiss}
        </button>
      </div>
    </section>
  );
}
