import { useMemo } from 'react';
import { forcedTheme, type PaintTheme, type SystemColour, THEMES } from '../../paint/theme.ts';
import type { ThemeChoice } from '../../state/store.ts';
import { useFact } from './app-context.tsx';
import { useMedia } from './use-media.ts';

export type ThemeName = 'light' | 'dark';

/** The theme that a choice comes to now: the visitor's, else the system's. */
export function themeOf(choice: ThemeChoice): ThemeName {
  if (choice !== 'system') return choice;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The theme in use, kept up when the system changes. */
export function useThemeName(): ThemeName {
  const choice = useFact((state) => state.theme);
  const dark = useMedia('(prefers-color-scheme: dark)');
  return choice !== 'system' ? choice : dark ? 'dark' : 'light';
}

/** The theme as painters take it; the visitor's own colours where the system forces them. */
export function usePaintTheme(): PaintTheme {
  const name = useThemeName();
  const forced = useMedia('(forced-colors: active)');
  return useMemo(() => (forced ? forcedTheme(systemColour) : THEMES[name]), [name, forced]);
}

function systemColour(colour: SystemColour): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Calls back when the system's theme changes; for code outside of React. Returns what ends it. */
export function watchSystemTheme(changed: () => void): () => void {
  const list = window.matchMedia('(prefers-color-scheme: dark)');
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}
