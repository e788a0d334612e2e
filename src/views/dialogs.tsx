import { lazy, Suspense, useCallback } from 'react';
import { useApp, useFact } from './shared/app-context.tsx';
import { useTake } from './shared/use-take.ts';

const Gallery = lazy(() => import('./gallery/gallery.tsx').then((m) => ({ default: m.Gallery })));
const ExportDialog = lazy(() => import('./export/export-dialog.tsx').then((m) => ({ default: m.ExportDialog })));
const InspectorDialog = lazy(() =>
  import('./inspector/inspector-dialog.tsx').then((m) => ({ default: m.InspectorDialog })),
);
const KeySheet = lazy(() => import('./keys/key-sheet.tsx').then((m) => ({ default: m.KeySheet })));
const MetricTable = lazy(() => import('./lanes/metric-table.tsx').then((m) => ({ default: m.MetricTable })));
const Recent = lazy(() => import('./recent/recent-dialog.tsx').then((m) => ({ default: m.RecentDialog })));
const Reference = lazy(() => import('./language-dialog.tsx').then((m) => ({ default: m.LanguageDialog })));
const Palette = lazy(() => import('./palette/palette.tsx').then((m) => ({ default: m.Palette })));
const Recordings = lazy(() => import('./recordings-dialog.tsx').then((m) => ({ default: m.RecordingsDialog })));
const Share = lazy(() => import('./share/share-dialog.tsx').then((m) => ({ default: m.ShareDialog })));
const Save = lazy(() => import('./recordings/save-dialog.tsx').then((m) => ({ default: m.SaveDialog })));

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
