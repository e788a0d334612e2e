import { Suspense } from 'react';
import { scriptStrings } from '../model/strings/script-panel.ts';
import { viewsStrings as words } from '../model/strings/views.ts';
import { isZoomed, needsWidth } from '../state/zooming.ts';
import { Lanes } from './lanes/compare.tsx';
import { LaterScriptPanel } from './script/later-script-panel.tsx';
import { useApp, useFact } from './shared/app-context.tsx';
import { laterPart } from './shared/part.tsx';
import { SkipLink } from './shared/skip-link.tsx';
import { Splitter } from './shared/splitter.tsx';
import { useDrawerWidth } from './shared/use-media.ts';
import { StatusBar } from './status/status-bar.tsx';
import { LaterTimeline } from './timeline/later-timeline.tsx';
import { Transport } from './timeline/transport.tsx';
import { BottomTabs } from './top-bar/bottom-tabs.tsx';
import { TopBar } from './top-bar/top-bar.tsx';

const Inspector = laterPart(() => import('./inspector/inspector.tsx').then((m) => m.Inspector));

/** The comparison on a screen that is wide enough: script, lanes, inspector, and the timeline beneath them. */
export function Desktop() {
  const { look } = useApp();
  const width = useFact((state) => state.scriptWidth);
  const height = useFact((state) => state.timelineHeight);
  const narrow = useDrawerWidth();
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
      <StatusBar laneHeads />
      <div className="app-body">
        {open && (
          <LaterScriptPanel
            {...(drawer ? { onClose: () => look.toggleScript(true) } : {})}
            edge={
              drawer ? null : (
                <Splitter
                  label={scriptStrings.script.resize}
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
        <LaterTimeline kind="full" />
      </section>
      <BottomTabs />
    </div>
  );
}
