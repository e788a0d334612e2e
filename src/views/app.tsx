import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { viewsStrings as words } from '../model/strings/views.ts';
import { isZoomed, needsWidth } from '../state/zooming.ts';
import { Dialogs } from './dialogs.tsx';
import { useShortcuts } from './keys/use-shortcuts.ts';
import { Lanes } from './lanes/compare.tsx';
import { Phone } from './phone/phone.tsx';
import { DropTarget } from './recordings/drop-target.tsx';
import { ScriptPanel } from './script/script-panel.tsx';
import { useApp, useFact } from './shared/app-context.tsx';
import { Splitter } from './shared/splitter.tsx';
import { useThemeName } from './shared/theme.tsx';
import { useFrame } from './shared/use-frame.ts';
import { DRAWER, PHONE, useMedia } from './shared/use-media.ts';
import { useTake } from './shared/use-take.ts';
import { LiveRegion } from './status/live-region.tsx';
import { StatusBar } from './status/status-bar.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { Transport } from './timeline/transport.tsx';
import { BottomTabs } from './top-bar/bottom-tabs.tsx';
import { PhoneBar, TopBar } from './top-bar/top-bar.tsx';
import './app.css';

const Guide = lazy(() => import('./guide/guide.tsx').then((m) => ({ default: m.Guide })));
const Labs = lazy(() => import('./labs/labs.tsx').then((m) => ({ default: m.LabsSection })));
const Lessons = lazy(() => import('./lessons/lessons.tsx').then((m) => ({ default: m.Lessons })));
const Inspector = lazy(() => import('./inspector/inspector.tsx').then((m) => ({ default: m.Inspector })));

/** The first seconds belong to the lanes. */
const PRINT_WAIT_MS = 2000;

/** The page: one screen in one of three shapes, and what lies over it. */
export function AppView() {
  const guide = useFact((state) => state.guide);
  const section = useFact((state) => state.section);
  const phone = useMedia(PHONE);
  const take = useTake();
  useShortcuts();
  usePlayClock();
  useThemeAttribute();
  usePrint();
  return (
    <DropTarget onTake={take}>
      {section === 'labs' ? (
        <Suspense fallback={null}>
          <Labs />
        </Suspense>
      ) : section === 'lessons' ? (
        <Suspense fallback={<SectionComing />}>
          <Lessons />
        </Suspense>
      ) : guide ? (
        <Suspense fallback={<SectionComing />}>
          <Guide />
        </Suspense>
      ) : phone ? (
        <Phone />
      ) : (
        <Desktop />
      )}
      <Dialogs />
      <LiveRegion />
    </DropTarget>
  );
}

/** The bar stays while another part of the page is on its way. */
function SectionComing() {
  const phone = useMedia(PHONE);
  return phone ? <PhoneBar /> : <TopBar drawer={false} />;
}

function Desktop() {
  const { look } = useApp();
  const width = useFact((state) => state.scriptWidth);
  const height = useFact((state) => state.timelineHeight);
  const narrow = useMedia(DRAWER);
  const wide = useFact(needsWidth);
  const zoomed = useFact(isZoomed);
  const drawer = wide || narrow;
  const selected = useFact((state) => state.link.selected !== null);
  const open = useFact((state) => (drawer ? state.drawerOpen : state.scriptOpen));
  // Under a narrow page's lanes there is room for it only while something is looked at.
  const wanted = useFact(({ inspectorOpen, link: { selected } }) => {
    const held = selected?.kind === 'page' || selected?.kind === 'block';
    return inspectorOpen && (held || !drawer);
  });
  // From near the page shows all that the inspector would.
  const inspecting = wanted && !zoomed;
  const inspectorWidth = useFact((state) => state.inspectorWidth);
  return (
    <div
      className="app"
      data-drawer={drawer || undefined}
      data-inspector={inspecting || undefined}
      style={{
        ['--script' as string]: open && !drawer ? `${width}px` : '0px',
        ['--timeline' as string]: `${height}px`,
        ['--inspector' as string]: inspecting && !drawer ? `${inspectorWidth}px` : '0px',
      }}
    >
      <SkipLink to="maps">{words.skip.maps}</SkipLink>
      <SkipLink to="timeline-slider">{words.skip.timeline}</SkipLink>
      <TopBar drawer={drawer} />
      <StatusBar />
      <div className="app-body">
        {open && (
          <ScriptPanel
            {...(drawer ? { onClose: () => look.toggleScript(true) } : {})}
            edge={
              drawer ? null : (
                <Splitter
                  label={words.script.resize}
                  axis="inline"
                  sign={1}
                  value={width}
                  least={220}
                  most={480}
                  onChange={look.setScriptWidth}
                />
              )
            }
          />
        )}
        <Lanes />
        {inspecting && (!wide || selected) && (
          <Suspense fallback={<aside className="inspector" data-sheet={drawer || undefined} />}>
            <Inspector sheet={drawer} />
          </Suspense>
        )}
      </div>
      <section className="app-timeline" aria-label={words.timeline.label}>
        <Splitter
          label={words.timeline.resize}
          axis="block"
          sign={-1}
          value={height}
          least={120}
          most={360}
          onChange={look.setTimelineHeight}
        />
        <Transport />
        <Timeline kind="full" />
      </section>
      <BottomTabs />
    </div>
  );
}

/** A button and no link: what follows the # of the address is a shared link's. */
function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <button type="button" className="skip-link" onClick={() => document.getElementById(to)?.focus()}>
      {children}
    </button>
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

function useThemeAttribute(): void {
  const name = useThemeName();
  useEffect(() => {
    document.documentElement.dataset.theme = name;
  }, [name]);
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
