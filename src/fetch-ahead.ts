import { LAB_IDS, LABS } from './labs/catalog.ts';
import { GALLERY } from './script/gallery.ts';
import type { App } from './state/app.ts';
import { loads } from './views/shared/part.tsx';

/** Set when all of it has come. */
export const AHEAD_MARK = 'fetched-ahead';

/** What is fetched by who needs it, and is no part. */
const OTHERS: readonly (() => Promise<unknown>)[] = [
  () => import('./paint/export/map-picture.ts'),
  () => import('./script/generated/gallery-pictures.json'),
  () => import('./state/arrivals.ts'),
  () => import('./state/state-file.ts'),
  () => import('./state/state-file-read.ts'),
  () => import('./views/editor/lazy-editor.ts').then((m) => m.fetchCompletion()),
  () => import('./views/zoom/next-lane.ts'),
  ...LAB_IDS.map((id) => LABS[id].lab),
];

/**
 * Brings whatever a visitor may open later, one thing at a time while nothing else goes on: it opens at once then, and
 * without a network too. Some 150 kB; recordings, the sources of labs and the labs' workers stay away. Stops at the first
 * that does not come: it will be asked for when it is needed.
 */
export async function fetchAhead(app: App, fetchText: (path: string) => Promise<string>): Promise<void> {
  for (const entry of GALLERY) await fetchText(`scenarios/${entry.file}`);
  for (const load of [app.course, app.labs, app.recordingKinds, ...OTHERS]) await idle().then(() => load());
  // A part that has come can bring others: the set grows meanwhile.
  for (const load of loads) await idle().then(() => load());
  performance.mark(AHEAD_MARK);
}

function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 100);
  });
}
