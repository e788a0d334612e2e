import { FIRST_LANE_NAMES, type LaneConfig } from '../model/lanes.ts';
import { viewsStrings } from '../model/strings/views.ts';
import type { Addr } from '../model/units.ts';
import { GALLERY, GALLERY_RECORDINGS } from '../script/gallery.ts';
import type { RecordingHelp } from '../trace/help.ts';
import type { Keeper } from './keep/keeper.ts';
import { labHash } from './labs/lab-hash.ts';
import type { Labs } from './labs/labs.ts';
import type { Course, CourseParts } from './lessons/course.ts';
import { Predictions } from './lessons/predictions.ts';
import { readProgress } from './lessons/progress.ts';
import { areDefaultLanes, defaultState } from './link/defaults-1.ts';
import type { Colour, Order, ShareSource, ShareView, Zoom } from './link/share-state.ts';
import { once } from './once.ts';
import { panelSize, recalledPanels, rememberPanels } from './panels.ts';
import { Playback } from './playback.ts';
import { sameTarget, type Target } from './pointing.ts';
import type { Ports } from './ports.ts';
import { Records } from './records.ts';
import { blankLane, Runs, sourceOf } from './runs.ts';
import { type OpenOptions, Sharing, shareState } from './sharing.ts';
import {
  type AppStore,
  createAppStore,
  type Dialog,
  type Document,
  type Lane,
  type Notice,
  type PhoneTab,
  type Section,
  type ThemeChoice,
} from './store.ts';
import { Undo } from './undo.ts';
import { type ZoomCommands, zoomCommands } from './zooming.ts';

export const MAX_LANES = 4;

/** All that views need: the store to read, records to paint, and the ways to change things. One of it on a page. */
export interface App {
  readonly store: AppStore;
  readonly records: Records;
  readonly runs: Runs;
  readonly playback: Playback;
  readonly lanes: LaneCommands;
  readonly point: PointCommands;
  readonly look: LookCommands;
  readonly zoom: ZoomCommands;
  readonly sharing: Sharing;
  readonly undo: Undo;
  /** Keeps the visitor's work; null until it is loaded. */
  keeper: Keeper | null;
  readonly predictions: Predictions;
  /** Who answers the forms of an address that mean no link: `#l=ID`, `#deck=…`. True where the value is known. */
  readonly reserved: Map<'l' | 'deck', (value: string) => boolean | Promise<boolean>>;
  /**
   * Fetches a scenario or a recording of the gallery and runs it, on the lanes that show its point unless the visitor chose
   * others. `show`: leads to where it is compared.
   */
  openGallery(id: string, show?: boolean): Promise<boolean>;
  /** Opens a script of the page's own in the comparison, on the lanes that are there, and leads to it. */
  openScript(name: string, text: string): Promise<boolean>;
  /** What puts lessons into the lanes; loaded when first asked for, the same ever after. */
  course(): Promise<Course>;
  /** The labs' settings and results; loaded when first asked for, the same ever after. */
  labs(): Promise<Labs>;
  /** The kinds of recordings that can be opened, and how each is made; loaded when asked for. */
  recordingKinds(): Promise<readonly RecordingHelp[]>;
  /** Resolves when nothing is being run, read or about to be; painting is the scheduler's. */
  whenSettled(): Promise<void>;
}

