import { Suspense, useCallback } from 'react';
import { useApp, useFact } from './shared/app-context.tsx';
import { part } from './shared/part.ts';
import { useTake } from './shared/use-take.ts';

const Gallery = part(() => import('./gallery/gallery.tsx').then((m) => m.Gallery));
const ExportDialog = part(() => import('./export/export-dialog.tsx').then((m) => m.ExportDialog));
const InspectorDialog = part(() => import('./inspector/inspector-dialog.tsx').then((m) => m.InspectorDialog));
const KeySheet = part(() => import('./keys/key-sheet.tsx').then((m) => m.KeySheet));
const MetricTable = part(() => import('./lanes/metric-table.tsx').then((m) => m.MetricTable));
const Recent = part(() => import('./recent/recent-dialog.tsx').then((m) => m.RecentDialog));
const Reference = part(() => import('./language-dialog.tsx').then((m) => m.LanguageDialog));
const Palette = part(() => import('./palette/palette.tsx').then((m) => m.Palette));
const Recordings = part(() => import('./recordings-dialog.tsx').then((m) => m.RecordingsDialog));
const Share = part(() => import('./share/share-dialog.tsx').then((m) => m.ShareDialog));
const Save = part(() => import('./recordings/save-dialog.tsx').then((m) => m.SaveDialog));

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
