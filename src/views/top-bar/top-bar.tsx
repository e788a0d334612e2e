import type { ReactNode } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Section } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Glyph, Logo } from '../shared/icons.tsx';
import { useThemeName } from '../shared/theme.tsx';
import { ScenarioPicker } from './scenario-picker.tsx';
import './top-bar.css';

/** Name of the thing, what it shows, and the ways in and out of it. Another section puts its `subject` in the scenario's place. */
export function TopBar({ drawer, subject }: { drawer: boolean; subject?: ReactNode }) {
  const { look } = useApp();
  const shown = useFact((state) => state.scenario !== null);
  const scriptOpen = useFact((state) => state.drawerOpen);
  const compared = useFact((state) => state.section === 'compare' && !state.guide);
  return (
    <header className="top-bar">
      <h1 className="wordmark">
        <Logo />
        {words.name}
      </h1>
      {drawer && (
        <button
          type="button"
          className="button"
          aria-expanded={scriptOpen}
          aria-controls="script"
          onClick={() => look.toggleScript(true)}
        >
          {words.bar.script}
        </button>
      )}
      <SectionLinks />
      <span className="top-bar-space" />
      {subject ?? (
        <>
          <SavedButton />
          <ScenarioPicker />
          <button type="button" className="button" onClick={() => look.open('recordings')}>
            {words.bar.open}
          </button>
          <button type="button" className="button" disabled={!shown} onClick={() => look.open('save')}>
            {words.bar.save}
          </button>
          <button type="button" className="button" disabled={!shown} onClick={() => look.open('export')}>
            {words.bar.exportAs}
          </button>
          {compared && <InspectorButton drawer={drawer} />}
          <button type="button" className="button" data-kind="plain" onClick={() => look.open('reference')}>
            {words.bar.help}
          </button>
        </>
      )}
      <ThemeButton />
      {subject === undefined && <ShareButton />}
    </header>
  );
}

function InspectorButton({ drawer }: { drawer: boolean }) {
  const { look } = useApp();
  const open = useFact((state) => state.inspectorOpen);
  const held = useFact(({ link }) => link.selected?.kind === 'page' || link.selected?.kind === 'block');
  // Where the panel waits for a selection, a dialog shows what the playhead is at.
  const waits = drawer && open && !held;
  return (
    <button
      type="button"
      className="button"
      data-kind="plain"
      aria-expanded={open && !waits}
      onClick={() => (waits ? look.open('inspector') : look.toggleInspector())}
    >
      {words.bar.inspector}
    </button>
  );
}

/** The parts of the page that there are. */
export const SECTIONS: readonly Section[] = ['compare', 'labs', 'lessons'];

/** Leads to the parts of the page; on a narrow one, tabs at the bottom do (`bottom-tabs.tsx`). */
export function SectionLinks() {
  const { look } = useApp();
  const section = useFact((state) => state.section);
  return (
    <nav className="sections" aria-label={words.sections.label}>
      {SECTIONS.map((name) => (
        <button
          key={name}
          type="button"
          className="section-link"
          aria-current={section === name ? 'page' : undefined}
          onClick={() => look.show(name)}
        >
          {words.sections[name]}
        </button>
      ))}
    </nav>
  );
}

/** The phone's bar: the mark, what is shown, and one way to open something else. */
export function PhoneBar() {
  const { look } = useApp();
  return (
    <header className="top-bar" data-phone="">
      <h1 className="wordmark">
        <Logo />
        <span className="visually-hidden">{words.name}</span>
      </h1>
      <ScenarioPicker />
      <span className="top-bar-space" />
      <button type="button" className="button" onClick={() => look.open('recordings')}>
        {words.bar.open}
      </button>
      <ThemeButton />
      <ShareButton />
    </header>
  );
}

/** Says how it stands with keeping the work, and leads to what was kept before. */
function SavedButton(): ReactNode {
  const { look } = useApp();
  const saved = useFact((state) => state.saved.kind);
  return (
    <button
      type="button"
      className="button save-state"
      data-kind="plain"
      data-saved={saved}
      title={words.bar.recent}
      onClick={() => look.open('recent')}
    >
      {words.bar.saved[saved]}
    </button>
  );
}

function ShareButton(): ReactNode {
  const { look } = useApp();
  const shown = useFact((state) => state.scenario !== null);
  return (
    <button type="button" className="button" data-kind="primary" disabled={!shown} onClick={() => look.open('share')}>
      {words.bar.share}
    </button>
  );
}

function ThemeButton(): ReactNode {
  const { look } = useApp();
  const name = useThemeName();
  const dark = name === 'dark';
  return (
    <button
      type="button"
      className="button theme-button"
      data-kind="plain"
      title={dark ? words.bar.toLightHint : words.bar.toDarkHint}
      onClick={() => look.setTheme(dark ? 'light' : 'dark')}
    >
      <Glyph name="theme" size={13} />
      <span className="theme-word">{dark ? words.bar.toLight : words.bar.toDark}</span>
    </button>
  );
}
