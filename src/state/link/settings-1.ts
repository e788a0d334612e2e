import { laneName, parseLaneName } from '../../model/lanes.ts';
import { plainLane } from './defaults-1.ts';
import {
  COLOURS,
  damaged,
  inRange,
  LANE_LETTERS,
  MAX_LANES,
  newer,
  ORDERS,
  PANELS,
  type RangeName,
  type Refusal,
  type ShareLane,
  type ShareState,
  type ShareView,
  THEMES,
  VIEWS,
  ZOOMS,
} from './share-state.ts';

/** What the share dialog can leave out of a link, and counts one by one. */
export type LinkPart = 'lanes' | 'position' | 'view';

/** A state while a reader fills it in. */
export type Draft = { -readonly [K in keyof ShareState]: ShareState[K] };

/** One readable setting of link version 1. Its key and the spelling of its values never change. */
interface Setting {
  readonly key: string;
  readonly part: LinkPart;
  /** The value's spelling, or '' where it is the default and stays out. */
  write(state: ShareState, defaults: ShareState): string;
  /** Puts the value into the draft, whose lanes are there already, or says why it cannot be. */
  read(value: string, draft: Draft): Refusal | null;
}

const NUMBER = /^(?:0|[1-9][0-9]{0,9})$/;

/** Decimal, no sign, no leading zero; null for anything else and out of range. */
function whole(range: RangeName, text: string): number | null {
  return NUMBER.test(text) && inRange(range, Number(text)) ? Number(text) : null;
}

/** Index of a lane that is there, by its letter. */
function laneIndex(letter: string | undefined, draft: Draft): number | null {
  const index = letter?.length === 1 ? LANE_LETTERS.indexOf(letter) : -1;
  return index >= 0 && index < draft.lanes.length ? index : null;
}

/** A setting of one word out of a list. A word that is not in it is a newer page's. */
function word<K extends 'colour' | 'order' | 'zoom' | 'theme'>(
  field: K,
  words: readonly Exclude<ShareState[K], null>[],
): Setting {
  return {
    key: field,
    part: 'view',
    write: (state, defaults) => (state[field] === defaults[field] ? '' : String(state[field])),
    read(value, draft) {
      const found = words.find((known) => known === value);
      if (found === undefined) return newer('value', `${field}=${value}`);
      draft[field] = found as Draft[K];
      return null;
    },
  };
}

const UNSAID = '-';

/**
 * One item a lane, in the order of the lanes, `-` where it is not said; items after the last one said are left off.
 * (Nothing at all in place of `-` would give `...`, which typing aids turn into one character.) `put` gives the lane with the item, or null where it cannot be.
 */
function perLane(
  key: string,
  get: (lane: ShareLane) => string,
  put: (item: string, lane: ShareLane) => ShareLane | null,
): Setting {
  return {
    key,
    part: 'lanes',
    write({ lanes }) {
      const items = lanes.map((lane) => get(lane) || UNSAID);
      while (items.at(-1) === UNSAID) items.pop();
      return items.join('.');
    },
    read(value, draft) {
      const items = value.split('.');
      if (items.length > draft.lanes.length) return damaged('setting', key);
      const lanes = [...draft.lanes];
      for (const [k, item] of items.entries()) {
        if (item === UNSAID) continue;
        const lane = put(item, lanes[k]!);
        if (lane === null) return damaged('setting', key);
        lanes[k] = lane;
      }
      draft.lanes = lanes;
      return null;
    },
  };
}

function memorySetting(field: 'base' | 'initial' | 'max'): Setting {
  return perLane(
    field,
    (lane) => String(lane.memory[field] ?? ''),
    (item, lane) => {
      const value = whole(field, item);
      return value === null ? null : { ...lane, memory: { ...lane.memory, [field]: value } };
    },
  );
}

/** For the lists that may be empty: an empty value would look like a link that lost something. */
const NOTHING = 'none';

const lanesSetting: Setting = {
  key: 'a',
  part: 'lanes',
  write({ lanes }, defaults) {
    const names = lanes.map((lane) => lane.name).join('.');
    return names === defaults.lanes.map((lane) => lane.name).join('.') ? '' : names || NOTHING;
  },
  read(value, draft) {
    const names = value === NOTHING ? [] : value.split('.');
    if (names.length > MAX_LANES || names.includes('')) return damaged('setting', 'a');
    const lanes: ShareLane[] = [];
    for (const name of names) {
      const allocator = parseLaneName(name);
      if (allocator === null) return newer('value', name);
      lanes.push(plainLane(laneName(allocator)));
    }
    draft.lanes = lanes;
    return null;
  },
};

