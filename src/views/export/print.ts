import { tablesStrings as words } from '../../model/strings/tables.ts';
import type { App } from '../../state/app.ts';
import type { ThemeChoice } from '../../state/store.ts';
import { comparisonCanvas, PRINT, pictureTitle } from './picture.ts';
import './print.css';

/** Sharper than a screen: paper has more dots. */
const RATIO = 3;

/**
 * Puts the comparison as one picture where only paper shows it, and takes it away again: alone, or behind the words of a
 * lesson. A lab is printed as it stands. Both in the light theme, whatever the screen's is. The browser's own print command
 * finds all this too. Returns what ends it.
 */
export function preparePrint(app: App): () => void {
  const sheet = document.createElement('figure');
  sheet.className = 'print-sheet';
  document.body.append(sheet);
  let screen: ThemeChoice | null = null;
  const before = () => {
    const { section, theme } = app.store.getState();
    if (section !== 'compare') {
      screen ??= theme;
      app.store.setState({ theme: 'light' });
    }
    const canvas = section === 'labs' ? null : comparisonCanvas(app, PRINT, RATIO);
    document.documentElement.dataset.printing = section;
    if (canvas === null) return;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', pictureTitle(app.store.getState(), words.export.title));
    sheet.replaceChildren(canvas);
  };
  const after = () => {
    sheet.replaceChildren();
    if (screen !== null) app.store.setState({ theme: screen });
    screen = null;
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
