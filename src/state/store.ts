import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LaneOpening, LaneResult } from '../engine/protocol.ts';
import type { Diagnostic } from '../model/diagnostics.ts';
import type { LaneConfig } from '../model/lanes.ts';
import type { Lesson } from '../model/lesson.ts';
import type { Survey } from '../model/metrics.ts';
import type { Scenario, SourceFormat } from '../model/scenario.ts';
import type { Position } from '../model/units.ts';
import { type Inspection, NO_INSPECTION } from './inspection.ts';
import type { OpenPrediction } from './lessons/predictions.ts';
import type { Colour, Order, ShareView, Zoom } from './link/share-state.ts';
import { type Link, NO_LINK } from './pointing.ts';

/** What the lanes run: a script that can be edited, or a recording, whose text is not shown. */
export type Document =
  | { readonly kind: 'script'; readonly name: string; readonly text: string; readonly origin: Origin }
  | { readonly kind: 'recording'; readonly name: string; readonly data: Blob; readonly origin: Origin };

/** Where a document came from: the gallery, as it was published, or the visitor's own hand. */
export type Origin = { readonly kind: 'gallery'; readonly id: string } | { readonly kind: 'own' };

export type Phase = 'reading' | 'evaluating' | 'recording' | 'counting';

/** How the latest run stands. Whatever it says, the lanes show the last run that was good. */
export type RunStatus =
  /** Nothing has been asked for yet. */
  | { readonly kind: 'idle' }
  /** The text holds nothing to run. */
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'working';
      readonly phase: Phase;
      readonly lane: number;
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'done' }
  /** The visitor stopped it; what ran is kept. */
  | { readonly kind: 'cancelled' }
  /** The text has errors and was not run. */
  | { readonly kind: 'rejected' }
  /** A file was not taken. */
  | { readonly kind: 'refused'; readonly name: string; readonly message: string }
  /** The worker is gone. */
  | { readonly kind: 'lost'; readonly message: string };

/** One lane as the page shows it. What grows with operations (logs, steps) is kept by the controller, outside of the store. */
export interface Lane {
  /** Stays with a lane through moves and reruns; never shown. */
  readonly key: string;
  readonly config: LaneConfig;
  readonly opening: LaneOpening | null;
  /** Why it does not run at all: settings that cannot be, no memory left. */
  readonly unopened: string | null;
  readonly result: LaneResult | null;
  /** The instrumented pass is done and its steps are known. */
  readonly counted: boolean;
  /** The last reading of its exact bytes; stale when its position is not the playhead's. */
  readonly survey: Survey | null;
}

/** Something to be told that stays until it is read: what arrived and was not opened, what is not kept. */
export interface Notice {
  /** A newer notice of the same key takes its place. */
  readonly key: string;
  readonly text: string;
  /** Said at once, and with weight. */
  readonly alert: boolean;
  /** What can be done about it, beside dismissing it. */
  readonly ways: readonly NoticeWay[];
}
export type NoticeWay = 'file' | 'restore' | 'export' | 'reload';

/** How it stands with keeping what the page shows. */
export type SaveState =
  /** There is nothing of the visitor's own. */
  | { readonly kind: 'none' }
  | { readonly kind: 'saving' }
  /** On the disk as it is shown. */
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly why: 'full' | 'refused' }
  /** A recording beyond what is kept. */
  | { readonly kind: 'too-large' };

export type ThemeChoice = 'system' | 'light' | 'dark';
/** The parts of the page that the top bar leads to. */
export type Section = 'compare' | 'labs' | 'lessons';
export type PhoneTab = 'map' | 'script' | 'metrics' | 'findings';
export type Dialog =
  | 'keys'
  | 'reference'
  | 'save'
  | 'recordings'
  | 'metrics'
  | 'share'
  | 'recent'
  | 'gallery'
  | 'palette'
  | 'inspector'
  | 'export';

export interface AppState {
  readonly document: Document;
  /** Names the piece of work that the document belongs to: edits keep it, another document has another; '' before the first. */
  readonly work: string;
  readonly status: RunStatus;
  /** Of the text as it stands: errors that kept it from running, else warnings and a stop. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text that `diagnostics` speak of, and the text of the run that is shown: the visitor may have typed on. */
  readonly checkedText: string;
  readonly ranText: string;
  /** Of the last good run. */
  readonly scenario: Scenario | null;
  readonly format: SourceFormat;
  /** Counts good runs; views that keep something a run use it as their key. */
  readonly generation: number;
  readonly lanes: readonly Lane[];
  /** The lane that keys and the phone's switcher mean. */
  readonly focusedLane: string;