export function createApp(ports: Ports): App {
  const theme = ports.recall('theme');
  const store = createAppStore({
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    guide: ports.recall('guide') !== 'seen',
    progress: readProgress(ports.recall('lessons')),
    lanes: FIRST_LANE_NAMES.map((name, i) => blankLane(`lane-${i}`, { name, memory: {}, fill: false })),
    focusedLane: 'lane-0',
    ...recalledPanels(ports.recall),
  });
  rememberPanels(store, ports.remember);
  const records = new Records();
  const runs = new Runs(store, ports, records);
  const playback = new Playback(store, records);
  const sharing = new Sharing(store, runs, records, (id) => galleryDocument(store, ports, id));
  const undo = new Undo(store, sharing);
  const loadLabs = once(async () => {
    const { createLabs } = await import('./labs/labs.ts');
    return createLabs(() => {
      const { document } = store.getState();
      return { name: document.name, source: sourceOf(document) };
    });
  });
  const predictions = new Predictions(store, playback);
  let position = store.getState().position;
  store.subscribe((state) => {
    if (state.position === position) return;
    position = state.position;
    runs.surveys.touch();
  });
  const courseParts: CourseParts = {
    store,
    runs,
    records,
    playback,
    predictions,
    remember: ports.remember,
    recall: ports.recall,
    undo,
    openLab: (place) => {
      // A lesson ends when it is left: where it was has to be known before.
      const { course: left } = store.getState();
      const labFrom = left && { lesson: left.lesson.id, title: left.lesson.title, step: left.step + 1 };
      store.setState({ section: 'labs', labFrom });
      void loadLabs().then((all) => all.openHash(labHash(place)));
    },
  };
  return {
    store,
    records,
    runs,
    playback,
    predictions,
    lanes: laneCommands(store, runs),
    point: pointCommands(store),
    look: lookCommands(store, ports),
    zoom: zoomCommands(store),
    sharing,
    undo,
    keeper: null,
    reserved: new Map(),
    openGallery: (id, show = true) => {
      if (show) store.setState({ section: 'compare' });
      return undo.together(() => openAnew(store, sharing, { kind: 'gallery', id }));
    },
    openScript: (name, text) => {
      store.setState({ section: 'compare' });
      return undo.together(() => openAnew(store, sharing, { kind: 'script', text }, { name }));
    },
    course: once(async () => new (await import('./lessons/course.ts')).Course(courseParts)),
    labs: loadLabs,
    recordingKinds: async () => (await import('../trace/help.ts')).RECORDING_HELP,
    whenSettled: () =>
      new Promise((resolve) => {
        const look = () => {
          const wanted = store.getState().courseWanted !== null;
          const settled = !wanted && !sharing.pending && runs.idle && !runs.reading;
          if (settled && store.getState().status.kind !== 'idle') resolve();
          else setTimeout(look, 20);
        };
        look();
      }),
  };
}

async function galleryDocument(store: AppStore, ports: Ports, id: string): Promise<Document | null> {
  const scenario = GALLERY.find((other) => other.id === id);
  const entry = scenario ?? GALLERY_RECORDINGS.find((other) => other.id === id);
  if (entry === undefined) return null;
  try {
    const text = await ports.fetchText(`${scenario === undefined ? 'recordings' : 'scenarios'}/${entry.file}`);
    const from = { name: entry.title, origin: { kind: 'gallery', id } } as const;
    if (scenario === undefined) return { kind: 'recording', data: new Blob([text]), ...from };
    // A script's file ends with a line feed; a last line that is empty would only be one more line to look at.
    return { kind: 'script', text: text.replace(/\n$/, ''), ...from };
  } catch {
    const message = viewsStrings.bar.notLoaded(entry.title);
    store.setState({ status: { kind: 'refused', name: entry.title, message } });
    return null;
  }
}

/** Opens a source from its start, on its own lanes unless the visitor chose others. */
function openAnew(store: AppStore, sharing: Sharing, source: ShareSource, options?: OpenOptions): Promise<boolean> {
  const now = shareState(store.getState());
  const { lanes, position, selection, view, zoom, firstPage } = defaultState(source);
  const ownLanes = areDefaultLanes(now.lanes) ? lanes : now.lanes;
  return sharing.open({ ...now, source, lanes: ownLanes, position, selection, view, zoom, firstPage }, options);
}

type LaneCommands = ReturnType<typeof laneCommands>;
function laneCommands(store: AppStore, runs: Runs) {
  let made = FIRST_LANE_NAMES.length;
  const indexOf = (key: string) => store.getState().lanes.findIndex((lane) => lane.key === key);
  return {
    add(name: string): void {
      const { lanes } = store.getState();
      if (lanes.length >= MAX_LANES) return;
      const lane = blankLane(`lane-${made++}`, { name, memory: {}, fill: false });
      runs.setLanes([...lanes, lane]);
    },
    remove(key: string): void {
      runs.setLanes(store.getState().lanes.filter((lane) => lane.key !== key));
    },
    /** Moves a lane by whole places; its record moves with it. */
    move(key: string, places: number): void {
      const lanes = [...store.getState().lanes];
      const from = indexOf(key);
      const to = Math.max(0, Math.min(lanes.length - 1, from + places));
      if (from < 0 || to === from) return;
      lanes.splice(to, 0, lanes.splice(from, 1)[0] as Lane);
      runs.setLanes(lanes);
    },
    /** Puts a lane where another one is; that one and those between make room. */
    moveTo(key: string, other: string): void {
      this.move(key, indexOf(other) - indexOf(key));
    },
    configure(key: string, config: LaneConfig): void {
      const { lanes } = store.getState();
      runs.setLanes(lanes.map((lane) => (lane.key === key ? blankLane(key, config) : lane)));
    },
    focus(key: string): void {
      store.setState({ focusedLane: key });
    },
  };
}

