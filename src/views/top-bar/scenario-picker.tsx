import { viewsStrings as words } from '../../model/strings/views.ts';
import { GALLERY, GALLERY_RECORDINGS } from '../../script/gallery.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

const OWN = '';
const EMPTY = 'new';
const PICTURES = 'pictures';
const RECENT = 'recent';

/** Every scenario that comes with the page; what the visitor has changed or opened stands as its own entry. */
export function ScenarioPicker() {
  const app = useApp();
  const document = useFact((state) => state.document);
  const value = document.origin.kind === 'gallery' ? document.origin.id : OWN;
  const own = document.kind === 'recording' ? words.bar.recording(document.name) : document.name || words.bar.own;
  return (
    <label className="scenario-picker">
      <span className="scenario-word">{words.bar.scenario}</span>
      <select
        className="button"
        value={value}
        onChange={(event) => {
          const { value: id } = event.target;
          if (id === PICTURES || id === RECENT) {
            app.look.open(id === PICTURES ? 'gallery' : 'recent');
            return;
          }
          if (id === EMPTY) {
            app.runs.open({ kind: 'script', name: words.bar.own, text: '', origin: { kind: 'own' } });
          } else if (id !== OWN) void app.openGallery(id);
          app.look.leaveGuide();
        }}
      >
        {value === OWN && <option value={OWN}>{own}</option>}
        <option value={PICTURES}>{words.bar.pictures}</option>
        <optgroup label={words.bar.gallery}>
          {GALLERY.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.title}
            </option>
          ))}
        </optgroup>
        <optgroup label={words.bar.recordings}>
          {GALLERY_RECORDINGS.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.title}
            </option>
          ))}
        </optgroup>
        <option value={EMPTY}>{words.bar.empty}</option>
        <option value={RECENT}>{words.bar.recent}…</option>
      </select>
    </label>
  );
}
