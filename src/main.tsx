import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { EngineClient } from './engine/client.ts';
import { createHeapViews } from './engine/heap-view.ts';
import { viewModule } from './engine/view-module.ts';
import { viewsStrings as words } from './model/strings/views.ts';
import { watchCanvases } from './paint/canvas-loss.ts';
import { scheduler } from './paint/scheduler.ts';
import { FIRST_SCENARIO, USUAL_SCENARIO } from './script/gallery.ts';
import { type App, createApp } from './state/app.ts';
import type { LinkOutcome } from './state/arrivals.ts';
import { nothingKept } from './state/keep/nothing-kept.ts';
import { isLabHash } from './state/labs/lab-hash.ts';
import { readLessonHash } from './state/lessons/hash.ts';
import { wantLesson } from './state/lessons/want.ts';
import type { Ports } from './state/ports.ts';
import { AppView } from './views/app.tsx';
import { afterFirstMap, watchForFirstMap } from './views/shared/after-first-map.ts';
import { AppProvider } from './views/shared/app-context.tsx';
import { fetchPart, partsArrived } from './views/shared/part.tsx';
import { themeOf } from './views/shared/theme.tsx';
import './views/styles/tokens.css';
import './views/styles/base.css';

declare global {
  interface Window {
    /** For tests and the curious: the app, and a promise that no run, no reading of bytes and no painting is pending. */
    heapscape?: { app: App; whenIdle(): Promise<void> };
  }
}

/** The one place that knows everyone: it gives the controller its ports, the views their app. */
async function start(): Promise<void> {
  const view = await viewModule();
  const engine = new EngineClient();
  const ports: Ports = {
    engine,
    replay: (operations) => createHeapViews(view.module, operations),
    fetchText,
    ...rememberedSettings(),
  };
  watchCanvases(document);
  const app = createApp(ports);
  watchForFirstMap(app.store);
  app.reserved.set('l', (value) => {
    const place = readLessonHash(`l=${value}`);
    if (place !== null) wantLesson(app.store, place);
    return place !== null;
  });
  // Whoever follows a link came for what is in it.
  if (location.hash.length > 1) app.store.setState({ guide: false });
  window.heapscape = { app, whenIdle: () => whenIdle(app) };
  document.documentElement.dataset.theme = themeOf(app.store.getState().theme);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <ErrorBoundary fallback={<Failed title={words.stopped} />}>
        <AppProvider app={app}>
          <AppView />
        </AppProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
  void begin(app).then(() => setTimeout(() => void lookAhead(app, engine), AHEAD_MS));
  void afterFirstMap.then(() => engine.fetchRest());
  void fetchPart(() => app.runs.inspect(), afterFirstMap);
  // The first picture does not wait for a face.
  void fetchPart(() => import('./views/styles/fonts.css'), afterFirstMap);
}

/** Texts of scenarios, once they came: they can be opened without a network then. Recordings are too large for it. */
const texts = new Map<string, string>();

async function fetchText(path: string): Promise<string> {
  const held = texts.get(path);
  if (held !== undefined) return held;
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const text = await response.text();
  if (path.endsWith('.heap')) texts.set(path, text);
  return text;
}

/** The first seconds belong to what the visitor sees. */
const AHEAD_MS = 5_000;

async function lookAhead(app: App, engine: EngineClient): Promise<void> {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  if (connection?.saveData) return;
  await app.whenSettled();
  engine.fetchAhead();
  try {
    await (await import('./fetch-ahead.ts')).fetchAhead(app, fetchText);
  } catch {
    // It is asked for again, and said, when it is needed.
  }
}

/**
 * What the page begins with: what its address says, the work of before, else the demonstration of a first visit or the
 * gallery's largest.
 */
