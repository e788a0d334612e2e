import { tablesStrings as words } from '../../model/strings/tables.ts';
import type { App } from '../../state/app.ts';
import { comparisonCanvas, PRINT, pictureTitle } from './picture.ts';
import './print.css';

/** Sharper than a screen: paper has more dots. */
const RATIO = 3;

/**
 * Puts the comparison as one picture where only paper shows it, and takes it away again. The browser's own print command
 * finds it there too. Returns what ends it.
 */
export function preparePrint(app: App): () => void {
  const sheet = document.createElement('figure');
  sheet.className = 'print-sheet';
  document.body.append(sheet);
  const before = () => {
    const canvas = comparisonCanvas(app, PRINT, RATIO);
    if (canvas === null) return;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', pictureTitle(app.store.getState(), words.export.title));
    sheet.replaceChildren(canvas);
    document.documentElement.dataset.printing = '';
  };
  const after = () => {
    sheet.replaceChildren();
    delete document.documentElement.dataset.printing;
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    after();
    sheet.remove();
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}
