import { laneName, parseLaneName } from '../model/lanes.ts';
import { LIMITS } from '../model/units.ts';
import { defaultState, plainLane } from './link/defaults-1.ts';
import type { Draft } from './link/settings-1.ts';
import {
  type Arrival,
  arrived,
  COLOURS,
  damaged,
  ID_SHAPE,
  inRange,
  MAX_ID,
  MAX_LANES,
  newer,
  ORDERS,
  PANELS,
  type Panel,
  type RangeName,
  type Refusal,
  type ShareLane,
  type ShareSelection,
  type ShareSource,
  type ShareState,
  type ShareView,
  THEMES,
  VIEWS,
  wellFormed,
  ZOOMS,
} from './link/share-state.ts';
import { eachSlice, FORMAT, STATE_FILE } from './state-file.ts';
import { type Json, JsonReader, LongText } from './state-file-json.ts';

/**
 * Reads a file of any origin. Never throws; whatever is refused leaves nothing behind. `knowsId` says which gallery ids
 * this page has.
 */
export async function readStateFile(file: Blob, knowsId: (id: string) => boolean): Promise<Arrival> {
  if (file.size > STATE_FILE.bytes) return damaged('size', String(file.size));
  const reader = new JsonReader();
  try {
    await eachSlice(file, new TextDecoder('utf-8', { fatal: true }), (piece) => reader.take(piece));
  } catch (error) {
    // Bytes that are no UTF-8 are a TypeError; everything else is the file itself, gone or changed since it was picked.
    return damaged(error instanceof TypeError ? 'json' : 'unreadable');
  }
  const read = reader.finish();
  if ('fault' in read) return damaged(read.fault);
  if (!(read.value instanceof Map)) return damaged('json');
  const members: ReadonlyMap<string, Json> = read.value;
  const format = members.get('format');
  const version = members.get('version');
  if ((format !== undefined && format !== FORMAT) || typeof version !== 'number') return damaged('json');
  const reading = READERS.get(version);
  return reading === undefined ? newer('version', String(version)) : reading(members, knowsId);
}

/** One reader a version, for ever; each gives the state as it is today. */
const READERS: ReadonlyMap<number, typeof readVersion1> = new Map([[1, readVersion1]]);

/** What a value was refused for; the readers below throw it and `readVersion1` catches it. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** The members of an object of the file, each asked for by name; what nobody asked for is unknown. */
class Members {
  private readonly left: Map<string, Json>;
  private readonly path: string;

  /** `path` stands before the keys in messages: `recording.`. */
  constructor(value: ReadonlyMap<string, Json>, path = '') {
    this.left = new Map(value);
    this.path = path;
  }

  has(key: string): boolean {
    return this.left.has(key);
  }

  /** A value where there is one, through `read`, which gives undefined for one that cannot be. */
  read<T>(key: string, read: (value: Json) => T | undefined): T | undefined {
    const value = this.left.get(key);
    this.left.delete(key);
    return value === undefined ? undefined : (read(value) ?? this.refuse(key));
  }

  /** As `read`; null says that there is none. */
  readOrNull<T>(key: string, read: (value: Json) => T | undefined): T | undefined {
    if (this.left.get(key) !== null) return this.read(key, read);
    this.left.delete(key);
    return undefined;
  }

  /** Nothing may be left. */
  end(): void {
    for (const key of this.left.keys()) throw new Refused(newer('setting', this.path + key));
  }

  refuse(key: string): never {
    throw new Refused(damaged('setting', this.path + key));
  }
}

