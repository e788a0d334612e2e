import { ALLOCATORS, type LaneConfig, parseLaneName } from '../../model/lanes.ts';
import { MAX_PAGES, type OperationNumber, type Position } from '../../model/units.ts';

/**
 * What a link and a state file hold: text and settings, never an address. Opened on another machine it gives the same
 * state, because the same operations on the same allocator give the same addresses everywhere.
 */
export interface ShareState {
  readonly source: ShareSource;
  /** None to four, in the order shown. */
  readonly lanes: readonly ShareLane[];
  /** Null is the end of the run, wherever that is. A position beyond the end means the end too. */
  readonly position: Position | null;
  readonly selection: ShareSelection | null;
  /** Index of the lane that keys mean, and that a phone shows. */
  readonly focus: number;
  readonly colour: Colour;
  readonly order: Order;
  readonly view: ShareView;
  /** How deep the map looks into the selection. */
  readonly zoom: Zoom;
  /** First page that the map shows when it is scrolled. */
  readonly firstPage: number;
  /** Panels that are open, in the order of PANELS. */
  readonly panels: readonly Panel[];
  /** A theme that was chosen; null leaves it to the reader's own. */
  readonly theme: Theme | null;
}

export type ShareSource =
  | { readonly kind: 'script'; readonly text: string }
  /** A gallery scenario or a recording that comes with the page, unedited; its text never changes. */
  | { readonly kind: 'gallery'; readonly id: string }
  /** A recording of the visitor's own as operation list in UTF-8: files hold it, links do not. */
  | { readonly kind: 'recording'; readonly name: string; readonly operations: Blob };

export interface ShareLane extends LaneConfig {
  /** Number of the placement policy that it was made with. */
  readonly policy: number;
}

/** A page of a lane, or the operation that made the selected block. `lane` is an index. */
export type ShareSelection =
  | { readonly kind: 'page'; readonly lane: number; readonly page: number }
  | { readonly kind: 'block'; readonly lane: number; readonly operation: OperationNumber };

export type ShareView =
  | { readonly kind: 'compare' }
  /** The lane in focus alone, as large as the page is. */
  | { readonly kind: 'alone' }
  /** Live bytes of lane `to` less those of lane `from`, page by page. */
  | { readonly kind: 'difference'; readonly from: number; readonly to: number };

// Order and spelling are part of link version 1. New words may be added; a page that does not know one says that the
// link was made by a newer page.
export const COLOURS = ['live', 'age', 'line'] as const;
export const ORDERS = ['address', 'hilbert'] as const;
export const ZOOMS = ['pages', 'page', 'block', 'bytes'] as const;
export const PANELS = ['script', 'inspector', 'table'] as const;
export const THEMES = ['light', 'dark'] as const;
export const VIEWS = ['compare', 'difference', 'alone'] as const;
export type Colour = (typeof COLOURS)[number];
export type Order = (typeof ORDERS)[number];
export type Zoom = (typeof ZOOMS)[number];
export type Panel = (typeof PANELS)[number];
export type Theme = (typeof THEMES)[number];

/** Lanes have the letters A to D, in links as on the page. */
export const LANE_LETTERS = 'ABCD';
export const MAX_LANES = LANE_LETTERS.length;
/** An id of the gallery: small words of letters and digits, parted by single hyphens. */
export const ID_SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const MAX_ID = 64;

const MAX_U32 = 0xffff_ffff;

/** Whole numbers that a link or a file may carry, both ends included. Positions may be beyond today's limits, which rise. */
export const RANGES = {
  position: [0, MAX_U32],
  operation: [1, MAX_U32],
  page: [0, MAX_PAGES - 1],
  policy: [1, 9999],
  base: [2048, MAX_U32 - 15],
  initial: [1, MAX_PAGES],
  max: [1, MAX_PAGES],
} as const satisfies Record<string, readonly [number, number]>;
export type RangeName = keyof typeof RANGES;

/** Is this number one that the state may hold? −0, fractions and infinities are not. */
export function inRange(name: RangeName, value: number): boolean {
  const [from, to] = RANGES[name];
  if (!Number.isInteger(value) || Object.is(value, -0) || value < from || value > to) return false;
  return name !== 'base' || value % 16 === 0;
}

/** Text as it comes back from UTF-8: lone surrogates, which the language reads as U+FFFD, are U+FFFD. Costs a copy. */
export function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** Why something that arrived was not opened. `name` is what it called itself: foreign text, shown as text and clipped. */
export type Refusal =
  | { readonly kind: 'newer'; readonly what: 'version' | 'form' | 'setting' | 'value' | 'id'; readonly name: string }
  | { readonly kind: 'damaged'; readonly why: Damage; readonly name: string };

export type Damage =
  /** More than is ever read. */
  | 'size'
  /** Nothing that Heapscape ever writes. */
  | 'form'
  /** The checksum is missing or cut off: most likely not all of it was copied. */
  | 'cut'
  /** The checksum does not match. */
  | 'checksum'
  /** The compressed script does not unpack to a text. */
  | 'script'
  /** A setting, `name`, has a value that it cannot have. */
  | 'setting'
  /** The file could not be read. */
  | 'unreadable'
  /** The file is no JSON, or the wrong kind of it. */
  | 'json';

const CLIP = 40;
const clip = (name: string) => (name.length <= CLIP ? name : `${name.slice(0, CLIP - 1)}…`);
export const newer = (what: (Refusal & { kind: 'newer' })['what'], name: string): Refusal => ({
  kind: 'newer',
  what,
  name: clip(name),
});
export const damaged = (why: Damage, name = ''): Refusal => ({ kind: 'damaged', why, name: clip(name) });

/** Opened, with lanes whose policy is another here than where it was made; or not opened, and why. */
export type Arrival =
  | { readonly kind: 'state'; readonly state: ShareState; readonly policies: readonly PolicyNotice[] }
  | Refusal;

/** This lane may give other addresses here than it gave there. `lane` is an index. */
export interface PolicyNotice {
  readonly lane: number;
  readonly name: string;
  readonly made: number;
  readonly here: number;
}

/** The number of the policy that a lane of this name runs here. */
export function policyHere(laneName: string): number {
  const allocator = parseLaneName(laneName);
  return allocator === null ? 1 : ALLOCATORS[allocator.id].policy;
}

export function arrived(state: ShareState): Arrival {
  const policies = state.lanes.flatMap(({ name, policy }, lane) => {
    const here = policyHere(name);
    return here === policy ? [] : [{ lane, name, made: policy, here }];
  });
  return { kind: 'state', state, policies };
}
