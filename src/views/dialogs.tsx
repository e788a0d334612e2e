import { type ComponentType, Suspense, useCallback } from 'react';
import { viewsStrings as words } from '../model/strings/views.ts';
import { DialogFrame } from './reference/dialog-frame.tsx';
import { useApp, useFact } from './shared/app-context.tsx';
import { part, useOnline } from './shared/part.tsx';
import { useTake } from './shared/use-take.ts';

type Closing = { readonly onClose: () => void };

/** A dialog in a chunk of its own; where it does not come, it is said where the dialog would be. */
const dialog = <P extends Closing>(load: () => Promise<ComponentType<P>>) => part(load, DialogFailed);

const Gallery = dialog(() => import('./gallery/gallery.tsx').then((m) => m.Gallery));
const ExportDialog = dialog(() => import('./export/export-dialog.tsx').then((m) => m.ExportDialog));
const InspectorDialog = dialog(() => import('./inspector/inspector-dialog.tsx').then((m) => m.InspectorDialog));
const KeySheet = dialog(() => import('./keys/key-sheet.tsx').then((m) => m.KeySheet));
const MetricTable = dialog(() => import('./lanes/metric-table.tsx').then((m) => m.MetricTable));
const Recent = dialog(() => import('./recent/recent-dialog.tsx').then((m) => m.RecentDialog));
const Reference = dialog(() => import('./language-dialog.tsx').then((m) => m.LanguageDialog));
const Palette = dialog(() => import('./palette/palette.tsx').then((m) => m.Palette));
const Recordings = dialog(() => import('./recordings-dialog.tsx').then((m) => m.RecordingsDialog));
const Share = dialog(() => import('./share/share-dialog.tsx').then((m) => m.ShareDialog));
const Save = dialog(() => import('./recordings/save-dialog.tsx').then((m) => m.SaveDialog));

/** Whatever lies over the page; each in a chunk of its own, loaded when first opened. */
export function Dialogs() {
  const { look, runs } = useApp();
  const dialog = useFact((state) => state.dialog);
  const name = useFact((state) => state.document.name);
  const take = useTake();
  const close = useCallback(() => look.open(null), [look]);
  const prepare = useCallback((format: 'operations' | 'rep') => runs.save(format), [runs]);
  if (dialog === null) return null;
  return (
    <Suspense fallback={null}>
      {dialog === 'gallery' && <Gallery onClose={close} />}
      {dialog === 'export' && <ExportDialog onClose={close} />}
      {dialog === 'inspector' && <InspectorDialog onClose={close} />}
      {dialog === 'keys' && <KeySheet onClose={close} />}
      {dialog === 'palette' && <Palette onClose={close} />}
      {dialog === 'metrics' && <MetricTable onClose={close} />}
      {dialog === 'save' && <Save name={name} prepare={prepare} onClose={close} />}
      {dialog === 'recordings' && <Recordings onTake={take} onClose={close} />}
      {dialog === 'share' && <Share onClose={close} />}
      {dialog === 'recent' && <Recent onClose={close} />}
      {dialog === 'reference' && <Reference onClose={close} />}
    </Suspense>
  );
}

function DialogFailed({ onAgain, onClose }: Closing & { readonly onAgain: () => void }) {
  useOnline(onAgain);
  return (
    <DialogFrame title={words.part.title} onClose={onClose}>
      <p className="frame-body" role="alert">
        {words.part.failed}
      </p>
      <div className="frame-foot">
        <button type="button" className="button" data-autofocus onClick={onAgain}>
          {words.part.again}
        </button>
      </div>
    </DialogFrame>
  );
}
