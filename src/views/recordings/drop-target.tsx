import { useEffect, useRef, useState } from 'react';
import { recordingStrings } from '../../model/strings/recordings.ts';
import './recordings.css';
import { offerOf, type Taken, take, takesText } from './take-drop.ts';

interface DropTargetProps {
  /** A file was dropped or pasted anywhere on the page, or a text pasted outside of a text field. */
  readonly onTake: (taken: Taken) => void;
}

const say = recordingStrings;

/**
 * The whole page takes a file, a folder or a text, dropped or pasted, and never leaves for what was dropped. A text
 * dropped or pasted into a field stays with the field; a file never does.
 */
export function DropTarget({ onTake }: DropTargetProps) {
  const [over, setOver] = useState(false);
  const latest = useRef(onTake);
  useEffect(() => {
    latest.current = onTake;
  });

  useEffect(() => {
    // Entering a child comes before leaving its parent, so a count tells when the pointer has left the page.
    let depth = 0;
    // A stretch of the script pulled aside by a slip of the hand is not a new script.
    let fromThisPage = false;
    const begin = () => {
      fromThisPage = true;
    };
    const end = () => {
      fromThisPage = false;
    };
    const meant = (event: DragEvent) => !fromThisPage && (hasFile(event) || !takesText(event.target));
    const enter = (event: DragEvent) => {
      depth++;
      if (meant(event)) setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!meant(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!meant(event) || event.dataTransfer === null) return;
      event.preventDefault();
      // The editor would put a dropped file's text where it fell.
      event.stopPropagation();
      take(offerOf(event.dataTransfer), say.droppedTextName).then((taken) => latest.current(taken));
    };
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      if (data === null) return;
      if (data.files.length === 0 && takesText(event.target)) return;
      const offer = offerOf(data);
      if (offer.files.length === 0 && offer.text === '') return;
      event.preventDefault();
      event.stopPropagation();
      take(offer, say.pastedName).then((taken) => latest.current(taken));
    };
    window.addEventListener('dragstart', begin);
    window.addEventListener('dragend', end);
    // Captured: before a field or the editor sees them.
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover, true);
    window.addEventListener('drop', drop, true);
    window.addEventListener('paste', paste, true);
    return () => {
      window.removeEventListener('dragstart', begin);
      window.removeEventListener('dragend', end);
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover, true);
      window.removeEventListener('drop', drop, true);
      window.removeEventListener('paste', paste, true);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="drop-here" role="presentation">
      <p>
        <strong>{say.dropTitle}</strong>
        <span>{say.dropHint}</span>
      </p>
    </div>
  );
}

function hasFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
