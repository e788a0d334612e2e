import type { Ports } from './ports.ts';
import type { AppState, AppStore } from './store.ts';

const KEY = 'panels';

/** Sizes in CSS px with their bounds; whatever is read from storage is held to them. */
const SIZES = {
  scriptWidth: [220, 480],
  inspectorWidth: [220, 420],
  timelineHeight: [120, 360],
} as const;
const SWITCHES = ['scriptOpen', 'inspectorOpen'] as const;
type Panels = Pick<AppState, keyof typeof SIZES | (typeof SWITCHES)[number]>;

export type PanelSize = keyof typeof SIZES;

/** A size that its panel can have. */
export function panelSize(name: PanelSize, px: number): number {
  const [least, most] = SIZES[name];
  return Math.round(Math.min(most, Math.max(least, px)));
}

/** Sizes and open panels as the visitor left them; what is missing, damaged or beyond a bound is as on a first visit. */
export function recalledPanels(recall: Ports['recall']): Partial<Panels> {
  let stored: unknown;
  try {
    stored = JSON.parse(recall(KEY) ?? '{}');
  } catch {
    return {};
  }
  if (typeof stored !== 'object' || stored === null) return {};
  const read = new Map(Object.entries(stored));
  const panels: { -readonly [K in keyof Panels]?: Panels[K] } = {};
  for (const name of Object.keys(SIZES) as PanelSize[]) {
    const value = read.get(name);
    if (typeof value === 'number' && Number.isFinite(value)) panels[name] = panelSize(name, value);
  }
  for (const name of SWITCHES) {
    const value = read.get(name);
    if (typeof value === 'boolean') panels[name] = value;
  }
  return panels;
}

/** Remembers the panels from now on, whenever one of them changes. */
export function rememberPanels(store: AppStore, remember: Ports['remember']): void {
  const names = [...(Object.keys(SIZES) as PanelSize[]), ...SWITCHES];
  let last = store.getState();
  store.subscribe((state) => {
    const before = last;
    last = state;
    if (names.every((name) => state[name] === before[name])) return;
    remember(KEY, JSON.stringify(Object.fromEntries(names.map((name) => [name, state[name]]))));
  });
}