async function begin(app: App): Promise<void> {
  window.addEventListener('hashchange', () => void openAddress(app));
  // A lesson stands in the place of the visitor's work, which is there to come back to.
  const lesson = readLessonHash(location.hash);
  if (lesson !== null) app.look.show('lessons');
  const world = {
    database: refused(() => indexedDB),
    locks: refused(() => navigator.locks),
    tab: TAB,
  };
  const plain = location.hash.length <= 1 && Number(TAB.get('starts') ?? 0) === 0;
  const began = await app.sharing.during(async () => {
    if (plain && (await nothingKept(world.database))) {
      // Nothing can be written over that is not there.
      void fetchPart(async () => (await import('./state/keep/begin.ts')).beginKeepingLate(app, world), afterFirstMap);
      return false;
    }
    const { beginKeeping } = await import('./state/keep/begin.ts');
    const hash = lesson === null ? location.hash : '';
    return beginKeeping(app, { ...world, hash, openLink: () => openAddress(app) });
  });
  const save = () => void app.keeper?.flush();
  window.addEventListener('blur', save);
  document.addEventListener('visibilitychange', save);
  window.addEventListener('pagehide', () => {
    save();
    TAB.set('starts', '0');
  });
  if (!began) await app.openGallery(app.store.getState().guide ? FIRST_SCENARIO : USUAL_SCENARIO, false);
  if (lesson === null) return;
  await app.whenSettled();
  wantLesson(app.store, lesson);
}

/** Opens the link that the address holds; its reader is loaded with the first one. */
async function openAddress(app: App): Promise<LinkOutcome> {
  const { hash } = location;
  if (isLabHash(hash)) {
    // A lab stands beside the comparison, which begins as it does without a link.
    app.look.show('labs');
    void app.labs().then((labs) => labs.openHash(hash));
    return 'none';
  }
  return app.sharing.during(async () => {
    const { openLink } = await import('./state/arrivals.ts');
    const outcome = await openLink(app, hash);
    if (outcome === 'opened') TAB.set('link', hash);
    return outcome;
  });
}

/** A part of the browser, null where it refuses to hand it out: frames of other sites, private windows. */
function refused<T>(part: () => T): T | null {
  try {
    return part() ?? null;
  } catch {
    return null;
  }
}

/** What this tab remembers through a reload. */
const TAB = {
  get: (key: string) => refused(() => sessionStorage.getItem(`heapscape.${key}`)),
  set: (key: string, value: string) => void refused(() => sessionStorage.setItem(`heapscape.${key}`, value)),
};

/** What is remembered of a visitor between visits; a browser that refuses storage forgets, and nothing else changes. */
function rememberedSettings(): Pick<Ports, 'remember' | 'recall'> {
  const name = (key: string) => `heapscape.${key}`;
  return {
    remember: (key, value) => {
      try {
        localStorage.setItem(name(key), value);
      } catch {
        // Refused or full.
      }
    },
    recall: (key) => {
      try {
        return localStorage.getItem(name(key));
      } catch {
        return null;
      }
    },
  };
}

async function whenIdle(app: App): Promise<void> {
  // What was just shown can change the layout, and a canvas of another size is painted a frame later: so once more.
  for (let round = 0; round < 2; round++) {
    await app.whenSettled();
    if ((await partsArrived()) || (await facesArrived())) round = 0;
    await scheduler.whenIdle();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  await scheduler.whenIdle();
}

/** Resolves when no typeface is on its way; true where there was one to wait for. */
async function facesArrived(): Promise<boolean> {
  if (document.fonts.status === 'loaded') return false;
  await document.fonts.ready;
  return true;
}

function Failed({ title, reason }: { title: string; reason?: string }) {
  return (
    <main role="alert" style={{ padding: 28 }}>
      <h1>{title}</h1>
      <p>{reason}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {words.reload}
      </button>
    </main>
  );
}

// A page that was redeployed asks for chunks that are gone: load the new one, once. Where only the network is gone, what is
// shown is all that there is.
window.addEventListener('vite:preloadError', async () => {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation?.type === 'reload') return;
  const entry = document.querySelector('script[src]')!.getAttribute('src')!;
  const served = await fetch('./', { cache: 'no-store' })
    .then((answer) => answer.text())
    .catch(() => entry);
  if (!served.includes(entry)) location.reload();
});

start().catch((error: unknown) => {
  console.error(error);
  const { noWasm, noWorkers, notHere } = words.failed;
  const reason = 'WebAssembly' in window ? ('Worker' in window ? notHere : noWorkers) : noWasm;
  createRoot(document.getElementById('root')!).render(<Failed title={words.failed.title} reason={reason} />);
});
