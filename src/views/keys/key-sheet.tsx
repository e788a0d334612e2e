import { keyStrings } from '../../model/strings/keys.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import './key-sheet.css';

/** Every key that does something. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <DialogFrame title={keyStrings.title} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it */}
      <section className="frame-body" aria-label={keyStrings.title} tabIndex={0}>
        <dl className="key-sheet">
          {keyStrings.list.map(([keys, does]) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p className="key-note">{keyStrings.note}</p>
      </section>
    </DialogFrame>
  );
}
