import { GALLERY, galleryEntry } from '../../script/gallery.ts';
import { PANELS, type ShareLane, type ShareSource, type ShareState } from './share-state.ts';

/**
 * The defaults of link version 1: what a setting is when the link does not say it. FROZEN: links that were made stay what
 * they were. Another default is another version, with a reader of its own.
 */
export const DEFAULTS_1: Omit<ShareState, 'source' | 'lanes'> = {
  position: null,
  selection: null,
  focus: 0,
  colour: 'live',
  order: 'address',
  view: { kind: 'compare' },
  zoom: 'pages',
  firstPage: 0,
  panels: [PANELS[0], PANELS[1]],
  theme: null,
};

const LANES = ['wee', 'dlmalloc', 'arena'] as const;

/** Names of the lanes that a source starts with: those of its gallery id, else of a first visit. */
export function defaultLaneNames(source: ShareSource): readonly string[] {
  return (source.kind === 'gallery' ? galleryEntry(source.id)?.lanes : undefined) ?? LANES;
}

/** A lane about which nothing but its allocator was said. */
export function plainLane(name: string): ShareLane {
  return { name, memory: {}, fill: false, policy: 1 };
}

/** The state that a link with nothing but this source stands for. */
export function defaultState(source: ShareSource): ShareState {
  return { source, lanes: defaultLaneNames(source).map(plainLane), ...DEFAULTS_1 };
}

/** Are these lanes what some source starts with, and so nobody's choice? */
export function areDefaultLanes(lanes: readonly ShareLane[]): boolean {
  const plain = lanes.every(({ memory, fill }) => !fill && Object.keys(memory).length === 0);
  const names = lanes.map(({ name }) => name).join('.');
  const known = [LANES, ...GALLERY.map((entry) => entry.lanes ?? LANES)];
  return plain && known.some((some) => some.join('.') === names);
}
