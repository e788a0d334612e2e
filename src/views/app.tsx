import { Suspense, useEffect, useRef } from 'react';
import { useApp, useFact } from './shared/app-context.tsx';
import { laterPart, PartFailed, part } from './shared/part.tsx';
import { themeOf, watchSystemTheme } from './shared/theme.tsx';
import { useFrame } from './shared/use-frame.ts';
import { usePhoneWidth } from './shared/use-media.ts';
import { useTake } from './shared/use-take.ts';
import { PhoneBar, TopBar } from './top-bar/top-bar.tsx';
import './app.css';

const Desktop = part(() => import('./desktop.tsx').then((m) => m.Desktop));
const Guide = part(() => import('./guide/guide.tsx').then((m) => m.Guide));
const Labs = part<object>(() => import('./labs/labs.tsx').then((m) => m.LabsSection), SectionFailed);
const Lessons = part<object>(() => import('./lessons/lessons.tsx').then((m) => m.Lessons), SectionFailed);
const Phone = part(() => import('./phone/phone.tsx').then((m) => m.Phone));
/** Nobody opens a dialog, presses a key or drops a file before there is something to see, or to be told. */
const Dialogs = laterPart(() => import('./dialogs.tsx').then((m) => m.Dialogs));
const DropTarget = laterPart(() => import('./recordings/drop-target.tsx').then((m) => m.DropTarget));
const LiveRegion = laterPart(() => import('./status/live-region.tsx').then((m) => m.LiveRegion));
const Shortcuts = laterPart(() => import('./keys/use-shortcuts.ts').then((m) => m.Shortcuts));

/** The first seconds belong to the lanes. */
const PRINT_WAIT_MS = 2000;

/** The page: one screen in one of three shapes, and what lies over it. */
export function AppView() {
  const guide = useFact((state) => state.guide);
  const section = useFact((state) => state.section);
  const phone = usePhoneWidth();
  const take = useTake();
  usePlayClock();
  useThemeAttribute();
  usePrint();
  return (
    <>
      {section === 'labs' ? (
        <Suspense fallback={null}>
          <Labs />
        </Suspense>
      ) : (
        <Suspense fallback={<SectionComing />}>
          {section === 'lessons' ? <Lessons /> : guide ? <Guide /> : phone ? <Phone /> : <Desktop />}
        </Suspense>
      )}
      <Suspense fallback={null}>
        <Dialogs />
        <Shortcuts />
        <DropTarget onTake={take} />
        <LiveRegion />
      </Suspense>
    </>
  );
}

/** The bar stays while another part of the page is on its way. */
function SectionComing() {
  const phone = usePhoneWidth();
  return phone ? <PhoneBar /> : <TopBar drawer={false} />;
}

function SectionFailed({ onAgain }: { onAgain: () => void }) {
  return (
    <>
      <SectionComing />
      <main>
        <PartFailed onAgain={onAgain} />
      </main>
    </>
  );
}

/** Lets the playhead advance while it plays, a frame at a time. */
function usePlayClock(): void {
  const { store, playback } = useApp();
  const last = useRef(0);
  const request = useFrame((time) => {
    if (!store.getState().playing) {
      last.current = 0;
      return;
    }
    if (last.current !== 0) playback.tick(time - last.current);
    last.current = time;
    request();
  });
}

/** Set beside React: while a part of the page is on its way React holds back what else has changed. */
function useThemeAttribute(): void {
  const { store } = useApp();
  useEffect(() => {
    const set = () => {
      document.documentElement.dataset.theme = themeOf(store.getState().theme);
    };
    set();
    const ends = [
      store.subscribe((state, before) => {
        if (state.theme !== before.theme) set();
      }),
      watchSystemTheme(set),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [store]);
}

/** The browser's print command finds the comparison ready for paper; what makes it is fetched when all else is there. */
function usePrint(): void {
  const app = useApp();
  const ran = useFact((state) => state.lanes.some((lane) => lane.result !== null));
  useEffect(() => {
    if (!ran) return;
    let end: (() => void) | null = null;
    let gone = false;
    const timer = setTimeout(async () => {
      const { preparePrint } = await import('./export/print.ts');
      if (!gone) end = preparePrint(app);
    }, PRINT_WAIT_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
      end?.();
    };
  }, [app, ran]);
}
