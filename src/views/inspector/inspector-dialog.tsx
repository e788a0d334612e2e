import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { Contents } from './contents.tsx';
import './inspector.css';

/** The inspector where the page has no room for a panel. */
export function InspectorDialog({ onClose }: { onClose: () => void }) {
  return (
    <DialogFrame title={words.title} onClose={onClose}>
      <div className="frame-body inspector-sheet">
        <Contents onClose={null} />
      </div>
    </DialogFrame>
  );
}