const policySetting: Setting = {
  key: 'p',
  part: 'lanes',
  write: ({ lanes }) => (lanes.every((lane) => lane.policy === 1) ? '' : lanes.map((lane) => lane.policy).join('.')),
  read(value, draft) {
    const numbers = value.split('.').map((item) => whole('policy', item));
    if (numbers.length !== draft.lanes.length || numbers.includes(null)) return damaged('setting', 'p');
    draft.lanes = draft.lanes.map((lane, k) => ({ ...lane, policy: numbers[k]! }));
    return null;
  },
};

const positionSetting: Setting = {
  key: 't',
  part: 'position',
  write: ({ position }) => (position === null ? '' : String(position)),
  read(value, draft) {
    const position = whole('position', value);
    if (position === null) return damaged('setting', 't');
    draft.position = position;
    return null;
  },
};

/** `s=A.p45` is page 45 of lane A, `s=B.o214` the block that operation 214 made there. */
const selectionSetting: Setting = {
  key: 's',
  part: 'position',
  write({ selection }) {
    if (selection === null) return '';
    const what = selection.kind === 'page' ? `p${selection.page}` : `o${selection.operation}`;
    return `${LANE_LETTERS[selection.lane]}.${what}`;
  },
  read(value, draft) {
    const [letter, what = '', ...more] = value.split('.');
    const lane = laneIndex(letter, draft);
    if (lane === null || more.length > 0) return damaged('setting', 's');
    const page = what[0] === 'p' ? whole('page', what.slice(1)) : null;
    const operation = what[0] === 'o' ? whole('operation', what.slice(1)) : null;
    if (page !== null) draft.selection = { kind: 'page', lane, page };
    else if (operation !== null) draft.selection = { kind: 'block', lane, operation };
    else return damaged('setting', 's');
    return null;
  },
};

const focusSetting: Setting = {
  key: 'f',
  part: 'position',
  write: ({ focus }, defaults) => (focus === defaults.focus ? '' : LANE_LETTERS[focus]!),
  read(value, draft) {
    const lane = laneIndex(value, draft);
    if (lane === null) return damaged('setting', 'f');
    draft.focus = lane;
    return null;
  },
};

/** `view=difference.A.B` is B less A; `view=alone` shows the lane in focus alone. */
const viewSetting: Setting = {
  key: 'view',
  part: 'view',
  write({ view }) {
    switch (view.kind) {
      case 'compare':
        return '';
      case 'alone':
        return view.kind;
      case 'difference':
        return `difference.${LANE_LETTERS[view.from]}.${LANE_LETTERS[view.to]}`;
    }
  },
  read(value, draft) {
    const [name, ...lanes] = value.split('.');
    const kind = VIEWS.find((known) => known === name);
    if (kind === undefined) return newer('value', `view=${value}`);
    const view = readView(kind, lanes, draft);
    if (view === null) return damaged('setting', 'view');
    draft.view = view;
    return null;
  },
};

function readView(kind: ShareView['kind'], letters: readonly string[], draft: Draft): ShareView | null {
  switch (kind) {
    case 'compare':
    case 'alone':
      return letters.length === 0 ? { kind } : null;
    case 'difference': {
      const from = laneIndex(letters[0], draft);
      const to = laneIndex(letters[1], draft);
      return letters.length !== 2 || from === null || to === null || from === to ? null : { kind, from, to };
    }
  }
}

const firstPageSetting: Setting = {
  key: 'top',
  part: 'view',
  write: ({ firstPage }, defaults) => (firstPage === defaults.firstPage ? '' : String(firstPage)),
  read(value, draft) {
    const page = whole('page', value);
    if (page === null) return damaged('setting', 'top');
    draft.firstPage = page;
    return null;
  },
};

const panelsSetting: Setting = {
  key: 'panels',
  part: 'view',
  write({ panels }, defaults) {
    const names = panels.join('.');
    return names === defaults.panels.join('.') ? '' : names || NOTHING;
  },
  read(value, draft) {
    const names = value === NOTHING ? [] : value.split('.');
    const unknown = names.find((name) => !PANELS.some((known) => known === name));
    if (unknown !== undefined) return newer('value', `panels=${unknown}`);
    if (new Set(names).size !== names.length) return damaged('setting', 'panels');
    draft.panels = PANELS.filter((name) => names.includes(name));
    return null;
  },
};

/** In the order in which they are written, and read: what names a lane comes after the lanes. */
export const SETTINGS_1: readonly Setting[] = [
  lanesSetting,
  memorySetting('base'),
  memorySetting('initial'),
  memorySetting('max'),
  perLane(
    'fill',
    (lane) => (lane.fill ? '1' : ''),
    (item, lane) => (item === '1' ? { ...lane, fill: true } : null),
  ),
  policySetting,
  positionSetting,
  selectionSetting,
  focusSetting,
  viewSetting,
  word('colour', COLOURS),
  word('order', ORDERS),
  word('zoom', ZOOMS),
  firstPageSetting,
  panelsSetting,
  word('theme', THEMES),
];