function readVersion1(file: ReadonlyMap<string, Json>, knowsId: (id: string) => boolean): Arrival {
  try {
    const members = new Members(file);
    members.read('format', (value) => value);
    members.read('version', (value) => value);
    const state = readState(members, readSource(members, knowsId));
    members.end();
    return arrived(state);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function readSource(members: Members, knowsId: (id: string) => boolean): ShareSource {
  const source =
    members.read('script', readScript) ??
    members.read('gallery', (value) => readId(value, knowsId)) ??
    members.read('recording', readRecording);
  // A second source is left over and would pass for a setting of a newer page.
  for (const key of ['gallery', 'recording']) if (members.has(key)) members.refuse(key);
  return source ?? members.refuse('script');
}

function readScript(value: Json): ShareSource | undefined {
  if (typeof value !== 'string') return undefined;
  const bytes = new TextEncoder().encode(value).length;
  return bytes > LIMITS.scriptBytes ? undefined : { kind: 'script', text: wellFormed(value) };
}

function readId(value: Json, knowsId: (id: string) => boolean): ShareSource | undefined {
  if (typeof value !== 'string' || value.length > MAX_ID || !ID_SHAPE.test(value)) return undefined;
  if (!knowsId(value)) throw new Refused(newer('id', value));
  return { kind: 'gallery', id: value };
}

function readRecording(value: Json): ShareSource | undefined {
  if (!(value instanceof Map)) return undefined;
  const members = new Members(value, 'recording.');
  const name = members.read('name', (text) =>
    typeof text === 'string' && text.length <= STATE_FILE.name ? wellFormed(text) : undefined,
  );
  const operations = members.read('operations', (text) => {
    if (typeof text !== 'string' && !(text instanceof LongText)) return undefined;
    const list = new Blob(typeof text === 'string' ? [text] : [...text.pieces], { type: 'text/plain' });
    return list.size <= STATE_FILE.recording ? list : undefined;
  });
  members.end();
  return {
    kind: 'recording',
    name: name ?? members.refuse('name'),
    operations: operations ?? members.refuse('operations'),
  };
}

function readState(members: Members, source: ShareSource): ShareState {
  const state: Draft = { ...defaultState(source) };
  state.lanes = members.read('lanes', readLanes) ?? state.lanes;
  const lanes = state.lanes.length;
  state.position = members.readOrNull('position', whole('position')) ?? state.position;
  state.selection = members.readOrNull('selection', (value) => readSelection(value, lanes)) ?? state.selection;
  // Of no lanes at all the first has the focus, as when the last one was removed.
  state.focus = members.read('focus', (value) => laneIndex(value, Math.max(1, lanes))) ?? state.focus;
  state.view = readView(members, lanes) ?? state.view;
  state.colour = members.read('colour', word('colour', COLOURS)) ?? state.colour;
  state.order = members.read('order', word('order', ORDERS)) ?? state.order;
  state.zoom = members.read('zoom', word('zoom', ZOOMS)) ?? state.zoom;
  state.firstPage = members.read('firstPage', whole('page')) ?? state.firstPage;
  state.panels = members.read('panels', readPanels) ?? state.panels;
  state.theme = members.readOrNull('theme', word('theme', THEMES)) ?? state.theme;
  return state;
}

const whole = (range: RangeName) => (value: Json) =>
  typeof value === 'number' && inRange(range, value) ? value : undefined;

/** One of the words; another word is a newer page's. */
const word =
  <T extends string>(key: string, words: readonly T[]) =>
  (value: Json): T | undefined => {
    if (typeof value !== 'string') return undefined;
    const found = words.find((known) => known === value);
    if (found === undefined) throw new Refused(newer('value', `${key}: ${value}`));
    return found;
  };

/** Index of a lane that is there. */
function laneIndex(value: Json | undefined, lanes: number): number | undefined {
  return typeof value === 'number' && inRange('page', value) && value < lanes ? value : undefined;
}

function readLanes(value: Json): readonly ShareLane[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_LANES) return undefined;
  return value.map((lane, k) => readLane(lane, `lanes[${k}].`));
}

function readLane(value: Json, path: string): ShareLane {
  if (!(value instanceof Map)) throw new Refused(damaged('setting', path.slice(0, -1)));
  const members = new Members(value, path);
  const name = members.read('allocator', (text) => {
    if (typeof text !== 'string') return undefined;
    const allocator = parseLaneName(text);
    if (allocator === null) throw new Refused(newer('value', text));
    return laneName(allocator);
  });
  const lane = plainLane(name ?? members.refuse('allocator'));
  const policy = members.read('policy', whole('policy')) ?? lane.policy;
  const fill = members.read('fill', (flag) => (typeof flag === 'boolean' ? flag : undefined)) ?? lane.fill;
  const base = members.read('base', whole('base'));
  const initial = members.read('initial', whole('initial'));
  const max = members.read('max', whole('max'));
  members.end();
  const memory = {
    ...(base === undefined ? {} : { base }),
    ...(initial === undefined ? {} : { initial }),
    ...(max === undefined ? {} : { max }),
  };
  return { ...lane, policy, fill, memory };
}

function readSelection(value: Json, lanes: number): ShareSelection | undefined {
  if (!(value instanceof Map)) return undefined;
  const members = new Members(value, 'selection.');
  const lane = members.read('lane', (index) => laneIndex(index, lanes));
  const page = members.read('page', whole('page'));
  const operation = members.read('operation', whole('operation'));
  members.end();
  if (lane === undefined || (page === undefined) === (operation === undefined)) return undefined;
  return page === undefined ? { kind: 'block', lane, operation: operation! } : { kind: 'page', lane, page };
}

function readView(members: Members, lanes: number): ShareView | undefined {
  const kind = members.read('view', word('view', VIEWS));
  switch (kind) {
    case undefined:
    case 'compare':
    case 'alone':
      return kind && { kind };
    case 'difference': {
      const pair = members.read('difference', (value) => {
        if (!Array.isArray(value) || value.length !== 2) return undefined;
        const [from, to] = value.map((index) => laneIndex(index, lanes));
        return from === undefined || to === undefined || from === to ? undefined : { from, to };
      });
      return { kind, ...(pair ?? members.refuse('difference')) };
    }
  }
}

function readPanels(value: Json): readonly Panel[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const panels = value.map(word('panels', PANELS));
  if (panels.includes(undefined) || new Set(panels).size !== panels.length) return undefined;
  return PANELS.filter((panel) => panels.includes(panel));
}