type PointCommands = ReturnType<typeof pointCommands>;
function pointCommands(store: AppStore) {
  return {
    hover(target: Target | null): void {
      const { link } = store.getState();
      if (!sameTarget(link.hover, target)) store.setState({ link: { ...link, hover: target } });
    },
    select(target: Target | null): void {
      const { inspect, zoom } = store.getState();
      store.setState({
        link: { hover: null, selected: target },
        inspect: { ...inspect, picked: null, window: 0 },
        zoom: zoomOn(target, zoom),
      });
    },
    /** Picks a hole or another stretch of a page, by its payload, and holds the page; a block is selected instead. */
    pick(lane: string, page: number, payload: Addr): void {
      const { inspect, zoom } = store.getState();
      store.setState({
        inspect: { ...inspect, picked: payload, window: 0 },
        link: { hover: null, selected: { kind: 'page', lane, page } },
        zoom: zoom === 'page' ? 'block' : zoom,
      });
    },
    showWindow(window: number): void {
      store.setState(({ inspect }) => ({ inspect: { ...inspect, window: Math.max(0, window) } }));
    },
  };
}

/** Who looks at a page goes on looking at pages, and at blocks where one was chosen. */
function zoomOn(target: Target | null, zoom: Zoom): Zoom {
  if (zoom === 'pages' || (target?.kind !== 'page' && target?.kind !== 'block')) return 'pages';
  if (target.kind === 'page') return 'page';
  return zoom === 'page' ? 'block' : zoom;
}

type LookCommands = ReturnType<typeof lookCommands>;
function lookCommands(store: AppStore, ports: Ports) {
  const leaveGuide = () => {
    if (!store.getState().guide) return;
    ports.remember('guide', 'seen');
    store.setState({ guide: false });
  };
  return {
    setTheme(theme: ThemeChoice): void {
      ports.remember('theme', theme);
      store.setState({ theme });
    },
    show(section: Section): void {
      store.setState({ section });
    },
    setColour(colour: Colour): void {
      store.setState({ colour });
    },
    setOrder(order: Order): void {
      store.setState({ order });
    },
    setView(view: ShareView): void {
      store.setState({ view });
    },
    setFirstPage(firstPage: number): void {
      store.setState({ firstPage: Math.max(0, Math.round(firstPage)) });
    },
    setPitch(pitch: number | null): void {
      store.setState({ pitch });
    },
    toggleInspector(): void {
      store.setState((state) => ({ inspectorOpen: !state.inspectorOpen }));
    },
    setInspectorWidth(px: number): void {
      store.setState({ inspectorWidth: panelSize('inspectorWidth', px) });
    },
    toggleTable(): void {
      store.setState((state) => ({ tableOpen: !state.tableOpen }));
    },
    /** `drawer`: the script lies over the lanes. */
    toggleScript(drawer: boolean): void {
      store.setState((state) => (drawer ? { drawerOpen: !state.drawerOpen } : { scriptOpen: !state.scriptOpen }));
    },
    setScriptWidth(px: number): void {
      store.setState({ scriptWidth: panelSize('scriptWidth', px) });
    },
    setTimelineHeight(px: number): void {
      store.setState({ timelineHeight: panelSize('timelineHeight', px) });
    },
    showTab(tab: PhoneTab): void {
      store.setState({ phoneTab: tab });
    },
    open(dialog: Dialog | null): void {
      store.setState({ dialog });
    },
    announce(text: string): void {
      store.setState({ announcement: text });
    },
    /** Tells something that stays until it is dismissed, in the place of what the same key told before. */
    notify(notice: Notice): void {
      store.setState(({ notices }) => ({ notices: [...notices.filter(({ key }) => key !== notice.key), notice] }));
    },
    dismiss(key: string): void {
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.key !== key) }));
    },
    leaveGuide,
    /** Something to do was done. The page is remembered as visited with the first of them. */
    tick(what: 'ran' | 'dragged' | 'changed'): void {
      const { guide, guideDone } = store.getState();
      if (!guide || guideDone[what]) return;
      ports.remember('guide', 'seen');
      store.setState({ guideDone: { ...guideDone, [what]: true } });
    },
  };
}