  readonly position: Position;
  /**
   * How far the playhead can go: while recording as far as the furthest lane is, then to the end. A lane that is behind,
   * because it was added later or stopped early, shows its own last state.
   */
  readonly reached: Position;
  readonly playing: boolean;
  /** Operations a second. */
  readonly speed: number;
  /** The playhead rides on the end of what is recorded. */
  readonly following: boolean;

  readonly link: Link;
  readonly section: Section;
  /** What the cells of all maps are coloured by, and how pages are laid out on them. */
  readonly colour: Colour;
  readonly order: Order;
  /** Lanes side by side, or the difference of two of them; the indices are those of `lanes`. */
  readonly view: ShareView;
  /** How deep the maps look into the selection. */
  readonly zoom: Zoom;
  /** First page that the maps show when they are scrolled. */
  readonly firstPage: number;
  /** Size of the maps' cells that the visitor chose, in CSS px; null for what fits. */
  readonly pitch: number | null;
  readonly inspectorOpen: boolean;
  readonly inspectorWidth: number;
  readonly inspect: Inspection;
  /** The table twin stands in the place of the maps. */
  readonly tableOpen: boolean;
  readonly theme: ThemeChoice;
  readonly scriptOpen: boolean;
  /** The same on a narrow page, where the script lies over the lanes. */
  readonly drawerOpen: boolean;
  readonly scriptWidth: number;
  readonly timelineHeight: number;
  readonly phoneTab: PhoneTab;
  readonly dialog: Dialog | null;
  /** The lesson's step that runs in the lanes, in the place of the visitor's own work; null outside of lessons. */
  readonly course: CourseStep | null;
  /** A step that a link or a word asks for, by the lesson's id, until the lessons have been loaded and have opened it. */
  readonly courseWanted: { readonly lesson: string; readonly step: number } | null;
  /** The step that led to the labs, and the way back to it. */
  readonly labFrom: { readonly lesson: string; readonly title: string; readonly step: number } | null;
  /** Steps of each lesson, by its id, that the visitor has come to. */
  readonly progress: Readonly<Record<string, number>>;
  /** While it is open, the playhead and every chart end where it begins. */
  readonly prediction: OpenPrediction | null;
  /** Where a later step of the lesson asks what comes next: until one goes there oneself, it is not given away. */
  readonly veil: Position | null;
  /** The first visit's page: shown once, left by use. */
  readonly guide: boolean;
  readonly guideDone: { readonly ran: boolean; readonly dragged: boolean; readonly changed: boolean };
  /** The last thing worth saying aloud; the live region reads it. */
  readonly announcement: string;
  readonly notices: readonly Notice[];
  readonly saved: SaveState;
}

export interface CourseStep {
  readonly lesson: Lesson;
  /** From 0. */
  readonly step: number;
  /** Hints that are shown, and whether the solution was put in. */
  readonly hints: number;
  readonly solutionShown: boolean;
}

export type AppStore = StoreApi<AppState>;

const INITIAL: AppState = {
  document: { kind: 'script', name: '', text: '', origin: { kind: 'own' } },
  work: '',
  status: { kind: 'idle' },
  diagnostics: [],
  checkedText: '',
  ranText: '',
  scenario: null,
  format: 'script',
  generation: 0,
  lanes: [],
  focusedLane: '',
  position: 0,
  reached: 0,
  playing: false,
  speed: 60,
  following: true,
  link: NO_LINK,
  section: 'compare',
  colour: 'live',
  order: 'address',
  view: { kind: 'compare' },
  zoom: 'pages',
  firstPage: 0,
  pitch: null,
  inspectorOpen: true,
  inspectorWidth: 246,
  inspect: NO_INSPECTION,
  tableOpen: false,
  theme: 'system',
  scriptOpen: true,
  drawerOpen: false,
  scriptWidth: 280,
  timelineHeight: 216,
  phoneTab: 'map',
  dialog: null,
  course: null,
  courseWanted: null,
  labFrom: null,
  progress: {},
  prediction: null,
  veil: null,
  guide: false,
  guideDone: { ran: false, dragged: false, changed: false },
  announcement: '',
  notices: [],
  saved: { kind: 'none' },
};

/** The page's one store. Pixels never go through it: a frame is a function of `position` and the lane's log. */
export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({ ...INITIAL, ...initial }));
}

/** Operations of the last good run; 0 before there is one. */
export function operationCount(state: AppState): number {
  return state.scenario?.operations.count ?? 0;
}

/** How far the playhead may go: what is recorded, and not past a prediction that is open. */
export function limitOf({ reached, prediction }: AppState): Position {
  return prediction === null || prediction.locked ? reached : Math.min(reached, prediction.from);
}
