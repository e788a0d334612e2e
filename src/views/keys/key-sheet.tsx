import { viewsStrings as words } from '../../model/strings/views.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import './key-sheet.css';

/** Every key that does something. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <DialogFrame title={words.keys.title} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it */}
      <section className="frame-body" aria-label={words.keys.title} tabIndex={0}>
        <dl className="key-sheet">
          {words.keys.list.map(([keys, does]) => (
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
        <p className="key-note">{words.keys.note}</p>
      </section>
    </DialogFrame>
  );
}
